import { sql, type Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { now } from '#ground/clock.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { DB } from '#ground/tables.ts';
import { testDatabase, testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import { openDatabase } from '#ground/database.server.ts';
import { anchor, record, seal, verify } from './journal.server.ts';
import type { Anchor, Deviation } from './seal.ts';

const visit = testVisit();
const person = (await testPerson()).id;
/** With signs that a line of ours never holds, so that a hash goes over them as they are. */
async function write(count: number): Promise<string[]> {
  const details = (turn: number) => JSON.stringify({ turn, after: { standing: 'held', é: '"\\\n' } });
  const about = { happened_at: visit.now, what: 'seat-held', person_id: person, session_id: newId<'session'>(testNow) };
  const rows = Array.from({ length: count }, (_, turn) => ({ id: newId<'journal line'>(now()), ...about, details: details(turn) }));
  await visit.db.insertInto('journal').values(rows).execute();
  return rows.map(({ id }) => id);
}
const minutesLater = { ...visit, now: new Date(testNow.getTime() + 120_000) };

/** Two seals, of three lines and of two; the damage below is done to the third line, and the first seal was kept elsewhere. */
const { before, kept, number, line } = await story();
async function story() {
  const before = await anchor(visit);
  const ids = await write(3);
  await seal(visit);
  const kept = await anchor(visit);
  await write(2);
  await seal(visit);
  if (!kept) throw new Error('There is no seal');
  return { before, kept, number: kept.number, line: ids[2]! };
}

test('lines are sealed in batches, each over the one before; then everything is right', async () => {
  expect(before).toBe(null);
  await write(5);
  expect([await seal(visit, 2), await seal(visit, 2), await seal(visit, 2), await seal(visit, 2)]).toEqual([2, 2, 1, 0]);
  expect(await verify(minutesLater)).toEqual({ seals: 5, lines: 10, waiting: 0, found: 0, deviations: [] });
  expect(await anchor(visit)).toMatchObject({ number: 5, lines: 10, sealedAt: testNow.toISOString() });
});

test('what was written a moment ago may wait for its seal, what waits longer is told', async () => {
  const [id] = await write(1);
  expect(await verify(visit)).toMatchObject({ waiting: 1, found: 0 });
  expect(await verify(minutesLater)).toMatchObject({ waiting: 0, found: 1, deviations: [{ code: 'line-unsealed', line: id }] });
  await seal(visit);
});

test('a line that becomes certain late comes into a later seal', async () => {
  const before = (await anchor(visit))!;
  await atOnce(visit, async (slow) => {
    await record(slow, { what: 'sign-out' });
    await write(1);
    expect(await seal(visit)).toBe(1);
  });
  expect(await seal(visit)).toBe(1);
  expect(await anchor(visit)).toMatchObject({ number: before.number + 2 });
  expect(await verify(minutesLater)).toMatchObject({ found: 0 });
});

test('two who seal at the same moment make one chain', async () => {
  await write(30);
  const other = openDatabase(testDatabase);
  const counts = await Promise.all(Array.from({ length: 20 }, (_, nth) => seal({ ...visit, db: nth % 2 ? other : visit.db }, 10)));
  await other.destroy();
  while ((await seal(visit)) > 0);
  expect(counts.filter((count) => count !== 0 && count !== 10)).toEqual([]);
  expect(await verify(minutesLater)).toMatchObject({ found: 0 });
});

/** What is found after something was done by hand by the owner of the tables, which is then undone. */
async function after(damage: readonly string[], anchors: readonly Anchor[] = []): Promise<readonly Deviation[]> {
  const db = openDatabase(testDatabase, { max: 1 });
  const found: Deviation[] = [];
  // Real tampering is certain before anybody looks; here a copy of the tables is damaged and put back.
  await sql`create table kept_lines as table journal`.execute(db);
  await sql`create table kept_seals as table journal_seals`.execute(db);
  const byOwner = (...statements: readonly string[]) =>
    db.connection().execute(async (db: Kysely<DB>) => {
      await sql`set session_replication_role = replica`.execute(db);
      for (const statement of statements) await sql.raw(statement).execute(db);
      await sql`set session_replication_role = origin`.execute(db);
    });
  await byOwner(...damage.map((statement) => statement.replaceAll('LINE', line).replaceAll('SEAL', String(number))));
  found.push(...(await verify(minutesLater, anchors)).deviations);
  await byOwner(
    'delete from journal',
    'delete from journal_seals',
    'insert into journal select * from kept_lines',
    'insert into journal_seals select * from kept_seals',
  );
  await sql`drop table kept_lines, kept_seals`.execute(db);
  await db.destroy();
  return found;
}

const hashOfLine = `sha256(convert_to(jsonb_build_array(id, (extract(epoch from happened_at) * 1000000)::bigint, what,
  by_person, person_id, edition_id, session_id, details)::text, 'UTF8'))`;
const hashOfSeal = `sha256(previous || int8send(number) || int8send((extract(epoch from sealed_at) * 1000000)::bigint) || contents)`;
/** By somebody who knows how seals are made: a line taken out, and every seal made anew. */
const rewriteAll = [
  `delete from journal where id = 'LINE'`,
  `update journal_seals set lines = (select count(*) from journal where sealed_in = number),
     contents = (select string_agg(uuid_send(id) || ${hashOfLine}, ''::bytea order by id) from journal where sealed_in = number)`,
  `do $$ declare one record; last bytea := decode(repeat('00', 32), 'hex'); begin
     for one in select number from journal_seals order by number loop
       update journal_seals set previous = last where number = one.number;
       update journal_seals set hash = ${hashOfSeal} where number = one.number returning hash into last;
     end loop;
   end $$`,
];
const strange = '00000000-0000-7000-8000-000000000001';
const addTo = (seal: string) => `insert into journal (id, happened_at, what, sealed_in) values ('${strange}', now(), 'sign-in', ${seal})`;
const laterSeal = `update journal_seals set sealed_at = sealed_at + interval '1 second' where number = SEAL`;

test.each<[string, readonly string[], readonly Deviation[]]>([
  [
    'what a line says was changed',
    [`update journal set details = details || '{"turn": 99}' where id = 'LINE'`],
    [{ code: 'line-changed', seal: number, line }],
  ],
  ['another did it', [`update journal set by_person = person_id where id = 'LINE'`], [{ code: 'line-changed', seal: number, line }]],
  [
    'it was a microsecond later',
    [`update journal set happened_at = happened_at + interval '1 microsecond' where id = 'LINE'`],
    [{ code: 'line-changed', seal: number, line }],
  ],
  ['a line is gone', [`delete from journal where id = 'LINE'`], [{ code: 'line-missing', seal: number, line }]],
  ['a line was put under a seal afterwards', [addTo('SEAL')], [{ code: 'line-added', seal: number, line: strange }]],
  ['a line was put under a seal that is not there', [addTo('999')], [{ code: 'line-added', seal: 999, line: strange }]],
  [
    'a line lost its seal',
    [`update journal set sealed_in = null where id = 'LINE'`],
    [
      { code: 'line-missing', seal: number, line },
      { code: 'line-unsealed', line },
    ],
  ],
  [
    "a line was changed, and its seal's list with it",
    [
      `update journal set details = '{}' where id = 'LINE'`,
      `update journal_seals set contents = overlay(contents placing (select ${hashOfLine} from journal where id = 'LINE') from 2 * 48 + 17) where number = SEAL`,
    ],
    [{ code: 'seal-rewritten', seal: number }],
  ],
  ['a seal is of another moment', [laterSeal], [{ code: 'seal-rewritten', seal: number }]],
  [
    'a seal was made anew, but not those after it',
    [laterSeal, `update journal_seals set hash = ${hashOfSeal} where number = SEAL`],
    [{ code: 'chain-broken', seal: number + 1 }],
  ],
  [
    'a seal is gone with its lines',
    [`delete from journal where sealed_in = SEAL`, `delete from journal_seals where number = SEAL`],
    [
      { code: 'seal-missing', seal: number },
      { code: 'chain-broken', seal: number + 1 },
    ],
  ],
])('found: %s', async (_, damage, found) => {
  expect(await after(damage)).toEqual(found);
  expect(await verify(minutesLater, [kept])).toMatchObject({ found: 0 });
});

test('a chain that was rewritten whole looks right, and only what was kept elsewhere shows it', async () => {
  expect(await after(rewriteAll)).toEqual([]);
  expect(await after(rewriteAll, [kept])).toEqual([{ code: 'anchor-differs', seal: kept.number }]);
});

test('a chain whose end was taken off looks right too, without what was kept elsewhere', async () => {
  const end = [`delete from journal where sealed_in >= SEAL`, `delete from journal_seals where number >= SEAL`];
  expect(await after(end)).toEqual([]);
  expect(await after(end, [kept])).toEqual([{ code: 'anchor-missing', seal: kept.number }]);
});

test.each([
  [`update journal set what = 'sign-in' where id = '${line}'`],
  [`update journal set sealed_in = null where id = '${line}'`],
  [`update journal set sealed_in = sealed_in + 1 where id = '${line}'`],
  [`delete from journal where id = '${line}'`],
  [`truncate journal`],
  [`update journal_seals set sealed_at = now() where number = ${number}`],
  [`delete from journal_seals`],
  [`truncate journal_seals`],
])('the database refuses: %s', async (statement) => {
  await expect(sql.raw(statement).execute(visit.db)).rejects.toThrow('stays as it was written');
});

test('a line that is not sealed yet stays as it is too', async () => {
  const [id] = await write(1);
  await expect(sql`update journal set details = '{}', sealed_in = 1 where id = ${id}`.execute(visit.db)).rejects.toThrow('stays as it was written');
  await expect(sql`update journal set details = '{}' where id = ${id}`.execute(visit.db)).rejects.toThrow('stays as it was written');
});
