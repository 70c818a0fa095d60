import { sql, type Kysely } from 'kysely';
import type { PersonId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import { oftens, topicOf, topics, unwanted, type Choices, type Ending, type Often, type Topic } from './topics.ts';
import { kinds } from './kinds.ts';

type Db = Kysely<DB>;

export async function choicesOf(db: Db, person: PersonId): Promise<Choices> {
  const rows = await db.selectFrom('letter_choices').select(['topic', 'often']).where('person_id', '=', person).orderBy('topic').limit(10).execute();
  const often = (topic: Topic): Often => oftens.find((often) => rows.some((row) => row.topic === topic && row.often === often)) ?? 'at-once';
  return { changes: often('changes'), mailings: often('mailings'), tomorrow: often('tomorrow') } satisfies Record<(typeof topics)[number], Often>;
}

/** With what waits: it leaves, goes along once a day, or stays. */
export async function setChoice(db: Db, person: PersonId, topic: Topic, often: Often, now: Date): Promise<void> {
  await sql`insert into letter_choices (person_id, topic, often) values (${person}, ${topic}, ${often})
    on conflict (person_id, topic) do update set often = excluded.often`.execute(db);
  const theirs = kinds.filter((kind) => topicOf(kind) === topic);
  await sql`update letters set
      held_for = case when held_for in ('review', 'stop') then held_for when ${often} = 'daily' then 'digest' end,
      digest_id = null,
      dropped_at = case when ${often} = 'never' then ${now}::timestamptz end,
      last_fault = case when ${often} = 'never' then ${unwanted} else last_fault end
    where person_id = ${person} and kind = any(${theirs}) and sent_at is null and dropped_at is null`.execute(db);
}

/** The secret that there is already, or else this new one. */
export async function secretFor(db: Db, person: PersonId, what: Ending, secret: string): Promise<string> {
  const { rows } = await sql<{ secret: string }>`
    insert into unsubscribes (secret, person_id, what) values (${secret}, ${person}, ${what})
    on conflict (person_id, what) do update set what = excluded.what returning secret`.execute(db);
  return rows[0]?.secret ?? secret;
}

interface Row {
  readonly person: PersonId;
  readonly what: Ending;
  readonly before: Readonly<Partial<Record<Topic, Often>>> | null;
  readonly endedAt: Date | null;
}
export async function endingWith(db: Db, secret: string, isToChange = false): Promise<Row | null> {
  const { rows } = await sql<Row>`
    select person_id as person, what, before, ended_at as "endedAt" from unsubscribes where secret = ${secret}
    ${isToChange ? sql`for update` : sql``}`.execute(db);
  return rows[0] ?? null;
}

export async function markEnded(db: Db, secret: string, before: Row['before'], at: Date | null): Promise<void> {
  await sql`update unsubscribes set before = ${before === null ? null : JSON.stringify(before)}::jsonb, ended_at = ${at} where secret = ${secret}`.execute(
    db,
  );
}
