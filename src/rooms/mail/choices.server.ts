// How often somebody wants to hear about something, and the address in a letter by which they end it.

import { atOnce } from '#ground/database.server.ts';
import type { PersonId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import * as queries from './choice-queries.server.ts';
import { wakePostman } from './postman.server.ts';
import { endedBy, topics, type Choices, type Ending } from './topics.ts';

export const choicesOf = ({ db }: Visit, person: PersonId): Promise<Choices> => queries.choicesOf(db, person);

/** From now on somebody hears this often; what waits already follows the new choice. */
export const choose = (visit: Visit, person: PersonId, choices: Choices): Promise<void> =>
  atOnce(visit, async (visit) => {
    const before = await queries.choicesOf(visit.db, person);
    const changed = topics.filter((topic) => choices[topic] !== before[topic]);
    if (changed.length === 0) return;
    for (const topic of changed) await queries.setChoice(visit.db, person, topic, choices[topic], visit.now);
    await record(visit, { what: 'subscription-changed', person, details: { names: changed } });
    wakePostman();
  });

export interface Ended {
  readonly what: Ending;
  readonly endedAt: Date | null;
}
/** What an address ends, and whether it did; null for an address that nobody got. */
export const endingWith = ({ db }: Visit, secret: string): Promise<(Ended & { readonly person: PersonId }) | null> => queries.endingWith(db, secret);

/** Ends what the address says; a second time changes nothing. False when nobody got the address. */
export const end = (visit: Visit, secret: string): Promise<boolean> =>
  atOnce(visit, async (visit) => {
    const found = await queries.endingWith(visit.db, secret, true);
    if (!found) return false;
    if (found.endedAt !== null) return true;
    const before = await queries.choicesOf(visit.db, found.person);
    const ended = endedBy(found.what, before);
    await queries.markEnded(visit.db, secret, Object.fromEntries(ended.map((topic) => [topic, before[topic]])), visit.now);
    await choose(visit, found.person, { ...before, ...Object.fromEntries(ended.map((topic) => [topic, 'never'])) });
    return true;
  });

/** As it was before the address was used. */
export const takeBackEnd = (visit: Visit, secret: string): Promise<boolean> =>
  atOnce(visit, async (visit) => {
    const found = await queries.endingWith(visit.db, secret, true);
    if (!found) return false;
    if (found.endedAt === null) return true;
    const now = await queries.choicesOf(visit.db, found.person);
    await queries.markEnded(visit.db, secret, null, null);
    await choose(visit, found.person, { ...now, ...found.before });
    return true;
  });
