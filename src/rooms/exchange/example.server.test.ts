import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testPerson, testVisit } from '#ground/testing.server.ts';
import * as programme from '#rooms/programme';
import { loadExamples } from './exchange.server.ts';

const visit = testVisit();

test('the first start loads the example month and INNOvember 2020, the second nothing', async () => {
  await loadExamples(visit);
  await loadExamples(visit);
  expect((await programme.editions(visit)).map(({ slug, isExample }) => ({ slug, isExample }))).toEqual([
    { slug: 'voorbeeld', isExample: true },
    { slug: 'innovember-2020', isExample: false },
  ]);
});

test('some sessions are full, some are internal, some go deeper', async () => {
  const edition = (await programme.currentEdition(visit))!;
  const all = await programme.sessions(testVisit({ person: await testPerson() }), edition.id);
  const seen = await programme.sessions(visit, edition.id);
  expect([all.length, seen.length]).toEqual([110, 100]);
  expect(all.filter((session) => session.deepens.length > 0).length).toBeGreaterThanOrEqual(8);
  expect(
    all.filter((session) => session.start! > visit.now && session.placesLeft.online === 0 && session.placesLeft.onSite === 0).length,
  ).toBeGreaterThanOrEqual(2);
});

test('what was counted is what is there', async () => {
  const { rows } = await sql`
    select p.session_id from places p
    where p.held <> (select count(*) from seats s where s.session_id = p.session_id and s.attendance = p.attendance and s.standing <> 'waiting')`.execute(
    visit.db,
  );
  expect(rows).toEqual([]);
});
