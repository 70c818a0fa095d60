// Once a day: what waits for somebody goes along in one letter, and who has sessions tomorrow hears which.
import { idFrom, newId } from '#ground/chance.server.ts';
import { config } from '#ground/config.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { LineId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import * as identity from '#rooms/identity';
import * as programme from '#rooms/programme';
import { addDays, local } from '#rooms/programme/when.ts';
import { digest, withEnding } from './about-mailing.ts';
import * as daily from './digest-queries.server.ts';
import type { Letter } from './letter.ts';
import { wakePostman } from './postman.server.ts';
import * as queries from './queries.server.ts';
import type { Waiting } from './queries.server.ts';
import { endingOf, unreachable } from './topics.ts';
import { aboutMailing, unsubscribeHref, write, type Not } from './write.server.ts';

/** What becomes of the letters that go along with another one. */
export interface Along {
  readonly told: readonly string[];
  readonly over: readonly { readonly id: string; readonly why: string }[];
}

/** One letter with all that waits and still holds. */
export async function writeDigest(visit: Visit, waiting: Waiting): Promise<{ readonly letter: Letter | Not; readonly along: Along }> {
  const nothing: Along = { told: [], over: [] };
  const person = waiting.person && (await identity.personWith(visit, waiting.person));
  if (!person) return { letter: { not: 'nobody' }, along: nothing };
  const theirs = { ...visit, person, language: person.language };
  const desk = { language: person.language, baseUrl: config().baseUrl };
  const letters: Letter[] = [];
  const told: string[] = [];
  const over: { id: string; why: string }[] = [];
  for (const one of await queries.alongWith(visit.db, waiting.id)) {
    const letter = one.kind === 'mailing' ? await aboutMailing(theirs, desk, one, true) : await write(visit, one);
    if ('not' in letter) over.push({ id: one.id, why: letter.not });
    // Several changes of one session are one story: each letter is written from how it is now.
    else if (letters.some(({ subject }) => subject === letter.subject)) over.push({ id: one.id, why: 'another letter says it' });
    else {
      letters.push(letter);
      told.push(one.id);
    }
  }
  const along = { told, over };
  if (await queries.hasBounced(visit.db, person.id))
    return { letter: { not: unreachable }, along: { told: [], over: [...over, ...told.map((id) => ({ id, why: unreachable }))] } };
  if (letters.length === 0) return { letter: { not: 'nothing is left to tell' }, along };
  const ending = endingOf(waiting.kind) ?? 'digest';
  return { letter: withEnding(desk, digest(desk, letters), await unsubscribeHref(visit, desk, person.id, ending)), along };
}

/** By the clock of the house. */
const zone = 'Europe/Amsterdam';
const atMinute = 16 * 60;

/** From four in the afternoon on: the letter of today for whoever has something waiting, once; answers how many. */
export async function gatherDigests(visit: Visit): Promise<number> {
  const { day, minutes } = local(visit.now, zone);
  if (minutes < atMinute) return 0;
  const line = idFrom<'journal line'>(`digest ${day}`) satisfies LineId;
  const people = await daily.withSomethingWaiting(visit.db, line);
  for (const person of people)
    await atOnce(visit, async (visit) => {
      const letter = newId<'letter'>(visit.now);
      await queries.insertLettersTo(visit.db, [{ letter, person }], { line, kind: 'digest', details: {} }, visit.now);
      await daily.takeAlong(visit.db, letter, person);
    });
  if (people.length > 0) wakePostman();
  return people.length;
}

/** From four in the afternoon on: who has a place tomorrow hears where and when, once; answers how many. */
export async function remindOfTomorrow(visit: Visit): Promise<number> {
  let told = 0;
  for (const edition of await programme.editions(visit)) {
    const { day, minutes } = local(visit.now, edition.timeZone);
    const next = addDays(day, 1);
    if (minutes < atMinute || next < edition.startsOn || next > edition.endsOn) continue;
    const line = idFrom<'journal line'>(`tomorrow ${edition.id} ${next}`) satisfies LineId;
    const people = await daily.withSessionsOn(visit.db, edition, next, line);
    if (people.length === 0) continue;
    const letters = people.map((person) => ({ letter: newId<'letter'>(visit.now), person }));
    const details = { edition: edition.id, day: next };
    await atOnce(visit, (visit) =>
      queries.insertLettersTo(visit.db, letters, { line, kind: 'sessions-tomorrow', details, edition: edition.id }, visit.now),
    );
    told += people.length;
  }
  if (told > 0) wakePostman();
  return told;
}
