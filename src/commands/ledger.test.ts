import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import { claim } from '#rooms/seats';
import * as ledger from './ledger.ts';

// The commands ask once in which language they speak.
vi.hoisted(() => void (process.env['LC_ALL'] = 'C'));

const visit = testVisit();
const person = await testPerson();
const [edition, session] = [newId(testNow), newId(testNow)];
await sql`insert into editions (id, slug, name, starts_on, ends_on, time_zone, created_at)
  values (${edition}, 'proef', '{"nl":"Proef"}', '2026-11-02', '2026-11-27', 'Europe/Amsterdam', ${testNow})`.execute(visit.db);
await sql`insert into sessions (id, edition_id, code, title, format, visibility, state, updated_at, created_at)
  values (${session}, ${edition}, 'PR0EF1', '{"nl":"Sessie"}', 'workshop', 'public', 'published', ${testNow}, ${testNow})`.execute(visit.db);
await sql`insert into places (session_id, attendance, capacity) values (${session}, 'onSite', 1), (${session}, 'online', 0)`.execute(visit.db);
await claim({ ...visit, person }, { code: 'PR0EF1' }, null, 'own');

async function ran(...args: readonly string[]) {
  const said = { out: '', wrong: '' };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((said.out += String(chunk)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => ((said.wrong += String(chunk)), true)),
  ];
  const end = await ledger.run(visit, args).finally(() => spies.forEach((spy) => spy.mockRestore()));
  return { end, ...said };
}

test('a ledger that is right ends with 0', async () => {
  expect(await ran()).toEqual({ end: 0, wrong: '', out: 'Replayed: sessions 1, turns 1, seats and people waiting 1.\nThe ledger is right.\n' });
  expect(await ran('--edition', 'proef', '--json')).toEqual({
    end: 0,
    wrong: '',
    out: '{"sessions":1,"turns":1,"seats":1,"found":0,"deviations":[]}\n',
  });
});

test('an edition that is not there is refused in a sentence', async () => {
  expect(await ran('--edition', 'nergens')).toEqual({ end: 1, wrong: 'There is no edition nergens.\n', out: '' });
  expect(await ran('--hard')).toMatchObject({ end: 1, out: '' });
});

test('a ledger that is not right says so in words and ends with 1', async () => {
  await sql`delete from seats where person_id = ${person.id}`.execute(visit.db);
  expect(await ran()).toEqual({
    end: 1,
    wrong: '',
    out: `Replayed: sessions 1, turns 1, seats and people waiting 0.
2 things are not right:
  PR0EF1: ${person.id} has by the journal: held onSite nr 1; the session has nothing
  PR0EF1: 0 places are taken (onSite), but 1 are counted
`,
  });
});
