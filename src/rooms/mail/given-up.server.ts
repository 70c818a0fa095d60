// Letters that nobody could carry, until somebody has them tried again or lets them go.
import { sql } from 'kysely';
import type { Visit } from '#ground/visit.ts';
import type { Kind } from './kinds.ts';
import { wakePostman } from './postman.server.ts';

export interface GivenUp {
  readonly id: string;
  readonly kind: Kind;
  readonly recipient: string;
  readonly writtenAt: Date;
  readonly givenUpAt: Date;
  readonly tries: number;
  /** What the mail server said, by its name or number. */
  readonly fault: string;
}

/** The name of a fault, as the carrier gives it; what is put aside because it holds no more has a sentence instead. */
const byFault = sql`dropped_at is not null and sent_at is null and last_fault ~ '^(unknown|[A-Z0-9_]+( [0-9]{3})?)$'`;

/** Letters that were given up, the newest first. */
export async function givenUp({ db }: Visit, { from, limit }: { readonly from: number; readonly limit: number }): Promise<GivenUp[]> {
  const { rows } = await sql<GivenUp>`
    select id, kind, recipient, created_at as "writtenAt", dropped_at as "givenUpAt", tries, last_fault as fault
    from letters where ${byFault} order by dropped_at desc, id offset ${from} limit ${limit}`.execute(db);
  return rows;
}

export async function countGivenUp({ db }: Visit): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from letters where ${byFault}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Tries these letters again from the beginning, or all that were given up; whether they still hold is looked at then. */
export async function carryAgain({ db, now }: Visit, letters: readonly string[] | 'all'): Promise<number> {
  const { rows } = await sql`
    update letters set dropped_at = null, last_fault = null, tries = 0, due_at = ${now}
    where ${byFault} and (${letters === 'all'} or id = any(${letters === 'all' ? [] : letters}::uuid[])) returning id`.execute(db);
  wakePostman();
  return rows.length;
}

/** Lets these letters go; answers how many there were. */
export async function putAside({ db }: Visit, letters: readonly string[]): Promise<number> {
  const { rows } = await sql`
    update letters set last_fault = 'put aside by an administrator' where ${byFault} and id = any(${letters}::uuid[]) returning id`.execute(db);
  return rows.length;
}
