import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from './database.server.ts';
import { migrate } from './migrations.server.ts';
import { testDatabase } from './testing.server.ts';

/** An empty database with a folder of migrations of its own. */
async function empty(name: string, files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'innovember-migrations-'));
  const write = (more: Record<string, string>) => Object.entries(more).forEach(([file, text]) => writeFileSync(join(folder, file), text));
  write(files);
  const maker = openDatabase(testDatabase, { max: 1 });
  await sql`create database ${sql.id(`${testDatabase.name}_${name}`)}`.execute(maker);
  await maker.destroy();
  const db = openDatabase({ ...testDatabase, name: `${testDatabase.name}_${name}` });
  afterAll(() => db.destroy());
  return { db, folder, write };
}

test('each migration is applied once, in order', async () => {
  const { db, folder, write } = await empty('once', {
    '0002-b.sql': 'alter table a add n integer;',
    '0001-a.sql': 'create table a (); ',
    'notes.txt': 'not a migration',
  });
  expect(await migrate(db, folder)).toEqual(['0001-a.sql', '0002-b.sql']);
  expect(await migrate(db, folder)).toEqual([]);
  write({ '0003-c.sql': 'alter table a add m integer;' });
  expect(await migrate(db, folder)).toEqual(['0003-c.sql']);
});

test('two processes at once apply it once', async () => {
  const { db, folder } = await empty('both', { '0001-a.sql': 'create table a ();' });
  expect((await Promise.all([migrate(db, folder), migrate(db, folder)])).flat()).toEqual(['0001-a.sql']);
});

test('one that fails leaves nothing behind and says which', async () => {
  const { db, folder, write } = await empty('fails', { '0001-a.sql': 'create table a (); select nonsense;' });
  await expect(migrate(db, folder)).rejects.toThrow('Migration 0001-a.sql failed: column "nonsense" does not exist');
  write({ '0001-a.sql': 'create table a ();' });
  expect(await migrate(db, folder)).toEqual(['0001-a.sql']);
});

test('one that changed after it was applied stops the start', async () => {
  const { db, folder, write } = await empty('changed', { '0001-a.sql': 'create table a ();' });
  await migrate(db, folder);
  write({ '0001-a.sql': 'create table a ();\r\n'.trim() });
  expect(await migrate(db, folder)).toEqual([]);
  write({ '0001-a.sql': 'create table b ();' });
  await expect(migrate(db, folder)).rejects.toThrow('Changed since it was applied to this database: 0001-a.sql.');
});

test('a database of a newer version is left alone', async () => {
  const { db, folder } = await empty('newer', { '0001-a.sql': 'create table a ();' });
  await migrate(db, folder);
  await sql`insert into migrations (name, checksum) values ('0009-later.sql', '')`.execute(db);
  await expect(migrate(db, folder)).rejects.toThrow('This database was made by a newer INNOvember, which applied 0009-later.sql.');
});

test('one that has to wait for a table lets the others go first, and tries again', async () => {
  const { db, folder, write } = await empty('waits', { '0001-a.sql': 'create table a ();' });
  await migrate(db, folder);
  write({ '0002-b.sql': 'alter table a add n integer;' });
  const reader = await db.startTransaction().execute();
  await sql`select from a`.execute(reader);
  const migrated = migrate(db, folder);
  setTimeout(() => void reader.commit().execute(), 2500);
  // Who comes while the migration waits is held up two seconds at most, not until the reader is done.
  await new Promise((done) => setTimeout(done, 200));
  const began = performance.now();
  await sql`select from a`.execute(db);
  expect(performance.now() - began).toBeLessThan(2300);
  expect(await migrated).toEqual(['0002-b.sql']);
});
