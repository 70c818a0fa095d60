// What a provider says about somebody, read with care: only what it says itself counts, and only in the shape agreed on.
import { readEmail } from '../email.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** The level of assurance of a sign-in, when it is one of those that are enough; all are when none are named. */
export function levelOf({ acr }: Claims, enough: readonly string[]): { readonly level: string | null } | null {
  const level = typeof acr === 'string' ? acr : null;
  return enough.length === 0 || (level !== null && enough.includes(level)) ? { level } : null;
}

/** The address that the provider vouches for. The word true counts and no other: 'true' in quotes is somebody's mistake. */
export const verifiedEmail = ({ email, email_verified: isVerified }: Claims): string | null =>
  isVerified === true && typeof email === 'string' ? readEmail(email) : null;

/** Whether the provider says that somebody is a civil servant; undefined when it was not agreed that it does. */
export function saysInternal(claims: Claims, agreed: { readonly name: string; readonly value: string } | null): boolean | undefined {
  if (agreed === null) return undefined;
  const said: unknown = claims[agreed.name];
  const values: readonly unknown[] = Array.isArray(said) ? said : [said];
  return values.some((value) => ['string', 'number', 'boolean'].includes(typeof value) && String(value) === agreed.value);
}

/** The provider's own number of a sign-in, by which it ends it. */
export const signInOf = ({ sid }: Claims): string | null => (typeof sid === 'string' && sid !== '' && sid.length <= 255 ? sid : null);
