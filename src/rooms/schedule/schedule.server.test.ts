import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testPerson, testVisit, watched } from '#ground/testing.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import type { EditionId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import { lines } from '#rooms/journal';
import * as programme from '#rooms/programme';
import * as seats from '#rooms/seats';
import * as schedule from './schedule.server.ts';
import { at, granted, span, testEdition, testEditor, testSession, testVenue } from './schedule-with.testing.server.ts';

const onBoard = async (visit: Visit, edition: { id: EditionId }, code: string) =>
  (await schedule.boardOf(visit, edition.id)).sessions.find((one) => one.code === code)!;
const spotOf = async (visit: Visit, edition: { id: EditionId }, code: string) => (await onBoard(visit, edition, code)).spot;
const said = async (session: { id: import('#ground/id.ts').SessionId }) =>
  (await lines(testVisit(), { session: session.id })).map(({ what }) => what);

describe('venues and slots', () => {
  test('a room is made, changed by one editor at a time, taken away and put back', async () => {
    const edition = await testEdition();
    const visit = await testEditor(edition);
    const id = await testVenue(visit, edition, 'Zaal A', 40);
    const typed = { name: 'Zaal B', kind: 'onSite', capacity: 50, address: 'Plein 1', isStepFree: true } as const;
    expect(await schedule.makeVenue(visit, edition.id, { ...typed, name: 'Zaal A' })).toEqual({ refused: 'venue-name-taken' });
    expect(await schedule.changeVenue(visit, edition.id, id, 0, typed)).toBeUndefined();
    expect(await schedule.changeVenue(visit, edition.id, id, 0, { ...typed, name: 'Zaal C' })).toEqual({ refused: 'changed-meanwhile' });
    expect(await schedule.venues(visit, edition.id)).toEqual([{ id, ...typed, position: 0, revision: 1 }]);
    await schedule.removeVenue(visit, edition.id, id);
    expect([await schedule.venues(visit, edition.id), await schedule.removedVenueName(visit, edition.id, id)]).toEqual([[], 'Zaal B']);
    expect(await schedule.makeVenue(visit, edition.id, typed)).toEqual({ refused: 'venue-name-removed' });
    await schedule.restoreVenue(visit, edition.id, id);
    expect((await schedule.venues(visit, edition.id)).map(({ name }) => name)).toEqual(['Zaal B']);
  });

  test('a room in which something is placed stays', async () => {
    const edition = await testEdition();
    const visit = await testEditor(edition);
    const venue = await testVenue(visit, edition, 'Zaal A');
    const session = await testSession(edition);
    await schedule.place(visit, edition.id, session.code, { ...span(24), venue }, 0);
    expect(await schedule.removeVenue(visit, edition.id, venue)).toEqual({ refused: 'venue-in-use' });
  });

  test('many times are made at once; the same ones again are no more', async () => {
    const edition = await testEdition();
    const visit = await testEditor(edition);
    expect(await schedule.makeSlots(visit, edition.id, [span(24), span(26), span(48)], false)).toBe(3);
    expect(await schedule.makeSlots(visit, edition.id, [span(24), span(50)], true)).toBe(1);
    const [first, , third, fourth] = await schedule.slots(visit, edition.id);
    expect(await schedule.openSlots(visit, edition.id, [first!.id, fourth!.id], true)).toBe(1);
    expect(await schedule.removeSlots(visit, edition.id, [third!.id])).toEqual([{ ...third, ...span(48) }]);
    expect((await schedule.slots(visit, edition.id)).map(({ start, isOpen }) => [start, isOpen])).toEqual([
      [at(24), true],
      [at(26), false],
      [at(50), true],
    ]);
  });
});

describe('moving', () => {
  test('a session is where its own columns say until somebody moves it, and only on the board', async () => {
    const edition = await testEdition();
    const visit = await testEditor(edition);
    const venue = await testVenue(visit, edition, 'Zaal A');
    const session = await testSession(edition, { state: 'published', told: span(24), location: 'Zaal A' });
    expect(await spotOf(visit, edition, session.code)).toEqual({ ...span(24), venue });
    granted(await schedule.place(visit, edition.id, session.code, { ...span(30), venue }, 0));
    expect(await spotOf(visit, edition, session.code)).toEqual({ ...span(30), venue });
    expect((await programme.session(testVisit(), session.code))?.start).toEqual(at(24));
    expect(await said(session)).toEqual(['board-changed']);
  });

  test('who moves upon an older board is told where it is now and by whom, and nothing is lost', async () => {
    const edition = await testEdition();
    const one = await testEditor(edition, 'redacteur-1@example.org');
    const other = await testEditor(edition);
    const session = await testSession(edition);
    granted(await schedule.place(one, edition.id, session.code, { ...span(24), venue: null }, 0));
    const refused = await schedule.place(other, edition.id, session.code, { ...span(30), venue: null }, 0);
    expect(refused).toMatchObject({ refused: 'changed-meanwhile', by: 'redacteur-1@example.org', session: { revision: 1, spot: span(24) } });
    expect(await spotOf(one, edition, session.code)).toEqual({ ...span(24), venue: null });
    granted(await schedule.place(other, edition.id, session.code, { ...span(30), venue: null }, 1));
  });

  test('two who want the same place have it both, and a cancelled session stays out of it', async () => {
    const edition = await testEdition();
    const visit = await testEditor(edition);
    const venue = await testVenue(visit, edition, 'Zaal A');
    const [one, other, gone] = [await testSession(edition), await testSession(edition), await testSession(edition, { state: 'cancelled' })];
    granted(await schedule.place(visit, edition.id, one.code, { ...span(24), venue }, 0));
    granted(await schedule.place(visit, edition.id, other.code, { ...span(24), venue }, 0));
    expect(await schedule.place(visit, edition.id, gone.code, { ...span(24), venue }, 0)).toEqual({ refused: 'session-cancelled' });
    expect(await schedule.place(visit, edition.id, 'GEEN00', null, 0)).toEqual({ refused: 'session-unknown' });
  });

  test('a move, a pin and taking off are taken back and done again, the newest first, each editor their own', async () => {
    const edition = await testEdition();
    const [visit, other] = [await testEditor(edition), await testEditor(edition)];
    const session = await testSession(edition);
    const [first, second] = [
      { ...span(24), venue: null },
      { ...span(48), venue: null },
    ];
    granted(await schedule.place(visit, edition.id, session.code, first, 0));
    granted(await schedule.place(visit, edition.id, session.code, second, 1));
    granted(await schedule.pin(visit, edition.id, session.code, true, 2));
    expect(await schedule.undo(other, edition.id)).toEqual({ refused: 'nothing-to-undo' });
    await schedule.undo(visit, edition.id);
    expect((await onBoard(visit, edition, session.code)).isPinned).toBe(false);
    await schedule.undo(visit, edition.id);
    expect(await spotOf(visit, edition, session.code)).toEqual(first);
    await schedule.undo(visit, edition.id);
    expect(await spotOf(visit, edition, session.code)).toBeNull();
    expect(await schedule.undo(visit, edition.id)).toEqual({ refused: 'nothing-to-undo' });
    await schedule.redo(visit, edition.id);
    expect(await spotOf(visit, edition, session.code)).toEqual(first);
    await schedule.redo(visit, edition.id);
    expect(await spotOf(visit, edition, session.code)).toEqual(second);
    expect((await schedule.undoable(visit, edition.id)).redo).toEqual({ count: 1, session: session.id });
  });

  test('what another moved since is not taken back', async () => {
    const edition = await testEdition();
    const [visit, other] = [await testEditor(edition), await testEditor(edition)];
    const session = await testSession(edition);
    granted(await schedule.place(visit, edition.id, session.code, { ...span(24), venue: null }, 0));
    granted(await schedule.place(other, edition.id, session.code, { ...span(48), venue: null }, 1));
    expect(await schedule.undo(visit, edition.id)).toEqual({ refused: 'moved-after' });
    expect(await spotOf(visit, edition, session.code)).toEqual({ ...span(48), venue: null });
  });

  test('of two who move one session at the same moment one is told of the other', async () => {
    const edition = await testEdition();
    const editors = [await testEditor(edition), await testEditor(edition), await testEditor(edition)];
    const session = await testSession(edition);
    const answers = await Promise.all(
      editors.map((visit, nth) => schedule.place(visit, edition.id, session.code, { ...span(24 + nth), venue: null }, 0)),
    );
    expect(answers.map(isRefusal).toSorted()).toEqual([false, true, true]);
    const { rows } = await sql`select from board_changes where edition_id = ${edition.id}`.execute(testVisit().db);
    expect(rows.length).toBe(1);
  });
});

describe('hosts', () => {
  test('say when they cannot, and take it back', async () => {
    const edition = await testEdition();
    const visit = await testEditor(edition);
    const session = await testSession(edition);
    await schedule.sayUnavailable(visit, session, span(24));
    await schedule.sayUnavailable(visit, session, span(24));
    expect(await schedule.unavailable(visit, session)).toEqual([span(24)]);
    expect((await schedule.boardOf(visit, edition.id)).unavailable).toEqual(new Map([[session.id, [span(24)]]]));
    await schedule.sayAvailable(visit, session, span(24));
    expect([await schedule.unavailable(visit, session), await said(session)]).toEqual([[], ['unavailability-changed', 'unavailability-changed']]);
  });

  test('choose an open time when they can and a room is free: who comes first has it', async () => {
    const edition = await testEdition();
    const visit = await testEditor(edition);
    await testVenue(visit, edition, 'Zaal A');
    const [one, other] = [await testSession(edition), await testSession(edition)];
    await schedule.makeSlots(visit, edition.id, [span(24), span(48)], true);
    await schedule.makeSlots(visit, edition.id, [span(72)], false);
    await schedule.sayUnavailable(visit, one, span(48, 0.5));
    const [first, , closed] = await schedule.slots(visit, edition.id);
    expect((await schedule.ownChoice(visit, one))?.slots).toEqual([first]);
    const answers = await Promise.all([one, other].map((session) => schedule.chooseSlot(visit, session, first!.id)));
    expect(answers.map((answer) => (isRefusal(answer) ? answer.refused : 'has it')).toSorted()).toEqual(['has it', 'slot-taken']);
    expect(await schedule.chooseSlot(visit, one, closed!.id)).toEqual({ refused: 'slot-unknown' });
  });

  test('what a host chose is pinned and can be taken back', async () => {
    const edition = await testEdition();
    const visit = await testEditor(edition);
    const session = await testSession(edition);
    await schedule.makeSlots(visit, edition.id, [span(24)], true);
    const [slot] = await schedule.slots(visit, edition.id);
    expect(granted(await schedule.chooseSlot(visit, session, slot!.id))).toMatchObject({ isPinned: true, spot: { ...span(24), venue: null } });
    await schedule.undo(visit, edition.id);
    expect(await onBoard(visit, edition, session.code)).toMatchObject({ isPinned: false, spot: null });
  });
});

describe('releasing', () => {
  const released = async () => {
    const edition = await testEdition();
    const visit = await testEditor(edition);
    const venue = await testVenue(visit, edition, 'Zaal A', 25);
    const fresh = await testSession(edition, { title: 'Nieuw' });
    const known = await testSession(edition, { state: 'published', told: span(24), location: 'Zaal A' });
    const same = await testSession(edition, { state: 'published', told: span(26), location: 'Ergens anders' });
    granted(await schedule.place(visit, edition.id, fresh.code, { ...span(30), venue }, 0));
    granted(await schedule.place(visit, edition.id, known.code, { ...span(48), venue }, 0));
    return { edition, visit, venue, fresh, known, same };
  };

  test('the list has what differs from what was told, and nothing else', async () => {
    const { edition, visit, fresh, known } = await released();
    const { number, changes } = await schedule.changesToRelease(visit, edition.id);
    expect([number, changes.map(({ code, was, is }) => ({ code, was, is }))]).toEqual([
      1,
      [
        { code: fresh.code, was: null, is: { ...span(30), place: 'Zaal A' } },
        { code: known.code, was: { ...span(24), place: 'Zaal A' }, is: { ...span(48), place: 'Zaal A' } },
      ],
    ]);
  });

  test('until a release participants see nothing of the draft; after it they see all of it', async () => {
    const { edition, visit, fresh, known } = await released();
    const seen = async () =>
      (await programme.sessions(testVisit(), edition.id)).map(({ code, start, location, sequence }) => ({ code, start, location, sequence }));
    const before = await seen();
    expect(before.find(({ code }) => code === fresh.code)).toBeUndefined();
    expect(before.find(({ code }) => code === known.code)).toEqual({ code: known.code, start: at(24), location: 'Zaal A', sequence: 0 });
    expect(await schedule.toldChanges(testVisit(), edition.id)).toEqual([]);
    const { key } = await schedule.changesToRelease(visit, edition.id);
    granted(await schedule.release(visit, edition.id, key));
    const after = await seen();
    expect(after.find(({ code }) => code === fresh.code)).toEqual({ code: fresh.code, start: at(30), location: 'Zaal A', sequence: 1 });
    expect(after.find(({ code }) => code === known.code)).toEqual({ code: known.code, start: at(48), location: 'Zaal A', sequence: 1 });
    expect([await said(fresh), await said(known)]).toEqual([
      ['board-changed', 'session-published', 'places-changed'],
      ['board-changed', 'session-changed', 'places-changed'],
    ]);
    expect((await lines(testVisit(), { session: known.id })).find(({ what }) => what === 'session-changed')?.details).toEqual({
      differences: ['time'],
    });
    expect((await schedule.changesToRelease(visit, edition.id)).changes).toEqual([]);
  });

  test('pressed twice it is released once; upon a list that changed it is refused', async () => {
    const { edition, visit, venue, fresh } = await released();
    const { key } = await schedule.changesToRelease(visit, edition.id);
    granted(await schedule.place(visit, edition.id, fresh.code, { ...span(72), venue }, 1));
    expect(await schedule.release(visit, edition.id, key)).toEqual({ refused: 'changed-meanwhile' });
    const { key: now } = await schedule.changesToRelease(visit, edition.id);
    const answers = await Promise.all([schedule.release(visit, edition.id, now), schedule.release(visit, edition.id, now)]);
    expect(answers.map((answer) => granted(answer).number)).toEqual([1, 1]);
    expect((await schedule.releases(visit, edition.id)).map(({ number, changes }) => [number, changes.length])).toEqual([[1, 2]]);
    const { rows } = await sql<{ sequence: number }>`select sequence from sessions where id = ${fresh.id}`.execute(testVisit().db);
    expect(rows).toEqual([{ sequence: 1 }]);
  });

  test('a room of so many is the limit where nobody set one, unless more have a place already', async () => {
    const { edition, visit, fresh, known } = await released();
    for (let nth = 0; nth < 26; nth++) granted(await seats.claim({ ...testVisit(), person: await testPerson() }, known, 'onSite', 'own'));
    granted(await schedule.release(visit, edition.id, (await schedule.changesToRelease(visit, edition.id)).key));
    const capacity = async (id: typeof fresh.id) => (await seats.occupancy(visit, { id })).places.onSite.capacity;
    expect([await capacity(fresh.id), await capacity(known.id)]).toEqual([25, null]);
  });

  test('what everybody knows cannot lose its time unsaid', async () => {
    const { edition, visit, known } = await released();
    granted(await schedule.place(visit, edition.id, known.code, null, 1));
    const { key } = await schedule.changesToRelease(visit, edition.id);
    expect(await schedule.release(visit, edition.id, key)).toEqual({ refused: 'told-without-time' });
    expect((await programme.session(testVisit(), known.code))?.start).toEqual(at(24));
  });

  test('when a release breaks off halfway nothing of it is told', async () => {
    const { edition, visit, fresh, known } = await released();
    const { key } = await schedule.changesToRelease(visit, edition.id);
    const broken = watched(visit, (statement) => {
      if (statement.includes('insert into releases')) throw new Error('broken off');
      return statement;
    });
    await expect(schedule.release(broken, edition.id, key)).rejects.toThrow('broken off');
    expect([await programme.session(testVisit(), fresh.code), (await programme.session(testVisit(), known.code))?.start]).toEqual([null, at(24)]);
  });

  test('what was told of internal sessions is told to those who may see them', async () => {
    const edition = await testEdition();
    const visit = await testEditor(edition);
    const hidden = await testSession(edition, { visibility: 'internal', title: 'Kanarie' });
    granted(await schedule.place(visit, edition.id, hidden.code, { ...span(30), venue: null }, 0));
    granted(await schedule.release(visit, edition.id, (await schedule.changesToRelease(visit, edition.id)).key));
    expect(await schedule.toldChanges(testVisit(), edition.id)).toEqual([]);
    expect((await schedule.toldChanges(visit, edition.id)).map(({ changes }) => changes.map(({ title }) => title))).toEqual([[{ nl: 'Kanarie' }]]);
    // The control: without its condition on who may see, everybody reads it.
    const open = watched(testVisit(), (statement) => statement.replace("s.visibility = 'public' or", 'true or'));
    expect((await schedule.toldChanges(open, edition.id)).length).toBe(1);
  });
});

test('a board asks the database equally often with one session and with three', async () => {
  const edition = await testEdition();
  const visit = await testEditor(edition);
  const asked = async () => {
    let count = 0;
    await schedule.boardOf(
      watched(visit, (statement) => (count++, statement)),
      edition.id,
    );
    return count;
  };
  await testSession(edition);
  const one = await asked();
  await testSession(edition);
  await testSession(edition);
  expect(await asked()).toBe(one);
});
