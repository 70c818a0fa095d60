// Where a source and people here changed the same: what stands here stays until somebody chooses, and a choice can be
// taken back. Who calls these has made sure that the visitor leads the edition.
import { sql, type Kysely } from 'kysely';
import { atOnce } from '#ground/database.server.ts';
import type { EditionId, SessionId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { DB } from '#ground/tables.ts';
import type { Text } from '#ground/text.ts';
import { same } from '#ground/three-way.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { isMoved, type Change, type Difference } from './intake.ts';
import { isClosed } from './queries.server.ts';

export interface Conflict extends Change {
  readonly code: string;
  readonly title: Text;
  readonly foundAt: Date;
  readonly choice: 'theirs' | 'mine' | null;
  /** What stands here now. */
  readonly now: unknown;
}

/** What differs between source and here, open first and then what was settled last; what was changed to the same since is over. */
export async function conflictsOf(visit: Visit, edition: EditionId): Promise<readonly Conflict[]> {
  const { rows } = await sql<Omit<Conflict, 'now'> & { id: SessionId }>`
    select s.id, s.code, s.title, c.field, c.theirs, c.mine, c.found_at as "foundAt", c.choice
    from import_conflicts c join sessions s on s.id = c.session_id
    where s.edition_id = ${edition} order by c.settled_at desc nulls first, s.starts_at nulls last, s.id, c.field limit 500`.execute(visit.db);
  const values = new Map<string, unknown>();
  for (const field of new Set(rows.map((row) => row.field))) {
    const ids = rows.filter((row) => row.field === field).map(({ id }) => id);
    for (const [id, value] of await storedField(visit.db, ids, field)) values.set(`${id} ${field}`, value);
  }
  return rows
    .map(({ id, ...row }) => ({ ...row, now: values.get(`${id} ${row.field}`) }))
    .filter(({ choice, now, theirs }) => choice !== null || !same(now, theirs));
}

export type NotSettled = Refusal<'conflict-gone' | 'changed-meanwhile' | 'edition-closed'>;

/** Takes what the source says, or keeps what stands here. */
export const settleConflict = (
  visit: Visit,
  edition: EditionId,
  code: string,
  field: Difference,
  choice: 'theirs' | 'mine',
): Promise<void | NotSettled> =>
  atOnce(visit, async (visit) => {
    const found = await held(visit, edition, code, field);
    if (found === null || found.choice !== null) return { refused: 'conflict-gone' };
    if (await isClosed(visit.db, edition)) return { refused: 'edition-closed' };
    const mine = (await storedField(visit.db, [found.id], field)).get(found.id);
    if (choice === 'theirs') await put(visit, edition, found, field, found.theirs);
    await sql`update import_conflicts set choice = ${choice}, mine = ${JSON.stringify(mine ?? null)}, settled_at = ${visit.now}
      where session_id = ${found.id} and field = ${field}`.execute(visit.db);
    await record(visit, { what: 'import-conflict-settled', edition, session: found.id, details: { differences: [field] } });
  });

/** As it was before the choice; not when somebody changed it again meanwhile. */
export const unsettleConflict = (visit: Visit, edition: EditionId, code: string, field: Difference): Promise<void | NotSettled> =>
  atOnce(visit, async (visit) => {
    const found = await held(visit, edition, code, field);
    if (found === null || found.choice === null) return { refused: 'conflict-gone' };
    if (await isClosed(visit.db, edition)) return { refused: 'edition-closed' };
    if (found.choice === 'theirs') {
      const now = (await storedField(visit.db, [found.id], field)).get(found.id);
      if (!same(now, found.theirs)) return { refused: 'changed-meanwhile' };
      await put(visit, edition, found, field, found.mine);
    }
    await sql`update import_conflicts set choice = null, settled_at = null where session_id = ${found.id} and field = ${field}`.execute(visit.db);
    await record(visit, { what: 'import-conflict-settled', edition, session: found.id, details: { differences: [field] } });
  });

interface Held {
  readonly id: SessionId;
  readonly theirs: unknown;
  readonly mine: unknown;
  readonly choice: 'theirs' | 'mine' | null;
  readonly isPublished: boolean;
}

async function held(visit: Visit, edition: EditionId, code: string, field: Difference): Promise<Held | null> {
  const { rows } = await sql<Held>`
    select s.id, c.theirs, c.mine, c.choice, s.state = 'published' as "isPublished"
    from sessions s join import_conflicts c on c.session_id = s.id and c.field = ${field}
    where s.code = ${code} and s.edition_id = ${edition} for no key update of s, c`.execute(visit.db);
  return rows[0] ?? null;
}

async function put(visit: Visit, edition: EditionId, { id, isPublished }: Held, field: Difference, value: unknown): Promise<void> {
  await applyField(visit.db, visit.now, edition, id, field, value);
  const isTold = isPublished && isMoved([field]);
  await record(visit, { what: isTold ? 'session-changed' : 'session-text-changed', edition, session: id, details: { differences: [field] } });
}

const moment = (column: 'starts_at' | 'ends_at') =>
  sql`to_jsonb(to_char(${sql.ref(`s.${column}`)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`;

/** Each field of a session as JSON, as a baseline has it. */
const asJson = {
  title: sql`s.title`,
  summary: sql`s.summary`,
  description: sql`s.description`,
  time: sql`jsonb_build_array(${moment('starts_at')}, ${moment('ends_at')})`,
  place: sql`to_jsonb(s.location)`,
  format: sql`to_jsonb(s.format)`,
  level: sql`to_jsonb(s.level)`,
  speakers: sql`to_jsonb(s.speakers)`,
  languages: sql`to_jsonb(s.languages)`,
  themes: sql`to_jsonb(array(select t.slug from session_themes st join themes t on t.id = st.theme_id where st.session_id = s.id order by st.position))`,
  organisations: sql`to_jsonb(array(select o.slug from session_organisations so join organisations o on o.id = so.organisation_id where so.session_id = s.id order by so.position))`,
  deepens: sql`to_jsonb(array(select d.session_id::text from deepenings d where d.deeper_id = s.id order by d.session_id))`,
} as const satisfies Record<Difference, unknown>;

async function storedField(db: Kysely<DB>, ids: readonly SessionId[], field: Difference): Promise<ReadonlyMap<SessionId, unknown>> {
  const { rows } = await sql<{ id: SessionId; value: unknown }>`
    select s.id, ${asJson[field]} as value from sessions s where s.id = any(${ids}::uuid[]) order by s.id`.execute(db);
  return new Map(rows.map(({ id, value }) => [id, value]));
}

async function applyField(db: Kysely<DB>, now: Date, edition: EditionId, id: SessionId, field: Difference, value: unknown): Promise<void> {
  const json = sql`${JSON.stringify(value ?? null)}::jsonb`;
  const words = sql`array(select jsonb_array_elements_text(${json}))`;
  const columns = {
    title: sql`title = ${json},`,
    summary: sql`summary = ${json},`,
    description: sql`description = ${json},`,
    time: sql`starts_at = (${json} ->> 0)::timestamptz, ends_at = (${json} ->> 1)::timestamptz,`,
    place: sql`location = ${json} #>> '{}',`,
    format: sql`format = ${json} #>> '{}',`,
    level: sql`level = ${json} #>> '{}',`,
    speakers: sql`speakers = ${words},`,
    languages: sql`languages = ${words},`,
    themes: sql``,
    organisations: sql``,
    deepens: sql``,
  } as const satisfies Record<Difference, unknown>;
  await sql`
    update sessions set ${columns[field]} revision = revision + 1, sequence = sequence + ${isMoved([field]) ? 1 : 0}, updated_at = ${now}
    where id = ${id}`.execute(db);
  const asked = sql`jsonb_array_elements_text(${json}) with ordinality as asked (name, position)`;
  if (field === 'themes') {
    await sql`delete from session_themes where session_id = ${id}`.execute(db);
    await sql`insert into session_themes (session_id, theme_id, position)
      select ${id}, t.id, asked.position - 1 from ${asked} join themes t on t.slug = asked.name and t.edition_id = ${edition}`.execute(db);
  }
  if (field === 'organisations') {
    await sql`delete from session_organisations where session_id = ${id}`.execute(db);
    await sql`insert into session_organisations (session_id, organisation_id, position)
      select ${id}, o.id, asked.position - 1 from ${asked} join organisations o on o.slug = asked.name`.execute(db);
  }
  if (field === 'deepens') {
    await sql`delete from deepenings where deeper_id = ${id}`.execute(db);
    await sql`insert into deepenings (deeper_id, session_id)
      select ${id}, s.id from ${asked} join sessions s on s.id::text = asked.name where s.id <> ${id}`.execute(db);
  }
}
