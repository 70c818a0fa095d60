// Each term of the register: a day before it is over everything is there, a day after it is gone. And without the job it stays.
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import { sessionWith } from '#rooms/seats/session-with.testing.server.ts';
import { livedBy, placesWith } from './life.testing.server.ts';
import { forgetWhatIsOver } from './privacy.server.ts';
import { countOf } from './queries.server.ts';
import { byAddress, byPerson, register, warningDays, type Kept } from './register.ts';

const { db } = testVisit();
const day = 86_400_000;
const at = (moment: Date) => testVisit({ now: moment });
const plus = (moment: Date, days: number): Date => new Date(moment.getTime() + days * day);
let keeping: { readonly dataDir: string };
beforeAll(async () => void (keeping = { dataDir: await mkdtemp(join(tmpdir(), 'innovember-retention-')) }));

const timed = register.filter(({ term, whose }) => term.is === 'rows' && whose !== null);
test.each(timed.map((kept) => [kept.name, kept] as const))('%s: there a day before its term is over, gone a day after', async (_, kept) => {
  const me = await livedBy(keeping.dataDir, sessionWith);
  const over = await endOf(kept, me.person, me.email);
  await forgetWhatIsOver(at(plus(over, -1)), keeping);
  const before = await countOf(db, kept, me);
  // Time alone takes nothing away: that is the job's.
  expect(before).toBeGreaterThan(0);
  await forgetWhatIsOver(at(plus(over, 1)), keeping);
  expect(await countOf(db, kept, me)).toBe(kept.name === 'letters' ? before - 1 : 0);
});

/** When the last of somebody's rows has had its days. A letter that has not left yet has no term. */
async function endOf(kept: Kept, person: string, email: string): Promise<Date> {
  if (kept.term.is !== 'rows') throw new Error('no days');
  const [number, address] = [byPerson(kept), byAddress(kept)];
  const { rows } = await sql<{ last: Date }>`
    select max(coalesce(${sql.join(kept.term.since.map((column) => sql.ref(column)))})) as last from ${sql.table(kept.table)}
    where ${sql.ref(number ?? address ?? '')} = ${number === null ? email : person}`.execute(db);
  return plus(rows[0]!.last, kept.term.days);
}

test('the answer that a program had is kept a day', async () => {
  const keep = (hash: string) => sql`insert into kept_answers (key_hash, question_hash, created_at) values (${hash}, 'x', ${testNow})`.execute(db);
  await keep('een');
  await forgetWhatIsOver(at(plus(testNow, 0.9)), keeping);
  expect((await sql`select 1 from kept_answers`.execute(db)).rows.length).toBe(1);
  await forgetWhatIsOver(at(plus(testNow, 1.1)), keeping);
  expect((await sql`select 1 from kept_answers`.execute(db)).rows.length).toBe(0);
});

test('letters on paper go with what the outbox knows of them', async () => {
  const me = await livedBy(keeping.dataDir, sessionWith);
  const ids = (await sql<{ id: string }>`select id from letters where recipient = ${me.email} and sent_at is not null`.execute(db)).rows.map(
    ({ id }) => id,
  );
  const papers = async () => (await readdir(join(keeping.dataDir, 'mail'))).filter((file) => ids.some((id) => file.includes(id))).length;
  expect(await papers()).toBe(2);
  await forgetWhatIsOver(at(plus(testNow, 89)), keeping);
  expect(await papers()).toBe(1);
  await forgetWhatIsOver(at(plus(testNow, 91)), keeping);
  expect(await papers()).toBe(0);
});

test('who was not here for two years is told a month before, and goes; who comes back stays', async () => {
  const since = new Date('2030-01-01T00:00:00Z');
  const somebody = async () => {
    const { id, email } = await testPerson({ isInternal: false });
    await sql`update people set created_at = ${since} where id = ${id}`.execute(db);
    return { id, email };
  };
  const [gone, back] = [await somebody(), await somebody()];
  const told = async () =>
    (
      await sql<{
        id: string;
      }>`select person_id as id from journal where what = 'account-unused' and person_id in (${gone.id}, ${back.id}) order by id`.execute(db)
    ).rows.length;
  const end = 730;
  await forgetWhatIsOver(at(plus(since, end - warningDays - 1)), keeping);
  expect(await told()).toBe(0);
  await forgetWhatIsOver(at(plus(since, end - warningDays + 1)), keeping);
  expect(await told()).toBe(2);
  const cameBack = plus(since, end - 10);
  await sql`insert into sign_ins (id, person_id, token_hash, created_at, expires_at) values (${newId(cameBack)}, ${back.id}, ${newId(cameBack)}, ${cameBack}, ${plus(cameBack, 30)})`.execute(
    db,
  );
  await forgetWhatIsOver(at(plus(since, end)), keeping);
  expect(await placesWith(gone.email)).toContain('people');
  await forgetWhatIsOver(at(plus(since, end + 2)), keeping);
  expect({ gone: await placesWith(gone.email), back: (await placesWith(back.email)).includes('people'), told: await told() }).toEqual({
    gone: ['letters'],
    back: true,
    told: 2,
  });
  // When their sign-in is forgotten long since, it is still known when they were here.
  await forgetWhatIsOver(at(plus(cameBack, 100)), keeping);
  expect((await sql<{ at: Date }>`select seen_at as at from people where id = ${back.id}`.execute(db)).rows[0]!.at).toEqual(cameBack);
});
