import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { hashOf } from '#ground/chance.server.ts';
import { testNow, testPerson, testVisit, watched } from '#ground/testing.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import type { Person, Visit } from '#ground/visit.ts';
import { lines } from '#rooms/journal';
import * as seats from '#rooms/seats';
import type { Window } from './window.ts';
import { putWish } from './queries.server.ts';
import {
  auditFile,
  callOff,
  changeWindow,
  confirm,
  drawAgain,
  drawNext,
  drawNow,
  forgetPseudonyms,
  makeAuditLink,
  myOutcome,
  planWindow,
  publicReport,
  review,
  unwish,
  window,
  windowOf,
  windows,
  wish,
  wishesOf,
  wishFor,
} from './wishes.server.ts';
import { after, at, testEdition, testLeader, testSession, type TestEdition, type TestSession } from './window-with.testing.server.ts';

const opensAt = after(-1);
const closesAt = after(2);
const closed = after(3);

async function planned({
  sessions: some = [{}, { startsIn: 30 }],
  wanted = 3,
}: { sessions?: Parameters<typeof testSession>[1][]; wanted?: number } = {}): Promise<{
  edition: TestEdition;
  leader: Visit & { person: Person };
  sessions: TestSession[];
  open: Window;
}> {
  const edition = await testEdition();
  const leader = await testLeader(edition);
  const sessions: TestSession[] = [];
  for (const one of some) sessions.push(await testSession(edition, one));
  const open = granted(await planWindow(leader, edition, { opensAt, closesAt, sessions: sessions.map(({ code }) => code), wanted }));
  return { edition, leader, sessions, open };
}

function granted<T>(value: T): Exclude<T, { refused: string }> {
  if (isRefusal(value)) throw new Error(value.refused);
  return value as Exclude<T, { refused: string }>;
}

/** A visit that breaks off at its nth statement, as when the house is killed there. */
function brokenAt<Some extends Visit>(visit: Some, nth: number): Some {
  let count = 0;
  const broken = watched(visit, (statement) => {
    if (++count === nth) throw new Error('broken off');
    return statement;
  });
  return { ...visit, db: broken.db };
}

/** What another test left open is no draw of this one. */
beforeEach(() => sql`update wish_windows set called_off_at = closes_at where drawn_at is null and called_off_at is null`.execute(testVisit().db));

const somebody = async (more: { isInternal?: boolean } = {}) => testVisit({ person: await testPerson(more) }) as Visit & { person: Person };
const must = { strength: 'must' } as const;
const draw = (now = closed) => drawNext(() => testVisit({ now }));
/** Makes every draw that is due. */
const drawn = async (now = closed): Promise<void> => {
  while (await draw(now));
};
const standings = async (visit: Visit, edition: TestEdition) =>
  (await seats.seatsOf(visit, edition.id)).map(({ session, standing, attendance, position }) => ({ session, standing, attendance, position }));

describe('a window', () => {
  test('is planned by who leads the edition, and from then on its sessions give no places by themselves', async () => {
    const { edition, leader, sessions, open } = await planned();
    expect(open).toEqual({
      id: expect.any(String),
      edition: edition.slug,
      state: 'open',
      opensAt,
      closesAt,
      sessions: sessions.map(({ code }) => code),
      wanted: 3,
      seedHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      seed: null,
      fileHash: null,
      progress: 0,
      drawnAt: null,
      confirmedAt: null,
      calledOffAt: null,
      report: null,
    });
    expect(await seats.claim(await somebody(), sessions[0]!, null, 'own')).toEqual({ refused: 'wishes-first' });
    const plan = { opensAt, closesAt, sessions: null, wanted: 3 };
    expect(await planWindow(await somebody(), edition, plan)).toEqual({ refused: 'not-leading' });
    expect(await planWindow(testVisit(), edition, plan)).toEqual({ refused: 'not-leading' });
    expect((await lines(leader, { person: leader.person.id })).length).toBe(0);
    expect(await sql`select what, by_person from journal where details ->> 'window' = ${open.id}`.execute(leader.db)).toMatchObject({
      rows: [{ what: 'window-planned', by_person: leader.person.id }],
    });
  });

  test('shares no session with another one, also when two are planned at the same moment', async () => {
    const { edition, leader, sessions, open } = await planned({ sessions: [{}] });
    const third = await testSession(edition);
    const plan = (codes: string[] | null) => ({ opensAt, closesAt, sessions: codes, wanted: 3 });
    expect(await planWindow(leader, edition, plan([sessions[0]!.code, third.code]))).toEqual({ refused: 'in-other-window' });
    const both = await Promise.all([planWindow(leader, edition, plan([third.code])), planWindow(leader, edition, plan([third.code]))]);
    expect(both.filter(isRefusal)).toEqual([{ refused: 'in-other-window' }]);
    expect(await planWindow(leader, edition, plan(null))).toEqual({ refused: 'no-sessions' });
    granted(await callOff(leader, open.id));
    expect(granted(await planWindow(leader, edition, plan([sessions[0]!.code]))).sessions).toEqual([sessions[0]!.code]);
  });

  test('of all of the edition is about what starts after it closes', async () => {
    const edition = await testEdition();
    const leader = await testLeader(edition);
    const [soon, later] = [await testSession(edition, { startsIn: 1 }), await testSession(edition)];
    const all = granted(await planWindow(leader, edition, { opensAt, closesAt, sessions: null, wanted: 3 }));
    expect(all.sessions).toBe(null);
    expect([await windowOf(leader, soon.code), (await windowOf(leader, later.code))?.id]).toEqual([null, all.id]);
    expect((await windows(testVisit(), edition)).map(({ id }) => id)).toEqual([all.id]);
  });

  test('that cannot be is refused by name', async () => {
    const edition = await testEdition();
    const leader = await testLeader(edition);
    const session = await testSession(edition);
    const elsewhere = await testSession(await testEdition());
    const no = async (change: object) => planWindow(leader, edition, { opensAt, closesAt, sessions: [session.code], wanted: 3, ...change });
    expect([
      await no({ closesAt: opensAt }),
      await no({ opensAt: after(-9), closesAt: after(-8) }),
      await no({ wanted: 21 }),
      await no({ closesAt: after(30) }),
      await no({ sessions: [session.code, elsewhere.code] }),
      await no({ sessions: ['NEVER0'] }),
    ]).toEqual(
      ['closes-before-opening', 'closes-in-the-past', 'wanted-too-many', 'starts-before-closing', 'session-unknown', 'session-unknown'].map(
        (refused) => ({
          refused,
        }),
      ),
    );
  });

  test('changes whole before it opens, and then only its closing', async () => {
    const edition = await testEdition();
    const leader = await testLeader(edition);
    const [one, other] = [await testSession(edition), await testSession(edition)];
    const { id } = granted(await planWindow(leader, edition, { opensAt: after(1), closesAt, sessions: [one.code], wanted: 3 }));
    expect(granted(await changeWindow(leader, id, { sessions: [other.code], wanted: 2 }))).toMatchObject({
      sessions: [other.code],
      wanted: 2,
      state: 'planned',
    });
    expect(await seats.claim(await somebody(), one, null, 'own')).toMatchObject({ standing: 'held' });
    expect(await seats.claim(await somebody(), other, null, 'own')).toEqual({ refused: 'wishes-first' });
    const opened = at(leader, after(1.5));
    expect(await changeWindow(opened, id, { wanted: 4 })).toEqual({ refused: 'window-open' });
    expect(granted(await changeWindow(opened, id, { closesAt: after(5) })).closesAt).toEqual(after(5));
    expect(await changeWindow(opened, id, { closesAt: after(25) })).toEqual({ refused: 'starts-before-closing' });
    expect(await changeWindow(at(leader, after(6)), id, { closesAt: after(7) })).toEqual({ refused: 'window-closed' });
    expect(await changeWindow(await somebody(), id, { closesAt: after(7) })).toEqual({ refused: 'not-leading' });
    expect(await changeWindow(leader, 'no-id', {})).toEqual({ refused: 'window-unknown' });
  });

  test('tells the hash of its seed from the opening, and the seed to nobody before the draw is done', async () => {
    const edition = await testEdition();
    const leader = await testLeader(edition);
    await testSession(edition);
    const before = granted(await planWindow(leader, edition, { opensAt: after(1), closesAt, sessions: null, wanted: 3 }));
    const { rows } = await sql<{ seed: string }>`select seed from wish_windows where id = ${before.id}`.execute(leader.db);
    const { seed } = rows[0]!;
    expect(before.seedHash).toBe(null);
    const found = [before, await window(at(leader, after(1)), before.id), ...(await windows(at(testVisit(), after(1)), edition))];
    const journal = await sql`select * from journal`.execute(leader.db);
    expect(JSON.stringify([found, journal.rows, await review(leader, before.id), await publicReport(leader, before.id)])).not.toContain(seed);
    expect((await window(at(testVisit(), after(1)), before.id))?.seedHash).toBe(hashOf(seed));
    await drawn();
    expect((await window(at(testVisit(), closed), before.id))?.seed).toBe(seed);
  });

  test('with internal sessions only does not exist for others', async () => {
    const { edition, sessions, open } = await planned({ sessions: [{ visibility: 'internal' }] });
    const [insider, outsider] = [await somebody(), await somebody({ isInternal: false })];
    expect([(await window(insider, open.id))?.id, await window(outsider, open.id), await window(testVisit(), open.id)]).toEqual([
      open.id,
      null,
      null,
    ]);
    expect([(await windows(insider, edition)).length, (await windows(outsider, edition)).length]).toEqual([1, 0]);
    expect([(await windowOf(insider, sessions[0]!.code))?.id, await windowOf(outsider, sessions[0]!.code)]).toEqual([open.id, null]);
    expect(await wish(outsider, sessions[0]!.code, must)).toEqual({ refused: 'session-unknown' });
  });

  test('names to everybody only the sessions that they may see', async () => {
    const { sessions, open } = await planned({ sessions: [{}, { visibility: 'internal' }] });
    expect((await window(testVisit(), open.id))?.sessions).toEqual([sessions[0]!.code]);
    expect((await window(await somebody(), open.id))?.sessions?.toSorted()).toEqual(sessions.map(({ code }) => code).toSorted());
  });
});

describe('a wish', () => {
  test('is kept, changed and taken back while the window is open', async () => {
    const { edition, sessions } = await planned({ sessions: [{ online: 5 }, {}] });
    const [first, second] = sessions.map(({ code }) => code);
    const me = await somebody();
    expect(await wish(me, first!, must)).toEqual({ session: first, strength: 'must', attendance: null, isNew: true });
    expect(await wish(me, second!, { strength: 'maybe', attendance: 'onSite' })).toMatchObject({ isNew: true });
    expect(await wish(me, first!, { strength: 'want', attendance: 'online' })).toEqual({
      session: first,
      strength: 'want',
      attendance: 'online',
      isNew: false,
    });
    expect((await wishesOf(me, edition.id)).toSorted((a, b) => a.strength.localeCompare(b.strength))).toEqual([
      { session: second, strength: 'maybe', attendance: 'onSite' },
      { session: first, strength: 'want', attendance: 'online' },
    ]);
    expect(await unwish(me, first!)).toBe(undefined);
    expect(await unwish(me, first!)).toBe(undefined);
    expect([await wishFor(me, first!), await wishFor(me, second!)]).toEqual([null, { session: second, strength: 'maybe', attendance: 'onSite' }]);
    expect(await wishesOf(await somebody(), edition.id)).toEqual([]);
  });

  test('comes neither before the opening nor after the closing, and nothing changes after it', async () => {
    const { edition, leader, sessions } = await planned({ sessions: [{}] });
    const me = await somebody();
    const code = sessions[0]!.code;
    granted(await wish(me, code, must));
    expect(await wish(at(me, after(-2)), code, must)).toEqual({ refused: 'window-not-open' });
    expect(await wish(at(me, closesAt), code, { strength: 'maybe' })).toEqual({ refused: 'window-closed' });
    expect(await unwish(at(me, closed), code)).toEqual({ refused: 'window-closed' });
    expect(await wishesOf(me, edition.id)).toEqual([{ session: code, strength: 'must', attendance: null }]);
    // Also for a clock that is behind: once the draw has begun, no wish is written any more.
    await drawn();
    expect(await wish(me, code, { strength: 'maybe' })).toEqual({ refused: 'window-closed' });
    const free = await testSession(edition);
    expect(await wish(me, free.code, must)).toEqual({ refused: 'no-window' });
    expect(await wish(testVisit(), code, must)).toEqual({ refused: 'not-signed-in' });
    expect(await wish(leader, 'NEVER0', must)).toEqual({ refused: 'session-unknown' });
  });

  test('that is acknowledged is in the draw: who begins one waits for what is being written', async () => {
    const { leader, sessions, open } = await planned({ sessions: [{ onSite: 100 }] });
    const people = await Promise.all(Array.from({ length: 30 }, () => somebody()));
    const early = at(leader, after(1));
    const answers = await Promise.all([
      ...people.slice(0, 15).map((one) => wish(one, sessions[0]!.code, must)),
      drawNow(early, open.id),
      draw(after(1)),
      ...people.slice(15).map((one) => wish(one, sessions[0]!.code, must)),
    ]);
    await drawn(after(1));
    const told = answers.filter((answer) => typeof answer === 'object' && 'isNew' in answer && answer.isNew).length;
    expect((await publicReport(at(leader, closed), open.id))?.report.people).toBe(told);
  });

  test('without the guard that holds the window, a wish is acknowledged that no draw sees', async () => {
    const { leader, sessions, open } = await planned({ sessions: [{}] });
    const me = await somebody();
    granted(await drawNow(leader, open.id));
    await drawn();
    const unguarded = watched(me, (statement) => statement.replace('and drawing_since is null', ''));
    const bad = { window: open.id, person: me.person.id, session: sessions[0]!.id, strength: 'must', attendance: null, pseudonym: 'X' } as const;
    expect(await putWish(me.db, bad, after(-0.5))).toBe(null);
    expect(await putWish(unguarded.db, bad, after(-0.5))).toEqual({ isNew: true });
  });

  test('is for a way of taking part that there is', async () => {
    const { sessions } = await planned({ sessions: [{ online: 0 }] });
    expect(await wish(await somebody(), sessions[0]!.code, { strength: 'must', attendance: 'online' })).toEqual({ refused: 'not-offered' });
  });

  test('costs two statements, however many there are', async () => {
    const { sessions } = await planned();
    const me = await somebody();
    let count = 0;
    const counted = watched(me, (statement) => (count++, statement));
    granted(await wish(counted, sessions[0]!.code, must));
    expect(count).toBe(2);
    count = 0;
    granted(await wish(counted, sessions[1]!.code, must));
    expect(count).toBe(2);
  });

  test('is one of sixty at most, also from many browsers at once', async () => {
    const { sessions } = await planned({ sessions: Array.from({ length: 64 }, (_, nth) => ({ startsIn: 24 + nth })) });
    const me = await somebody();
    const answers = await Promise.all(sessions.map(({ code }) => wish(me, code, must)));
    expect(answers.filter(isRefusal)).toEqual(Array(4).fill({ refused: 'too-many-wishes' }));
    expect(
      await sql`select wishes, (select count(*)::int from wishes where person_id = ${me.person.id}) as kept from wishers where person_id = ${me.person.id}`.execute(
        me.db,
      ),
    ).toMatchObject({
      rows: [{ wishes: 60, kept: 60 }],
    });
  });
});

describe('a draw', () => {
  test('gives places by wishes, makes the lines, says why, and lets go when it is confirmed', async () => {
    const { edition, leader, sessions, open } = await planned({ sessions: [{ onSite: 1 }, { onSite: 1, startsIn: 30 }], wanted: 1 });
    const [scarce, other] = sessions.map(({ code }) => code);
    const people = [await somebody(), await somebody(), await somebody()];
    for (const one of people) granted(await wish(one, scarce!, must));
    granted(await wish(people[0]!, other!, { strength: 'maybe' }));
    await drawn();
    const late = at(leader, closed);
    const result = (await publicReport(late, open.id))!;
    expect(result.report).toMatchObject({ people: 3, places: 2, given: 2, withNothing: 1 });
    expect(await myOutcome(at(people[0]!, closed), open.id)).toBe(null);
    expect(await standings(people[0]!, edition)).toEqual([]);
    expect(granted(await review(late, open.id)).items).toEqual([
      { session: scarce, wished: 3, must: 3, ways: [{ attendance: 'onSite', places: 1, wished: 3, given: 1, line: 1, price: expect.any(Number) }] },
      { session: other, wished: 1, must: 0, ways: [{ attendance: 'onSite', places: 1, wished: 1, given: 1, line: 0, price: expect.any(Number) }] },
    ]);
    expect(granted(await confirm(late, open.id)).state).toBe('confirmed');
    const outcomes = await Promise.all(people.map((one) => myOutcome(at(one, closed), open.id)));
    expect(outcomes[0]!.wishes).toEqual([
      { session: scarce, strength: 'must', given: null, line: null, why: { code: 'enough', values: { wanted: 1, count: 1 } } },
      { session: other, strength: 'maybe', given: 'onSite', line: null, why: { code: 'granted', values: {} } },
    ]);
    const won = outcomes.findIndex((outcome) => outcome!.wishes[0]!.given !== null);
    const lost = 3 - won;
    expect(outcomes[won]!.wishes).toEqual([{ session: scarce, strength: 'must', given: 'onSite', line: null, why: { code: 'granted', values: {} } }]);
    expect(outcomes[lost]!.wishes).toEqual([
      {
        session: scarce,
        strength: 'must',
        given: null,
        line: { attendance: 'onSite', nth: 1 },
        why: { code: 'full', values: { wished: 3, places: 1, price: expect.any(Number) } },
      },
    ]);
    expect(await standings(people[won]!, edition)).toEqual([{ session: scarce, standing: 'held', attendance: 'onSite', position: null }]);
    expect(await standings(people[lost]!, edition)).toEqual([{ session: scarce, standing: 'waiting', attendance: 'onSite', position: 1 }]);
    expect(await seats.claim(at(await somebody(), closed), sessions[0]!, null, 'own')).toMatchObject({ standing: 'waiting', position: 2 });
  });

  test('is made once, however many look at the same moment; and confirmed once', async () => {
    const { edition, leader, sessions, open } = await planned({ sessions: [{ onSite: 2 }] });
    const people = await Promise.all(Array.from({ length: 5 }, () => somebody()));
    for (const one of people) granted(await wish(one, sessions[0]!.code, must));
    expect((await Promise.all([draw(), draw(), draw()])).filter(Boolean).length).toBe(1);
    const late = at(leader, closed);
    const answers = await Promise.all([confirm(late, open.id), confirm(late, open.id), confirm(late, open.id)]);
    expect(answers.map((answer) => granted(answer).state)).toEqual(['confirmed', 'confirmed', 'confirmed']);
    const all = (await Promise.all(people.map((one) => standings(one, edition)))).flat();
    expect(all.map(({ standing, position }) => `${standing} ${position}`).toSorted()).toEqual([
      'held null',
      'held null',
      'waiting 1',
      'waiting 2',
      'waiting 3',
    ]);
    const journal = await sql<{ what: string }>`select what from journal where details ->> 'window' = ${open.id} order by id`.execute(leader.db);
    expect(journal.rows.map(({ what }) => what)).toEqual(['window-planned', 'wishes-drawn', 'draw-confirmed']);
    expect((await lines(leader, { session: sessions[0]!.id })).filter(({ what }) => what === 'seat-drawn').length).toBe(5);
  });

  test('that was killed begins again when nobody has seen it for a while, with the same outcome', async () => {
    const { leader, sessions, open } = await planned({ sessions: [{ onSite: 2 }] });
    for (let n = 0; n < 6; n++) granted(await wish(await somebody(), sessions[0]!.code, must));
    const aborted = new AbortController();
    aborted.abort();
    await expect(drawNext(() => testVisit({ now: closed }), aborted.signal)).rejects.toThrow();
    // As after a kill: somebody was seen at it just now.
    await sql`update wish_windows set drawing_seen_at = ${closed}, drawing_by = gen_random_uuid() where id = ${open.id}`.execute(leader.db);
    expect(await draw(new Date(closed.getTime() + 29_000))).toBe(false);
    expect((await window(at(leader, closed), open.id))?.state).toBe('drawing');
    expect(await draw(new Date(closed.getTime() + 31_000))).toBe(true);
    const first = (await publicReport(at(leader, closed), open.id))!;
    await sql`update wish_windows set drawn_at = null, drawing_seen_at = null where id = ${open.id}`.execute(leader.db);
    await drawn();
    expect(await publicReport(at(leader, closed), open.id)).toEqual({ ...first, window: expect.anything() });
  });

  test('wherever its confirmation breaks off, nothing of it is kept, and asking again does it once', async () => {
    const { edition, leader, sessions, open } = await planned({ sessions: [{ onSite: 2 }] });
    const people = [await somebody(), await somebody(), await somebody()];
    for (const one of people) granted(await wish(one, sessions[0]!.code, must));
    await drawn();
    const late = at(leader, closed);
    const seated = async () => (await Promise.all(people.map((one) => standings(one, edition)))).flat();
    let [last, isDone] = [0, false];
    while (!isDone) {
      last++;
      isDone = await confirm(brokenAt(late, last), open.id).then(
        () => true,
        () => false,
      );
      if (!isDone) expect([await seated(), (await window(late, open.id))?.state]).toEqual([[], 'drawn']);
    }
    expect(last).toBeGreaterThan(8);
    expect((await seated()).map(({ standing }) => standing).toSorted()).toEqual(['held', 'held', 'waiting']);
    granted(await confirm(late, open.id));
    expect((await lines(leader, { session: sessions[0]!.id })).filter(({ what }) => what === 'seat-drawn').length).toBe(3);
  });

  test('that breaks off while it is written down leaves nothing, and is made again', async () => {
    const { leader, sessions, open } = await planned({ sessions: [{ onSite: 1 }] });
    for (let n = 0; n < 3; n++) granted(await wish(await somebody(), sessions[0]!.code, must));
    const late = at(leader, closed);
    const outcome = () =>
      sql`select (select count(*)::int from draw_people where window_id = ${open.id}) as people, (select count(*)::int from draw_places where window_id = ${open.id}) as places`.execute(
        leader.db,
      );
    // Five statements look; the sixth to seventeenth write the outcome.
    for (const [nth, broken] of [7, 13, 16].entries()) {
      const moment = new Date(closed.getTime() + nth * 31_000);
      const visit = brokenAt(testVisit({ now: moment }), broken);
      await expect(drawNext(() => visit)).rejects.toThrow('broken off');
      expect([(await outcome()).rows, (await window(late, open.id))?.state]).toEqual([[{ people: 0, places: 0 }], 'drawing']);
    }
    await drawn(after(4));
    expect([(await outcome()).rows, (await window(late, open.id))?.state]).toEqual([[{ people: 3, places: 1 }], 'drawn']);
  });

  test('that comes too late writes nothing over another, nor in a window that was called off', async () => {
    const { leader, sessions, open } = await planned({ sessions: [{ onSite: 2 }] });
    granted(await wish(await somebody(), sessions[0]!.code, must));
    const drawing = draw();
    await expect.poll(async () => (await window(at(leader, closed), open.id))?.state, { interval: 5 }).toBe('drawing');
    granted(await callOff(at(leader, closed), open.id));
    await drawing;
    expect(await window(at(leader, closed), open.id)).toMatchObject({ state: 'called-off', seed: null, report: null });
    expect(await confirm(at(leader, closed), open.id)).toEqual({ refused: 'not-drawn' });
    expect(await seats.claim(await somebody(), sessions[0]!, null, 'own')).toMatchObject({ standing: 'held' });
  });

  test('is made again only when what it depends on has changed', async () => {
    const { leader, sessions, open } = await planned({ sessions: [{ onSite: 1 }] });
    for (let n = 0; n < 3; n++) granted(await wish(await somebody(), sessions[0]!.code, must));
    const late = at(leader, closed);
    expect(await drawAgain(late, open.id)).toEqual({ refused: 'not-drawn' });
    await drawn();
    const { seed } = (await publicReport(late, open.id))!;
    expect(await drawAgain(late, open.id)).toEqual({ refused: 'draw-the-same' });
    granted(await seats.setPlaces(late, sessions[0]!, 'onSite', 2));
    expect(granted(await drawAgain(late, open.id))).toMatchObject({ state: 'drawing', seed: null });
    await drawn();
    expect(await publicReport(late, open.id)).toMatchObject({ seed, report: { places: 2, given: 2 } });
    granted(await confirm(late, open.id));
    expect(await drawAgain(late, open.id)).toEqual({ refused: 'draw-confirmed' });
    expect(await callOff(late, open.id)).toEqual({ refused: 'draw-confirmed' });
  });

  test('that no longer fits is not confirmed, and nothing of it is kept', async () => {
    const { edition, leader, sessions, open } = await planned({ sessions: [{ onSite: 2 }] });
    const people = [await somebody(), await somebody()];
    for (const one of people) granted(await wish(one, sessions[0]!.code, must));
    await drawn();
    const late = at(leader, closed);
    granted(await seats.setPlaces(late, sessions[0]!, 'onSite', 1));
    expect(await confirm(late, open.id)).toEqual({ refused: 'places-changed' });
    expect((await Promise.all(people.map((one) => standings(one, edition)))).flat()).toEqual([]);
    expect((await window(late, open.id))?.state).toBe('drawn');
  });

  test('counts what people have already, and gives nothing at the same time as that', async () => {
    const edition = await testEdition();
    const leader = await testLeader(edition);
    const [free, same, elsewhere] = [await testSession(edition), await testSession(edition), await testSession(edition, { startsIn: 40 })];
    const me = await somebody();
    granted(await seats.claim(me, free, null, 'own'));
    const open = granted(await planWindow(leader, edition, { opensAt, closesAt, sessions: [same.code, elsewhere.code], wanted: 3 }));
    for (const { code } of [same, elsewhere]) granted(await wish(me, code, must));
    await drawn();
    granted(await confirm(at(leader, closed), open.id));
    expect((await myOutcome(at(me, closed), open.id))?.wishes.map(({ given, why }) => ({ given, why }))).toEqual([
      { given: null, why: { code: 'overlap-held', values: { session: free.code } } },
      { given: 'onSite', why: { code: 'granted', values: {} } },
    ]);
  });

  test('of which somebody forged the outcome can be caught: the file has nobody in it, and its hash is known', async () => {
    const { leader, sessions, open } = await planned({ sessions: [{ onSite: 1 }, { onSite: 1, startsIn: 30 }] });
    const people = [await somebody(), await somebody()];
    for (const one of people) for (const { code } of sessions) granted(await wish(one, code, must));
    const late = at(leader, closed);
    expect(await auditFile(late, { window: open.id })).toEqual({ refused: 'not-drawn' });
    expect(await makeAuditLink(late, open.id)).toEqual({ refused: 'not-drawn' });
    await drawn();
    const file = granted(await auditFile(late, { window: open.id }));
    expect([hashOf(file.text), file.hash]).toEqual(Array(2).fill((await publicReport(testVisit({ now: closed }), open.id))!.fileHash));
    for (const { person } of [...people, leader]) {
      expect(file.text).not.toContain(person.id);
      expect(file.text).not.toContain(person.email);
    }
    for (const { id } of sessions) expect(file.text).not.toContain(id);
    expect(file.text).not.toContain(open.id);
    expect(file.text).toContain(sessions[0]!.code);
    granted(await confirm(late, open.id));
    const mine = (await myOutcome(at(people[0]!, closed), open.id))!.pseudonym!;
    expect(file.text.split('\n').filter((line) => line.includes(`"${mine}"`)).length).toBe(1);
  });

  test('is read by who leads the edition and by who has the latest secret, for 30 days, and that is written down', async () => {
    const { leader, sessions, open } = await planned({ sessions: [{}] });
    granted(await wish(await somebody(), sessions[0]!.code, must));
    await drawn();
    const late = at(leader, closed);
    expect(await makeAuditLink(at(await somebody(), closed), open.id)).toEqual({ refused: 'not-leading' });
    expect(await auditFile(at(await somebody(), closed), { window: open.id })).toEqual({ refused: 'not-leading' });
    const earlier = granted(await makeAuditLink(late, open.id));
    const { secret, until } = granted(await makeAuditLink(late, open.id));
    const auditor = testVisit({ now: closed });
    expect(await auditFile(auditor, { secret: earlier.secret })).toEqual({ refused: 'window-unknown' });
    expect(granted(await auditFile(auditor, { secret })).window).toBe(open.id);
    expect(await auditFile(testVisit({ now: until }), { secret })).toEqual({ refused: 'window-unknown' });
    const journal =
      await sql`select what, details ->> 'by' as by from journal where details ->> 'window' = ${open.id} and what like '%-read' order by id`.execute(
        leader.db,
      );
    expect(journal.rows).toEqual([{ what: 'draw-file-read', by: 'auditor' }]);
    expect(JSON.stringify((await sql`select * from journal`.execute(leader.db)).rows)).not.toContain(secret);
  });

  test('is linked to people for 30 days after its confirmation', async () => {
    const { leader, sessions, open } = await planned({ sessions: [{}] });
    const me = await somebody();
    granted(await wish(me, sessions[0]!.code, must));
    await drawn();
    granted(await confirm(at(leader, closed), open.id));
    await forgetPseudonyms(testVisit({ now: after(29 * 24) }), 30);
    expect((await myOutcome(at(me, closed), open.id))?.pseudonym).toMatch(/^[0-9A-Z]{12}$/);
    await forgetPseudonyms(testVisit({ now: after(31 * 24) }), 30);
    expect((await myOutcome(at(me, closed), open.id))?.pseudonym).toBe(null);
  });

  test('is reviewed by who leads the edition, a page at a time', async () => {
    const { leader, sessions, open } = await planned({ sessions: [{ startsIn: 26 }, { startsIn: 25 }, { startsIn: 24 }] });
    const inTime = sessions.map(({ code }) => code).toReversed();
    const first = granted(await review(leader, open.id, { limit: 2 }));
    expect([first.items.map(({ session }) => session), first.next]).toEqual([inTime.slice(0, 2), inTime[1]]);
    const second = granted(await review(leader, open.id, { after: first.next, limit: 2 }));
    expect([second.items.map(({ session }) => session), second.next]).toEqual([inTime.slice(2), null]);
    expect(await review(await somebody(), open.id)).toEqual({ refused: 'not-leading' });
    expect(await review(leader, testNow.toISOString())).toEqual({ refused: 'window-unknown' });
  });

  test('of two windows of one edition are each their own', async () => {
    const { edition, leader, sessions, open } = await planned({ sessions: [{}] });
    const other = await testSession(edition, { startsIn: 50 });
    const second = granted(await planWindow(leader, edition, { opensAt, closesAt: after(9), sessions: [other.code], wanted: 1 }));
    const me = await somebody();
    for (const code of [sessions[0]!.code, other.code]) granted(await wish(me, code, must));
    await drawn();
    const late = at(leader, closed);
    granted(await confirm(late, open.id));
    expect((await wishesOf(at(me, closed), edition.id)).map(({ session }) => session)).toEqual([other.code]);
    expect([(await window(late, open.id))?.state, (await window(late, second.id))?.state]).toEqual(['confirmed', 'open']);
  });
});

test('who waits gets nothing because a window is planned otherwise', async () => {
  const edition = await testEdition();
  const leader = await testLeader(edition);
  const [one, other] = [await testSession(edition), await testSession(edition, { startsIn: 30 })];
  const waiting = testVisit({ person: await testPerson() });
  for (const session of [one, other]) {
    await seats.claim(testVisit({ person: await testPerson() }), session, null, 'own');
    await seats.claim(waiting, session, null, 'own');
  }
  const plan = { opensAt: after(1), closesAt, sessions: [one.code, other.code], wanted: 3 };
  const made = granted(await planWindow(leader, edition, plan));
  for (const session of [one, other]) await seats.setPlaces(leader, session, 'onSite', 2);
  granted(await changeWindow(leader, made.id, { wanted: 2, sessions: [one.code] }));
  const standings = (await seats.seatsOf(waiting, edition.id)).map(({ session, standing }) => [session, standing]);
  expect(standings).toEqual([
    [one.code, 'waiting'],
    [other.code, 'held'],
  ]);
});
