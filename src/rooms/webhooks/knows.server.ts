import type { Visit } from '#ground/visit.ts';
import { personWith } from '#rooms/identity';
import { mayLead } from '#rooms/identity/may.ts';
import type { Webhook } from './queries.server.ts';

/** The visit of who made a webhook, as far as it may know: null when they lead the edition no more. */
export async function visitOfMaker(visit: Visit, { madeBy, isInternal }: Webhook, edition: string): Promise<Visit | null> {
  const maker = await personWith(visit, madeBy);
  if (!maker || !mayLead(maker, edition)) return null;
  return { ...visit, person: { ...maker, isInternal: isInternal && maker.isInternal } };
}
