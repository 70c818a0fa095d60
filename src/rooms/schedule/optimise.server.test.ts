import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import { boardOf } from './board.server.ts';
import { markLost } from './optimise-queries.server.ts';
import { acceptOptimisation, askOptimisation, dropOptimisation, instanceOf, lastOptimisation, optimiseNext } from './optimise.server.ts';
import { place, undo } from './place.server.ts';
import { granted, span, testEdition, testEditor, testSession, testVenue } from './schedule-with.testing.server.ts';

const now = () => testVisit();

/** Two sessions at one time that the same people want, and an empty time after it. */
async function clashing() {
  const edition = await testEdition();
  const editor = await testEditor(edition);
  await testVenue(editor, edition, 'Zaal 1', 50);
  await testVenue(editor, edition, 'Zaal 2', 50);
  const one = await testSession(edition, { told: span(24), state: 'scheduled', location: 'Zaal 1', onSite: 20 });
  const other = await testSession(edition, { told: span(24), state: 'scheduled', location: 'Zaal 2', onSite: 20 });
  for (const at of [24, 25])
    await sql`insert into slots (id, edition_id, starts_at, ends_at) values (${newId(testNow)}, ${edition.id}, ${span(at).start}, ${span(at).end})`.execute(
      editor.db,
    );
  for (let n = 0; n < 3; n++) {
    const person = await testPerson();
    for (const { id } of [one, other])
      await sql`insert into seats (session_id, person_id, attendance, standing, arrival, claimed_at) values (${id}, ${person.id}, 'onSite', 'held', ${n + 1}, ${testNow})`.execute(
        editor.db,
      );
  }
  return { edition, editor, one, other };
}

const boardTimes = async (visit: Parameters<typeof boardOf>[0], edition: Parameters<typeof boardOf>[1]) =>
  (await boardOf(visit, edition)).sessions.map(({ spot }) => spot?.start.getTime()).toSorted();

test('what is asked for is reckoned in a thread, says what it would gain, is accepted at once and taken back at once', async () => {
  const { edition, editor } = await clashing();
  const id = granted(await askOptimisation(editor, edition.id, { seconds: 1 }));
  expect(await askOptimisation(editor, edition.id)).toEqual({ refused: 'optimisation-running' });
  expect(await optimiseNext(now)).toBe(true);
  expect(await optimiseNext(now)).toBe(false);
  const found = (await lastOptimisation(editor, edition.id))!;
  expect(found.progress).toMatchObject({ part: 1, share: 1, before: 0.5, unplaced: 0 });
  expect(found.moves!.reduce((sum, { change }) => sum + change, 0)).toBeCloseTo(0.5);
  expect(await boardTimes(editor, edition.id)).toEqual([+span(24).start, +span(24).start]);
  expect(await acceptOptimisation(editor, edition.id, id)).toBeUndefined();
  expect(await boardTimes(editor, edition.id)).toEqual([+span(24).start, +span(25).start]);
  expect(await acceptOptimisation(editor, edition.id, id)).toEqual({ refused: 'optimisation-gone' });
  expect(await undo(editor, edition.id)).toBeUndefined();
  expect(await boardTimes(editor, edition.id)).toEqual([+span(24).start, +span(24).start]);
});

test('a proposal about what somebody moved since is not put over it', async () => {
  const { edition, editor } = await clashing();
  const id = granted(await askOptimisation(editor, edition.id, { seconds: 1 }));
  await optimiseNext(now);
  const moved = (await lastOptimisation(editor, edition.id))!.moves![0]!.session;
  const { code, revision } = (await boardOf(editor, edition.id)).sessions.find(({ id }) => id === moved)!;
  granted(await place(editor, edition.id, code, { ...span(48), venue: null }, revision));
  expect(await acceptOptimisation(editor, edition.id, id)).toEqual({ refused: 'moved-after' });
  expect((await lastOptimisation(editor, edition.id))!.acceptedAt).toBe(null);
});

test('one that is called off ends, and another may be asked for', async () => {
  const { edition, editor } = await clashing();
  const id = granted(await askOptimisation(editor, edition.id, { seconds: 30 }));
  const running = optimiseNext(now);
  await new Promise((done) => setTimeout(done, 500));
  expect(await dropOptimisation(editor, edition.id, id)).toBeUndefined();
  expect(await running).toBe(true);
  expect((await lastOptimisation(editor, edition.id))!.moves).toBe(null);
  granted(await askOptimisation(editor, edition.id));
  await sql`delete from optimisations where edition_id = ${edition.id}`.execute(editor.db);
});

test('one whose process is gone says so; the house that closes leaves none behind that seems to run', async () => {
  const { edition, editor } = await clashing();
  granted(await askOptimisation(editor, edition.id, { seconds: 30 }));
  const closing = new AbortController();
  const running = optimiseNext(now, closing.signal);
  await new Promise((done) => setTimeout(done, 400));
  closing.abort();
  await running;
  expect((await lastOptimisation(editor, edition.id))!.progress.isLost).toBe(true);
  granted(await askOptimisation(editor, edition.id));
  await sql`update optimisations set progress = jsonb_build_object('seenAt', ${testNow.toISOString()}::text) where edition_id = ${edition.id} and finished_at is null`.execute(
    editor.db,
  );
  await markLost(editor.db, new Date(+testNow + 10_000));
  expect((await lastOptimisation(editor, edition.id))!.finishedAt).toBe(null);
  await markLost(editor.db, new Date(+testNow + 20_000));
  expect((await lastOptimisation(editor, edition.id))!.progress.isLost).toBe(true);
});

test('only numbers go to the thread: no name, no address, no id of anybody', async () => {
  const { edition, editor } = await clashing();
  const { instance } = await instanceOf(editor, edition.id);
  expect(instance.interest.people).toBe(3);
  expect(JSON.stringify(instance)).not.toMatch(/[0-9a-f]{8}-|@|Zaal/);
});
