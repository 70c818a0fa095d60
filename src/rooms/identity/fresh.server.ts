// What cannot be undone asks for somebody who proved a moment ago who they are.
import { sql } from 'kysely';
import { hashOf } from '#ground/chance.server.ts';
import type { Visit } from '#ground/visit.ts';

/** What somebody carries: a browser's sign-in, or the token of a program. */
export type Carries = { readonly cookie: string } | { readonly bearer: string };

/**
 * Whether what the visitor carries was made so few minutes ago, and is theirs. A token is made with another one too, or
 * in a sign-in of last month: it counts when its owner also signed in just now. That of the operator has no name.
 */
export async function isFresh({ db, now, person }: Visit, carries: Carries, minutes: number): Promise<boolean> {
  const since = sql`person_id = ${person?.id ?? null} and created_at > ${now}::timestamptz - ${minutes} * interval '1 minute'`;
  const { rows } =
    'cookie' in carries
      ? await sql`select 1 from sign_ins where token_hash = ${hashOf(carries.cookie)} and ${since}`.execute(db)
      : await sql`select 1 from access_tokens where token_hash = ${hashOf(carries.bearer)} and ${since}
          and (name is null or exists (select 1 from sign_ins where ${since}))`.execute(db);
  return rows.length > 0;
}
