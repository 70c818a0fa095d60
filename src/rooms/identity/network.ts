/**
 * What stands for one connection when counting: an IPv4 address, or the 64 bits of an IPv6 address that one household
 * or office gets (whoever has one has them all). Anything else counts as one and the same.
 */
export function networkOf(address: string): string {
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (/^\d+\.\d+\.\d+\.\d+$/.test(bare)) return bare;
  if (!URL.canParse(`http://[${bare}]`)) return 'unknown';
  const [head = '', tail = ''] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
