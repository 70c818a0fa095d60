import { expect, test } from 'vitest';
import type { SessionId } from '#ground/id.ts';
import type { Session } from '#rooms/programme/session.ts';
import { begin, fill, type Choice } from './draft.ts';
import { stopsOf } from './stops.ts';

const session = (code: string, hour: number, values: Partial<Session> = {}): Session => ({
  id: code as SessionId,
  code,
  edition: 'innovember',
  title: { nl: `Sessie ${code}` },
  summary: {},
  description: {},
  themes: [],
  organisations: [],
  speakers: [],
  format: 'webinar',
  level: null,
  languages: [],
  start: new Date(Date.UTC(2026, 10, 12, hour)),
  end: new Date(Date.UTC(2026, 10, 12, hour + 1)),
  timeZone: 'Europe/Amsterdam',
  location: null,
  online: null,
  capacity: { onSite: 0, online: 10 },
  placesLeft: { onSite: 0, online: 10 },
  visibility: 'public',
  state: 'published',
  sequence: 0,
  updatedAt: new Date(0),
  deepens: [],
  deepenedBy: [],
  ...values,
});
const choice = (code: string): Choice => ({ session: code, as: 'fit', attendance: 'online', reasons: [] });
const now = new Date('2026-11-10T09:00:00Z');
const shown = (choices: string[], sessions: Session[], mine: Session[] = []) =>
  stopsOf(fill(begin(1, { fits: 2, surprises: 1 }), choices.map(choice)), new Map(sessions.map((one) => [one.code, one])), mine, now, 'nl').map(
    ({ session, standing, overlaps }) => ({ code: session.code, standing, overlaps }),
  );

test('choices stand in order of time, with what takes place at the same time in the programme', () => {
  const sessions = [session('LATE00', 14), session('EARLY0', 9), session('MINE00', 9)];
  expect(shown(['LATE00', 'EARLY0'], sessions, [sessions[2]!])).toEqual([
    { code: 'EARLY0', standing: 'open', overlaps: ['Sessie MINE00'] },
    { code: 'LATE00', standing: 'open', overlaps: [] },
  ]);
});

test('a choice that filled up, started or was cancelled says so; one that may not be seen any more is left out', () => {
  const sessions = [
    session('FULL00', 9, { placesLeft: { onSite: 0, online: 0 } }),
    session('OFF000', 10, { state: 'cancelled' }),
    session('GONE00', 8, { start: new Date('2026-11-10T08:30:00Z'), end: new Date('2026-11-10T09:30:00Z') }),
  ];
  expect(shown(['FULL00', 'OFF000', 'GONE00', 'HIDDEN'], sessions).map(({ code, standing }) => `${code} ${standing}`)).toEqual([
    'GONE00 now',
    'FULL00 full',
    'OFF000 cancelled',
  ]);
});

test('a choice that stands in the programme already does not stand in its own way', () => {
  const both = session('BOTH00', 9);
  expect(shown(['BOTH00'], [both], [both])).toEqual([{ code: 'BOTH00', standing: 'open', overlaps: [] }]);
});
