import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import type { EditionId, PersonId } from '#ground/id.ts';
import type { DB } from '#ground/tables.ts';
import { attendances } from '#rooms/programme/session.ts';
import { parts, ways, type Draft } from './draft.ts';

type Db = Kysely<DB>;

export interface Row {
  readonly draft: Draft;
  readonly submittedAt: Date | null;
}

/** The draft of a browser, unless its time is over. */
export async function draftOf(db: Db, key: string, edition: EditionId, now: Date): Promise<Row | null> {
  const row = await selectDrafts(db, now).where('secret_hash', '=', key).where('edition_id', '=', edition).executeTakeFirst();
  return rowOf(row);
}

/** The same, and until this transaction ends nobody else changes it. */
export async function lockDraft(db: Db, key: string, edition: EditionId, now: Date): Promise<Row | null> {
  // A browser that has no draft yet may post twice at once: the second waits here too.
  await sql`select pg_advisory_xact_lock(hashtextextended(${key + edition}, 0))`.execute(db);
  return draftOf(db, key, edition, now);
}

/**
 * Whether a browser without a draft in this edition had one, as far as we can tell: it has run out, or nothing of this
 * browser is left at all. Who only has a draft in another edition never began here.
 */
export async function hasRunOut(db: Db, key: string, edition: EditionId, now: Date): Promise<boolean> {
  const rows = await db
    .selectFrom('drafts')
    .select(['edition_id', 'expires_at'])
    .where('secret_hash', '=', key)
    .orderBy('edition_id')
    .limit(100)
    .execute();
  return rows.some((row) => row.edition_id === edition) || rows.every((row) => row.expires_at <= now);
}

/** What somebody confirmed last in an edition, in whatever browser. */
export async function lastConfirmedOf(db: Db, person: PersonId, edition: EditionId, now: Date): Promise<Row | null> {
  const row = await selectDrafts(db, now)
    .where('person_id', '=', person)
    .where('edition_id', '=', edition)
    .where('submitted_at', 'is not', null)
    .orderBy('submitted_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return rowOf(row);
}

const selectDrafts = (db: Db, now: Date) => db.selectFrom('drafts').select(['answers', 'submitted_at']).where('expires_at', '>', now);

/** Writes the draft anew; the days it lives begin again. */
export async function keepDraft(
  db: Db,
  key: string,
  edition: EditionId,
  draft: Draft,
  at: { now: Date; expires: Date; submitted: Date | null; person: PersonId | null },
): Promise<void> {
  const kept = { answers: JSON.stringify(draft), person_id: at.person, updated_at: at.now, expires_at: at.expires, submitted_at: at.submitted };
  await db
    .insertInto('drafts')
    .values({ secret_hash: key, edition_id: edition, created_at: at.now, ...kept })
    .onConflict((conflict) => conflict.columns(['secret_hash', 'edition_id']).doUpdateSet(kept))
    .execute();
}

export async function deleteDraftsOf(db: Db, person: PersonId, email: string): Promise<void> {
  await sql`delete from drafts where person_id = ${person} or lower(answers -> 'answers' ->> 'email') = ${email}`.execute(db);
}

export async function wipeNeedsOf(db: Db, person: PersonId): Promise<void> {
  await sql`update drafts set answers = jsonb_set(jsonb_set(answers, '{answers,accessNeeds}', '""'), '{answers,agreed}', 'false') where person_id = ${person}`.execute(
    db,
  );
}

const choice = z.object({
  session: z.string(),
  as: z.enum(['fit', 'surprise', 'own']),
  attendance: z.enum(attendances).nullable(),
  reasons: z.array(z.object({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.array(z.string())])) })),
});
const codes = z.array(z.string());
const draft = z.object({
  version: z.number(),
  seed: z.number(),
  reached: z.number(),
  answers: z.object({
    question: z.string(),
    themes: codes,
    weekdays: z.array(z.number()),
    parts: z.array(z.enum(parts)),
    notOn: codes,
    way: z.enum(ways),
    languages: codes,
    email: z.string(),
    organisation: z.string().nullable(),
    accessNeeds: z.string(),
    agreed: z.boolean().default(false),
  }),
  choices: z.array(choice),
  wanted: z.object({ fits: z.number(), surprises: z.number() }),
  not: codes,
  last: z
    .object({
      what: z.enum(['swapped', 'removed', 'added', 'none-left', 'undone']),
      gone: z.string().nullable(),
      came: z.string().nullable(),
      before: z.object({ choices: z.array(choice), not: codes }).nullable(),
    })
    .nullable(),
  losses: z.array(z.object({ session: z.string(), why: z.enum(['session-cancelled', 'session-started', 'not-when-you-can']) })),
  outcomes: z.array(
    z.object({
      session: z.string(),
      standing: z.enum(['held', 'offered', 'waiting', 'wished', 'refused']),
      position: z.number().nullable(),
      refused: z.string().nullable(),
    }),
  ),
});

/** A draft of an older version of the product that cannot be read any more counts as gone. */
function rowOf(row: { answers: unknown; submitted_at: Date | null } | undefined): Row | null {
  const read = draft.safeParse(row?.answers);
  return row && read.success ? { draft: read.data, submittedAt: row.submitted_at } : null;
}
