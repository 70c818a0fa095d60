/** How long an invitation can be used, and how often somebody may type it wrong. */
export const daysInvited = 7;
export const mostWrongInvitations = 5;
/** The first administrator's code may be guessed at by everybody, and must not be used up by them. */
export const mostWrongFirst = 1000;

/** Twelve signs, in groups as they are read out: ABCD-EFGH-JKMN. */
export const inGroups = (signs: string): string => signs.replace(/(.{4})(?=.)/g, '$1-');

/** The twelve signs that somebody typed, whatever stands between them; a letter that looks like a digit is that digit. Null when it is no invitation. */
export function readInvitation(typed: string): string | null {
  const signs = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.\u00ad\u200b-\u200f\u2010-\u2015\u2060\ufeff-]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{12}$/.test(signs) ? signs : null;
}
