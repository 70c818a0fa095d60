// A whole programme comes in at once: from a file, or as example content. In few statements, whatever its size.
import { sql, type Kysely } from 'kysely';
import { hashOf, newId, newSessionCode } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { EditionId, SessionId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import type { Text } from '#ground/text.ts';
import { same } from '#ground/three-way.ts';
import type { Visit } from '#ground/visit.ts';
import {
  isMoved,
  match,
  mergeSaid,
  saidIn,
  storedIn,
  type Change,
  type Difference,
  type IncomingSession,
  type Intake,
  type Merged,
  type Named,
  type Said,
  type StoredSession,
} from './intake.ts';
import type { Format, Level } from './session.ts';

type Db = Kysely<DB>;

export interface TakenIn {
  readonly edition: {
    readonly id: EditionId;
    readonly slug: string;
    readonly startsOn: string;
    readonly endsOn: string;
    readonly timeZone: string;
    readonly isNew: boolean;
  };
  readonly newThemes: number;
  /** By row: the session's code, and what came of it. */
  readonly rows: ReadonlyMap<number, RowTaken>;
  /** Sessions of which calendars and participants must know that they changed. */
  readonly moved: readonly { readonly id: SessionId; readonly differences: readonly Difference[] }[];
  /** Came in before from the same source and are not in it now; they stay. */
  readonly missing: readonly { readonly code: string; readonly id: string | null; readonly title: Text }[];
}

interface RowTaken {
  readonly code: string;
  readonly result: 'new' | 'changed' | 'same';
  /** What was taken over, and what was not because it was changed here too. */
  readonly changes: readonly Change[];
  readonly conflicts: readonly Change[];
}

/** Takes a whole programme in, once: what is there already is found again and only changed where it says something else. */
export const takeIn = (visit: Visit, intake: Intake): Promise<TakenIn> =>
  atOnce(visit, async ({ db, now }) => {
    const edition = await editionFor(db, now, intake);
    const themes = await themesFor(db, now, edition.id, intake.themes);
    const organisations = await organisationsFor(db, now, intake.organisations);
    const stored = await storedSessions(db, edition.id);
    const found = match(intake.sessions, stored, intake.source);

    const fresh = await withCodes(
      db,
      now,
      intake.sessions.filter((row) => !found.has(row.row)),
      stored,
      intake.source,
    );
    await insertSessions(db, now, edition.id, intake.source, fresh);
    const ids = new Map([...[...found].map(([row, one]) => [row, one.id] as const), ...fresh.map((one) => [one.row.row, one.id] as const)]);
    const deepens = deepeningIn(intake.sessions, ids, stored);

    const compared = intake.sessions.flatMap((row) => {
      const one = found.get(row.row);
      if (one === undefined) return [];
      const { before, told } = deepens(row);
      const said = saidIn(row, told);
      return [{ row, one, said, merged: mergeSaid(one.baseline, storedIn(one, before), said) }];
    });
    const changed = compared
      .filter(({ merged }) => merged.taken.length > 0)
      .map(({ row, one, merged }) => ({ row, one, id: one.id, differences: merged.taken.map(({ field }) => field) }));
    await updateSessions(db, now, changed);
    const newly = (name: Difference): readonly Linked[] => [
      ...fresh.map(({ id, row }) => ({ id, row, isNew: true })),
      ...changed.filter(({ differences }) => differences.includes(name)).map(({ id, row }) => ({ id, row, isNew: false })),
    ];
    await linkThemes(db, newly('themes'), themes.ids);
    await linkOrganisations(db, newly('organisations'), organisations);
    await linkDeepenings(
      db,
      newly('deepens').map(({ id, row }) => ({ id, deepens: [...deepens(row).outside, ...deepens(row).told] })),
    );
    await rememberSaid(db, now, [
      ...fresh.map(({ id, row }) => ({ id, said: saidIn(row, deepens(row).told), known: null })),
      ...compared.map(({ one, said }) => ({ id: one.id, said, known: one.baseline })),
    ]);
    await noteConflicts(
      db,
      now,
      compared.map(({ one, merged }) => ({ id: one.id, ...merged })),
    );

    const gone = new Set([...found.values()].map(({ id }) => id));
    return {
      edition,
      newThemes: themes.made,
      rows: new Map<number, RowTaken>([
        ...compared.map(
          ({ row, one, merged: { taken, conflicts } }) =>
            [row.row, { code: one.code, result: taken.length > 0 ? 'changed' : 'same', changes: taken, conflicts }] as const,
        ),
        ...fresh.map(({ row, code }) => [row.row, { code, result: 'new' as const, changes: [], conflicts: [] }] as const),
      ]),
      moved: changed
        .filter(({ one, differences }) => one.isPublished && isMoved(differences))
        .map(({ id, differences }) => ({ id: id as SessionId, differences })),
      missing: stored
        .filter((one) => one.source === intake.source && !gone.has(one.id))
        .map(({ code, guid, sourceId, title }) => ({ code, id: guid ?? sourceId, title })),
    };
  });

/** The guid under which each session of an edition is exported, by its id. */
export async function guidsOf(visit: Visit, edition: EditionId): Promise<ReadonlyMap<SessionId, string>> {
  const { rows } = await sql<{
    id: SessionId;
    guid: string | null;
  }>`select id, guid from sessions where edition_id = ${edition} order by id limit 20000`.execute(visit.db);
  return new Map(rows.map((row) => [row.id, shownGuid(row)]));
}

function shownGuid({ id, guid }: { id: string; guid: string | null }): string {
  if (guid === null) return id;
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(guid)) return guid.toLowerCase();
  // Version 8: a UUID of our own making, always the same for the same guid.
  return hashOf(`guid ${guid}`).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-a$4-$5');
}

async function editionFor(db: Db, now: Date, { slug, name, startsOn, endsOn, timeZone, rules, isExample }: Intake): Promise<TakenIn['edition']> {
  const made = await sql`
    insert into editions (id, slug, name, starts_on, ends_on, time_zone, at_least, fits, surprises, is_example, created_at)
    values (${newId<'edition'>(now)}, ${slug}, ${JSON.stringify(name)}, ${startsOn}, ${endsOn}, ${timeZone}, ${rules?.atLeast ?? 3}, ${rules?.fits ?? 2}, ${rules?.surprises ?? 1}, ${isExample}, ${now})
    on conflict (slug) do nothing returning id`.execute(db);
  const { rows } = await sql<{ id: EditionId; starts_on: string; ends_on: string; time_zone: string }>`
    select id, starts_on, ends_on, time_zone from editions where slug = ${slug} for no key update`.execute(db);
  const { id, starts_on, ends_on, time_zone } = rows[0]!;
  const days = { startsOn: startsOn < starts_on ? startsOn : starts_on, endsOn: endsOn > ends_on ? endsOn : ends_on };
  if (days.startsOn !== starts_on || days.endsOn !== ends_on) {
    await sql`update editions set starts_on = ${days.startsOn}, ends_on = ${days.endsOn}, version = version + 1 where id = ${id}`.execute(db);
  }
  return { id, slug, ...days, timeZone: time_zone, isNew: made.rows.length > 0 };
}

async function themesFor(
  db: Db,
  now: Date,
  edition: EditionId,
  themes: readonly Named[],
): Promise<{ ids: ReadonlyMap<string, string>; made: number }> {
  const { rows } = await sql<{
    id: string;
    slug: string;
    position: number;
  }>`select id, slug, position from themes where edition_id = ${edition} order by position limit 1000`.execute(db);
  const ids = new Map(rows.map(({ slug, id }) => [slug, id]));
  const next = (rows.at(-1)?.position ?? -1) + 1;
  const fresh = themes
    .filter(({ slug }) => !ids.has(slug))
    .map(({ slug, name }, index) => ({ id: newId<'theme'>(now), slug, name, position: next + index }));
  if (fresh.length > 0) {
    await sql`
      insert into themes (id, edition_id, slug, name, position)
      select id, ${edition}, slug, name, position from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as t(id uuid, slug text, name jsonb, position integer)`.execute(
      db,
    );
  }
  return { ids: new Map([...ids, ...fresh.map(({ slug, id }) => [slug, id] as const)]), made: fresh.length };
}

/** One list for the whole installation: what exists keeps its name. */
async function organisationsFor(db: Db, now: Date, organisations: readonly Named[]): Promise<ReadonlyMap<string, string>> {
  if (organisations.length === 0) return new Map();
  const rows = organisations.map(({ slug, name }) => ({ id: newId<'organisation'>(now), slug, name }));
  await sql`
    insert into organisations (id, slug, name)
    select id, slug, name from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as o(id uuid, slug text, name jsonb)
    on conflict (slug) do nothing`.execute(db);
  const found = await sql<{
    id: string;
    slug: string;
  }>`select id, slug from organisations where slug = any(${organisations.map(({ slug }) => slug)})`.execute(db);
  return new Map(found.rows.map(({ slug, id }) => [slug, id]));
}

interface StoredRow {
  id: string;
  state: string;
  baseline: Said | null;
  code: string;
  guid: string | null;
  source: string | null;
  source_id: string | null;
  title: Text;
  summary: Text;
  description: Text;
  format: Format;
  level: Level | null;
  languages: string[];
  speakers: string[];
  starts_at: Date | null;
  ends_at: Date | null;
  location: string | null;
  themes: string[];
  organisations: string[];
  deepens: string[];
}

async function storedSessions(db: Db, edition: EditionId): Promise<StoredSession[]> {
  const { rows } = await sql<StoredRow>`
    select s.id, s.code, s.state, b.said as baseline, s.guid, s.source, s.source_id, s.title, s.summary, s.description, s.format, s.level, s.languages, s.speakers, s.starts_at, s.ends_at, s.location,
      array(select t.slug from session_themes st join themes t on t.id = st.theme_id where st.session_id = s.id order by st.position) as themes,
      array(select o.slug from session_organisations so join organisations o on o.id = so.organisation_id where so.session_id = s.id order by so.position) as organisations,
      array(select d.session_id::text from deepenings d where d.deeper_id = s.id order by d.session_id) as deepens
    from sessions s left join import_baselines b on b.session_id = s.id
    where s.edition_id = ${edition} order by s.id limit 20000 for no key update of s`.execute(db);
  return rows.map(({ source_id, starts_at, ends_at, state, ...row }) => ({
    ...row,
    isPublished: state === 'published',
    sourceId: source_id,
    start: starts_at,
    end: ends_at,
    shownGuid: shownGuid(row),
  }));
}

interface Fresh {
  readonly id: SessionId;
  readonly code: string;
  readonly sourceId: string | null;
  readonly row: IncomingSession;
}

/** Ids and codes for sessions that are made; the file's own code when nobody has it. */
async function withCodes(
  db: Db,
  now: Date,
  rows: readonly IncomingSession[],
  stored: readonly StoredSession[],
  source: string,
): Promise<readonly Fresh[]> {
  const numbers = new Set(stored.flatMap((one) => (one.source === source && one.sourceId !== null ? one.sourceId : [])));
  const asked = rows.map((row) => row.code ?? newSessionCode());
  const { rows: held } = await sql<{ code: string }>`select code from sessions where code = any(${asked})`.execute(db);
  const taken = new Set(held.map(({ code }) => code));
  const fresh: Fresh[] = [];
  for (const [index, row] of rows.entries()) {
    let code = asked[index]!;
    while (taken.has(code) || (code !== asked[index] && (await isTaken(db, code)))) code = newSessionCode();
    taken.add(code);
    fresh.push({ id: newId<'session'>(now), code, sourceId: row.sourceId !== null && numbers.has(row.sourceId) ? null : row.sourceId, row });
  }
  return fresh;
}

const isTaken = async (db: Db, code: string): Promise<boolean> =>
  (await sql`select 1 from sessions where code = ${code}`.execute(db)).rows.length > 0;

async function insertSessions(db: Db, now: Date, edition: EditionId, source: string, fresh: readonly Fresh[]): Promise<void> {
  for (const some of inParts(fresh)) {
    const rows = some.map(({ id, code, sourceId, row }) => ({
      ...stored(row),
      id,
      code,
      guid: row.guid,
      source_id: sourceId,
      level: row.own?.level ?? null,
    }));
    await sql`
      insert into sessions (id, edition_id, code, guid, source, source_id, title, summary, description, format, level, languages, speakers, starts_at, ends_at, location, visibility, state, updated_at, created_at)
      select id, ${edition}, code, guid, ${source}, source_id, title, summary, description, format, level, languages, speakers, starts_at, ends_at, location, 'public', 'published', ${now}, ${now}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, code text, guid text, source_id text, title jsonb, summary jsonb, description jsonb, format text, level text,
        languages text[], speakers text[], starts_at timestamptz, ends_at timestamptz, location text)`.execute(db);
    const places = some.flatMap(({ id, row }) => [
      { id, attendance: 'onSite', capacity: row.capacity.onSite },
      { id, attendance: 'online', capacity: row.capacity.online },
    ]);
    await sql`
      insert into places (session_id, attendance, capacity)
      select id, attendance, capacity from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p(id uuid, attendance text, capacity integer)`.execute(
      db,
    );
  }
}

async function updateSessions(
  db: Db,
  now: Date,
  changed: readonly { row: IncomingSession; one: StoredSession; differences: readonly Difference[] }[],
): Promise<void> {
  for (const some of inParts(changed)) {
    const rows = some.map(({ row, one, differences }) => {
      const from = (name: Difference): Pick<IncomingSession, keyof StoredSession & keyof IncomingSession> => (differences.includes(name) ? row : one);
      return {
        id: one.id,
        title: from('title').title,
        summary: from('summary').summary,
        description: from('description').description,
        format: from('format').format,
        level: differences.includes('level') ? (row.own?.level ?? null) : one.level,
        languages: from('languages').languages,
        speakers: from('speakers').speakers,
        starts_at: from('time').start,
        ends_at: from('time').end,
        location: from('place').location,
        more: isMoved(differences) ? 1 : 0,
      };
    });
    await sql`
      update sessions s set title = r.title, summary = r.summary, description = r.description, format = r.format, level = r.level,
        languages = r.languages, speakers = r.speakers, starts_at = r.starts_at, ends_at = r.ends_at, location = r.location,
        sequence = s.sequence + r.more, revision = s.revision + 1, updated_at = ${now}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, title jsonb, summary jsonb, description jsonb, format text, level text,
        languages text[], speakers text[], starts_at timestamptz, ends_at timestamptz, location text, more integer)
      where s.id = r.id`.execute(db);
  }
}

/** What each source said now is what the next time is compared with; a field it did not speak of keeps what it said before. */
async function rememberSaid(db: Db, now: Date, all: readonly { id: string; said: Said; known: Said | null }[]): Promise<void> {
  const rows = all
    .map(({ id, said, known }) => ({ id, said: { ...known, ...said }, known }))
    .filter(({ said, known }) => known === null || !same(said, known));
  for (const some of inParts(rows)) {
    await sql`
      insert into import_baselines (session_id, said, said_at)
      select id, said, ${now} from jsonb_to_recordset(${JSON.stringify(some)}::jsonb) as r(id uuid, said jsonb)
      on conflict (session_id) do update set said = excluded.said, said_at = excluded.said_at`.execute(db);
  }
}

async function noteConflicts(db: Db, now: Date, all: readonly ({ id: string } & Merged)[]): Promise<void> {
  const over = all.flatMap(({ id, agreed }) => agreed.map((field) => ({ id, field })));
  for (const some of inParts(over, 2_000)) {
    await sql`
      delete from import_conflicts c using jsonb_to_recordset(${JSON.stringify(some)}::jsonb) as r(id uuid, field text)
      where c.session_id = r.id and c.field = r.field and c.choice is null`.execute(db);
  }
  const found = all.flatMap(({ id, conflicts }) => conflicts.map((conflict) => ({ id, ...conflict })));
  for (const some of inParts(found)) {
    await sql`
      insert into import_conflicts (session_id, field, theirs, mine, found_at)
      select id, field, coalesce(theirs, 'null'), coalesce(mine, 'null'), ${now}
      from jsonb_to_recordset(${JSON.stringify(some)}::jsonb) as r(id uuid, field text, theirs jsonb, mine jsonb)
      on conflict (session_id, field) do update set theirs = excluded.theirs, mine = excluded.mine, found_at = excluded.found_at, choice = null, settled_at = null`.execute(
      db,
    );
  }
}

const stored = (row: IncomingSession) => ({
  title: row.title,
  summary: row.summary,
  description: row.description,
  format: row.format,
  languages: row.languages,
  speakers: row.speakers,
  starts_at: row.start,
  ends_at: row.end,
  location: row.location,
});

interface Linked {
  readonly id: string;
  readonly row: IncomingSession;
  readonly isNew: boolean;
}

async function linkThemes(db: Db, linked: readonly Linked[], ids: ReadonlyMap<string, string>): Promise<void> {
  const links = linked
    .flatMap(({ id, row }) => row.themes.flatMap((slug, position) => ({ id, theme: ids.get(slug), position })))
    .filter(({ theme }) => theme !== undefined);
  const old = linked.filter(({ isNew }) => !isNew).map(({ id }) => id);
  if (old.length > 0) await sql`delete from session_themes where session_id = any(${old}::uuid[])`.execute(db);
  if (links.length === 0) return;
  await sql`
    insert into session_themes (session_id, theme_id, position)
    select id, theme, position from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as l(id uuid, theme uuid, position integer)`.execute(db);
}

async function linkOrganisations(db: Db, linked: readonly Linked[], ids: ReadonlyMap<string, string>): Promise<void> {
  const telling = linked.filter(({ row }) => row.own !== null);
  const links = telling
    .flatMap(({ id, row }) => (row.own?.organisations ?? []).map((slug, position) => ({ id, organisation: ids.get(slug), position })))
    .filter(({ organisation }) => organisation !== undefined);
  const old = telling.filter(({ isNew }) => !isNew).map(({ id }) => id);
  if (old.length > 0) await sql`delete from session_organisations where session_id = any(${old}::uuid[])`.execute(db);
  if (links.length === 0) return;
  await sql`
    insert into session_organisations (session_id, organisation_id, position)
    select id, organisation, position from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as l(id uuid, organisation uuid, position integer)`.execute(
    db,
  );
}

interface Deepening {
  /** Ids within the file: what is stored, and what the row says. */
  readonly before: readonly string[];
  readonly told: readonly string[];
  /** What is stored towards sessions outside the file stays: the file cannot know them. */
  readonly outside: readonly string[];
}

/** What each row digs further into. */
function deepeningIn(
  rows: readonly IncomingSession[],
  ids: ReadonlyMap<number, string>,
  stored: readonly StoredSession[],
): (row: IncomingSession) => Deepening {
  const byGuid = new Map(rows.flatMap((row) => (row.guid === null ? [] : [[row.guid, ids.get(row.row)!] as const])));
  const inFile = new Set(ids.values());
  const before = new Map(stored.map((one) => [one.id, one.deepens]));
  return (row) => {
    const id = ids.get(row.row)!;
    const known = before.get(id) ?? [];
    const told = (row.own?.deepens ?? []).flatMap((guid) => byGuid.get(guid) ?? []).filter((other) => other !== id);
    return { before: known.filter((other) => inFile.has(other)), told: [...new Set(told)], outside: known.filter((other) => !inFile.has(other)) };
  };
}

async function linkDeepenings(db: Db, deepenings: readonly { id: string; deepens: readonly string[] }[]): Promise<void> {
  if (deepenings.length === 0) return;
  await sql`delete from deepenings where deeper_id = any(${deepenings.map(({ id }) => id)}::uuid[])`.execute(db);
  const links = deepenings.flatMap(({ id, deepens }) => deepens.map((other) => ({ id, other })));
  if (links.length === 0) return;
  await sql`
    insert into deepenings (deeper_id, session_id)
    select id, other from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as l(id uuid, other uuid)`.execute(db);
}

function* inParts<T>(all: readonly T[], size = 500): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}
