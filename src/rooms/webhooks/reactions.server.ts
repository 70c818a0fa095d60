import { newId } from '#ground/chance.server.ts';
import type { EditionId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import type { Line, Reaction } from '#rooms/journal';
import * as programme from '#rooms/programme';
import { isOffered, type Session } from '#rooms/programme/session.ts';
import { told, type Told } from './event.ts';
import { visitOfMaker } from './knows.server.ts';
import * as queries from './queries.server.ts';

export const reactions: readonly Reaction[] = [
  {
    name: 'webhooks hear what happened to a session or an edition',
    to: ['session-published', 'session-changed', 'session-cancelled', 'edition-imported'],
    run: (visit, line) => {
      const types = told.filter((one) => one === line.what);
      return tell(visit, line, types, () => types[0] ?? null);
    },
  },
  {
    name: 'webhooks hear that a session is full, or has places again',
    to: [
      ...(['seat-held', 'seat-offered', 'seat-moved-up', 'seat-accepted', 'seat-changed', 'seat-released', 'seat-offer-expired'] as const),
      ...(['seat-no-show', 'seat-drawn', 'places-changed'] as const),
    ],
    run: (visit, line) => tell(visit, line, ['session-full', 'session-free'], fullOrFree),
  },
];

/** What is told of a session now, given what was told of it last; null: nothing. */
type Choose = (session: Session | null, last: Told | null) => Told | null;

async function tell(visit: Visit, line: Line, types: readonly Told[], choose: Choose): Promise<void> {
  const about = line.session ? await queries.subjectOf(visit.db, line.session) : line.edition && { edition: line.edition, code: null };
  const webhooks = about ? await queries.interested(visit.db, about.edition, types, about.code ?? '') : [];
  if (!about || webhooks.length === 0) return;
  const slug = await slugOf(visit, about.edition);
  for (const webhook of webhooks) {
    const maker = await visitOfMaker(visit, webhook, slug);
    const session = maker && about.code !== null ? await programme.session(maker, about.code) : null;
    // What the maker may not see is not told; what they lead no more neither.
    if (!maker || (about.code !== null && !session)) continue;
    const type = choose(session, webhook.last);
    if (type === null || !webhook.types.includes(type)) continue;
    const delivery = { id: newId<'delivery'>(visit.now), webhook: webhook.id, line: line.id, type, subject: about.code ?? slug };
    await queries.insertDelivery(visit.db, { ...delivery, happenedAt: line.happenedAt }, visit.now);
  }
}

/** Full is: in no way that is offered is there a place left. Told when it becomes so, and when it is over. */
function fullOrFree(session: Session | null, last: Told | null): Told | null {
  if (!session) return null;
  const ways = (['onSite', 'online'] as const).filter((way) => isOffered(session.capacity[way]));
  const isFull = ways.length > 0 && ways.every((way) => session.placesLeft[way] !== null && session.placesLeft[way] <= 0);
  if (isFull) return last === 'session-full' ? null : 'session-full';
  return last === 'session-full' ? 'session-free' : null;
}

const slugOf = async (visit: Visit, id: EditionId): Promise<string> =>
  (await programme.editions(visit)).find((edition) => edition.id === id)?.slug ?? '';
