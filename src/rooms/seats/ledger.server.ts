import { sql, type Kysely } from 'kysely';
import type { EditionId, SessionId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import type { Visit } from '#ground/visit.ts';
import type { Share } from './desk.ts';
import { deviations, type Book, type Counted, type Deviation, type Entry, type Kept } from './ledger.ts';

/** What replaying the journal told; the first thousand deviations, and how many there are. */
export interface LedgerReport {
  readonly sessions: number;
  readonly turns: number;
  readonly seats: number;
  readonly found: number;
  readonly deviations: readonly (Deviation & { readonly session: string })[];
}

/**
 * Replays the journal of every session (of an edition) and compares it with its seats and counts. Beside a running
 * server too: a session is read as it was at one moment, and only one is in memory at a time.
 */
export async function ledger(visit: Visit, { edition }: { readonly edition?: EditionId } = {}): Promise<LedgerReport> {
  const report = { sessions: 0, turns: 0, seats: 0, found: 0, deviations: [] as (Deviation & { session: string })[] };
  for await (const { id, code } of sessionsWithPlaces(visit.db, edition ?? null)) {
    const book = await bookOf(visit, id);
    const found = deviations(book);
    report.sessions++;
    report.turns += book.lines.length;
    report.seats += book.seats.length;
    report.found += found.length;
    report.deviations.push(...found.slice(0, 1000 - report.deviations.length).map((deviation) => ({ session: code, ...deviation })));
  }
  return report;
}

interface Found {
  readonly id: SessionId;
  readonly code: string;
}

async function* sessionsWithPlaces(db: Kysely<DB>, edition: EditionId | null): AsyncGenerator<Found> {
  for (let after: SessionId | null = null; ;) {
    const { rows }: { rows: Found[] } = await sql<Found>`
      select id, code from sessions
      where (${after}::uuid is null or id > ${after}) and (${edition}::uuid is null or edition_id = ${edition})
        and (exists (select from places p where p.session_id = sessions.id) or exists (select from seats x where x.session_id = sessions.id))
      order by id limit 200`.execute(db);
    yield* rows;
    if (rows.length < 200) return;
    after = rows.at(-1)!.id;
  }
}

/** Everything about one session as it was at one moment. */
function bookOf({ db }: Visit, session: SessionId): Promise<Book> {
  if (db.isTransaction) return read(db, session);
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((db) => read(db, session));
}

async function read(db: Kysely<DB>, session: SessionId): Promise<Book> {
  const places = await sql<Counted>`select attendance, capacity, held, waiting, arrivals, turns from places where session_id = ${session}`.execute(
    db,
  );
  const shares = await sql<Share>`select attendance, "group", most from shares where session_id = ${session}`.execute(db);
  const seats = await sql<Kept>`
    select person_id as person, standing, attendance, wants, arrival, offered_until as until, checked_in_at as "checkedIn", groups from seats where session_id = ${session}`.execute(
    db,
  );
  const lines = await sql<Entry>`select what, person_id as person, details from journal where session_id = ${session} and details ? 'turn'`.execute(
    db,
  );
  return { places: places.rows, shares: shares.rows, seats: seats.rows, lines: lines.rows };
}
