// Who somebody is, by what they carry. Asked with every request, so those who come at the same moment are looked up
// together; it is never remembered, so what is taken away is gone at once.
import type { Kysely } from 'kysely';
import { hashOf } from '#ground/chance.server.ts';
import { config } from '#ground/config.server.ts';
import { inTurnsPer } from '#ground/in-turns.ts';
import type { DB } from '#ground/tables.ts';
import type { Person, Visit } from '#ground/visit.ts';
import { asProven, type Proof } from './proof.ts';
import * as queries from './queries.server.ts';

type Db = Kysely<DB>;
interface Found {
  readonly person: Person;
  readonly proof: Proof;
}
interface Carried {
  readonly hash: string;
  readonly now: Date;
}

const together = (look: (db: Db, hashes: readonly string[], now: Date) => Promise<ReadonlyMap<string, Found>>) =>
  inTurnsPer<Db, Carried, Found | null>(
    async (db, carried) => {
      const found = await look(
        db,
        carried.map(({ hash }) => hash),
        new Date(Math.max(...carried.map(({ now }) => now.getTime()))),
      );
      return carried.map(({ hash }) => found.get(hash) ?? null);
    },
    { lanes: 2, most: 100 },
  );
const bySignIn = together(queries.peopleBySignIn);
const byToken = together(queries.peopleByToken);

/** Who sits behind a browser's sign-in, with the roles that it is strong enough for; null for a visitor. */
export async function personOfCookie({ db, now }: Visit, token: string): Promise<Person | null> {
  const hash = hashOf(token);
  return proven(await bySignIn(db, hash, { hash, now }), now);
}

/** Whose program asks, and what the token may; no scopes is everything its person may. */
export async function personOfToken({ db, now }: Visit, bearer: string): Promise<Person | null> {
  const hash = hashOf(bearer);
  return proven(await byToken(db, hash, { hash, now }), now);
}

const proven = (found: Found | null, now: Date): Person | null => found && asProven(found.person, found.proof, config().signIn, now);
