import type { Person } from '#ground/visit.ts';

/** Whether somebody looks after the installation. */
export const mayAdminister = (person: Person | null): boolean => person?.roles.some(({ role }) => role === 'admin') ?? false;

/** Whether somebody leads an edition: its programme team, and who looks after the installation. */
export const mayLead = (person: Person | null, edition: string): boolean =>
  person?.roles.some(({ role, scope }) => role === 'admin' || (role === 'team' && scope === edition)) ?? false;

/** Whether somebody runs a session: its hosts, who manages the organisation that leads it, and who leads the edition. */
export const mayRun = (
  person: Person | null,
  session: { readonly code: string; readonly edition: string; readonly organisations: readonly string[] },
): boolean =>
  mayLead(person, session.edition) ||
  (person?.roles.some(
    ({ role, scope }) => (role === 'host' && scope === session.code) || (role === 'manager' && scope !== '' && scope === session.organisations[0]),
  ) ??
    false);

/** Whether somebody may have something to arrange in an edition: then the way there is shown. */
export const mayOrganise = (person: Person | null, edition: string): boolean =>
  mayLead(person, edition) || (person?.roles.some(({ role }) => role === 'host' || role === 'manager') ?? false);
