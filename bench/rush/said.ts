// The text of statements as the rooms say them, taken from the rooms themselves: nothing is copied, so nothing drifts.
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type CompiledQuery } from 'kysely';
import type { DB } from '#ground/tables.ts';

/** Every statement that is said while `asks` runs against a database that answers nothing. */
export async function said(asks: (db: Kysely<DB>) => Promise<unknown>): Promise<string[]> {
  const heard: string[] = [];
  const db = new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    log: ({ query }: { readonly query: CompiledQuery }) => void heard.push(query.sql),
  });
  await asks(db);
  await db.destroy();
  return heard;
}
