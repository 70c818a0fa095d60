import type { Person, Way } from '#ground/visit.ts';
import { hoursForRoles } from '../proof.ts';

/** A passkey, as its owner knows it. */
export interface Passkey {
  readonly id: string;
  readonly name: string;
  /** Where it was made. */
  readonly device: string | null;
  readonly createdAt: Date;
  readonly usableAt: Date;
  readonly usedAt: Date | null;
}

export const mostPasskeys = 10;
/** How long a browser has to answer what it was asked to prove. */
export const minutesToProve = 5;
/** How long the owner has to refuse a passkey that was made with less proof than it is worth. */
export const hoursUntilUsable = 24;

/** Whether somebody may do more here than take part, however they came in. */
export const isSpecial = ({ roles, withheld = [] }: Pick<Person, 'roles' | 'withheld'>): boolean =>
  roles.length > 0 || withheld.some(({ role }) => role !== 'internal');

/** Whether a sign-in is itself proof enough to make another one. */
export const isStrong = (signIn: { readonly way: Way; readonly provenAt: Date }, now: Date): boolean =>
  signIn.way !== 'code' && now.getTime() - signIn.provenAt.getTime() < hoursForRoles * 3_600_000;

/**
 * From when a new passkey counts. Who reads somebody's mail must not become a host by it unnoticed: without a stronger
 * proof or an invitation, whoever has something to lose gets a day to refuse.
 */
export function usableFrom(
  made: { readonly isStrong: boolean; readonly isInvited: boolean; readonly isFirst: boolean; readonly isSpecial: boolean },
  now: Date,
): Date {
  const atOnce = made.isStrong || made.isInvited || (made.isFirst && !made.isSpecial);
  return atOnce ? now : new Date(now.getTime() + hoursUntilUsable * 3_600_000);
}

/** The name somebody gave a passkey; null when it is empty or too long. */
export function readPasskeyName(typed: string): string | null {
  const name = typed.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return name.length >= 1 && name.length <= 60 ? name : null;
}
