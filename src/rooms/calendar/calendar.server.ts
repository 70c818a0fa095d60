// The door of the calendar: files per session and edition, and a secret feed with somebody's own programme.
import { hashOf, newSecret } from '#ground/chance.server.ts';
import { config } from '#ground/config.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { Refusal } from '#ground/refusal.ts';
import { say } from '#ground/text.ts';
import type { Language, Person, Visit } from '#ground/visit.ts';
import { personWith } from '#rooms/identity';
import { mine } from '#rooms/itinerary';
import { record } from '#rooms/journal';
import * as programme from '#rooms/programme';
import { zoneOf, type Edition } from '#rooms/programme/edition.ts';
import type { Session } from '#rooms/programme/session.ts';
import type { Seat } from '#rooms/seats/seat.ts';
import { words } from '#words';
import { eventOf } from './event.ts';
import { writeCalendar, type CalendarEvent } from './ical.ts';
import * as queries from './queries.server.ts';

/** A new secret address for somebody's own calendar; the earlier one ends at once. */
export async function feedAddress(visit: Visit): Promise<string | Refusal<'not-signed-in'>> {
  const { person } = visit;
  if (!person) return { refused: 'not-signed-in' };
  const secret = newSecret();
  await atOnce(visit, async (visit) => {
    await queries.replaceFeed(visit.db, person.id, hashOf(secret), visit.now);
    await record(visit, { what: 'feed-made', person: person.id });
  });
  return `${config().baseUrl.origin}/agenda/mijn/${secret}.ics`;
}

/** Ends the secret address; also right when there was none. */
export async function endFeed(visit: Visit): Promise<void> {
  const { person } = visit;
  if (!person) return;
  await atOnce(visit, async (visit) => {
    if (await queries.deleteFeed(visit.db, person.id)) await record(visit, { what: 'feed-ended', person: person.id });
  });
}

export const hasFeed = async (visit: Visit): Promise<boolean> => visit.person !== null && queries.hasFeed(visit.db, visit.person.id);

/** Whose feed this is; null when it was ended or never was. */
export async function personOfFeed(visit: Visit, secret: string): Promise<(Person & { readonly language: Language }) | null> {
  const id = await queries.personByFeed(visit.db, hashOf(secret));
  return id && personWith(visit, id);
}

/** Everything in an edition that this visitor may see. */
export async function editionCalendar(visit: Visit, edition: Edition): Promise<string> {
  const sessions = await programme.sessions(visit, edition.id);
  const events = await eventsOf(
    visit,
    edition,
    sessions.map((session) => ({ session, seat: null })),
  );
  return writeCalendar({ name: say(edition.name, visit.language).text, language: visit.language, timeZone: edition.timeZone, events });
}

/** One session, for in a letter or beside a page; with their seat for somebody who has one. Null while its time is unknown. */
export async function sessionCalendar(visit: Visit, session: Session, seat: Seat | null = null): Promise<string | null> {
  const edition = await programme.edition(visit, session.edition);
  const events = edition ? await eventsOf(visit, edition, [{ session, seat }]) : [];
  return events.length === 0
    ? null
    : writeCalendar({ name: say(session.title, visit.language).text, language: visit.language, timeZone: session.timeZone, events });
}

/** These sessions of one edition, for in a letter; null while none of them has a time. */
export async function programmeCalendar(
  visit: Visit,
  edition: Edition,
  entries: readonly { readonly session: Session; readonly seat: Seat }[],
): Promise<string | null> {
  const events = await eventsOf(visit, edition, entries);
  return events.length === 0
    ? null
    : writeCalendar({ name: say(edition.name, visit.language).text, language: visit.language, timeZone: edition.timeZone, events });
}

/** Somebody's own programme in every edition: what they hold, and what they wait for. */
export async function myCalendar(visit: Visit): Promise<string> {
  const editions = await programme.editions(visit);
  const events: CalendarEvent[] = [];
  for (const edition of editions) {
    const entries = await mine(visit, edition.id);
    if (entries.length > 0) events.push(...(await eventsOf(visit, edition, entries)));
  }
  return writeCalendar({
    name: words(visit.language)('calendar.mine'),
    language: visit.language,
    timeZone: zoneOf(editions[0] ?? null),
    events,
  });
}

async function eventsOf(
  visit: Visit,
  edition: Edition,
  entries: readonly { readonly session: Session; readonly seat: Seat | null }[],
): Promise<readonly CalendarEvent[]> {
  const setting = { language: visit.language, themes: await programme.themes(visit, edition.id), origin: config().baseUrl.origin };
  return entries.flatMap(({ session, seat }) => eventOf(session, setting, seat) ?? []);
}
