// Who may offer whom a special role. The pages ask here before they call the door.
import type { Id } from '#ground/id.ts';
import type { Person, Role } from '#ground/visit.ts';
import { may, type Operation, type Thing } from './access.ts';

export type OfferId = Id<'role offer'>;

/** A role that waits for somebody to say yes. Who looks after the installation is made by hand only. */
export interface OfferedRole extends Role {
  readonly role: Exclude<Role['role'], 'admin'>;
}

export interface RoleOffer extends OfferedRole {
  readonly id: OfferId;
  readonly email: string;
  readonly offeredBy: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export const offeredRoles = ['host', 'manager', 'moderator', 'reviewer', 'team'] as const satisfies readonly OfferedRole['role'][];
export const daysOpen = 30;
/** What one person may offer in a day: enough for a whole programme, too few to bother everybody. */
export const mostADay = 200;

const operationOf: Readonly<Record<OfferedRole['role'], Operation>> = {
  host: 'role.offer-host',
  manager: 'role.offer-manager',
  moderator: 'edition.lead',
  reviewer: 'edition.lead',
  team: 'edition.lead',
};

/**
 * Whether somebody may offer a role, or end it. `of` is what it is for: a session with its edition and organisations; an
 * organisation, in an edition; an edition. The programme team offers everything of its edition, and managers of any
 * organisation; who manages an organisation offers managing it, and hosting what it leads.
 */
export const mayOffer = (person: Person | null, role: OfferedRole['role'], of: Thing): boolean => may(person, operationOf[role], of);
