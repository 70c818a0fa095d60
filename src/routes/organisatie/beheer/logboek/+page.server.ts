import { isId } from '#ground/id.ts';
import * as identity from '#rooms/identity';
import { everything } from '#rooms/journal';
import { administrator } from '../entrance.server.ts';
import type { PageServerLoad } from './$types';

const atATime = 50;

/** What happened in the house and who did it, the newest first, some at a time. */
export const load: PageServerLoad = async (event) => {
  const { visit, timeZone } = administrator(event);
  const typed = event.url.searchParams.get('voor') ?? '';
  const before = isId<'journal line'>(typed) ? typed : null;
  const isAll = event.url.searchParams.get('wat') === 'alles';
  const found = await everything(visit, { before, forOthers: !isAll }, atATime + 1);
  const lines = found.slice(0, atATime);
  const people = [...new Set(lines.flatMap(({ person, byPerson }) => [person, byPerson]))].filter((id) => id !== null);
  const addresses = await identity.addressesOf(visit, people);
  const who = (id: (typeof people)[number] | null) => id && { email: addresses.get(id) ?? null };
  return {
    timeZone,
    isAll,
    isFromStart: before === null,
    next: found.length > atATime ? (lines.at(-1)?.id ?? null) : null,
    lines: lines.map(({ id, happenedAt, what, person, byPerson, seal }) => ({
      id,
      at: happenedAt,
      what,
      by: who(byPerson),
      about: who(person),
      seal,
    })),
  };
};
