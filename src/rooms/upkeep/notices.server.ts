// What the house tells on every page, and whether anything can be changed: two facts of the installation.
import { sql } from 'kysely';
import { atOnce } from '#ground/database.server.ts';
import type { Text } from '#ground/text.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import type { Announcement, Notices } from './notice.ts';

/** Every request asks this, so it is read twice a second at most; another process sees a change as fast. */
const freshFor = 500;
const memory: { notices: Notices; readAt: number; reading: Promise<Notices> | null } = {
  notices: { readOnly: null, announcement: null },
  readAt: -Infinity,
  reading: null,
};

/** What is told now. When the database is away, what was known last. */
export async function notices(visit: Visit): Promise<Notices> {
  if (performance.now() - memory.readAt < freshFor) return memory.notices;
  memory.reading ??= read(visit).finally(() => (memory.reading = null));
  return memory.reading;
}

/** Whether nothing can be changed now. */
export const isReadOnly = async (visit: Visit): Promise<boolean> => (await notices(visit)).readOnly !== null;

async function read({ db }: Visit): Promise<Notices> {
  const found = await facts(db).catch(() => null);
  if (found) memory.notices = found;
  memory.readAt = performance.now();
  return memory.notices;
}

interface Fact {
  readonly fact: string;
  readonly since: Date;
  readonly value: { readonly text?: Text; readonly from?: string | null; readonly until?: string | null };
}

async function facts(db: Visit['db']): Promise<Notices> {
  const { rows } = await sql<Fact>`
    select fact, noted_at as since, value from installation where fact in ('read-only', 'announcement') order by fact limit 2`.execute(db);
  const [closed, told] = ['read-only', 'announcement'].map((name) => rows.find(({ fact }) => fact === name));
  const moment = (at: string | null | undefined) => (at ? new Date(at) : null);
  return {
    readOnly: closed ? { since: closed.since, message: closed.value.text ?? {} } : null,
    announcement: told ? { text: told.value.text ?? {}, from: moment(told.value.from), until: moment(told.value.until) } : null,
  };
}

/** Nobody can change anything any more; the message says why and until when. */
export const closeForChanges = (visit: Visit, message: Text): Promise<void> =>
  change(visit, 'read-only-on', (visit) => note(visit, 'read-only', { text: message }));

/** Everybody can change things again. */
export const openForChanges = (visit: Visit): Promise<void> => change(visit, 'read-only-off', (visit) => forget(visit, 'read-only'));

/** Tells every visitor something, for a time. */
export const announce = (visit: Visit, { text, from, until }: Announcement): Promise<void> =>
  change(visit, 'announced', (visit) =>
    note(visit, 'announcement', { text, from: from?.toISOString() ?? null, until: until?.toISOString() ?? null }),
  );

export const endAnnouncement = (visit: Visit): Promise<void> => change(visit, 'announcement-ended', (visit) => forget(visit, 'announcement'));

/** Written down only when it changed something. */
async function change(
  visit: Visit,
  what: 'read-only-on' | 'read-only-off' | 'announced' | 'announcement-ended',
  work: (visit: Visit) => Promise<boolean>,
): Promise<void> {
  await atOnce(visit, async (visit) => {
    if (await work(visit)) await record(visit, { what });
  });
  memory.readAt = -Infinity;
}

async function note({ db, now }: Visit, fact: string, value: Fact['value']): Promise<true> {
  await sql`insert into installation (fact, noted_at, value) values (${fact}, ${now}, ${JSON.stringify(value)}::jsonb)
    on conflict (fact) do update set value = excluded.value`.execute(db);
  return true;
}

async function forget({ db }: Visit, fact: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('installation').where('fact', '=', fact).executeTakeFirst();
  return numDeletedRows > 0n;
}
