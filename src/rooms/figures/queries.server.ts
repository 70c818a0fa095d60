import { sql, type Kysely } from 'kysely';
import type { EditionId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import type { Figures, Goal, Measure } from './figure.ts';

type Db = Kysely<DB>;

interface Counted {
  readonly participants: number;
  readonly organisations: number;
  readonly signUps: number;
  readonly attendance: number;
  readonly withThree: number;
  readonly surprises: number;
  readonly links: number;
}

/** Everything that is counted of places that people have; who waits does not count. */
export async function counted(db: Db, edition: EditionId): Promise<Counted> {
  const { rows } = await sql<Counted>`
    with held as (
      select se.person_id, se.session_id, se.checked_in_at, se.chosen_as, p.organisation_id
      from seats se join sessions s on s.id = se.session_id join people p on p.id = se.person_id
      where s.edition_id = ${edition} and s.state = 'published' and se.standing = 'held'),
    each_one as (select person_id, count(*) as sessions from held group by person_id),
    there as (select distinct session_id, organisation_id from held where organisation_id is not null)
    select (select count(*) from each_one)::integer as participants,
      (select count(distinct organisation_id) from held)::integer as organisations,
      (select count(*) from held)::integer as "signUps",
      (select count(*) from held where checked_in_at is not null)::integer as attendance,
      (select count(*) from each_one where sessions >= 3)::integer as "withThree",
      (select count(*) from held where chosen_as = 'surprise')::integer as surprises,
      (select count(*) from (select distinct a.organisation_id, b.organisation_id as other from there a
        join there b on b.session_id = a.session_id and a.organisation_id < b.organisation_id) pairs)::integer as links`.execute(db);
  return rows[0]!;
}

/** Per theme of the edition, how many sign-ups its sessions have. */
export async function byTheme(db: Db, edition: EditionId): Promise<number[]> {
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from session_themes st join sessions s on s.id = st.session_id and s.state = 'published'
      join seats se on se.session_id = s.id and se.standing = 'held' where st.theme_id = t.id)::integer as count
    from themes t where t.edition_id = ${edition} order by t.position limit 200`.execute(db);
  return rows.map(({ count }) => count);
}

/** Writes nothing when nothing changed today. */
export async function keep(db: Db, edition: EditionId, day: string, figures: Figures, now: Date): Promise<void> {
  await sql`
    insert into figures_by_day (edition_id, day, figures, taken_at) values (${edition}, ${day}, ${JSON.stringify(figures)}::jsonb, ${now})
    on conflict (edition_id, day) do update set figures = excluded.figures, taken_at = excluded.taken_at
      where figures_by_day.figures <> excluded.figures`.execute(db);
}

export async function days(db: Db, edition: EditionId): Promise<{ readonly day: string; readonly figures: Figures }[]> {
  const { rows } = await sql<{ day: string; figures: Figures }>`
    select to_char(day, 'YYYY-MM-DD') as day, figures from (
      select day, figures from figures_by_day where edition_id = ${edition} order by day desc limit 400) newest order by day`.execute(db);
  return rows;
}

export async function goals(db: Db, edition: EditionId): Promise<Goal[]> {
  const { rows } = await sql<Goal>`
    select measure, target, to_char(by_day, 'YYYY-MM-DD') as by, revision from goals where edition_id = ${edition} order by measure limit 20`.execute(
    db,
  );
  return rows;
}

/** False when somebody else changed it since. */
export async function putGoal(db: Db, edition: EditionId, { measure, target, by, revision }: Goal): Promise<boolean> {
  const { rows } = await sql`
    insert into goals (edition_id, measure, target, by_day, revision) select ${edition}, ${measure}, ${target}, ${by}, 1
    where ${revision}::integer = 0 or exists (select from goals where edition_id = ${edition} and measure = ${measure})
    on conflict (edition_id, measure) do update set target = excluded.target, by_day = excluded.by_day, revision = goals.revision + 1
      where goals.revision = ${revision} returning measure`.execute(db);
  return rows.length > 0;
}

export async function deleteGoal(db: Db, edition: EditionId, measure: Measure): Promise<boolean> {
  const { rows } = await sql`delete from goals where edition_id = ${edition} and measure = ${measure} returning measure`.execute(db);
  return rows.length > 0;
}

/** Editions that are not closed and not over for longer than a month. */
export async function counting(db: Db, now: Date): Promise<{ readonly id: EditionId; readonly timeZone: string }[]> {
  const { rows } = await sql<{ id: EditionId; timeZone: string }>`
    select id, time_zone as "timeZone" from editions
    where closed_at is null and ends_on > ${now}::timestamptz - interval '31 days' order by starts_on limit 50`.execute(db);
  return rows;
}
