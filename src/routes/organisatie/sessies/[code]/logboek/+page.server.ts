import { isId } from '#ground/id.ts';
import * as identity from '#rooms/identity';
import { newest } from '#rooms/journal';
import { readDetails } from '#rooms/seats/history.ts';
import { runner } from '../../../entrance.server.ts';
import type { PageServerLoad } from './$types';

const atATime = 50;

/** What happened at this session's desk and who did it, the newest first, some at a time. */
export const load: PageServerLoad = async (event) => {
  const { visit, session } = await runner(event);
  const typed = event.url.searchParams.get('voor') ?? '';
  const before = isId<'journal line'>(typed) ? typed : null;
  const byHand = event.url.searchParams.get('wat') === 'met-de-hand';
  const found = await newest(visit, { session: session.id, before, byHand }, atATime + 1);
  const lines = found.slice(0, atATime);
  const people = [...new Set(lines.flatMap(({ person, byPerson }) => [person, byPerson]))].filter((id) => id !== null);
  const addresses = await identity.addressesOf(visit, people);
  return {
    session,
    byHand,
    isFromStart: before === null,
    next: found.length > atATime ? (lines.at(-1)?.id ?? null) : null,
    told: lines.map(({ id, happenedAt, what, person, byPerson, details }) => ({
      id,
      at: happenedAt,
      what,
      who: person && (addresses.get(person) ?? null),
      by: byPerson && (addresses.get(byPerson) ?? null),
      ...readDetails(details),
    })),
  };
};
