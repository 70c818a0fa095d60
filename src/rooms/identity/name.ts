const mostSigns = 100;

/** How somebody wants to be called: one line of visible signs. Null: not at all; 'name-too-long' is a problem. */
export function readName(typed: string): { readonly name: string | null } | { readonly problem: 'name-too-long' } {
  // Signs that steer (line ends, the direction of text) would let a name change what stands around it on the list.
  const name = typed
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\t]/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFC');
  if ([...name].length > mostSigns) return { problem: 'name-too-long' };
  return { name: /[\p{L}\p{N}]/u.test(name) ? name : null };
}
