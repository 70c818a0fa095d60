// A test file that imports this has a fresh, migrated database of its own.
import { sql } from 'kysely';
import { afterAll, inject } from 'vitest';
import { newId } from './chance.server.ts';
import { openDatabase } from './database.server.ts';
import type { PersonId } from './id.ts';
import type { Language, Person, Visit } from './visit.ts';

const socketDir = inject('socketDir');
export const testDatabase = { socketDir, name: `test_${newId(new Date()).replaceAll('-', '')}` };

const maker = openDatabase({ socketDir, name: 'postgres' }, { max: 1 });
await sql`create database ${sql.id(testDatabase.name)} template migrated`.execute(maker);
await maker.destroy();

const db = openDatabase(testDatabase);
afterAll(() => db.destroy());

/** A Tuesday morning in the middle of the month. */
export const testNow = new Date('2026-11-10T09:00:00Z');

export const testVisit = ({
  now = testNow,
  person = null,
  language = 'nl',
}: { now?: Date; person?: Person | null; language?: Language } = {}): Visit => ({
  language,
  now,
  db,
  person,
  request: 'test',
});

/**
 * The same visit, of which every statement of a room goes by `change` first: to count them, or to take a guard out and
 * see that its test would notice. Statements that Kysely builds itself come as an empty text.
 */
export const watched = (visit: Visit, change: (statement: string) => string): Visit => ({
  ...visit,
  db: visit.db.withPlugin({
    transformQuery: ({ node }) => {
      if (node.kind !== 'RawNode') change('');
      return node.kind === 'RawNode' && 'sqlFragments' in node ? { ...node, sqlFragments: changed(node.sqlFragments, change) } : node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  }),
});

/** The holes for values stay where they are. */
const hole = '\u0000';
const changed = (fragments: readonly string[], change: (statement: string) => string): readonly string[] => change(fragments.join(hole)).split(hole);

/** A participant who exists in the database, internal unless said otherwise. */
export async function testPerson({
  email = `deelnemer-${newId(new Date())}@example.org`,
  isInternal = true,
}: { email?: string; isInternal?: boolean } = {}): Promise<Person> {
  const id = newId<'person'>(testNow) satisfies PersonId;
  await db.insertInto('people').values({ id, email, is_internal: isInternal, created_at: testNow }).execute();
  return { id, email, isInternal, organisation: null, roles: [] };
}
