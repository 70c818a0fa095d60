/**
 * A mail address as we keep it: one spelling per mailbox (lower case, the domain in ASCII), or null when it is none.
 * Stricter than the norm on purpose: quoted names, comments and letters outside ASCII before the @ are not used by
 * people and have served to smuggle headers or to look like somebody else.
 */
export function readEmail(typed: string): string | null {
  const parts = typed.trim().split('@');
  if (parts.length !== 2) return null;
  const name = parts[0]!.toLowerCase();
  const domain = domainOf(parts[1]!);
  if (domain === null || !/^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/.test(name)) return null;
  return name.length <= 64 && name.length + 1 + domain.length <= 254 ? `${name}@${domain}` : null;
}

/** Whether the address belongs to one of the domains, or to a domain below one. */
export function isOfDomains(email: string, domains: readonly string[]): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  return domains.some((ours) => domain === ours.toLowerCase() || domain.endsWith(`.${ours.toLowerCase()}`));
}

function domainOf(typed: string): string | null {
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(typed) || !URL.canParse(`http://${typed}`)) return null;
  const domain = new URL(`http://${typed}`).hostname;
  return /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/.test(domain) ? domain : null;
}
