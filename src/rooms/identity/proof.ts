import type { Person, Role, Way } from '#ground/visit.ts';

/** Which ways to sign in are enough for each class of people. */
export type Enough = Readonly<Record<'external' | 'internal' | Role['role'], readonly Way[]>>;

/** How somebody came in, and when they proved it; null for the operator of the machine, who has no sign-in to show. */
export type Proof = { readonly way: Way; readonly provenAt: Date } | null;

/** A special role asks for a proof of today: a machine that was left open yesterday arranges nothing. */
export const hoursForRoles = 12;

/**
 * Somebody with what their proof is enough for; the rest is withheld, so that it can be offered for a stronger or a
 * fresher proof. Null when it is not enough to be here at all.
 */
export function asProven(person: Person, proof: Proof, enough: Enough, now: Date): Person | null {
  if (proof === null) return person;
  const { way, provenAt } = proof;
  const isInternal = person.isInternal && enough.internal.includes(way);
  if (!isInternal && !enough.external.includes(way)) return null;
  const isFresh = now.getTime() - provenAt.getTime() < hoursForRoles * 3_600_000;
  const holds = ({ role }: Role) => isFresh && enough[role].includes(way);
  return {
    ...person,
    way,
    isInternal,
    roles: person.roles.filter(holds),
    withheld: [
      ...person.roles.filter((role) => !holds(role)),
      ...(person.isInternal && !isInternal ? [{ role: 'internal' as const, scope: '' as const }] : []),
    ],
  };
}
