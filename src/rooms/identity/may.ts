// What pages and rooms ask most, read from the table in access.ts.
import type { Person, Role } from '#ground/visit.ts';
import { may } from './access.ts';

/** Whether somebody looks after the installation. */
export const mayAdminister = (person: Person | null): boolean => may(person, 'installation.look-after');

/** Whether somebody leads an edition: its programme team, and who looks after the installation. */
export const mayLead = (person: Person | null, edition: string): boolean => may(person, 'edition.lead', { edition });

/** Whether somebody runs a session: its hosts, who manages the organisation that leads it, and who leads the edition. */
export const mayRun = (
  person: Person | null,
  session: { readonly code: string; readonly edition: string; readonly organisations: readonly string[] },
): boolean => may(person, 'session.run', session);

/** Somebody as they would be with a stronger proof; only to tell them of it, never to let them do anything. */
export const asIfProven = (person: Person | null): Person | null =>
  person && { ...person, roles: [...person.roles, ...(person.withheld ?? []).filter((one): one is Role => one.role !== 'internal')] };

/** Whether somebody may have something to arrange in an edition: then the way there is shown. */
export const mayOrganise = (person: Person | null, edition: string): boolean => may(person, 'arrangements.enter', { edition });
