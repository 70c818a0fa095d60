/** How long a code can be used, and how often somebody may be wrong. */
export const minutesValid = 10;
export const mostTries = 5;

/** The six digits somebody typed or pasted, with whatever their mail program put between them; null when it is no code. */
export function readCode(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s.\u00ad\u200b-\u200f\u2010-\u2015\u2060\ufeff-]/gu, '');
  return /^[0-9]{6}$/.test(digits) ? digits : null;
}
