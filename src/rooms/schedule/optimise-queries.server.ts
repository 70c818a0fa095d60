// Every statement about the optimiser at work.
import { sql, type Kysely } from 'kysely';
import type { EditionId, Id, PersonId, SessionId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import type { VenueId } from './board.ts';

type Db = Kysely<DB>;
export type OptimisationId = Id<'optimisation'>;

export interface Settings {
  readonly seed: number;
  readonly seconds: number;
  /** Only these may move; null: all. */
  readonly sessions: readonly SessionId[] | null;
  /** Only sessions and times of these days, the first and the last, as YYYY-MM-DD; null: the whole month. */
  readonly days: { readonly from: string; readonly until: string } | null;
}

/** How far it is, and the best so far: the share of all interest that can be attended, null when nobody marked anything. */
export interface Standing {
  readonly part: number;
  readonly tries: number;
  readonly share: number | null;
  readonly unplaced: number;
  readonly before: number | null;
  /** The process that reckoned is gone. */
  readonly isLost?: boolean;
}

export interface StoredPlace {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly venue: VenueId | null;
}
export interface ProposedMove {
  readonly session: SessionId;
  readonly from: StoredPlace | null;
  readonly to: StoredPlace | null;
  /** Of all interest, how much more can be attended after it, when the moves before it are made. */
  readonly change: number;
}

export interface Optimisation {
  readonly id: OptimisationId;
  readonly edition: EditionId;
  readonly askedAt: Date;
  readonly settings: Settings;
  readonly progress: Partial<Standing>;
  readonly moves: readonly ProposedMove[] | null;
  readonly finishedAt: Date | null;
  readonly acceptedAt: Date | null;
  readonly droppedAt: Date | null;
}

const columns = sql`id, edition_id as edition, asked_at as "askedAt", settings, progress - 'seenAt' as progress, moves, finished_at as "finishedAt",
  accepted_at as "acceptedAt", dropped_at as "droppedAt"`;

export async function insert(
  db: Db,
  it: { id: OptimisationId; edition: EditionId; by: PersonId | null; at: Date; settings: Settings },
): Promise<void> {
  await sql`insert into optimisations (id, edition_id, asked_by, asked_at, settings)
    values (${it.id}, ${it.edition}, ${it.by}, ${it.at}, ${JSON.stringify(it.settings)}::jsonb)`.execute(db);
}

/** The newest of an edition. */
export async function last(db: Db, edition: EditionId): Promise<Optimisation | null> {
  const { rows } = await sql<Optimisation>`select ${columns} from optimisations where edition_id = ${edition} order by id desc limit 1`.execute(db);
  return rows[0] ?? null;
}

export async function isRunning(db: Db, edition: EditionId): Promise<boolean> {
  const { rows } = await sql`select from optimisations where edition_id = ${edition} and finished_at is null and dropped_at is null limit 1`.execute(
    db,
  );
  return rows.length > 0;
}

/** Takes one that nobody began. */
export async function take(db: Db, now: Date): Promise<Optimisation | null> {
  const { rows } = await sql<Optimisation>`
    update optimisations set progress = jsonb_build_object('part', 0, 'seenAt', ${now.toISOString()}::text)
    where id = (select id from optimisations where finished_at is null and dropped_at is null and not progress ? 'seenAt' order by id limit 1 for update skip locked)
    returning ${columns}`.execute(db);
  return rows[0] ?? null;
}

/** False when it was called off. */
export async function markSeen(db: Db, id: OptimisationId, standing: Standing, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update optimisations set progress = ${JSON.stringify({ ...standing, seenAt: now })}::jsonb
    where id = ${id} and finished_at is null and dropped_at is null returning id`.execute(db);
  return rows.length > 0;
}

export async function finish(db: Db, id: OptimisationId, standing: Standing, moves: readonly ProposedMove[], now: Date): Promise<void> {
  await sql`
    update optimisations set finished_at = ${now}, progress = ${JSON.stringify({ ...standing, seenAt: now })}::jsonb, moves = ${JSON.stringify(moves)}::jsonb
    where id = ${id} and finished_at is null and dropped_at is null`.execute(db);
}

/** Not seen for so long: the process that reckoned is gone. */
export const lostAfterSeconds = 15;

/** Those whose process is gone end without moves, and say so. */
export async function markLost(db: Db, now: Date, only: OptimisationId | null = null): Promise<void> {
  await sql`
    update optimisations set finished_at = ${now}, progress = progress || '{"isLost":true}'
    where finished_at is null and dropped_at is null and progress ? 'seenAt'
      and (id = ${only} or (progress ->> 'seenAt')::timestamptz < ${now}::timestamptz - ${lostAfterSeconds} * interval '1 second')`.execute(db);
}

export async function drop(db: Db, edition: EditionId, id: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update optimisations set dropped_at = ${now}
    where id = ${id} and edition_id = ${edition} and dropped_at is null and accepted_at is null returning id`.execute(db);
  return rows.length > 0;
}

/** Takes a finished one to put on the board, once. */
export async function accept(db: Db, edition: EditionId, id: string, now: Date): Promise<Optimisation | null> {
  const { rows } = await sql<Optimisation>`
    update optimisations set accepted_at = ${now}
    where id = ${id} and edition_id = ${edition} and moves is not null and dropped_at is null and accepted_at is null returning ${columns}`.execute(
    db,
  );
  return rows[0] ?? null;
}

export async function zoneOf(db: Db, edition: EditionId): Promise<string> {
  const { rows } = await sql<{ zone: string }>`select time_zone as zone from editions where id = ${edition}`.execute(db);
  return rows[0]?.zone ?? 'UTC';
}

export async function deepensIn(db: Db, edition: EditionId): Promise<{ readonly session: SessionId; readonly deepens: SessionId }[]> {
  const { rows } = await sql<{ session: SessionId; deepens: SessionId }>`
    select d.deeper_id as session, d.session_id as deepens from deepenings d join sessions s on s.id = d.deeper_id where s.edition_id = ${edition} limit 10000`.execute(
    db,
  );
  return rows;
}
