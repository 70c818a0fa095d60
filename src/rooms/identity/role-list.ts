// Who has which special role, as a list to look through every quarter.
import type { PersonId } from '#ground/id.ts';
import type { Role } from '#ground/visit.ts';

/** Somebody who was not here for so long may not need their role any more. */
export const daysUnused = 90;

/** A role that somebody has. */
export interface RoleIn extends Role {
  readonly person: PersonId;
  readonly email: string;
  readonly grantedAt: Date;
}

export interface RoleHeld extends Role {
  readonly email: string;
  readonly grantedAt: Date;
  /** When they last came; null when they never did. */
  readonly lastSeenAt: Date | null;
  readonly isUnused: boolean;
}
