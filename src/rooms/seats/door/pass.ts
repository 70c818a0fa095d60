// The pass: what somebody shows at the door. It is secret, says nothing about anybody, and can be scanned or spoken.

/** What the QR code of a pass holds: the host's page. What stands behind # never reaches a server, so no log has it. */
export const passAddress = (origin: string, code: string, pass: string): string => `${origin}/organisatie/sessies/${code}/deur#${pass}`;

// Without letters that look like a number (Crockford's base 32).
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The first signs of a pass, for who must say it aloud: 'K7QF 2M9X'. Enough to tell apart the people of one session. */
export function spoken(pass: string): string {
  const bits = BigInt(`0x${pass.replaceAll('-', '').slice(0, 10)}`);
  const all = Array.from({ length: 8 }, (_, nth) => signs[Number((bits >> BigInt(5 * (7 - nth))) & 31n)]).join('');
  return `${all.slice(0, 4)} ${all.slice(4)}`;
}

const heard = (typed: string): string => typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const isPass = new RegExp(`^${uuid}$`, 'i');
const inAddress = new RegExp(`/organisatie/sessies/([0-9A-Z]{6})/deur#(${uuid})$`, 'i');

export type NoPass = 'no-pass' | 'pass-of-other' | 'pass-unknown';

/**
 * The pass that somebody scanned or typed at the door of a session: the whole address, the pass itself, or the signs that
 * were spoken, which only say something beside the list of passes.
 */
export function readPass(typed: string, code: string, passes: readonly string[]): { readonly pass: string } | { readonly no: NoPass } {
  const text = typed.trim();
  const [, session, pass] = inAddress.exec(text) ?? [];
  if (session !== undefined && session.toUpperCase() !== code) return { no: 'pass-of-other' };
  if (pass !== undefined) return { pass: pass.toLowerCase() };
  if (isPass.test(text)) return { pass: text.toLowerCase() };
  const said = heard(text);
  if (!/^[0-9A-HJKMNP-TV-Z]{8}$/.test(said)) return { no: 'no-pass' };
  const found = passes.filter((pass) => heard(spoken(pass)) === said);
  return found.length === 1 ? { pass: found[0]! } : { no: 'pass-unknown' };
}
