import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import { evenness, goalFrom, readable } from './figure.ts';
import { count, dropGoal, figuresCsv, figuresOds, keepFigures, overview, setGoal } from './figures.server.ts';
import type { EditionId, SessionId } from '#ground/id.ts';

const { db } = testVisit();
async function edition(sessions: number): Promise<{ id: EditionId; sessions: SessionId[] }> {
  const id = newId<'edition'>(testNow);
  await sql`insert into editions (id, slug, name, starts_on, ends_on, time_zone, created_at)
    values (${id}, ${`e-${id.slice(-8)}`}, '{"nl":"Editie"}', '2026-11-02', '2026-11-27', 'Europe/Amsterdam', ${testNow})`.execute(db);
  const made = Array.from({ length: sessions }, () => newId<'session'>(testNow));
  for (const [nth, session] of made.entries())
    await sql`insert into sessions (id, edition_id, code, title, format, visibility, state, updated_at, created_at)
      values (${session}, ${id}, ${id.slice(-5).toUpperCase() + nth}, '{"nl":"Sessie"}', 'workshop', 'public', 'published', ${testNow}, ${testNow})`.execute(
      db,
    );
  return { id, sessions: made };
}
async function seat(session: SessionId, nth: number, organisation: string | null, person?: string, chosenAs = 'own'): Promise<string> {
  const id = person ?? (await testPerson()).id;
  await sql`update people set organisation_id = ${organisation} where id = ${id}`.execute(db);
  await sql`insert into seats (session_id, person_id, attendance, standing, arrival, claimed_at, chosen_as)
    values (${session}, ${id}, 'online', 'held', ${nth}, ${testNow}, ${chosenAs})`.execute(db);
  return id;
}
async function organisation(): Promise<string> {
  const id = newId<'organisation'>(testNow);
  await sql`insert into organisations (id, slug, name) values (${id}, ${`o-${id.slice(-8)}`}, '{"nl":"Organisatie"}')`.execute(db);
  return id;
}

test('people, sign-ups, three or more, surprises and links between organisations are counted once each', async () => {
  const { id, sessions } = await edition(3);
  const [a, b] = [await organisation(), await organisation()];
  const everywhere = await seat(sessions[0]!, 1, a);
  await seat(sessions[1]!, 1, a, everywhere, 'surprise');
  await seat(sessions[2]!, 1, a, everywhere);
  await seat(sessions[0]!, 2, b);
  expect(await count(testVisit(), id)).toEqual({
    participants: 2,
    organisations: 2,
    signUps: 4,
    attendance: 0,
    three: 50,
    surprises: 1,
    themes: 0,
    links: 1,
  });
});

test('each day is kept as it was, and today as it is now', async () => {
  const { id, sessions } = await edition(1);
  await keepFigures(testVisit());
  for (let n = 1; n <= 12; n++) await seat(sessions[0]!, n, null);
  await keepFigures(testVisit({ now: new Date(+testNow + 86_400_000) }));
  const { days } = await overview(testVisit(), id);
  expect(days.map(({ day, figures }) => [day, figures.participants, figures.signUps])).toEqual([
    ['2026-11-10', 0, 0],
    ['2026-11-11', 12, 12],
  ]);
});

test('of few people nothing is told; of enough it is', () => {
  const figures = { participants: 12, organisations: 3, signUps: 20, attendance: 4, three: 50, surprises: 5, themes: 80, links: 2 };
  expect(readable(figures)).toEqual({ ...figures, attendance: null });
  expect(readable({ ...figures, participants: 9 })).toEqual({
    ...figures,
    participants: 9,
    organisations: null,
    attendance: null,
    three: null,
    themes: null,
    links: null,
  });
});

test('who changes a goal upon an older one is refused; a goal can go', async () => {
  const { id } = await edition(0);
  const goal = { measure: 'participants' as const, target: 1000, by: '2026-11-27' };
  expect(await setGoal(testVisit(), id, { ...goal, revision: 0 })).toBeUndefined();
  expect(await setGoal(testVisit(), id, { ...goal, target: 5, revision: 0 })).toEqual({ refused: 'changed-meanwhile' });
  expect(await setGoal(testVisit(), id, { ...goal, target: 2000, revision: 1 })).toBeUndefined();
  expect((await overview(testVisit(), id)).goals).toEqual([{ ...goal, target: 2000, revision: 2 }]);
  await dropGoal(testVisit(), id, 'participants');
  expect((await overview(testVisit(), id)).goals).toEqual([]);
});

test('a goal is a whole number above nothing, a share at most a hundred, and has a day', () => {
  expect(goalFrom({ measure: 'three', target: '60', by: '2026-11-27' })).toEqual({ goal: { measure: 'three', target: 60, by: '2026-11-27' } });
  expect(goalFrom({ measure: 'three', target: '160', by: 'ooit' })).toEqual({ problems: { target: 'goal-number', by: 'goal-day' } });
});

test('evenness is all when every theme has as many, nothing when one has all', () => {
  expect([evenness([5, 5, 5]), evenness([9, 0, 0]), evenness([])]).toEqual([100, 0, 0]);
});

test('as files, what is too small to tell is a word, and the document is an ODS', async () => {
  const figures = readable({ participants: 12, organisations: 3, signUps: 20, attendance: 4, three: 50, surprises: 5, themes: 80, links: 2 });
  const days = [{ day: '2026-11-10', figures }];
  expect(figuresCsv(days, 'en').split('\r\n')[1]).toBe('"2026-11-10","12","3","20","too few to tell","50","5","80","2"');
  const ods = await figuresOds(days, 'nl');
  expect(new TextDecoder().decode(ods.subarray(0, 90))).toContain('application/vnd.oasis.opendocument.spreadsheet');
});
