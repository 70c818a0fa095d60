// What a new edition takes along of the call of an earlier one: its texts, questions and criteria; never a proposal.
import { sql } from 'kysely';
import type { EditionId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';

/** Copies a call; its days move along with the first day of the edition. */
export async function copyCall(visit: Visit, from: { readonly id: EditionId }, to: { readonly id: EditionId }, days: number): Promise<void> {
  await sql`
    insert into calls (edition_id, opens_at, closes_at, text, questions, criteria, is_anonymous, reviews_each, review_until)
    select ${to.id}, c.opens_at + d, c.closes_at + d, text, questions, criteria, is_anonymous, reviews_each, c.review_until + d
    from calls c, make_interval(days => ${days}::integer) d where c.edition_id = ${from.id}`.execute(visit.db);
}
