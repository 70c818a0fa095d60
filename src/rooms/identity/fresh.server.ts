// What cannot be undone asks for somebody who proved a moment ago who they are.
import { sql } from 'kysely';
import { hashOf } from '#ground/chance.server.ts';
import type { Visit } from '#ground/visit.ts';

/** What somebody carries: a browser's sign-in, or the token of a program. */
export type Carries = { readonly cookie: string } | { readonly bearer: string };

/** Whether what the visitor carries was made so few minutes ago, and is theirs. */
export async function isFresh({ db, now, person }: Visit, carries: Carries, minutes: number): Promise<boolean> {
  const [table, secret] = 'cookie' in carries ? (['sign_ins', carries.cookie] as const) : (['access_tokens', carries.bearer] as const);
  const { rows } = await sql`
    select 1 from ${sql.table(table)}
    where token_hash = ${hashOf(secret)} and person_id = ${person?.id ?? null} and created_at > ${now}::timestamptz - ${minutes} * interval '1 minute'`.execute(
    db,
  );
  return rows.length > 0;
}
