// Who somebody is, by what they carry. Asked with every request, so those who come at the same moment are looked up
// together; it is never remembered, so what is taken away is gone at once.
import type { Kysely } from 'kysely';
import { hashOf } from '#ground/chance.server.ts';
import { inTurnsPer } from '#ground/in-turns.ts';
import type { DB } from '#ground/tables.ts';
import type { Person, Visit } from '#ground/visit.ts';
import * as queries from './queries.server.ts';

type Db = Kysely<DB>;
type Program = Person & { readonly scopes: readonly string[] };
interface Carried {
  readonly hash: string;
  readonly now: Date;
}

const together = <Found>(look: (db: Db, hashes: readonly string[], now: Date) => Promise<ReadonlyMap<string, Found>>) =>
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
const bySignIn = together<Person>(queries.peopleBySignIn);
const byToken = together<Program>(queries.peopleByToken);

/** Who sits behind a browser's sign-in; null for a visitor. */
export const personOfCookie = ({ db, now }: Visit, token: string): Promise<Person | null> => {
  const hash = hashOf(token);
  return bySignIn(db, hash, { hash, now });
};

/** Whose program asks, and what the token may; no scopes is everything its person may. */
export const personOfToken = ({ db, now }: Visit, bearer: string): Promise<Program | null> => {
  const hash = hashOf(bearer);
  return byToken(db, hash, { hash, now });
};
