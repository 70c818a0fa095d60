import { expect, test } from 'vitest';
import type { SessionId } from '#ground/id.ts';
import { clashesOf, freeVenue, type Board, type OnBoard, type Slot, type SlotId, type Venue, type VenueId } from './board.ts';
import { dayView, inView, lookingAt, lookingIn, monthView, weekView } from './view.ts';

const timeZone = 'Europe/Amsterdam';
const month = { startsOn: '2026-11-02', endsOn: '2026-11-27', timeZone };
const on = (day: number, hour: number) => new Date(Date.UTC(2026, 10, day, hour));
const venue = (name: string, more: Partial<Venue> = {}): Venue => ({
  ...{ id: name as VenueId, name, kind: 'onSite', capacity: null, address: '', isStepFree: null, position: 0, revision: 0 },
  ...more,
});
const [a, b] = [venue('A'), venue('B', { capacity: 20 })];
const slot = (day: number, hour: number): Slot => ({ id: `${day} ${hour}` as SlotId, start: on(day, hour), end: on(day, hour + 1), isOpen: true });
const session = (code: string, day?: number, hour = 9, more: Partial<OnBoard> & { at?: VenueId | null } = {}): OnBoard => ({
  ...{ id: code as SessionId, code, title: { nl: code }, state: 'accepted', visibility: 'public', format: 'workshop', themes: [], organisations: [] },
  ...{ speakers: [], isPinned: false, revision: 0, told: null, location: null, onSite: null, online: 0 },
  spot: day === undefined ? null : { start: on(day, hour), end: on(day, hour + 1), venue: more.at ?? null },
  ...more,
});
const board = (sessions: readonly OnBoard[], more: Partial<Board> = {}): Board => ({
  ...{ sessions, venues: [a, b], slots: [], unavailable: new Map(), needed: new Map() },
  ...more,
});

test('what is asked for stands in the address, and what is not known is the week of today', () => {
  const now = on(10, 9);
  expect(lookingIn(new URLSearchParams('weergave=dag&dag=2026-11-12&thema=inkoop'), month, now)).toEqual({
    ...{ weergave: 'dag', dag: '2026-11-12', thema: 'inkoop', organisatie: '' },
  });
  expect(lookingIn(new URLSearchParams('weergave=eeuw&dag=morgen'), month, now)).toMatchObject({ weergave: 'week', dag: '2026-11-10' });
  expect(lookingIn(new URLSearchParams(), month, on(1, 9)).dag).toBe('2026-11-02');
  expect(lookingAt({ weergave: 'dag', dag: '2026-11-12', thema: '', organisatie: '' }, { sessie: 'AAAAAA' })).toBe(
    '?weergave=dag&dag=2026-11-12&sessie=AAAAAA',
  );
});

test('a day has its times down and its venues across, and a last column for what has none', () => {
  const sessions = [session('EEN', 3, 9, { at: a.id }), session('TWEE', 3, 9), session('DRIE', 3, 14, { at: b.id }), session('VIER', 4)];
  const rows = dayView(sessions, [slot(3, 9), slot(3, 11)], [a, b], '2026-11-03', timeZone);
  expect(rows.map(({ span, cells }) => [span.start, cells.map((cell) => cell.map(({ code }) => code))])).toEqual([
    [on(3, 9), [['EEN'], [], ['TWEE']]],
    [on(3, 11), [[], [], []]],
    [on(3, 14), [[], ['DRIE'], []]],
  ]);
});

test('a week has the times of its days down and the days across; a weekend only when something is there', () => {
  const { days, rows } = weekView([session('EEN', 3, 9, { at: a.id })], [slot(2, 9), slot(4, 11)], '2026-11-02', timeZone);
  expect(days.length).toBe(5);
  expect(rows.map(({ from, until, cells }) => [from, until, cells.map(({ span, sessions }) => (span ? sessions.length : null))])).toEqual([
    [600, 660, [0, 1, null, null, null]],
    [720, 780, [null, null, 0, null, null]],
  ]);
  expect(weekView([session('EEN', 8)], [], '2026-11-02', timeZone).days.length).toBe(6);
});

test('a month has whole weeks, with what is on each day', () => {
  const weeks = monthView([session('EEN', 3), session('TWEE', 3), session('DRIE')], [slot(3, 9)], month);
  expect([weeks.length, weeks[0]![1]]).toEqual([
    4,
    { day: '2026-11-03', isInside: true, sessions: [session('EEN', 3), session('TWEE', 3)], slots: 1 },
  ]);
});

test('only what is in view stands on the page, and what has no place yet', () => {
  const it = board([session('EEN', 3), session('TWEE', 12), session('DRIE'), session('WEG', undefined, 9, { state: 'cancelled' })]);
  const looking = { weergave: 'week', dag: '2026-11-03', thema: '', organisatie: '' } as const;
  const { shown, unplaced } = inView(it, looking, month);
  expect([shown.map(({ code }) => code), unplaced.map(({ code }) => code)]).toEqual([['EEN'], ['DRIE']]);
});

test('every kind of clash is found, and two that follow each other clash in nothing', () => {
  const sessions = [
    session('ZAAL1', 3, 9, { at: a.id }),
    session('ZAAL2', 3, 9, { at: a.id }),
    session('DAARNA', 3, 10, { at: a.id }),
    session('SPREKT', 4, 9),
    session('OOK', 4, 9),
    session('KANNIET', 5, 9),
    session('KLEIN', 5, 12, { at: b.id, onSite: 30 }),
    session('WEG', 3, 9, { at: a.id, state: 'cancelled' }),
  ];
  const id = (code: string) => code as SessionId;
  const found = clashesOf(
    board(sessions, {
      unavailable: new Map([[id('KANNIET'), [{ start: on(5, 8), end: on(5, 10) }]]]),
      needed: new Map([
        [id('SPREKT'), ['name iemand']],
        [id('OOK'), ['name iemand', 'name anders']],
      ]),
    }),
  );
  expect([...found]).toEqual([
    ['ZAAL1', ['venue']],
    ['ZAAL2', ['venue']],
    ['SPREKT', ['speaker']],
    ['OOK', ['speaker']],
    ['KANNIET', ['unavailable']],
    ['KLEIN', ['small']],
  ]);
});

test('a session gets the first free venue that is large enough, else the first that is free, else none', () => {
  const large = session('GROOT', undefined, 9, { onSite: 30 });
  const taken = (at: VenueId) => session(`OP${at}`, 3, 9, { at });
  expect(freeVenue(slot(3, 9), large, board([], { venues: [b, a] }))).toBe(a);
  expect(freeVenue(slot(3, 9), large, board([taken(a.id)]))).toBe(b);
  expect(freeVenue(slot(3, 9), large, board([taken(a.id), taken(b.id)]))).toBe('full');
  expect(freeVenue(slot(3, 9), session('LIJN', undefined, 9, { onSite: 0, online: null }), board([]))).toBe('full');
  expect(freeVenue(slot(3, 9), large, board([], { venues: [] }))).toBe(null);
  expect(freeVenue(slot(3, 9), large, board([session('ANDER', 3)], { venues: [] }))).toBe('full');
});
