import { expect, test } from 'vitest';
import { calledAs, fateOf, mostTold, stateSaid, whySaid } from './told.ts';

test('a wish was granted, stands in a line, or neither', () => {
  expect([
    fateOf({ given: 'online', line: null }),
    fateOf({ given: null, line: { attendance: 'onSite', nth: 3 } }),
    fateOf({ given: null, line: null }),
  ]).toEqual(['given', 'line', 'none']);
});

test('why a wish was not granted names the other session by its title', () => {
  const said = whySaid({ code: 'overlap', values: { session: 'ABC123' } }, new Map([['ABC123', { nl: 'Sneller inkopen' }]]), 'nl');
  expect({ names: said.includes('Sneller inkopen'), isWhole: !said.includes('{') }).toEqual({ names: true, isWhole: true });
});

test('a window is told from two weeks before it opens until two weeks after it was answered', () => {
  const now = new Date('2026-11-10T09:00:00Z');
  const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
  const isTold = (window: Parameters<typeof mostTold>[0][number]) => mostTold([window], now) !== null;
  expect([
    isTold({ state: 'planned', opensAt: days(20), confirmedAt: null }),
    isTold({ state: 'planned', opensAt: days(10), confirmedAt: null }),
    isTold({ state: 'drawn', opensAt: days(-30), confirmedAt: null }),
    isTold({ state: 'confirmed', opensAt: days(-30), confirmedAt: days(-3) }),
    isTold({ state: 'confirmed', opensAt: days(-90), confirmedAt: days(-30) }),
    isTold({ state: 'called-off', opensAt: days(-3), confirmedAt: null }),
  ]).toEqual([false, true, true, true, false, false]);
});

test('of several windows the open one is told, then the one that goes on, then the one answered last', () => {
  const now = new Date('2026-11-10T09:00:00Z');
  const [confirmed, drawn, open] = (['confirmed', 'drawn', 'open'] as const).map((state) => ({ state, opensAt: now, confirmedAt: now }));
  expect([mostTold([confirmed!, drawn!, open!], now), mostTold([confirmed!, drawn!], now), mostTold([confirmed!], now), mostTold([], now)]).toEqual([
    open,
    drawn,
    confirmed,
    null,
  ]);
});

test('a window is called by its days, and says how far it is', () => {
  const window = { state: 'open', opensAt: new Date('2026-11-03T08:00:00Z'), closesAt: new Date('2026-11-10T16:00:00Z') } as const;
  const dayLong = { ...window, closesAt: new Date('2026-11-03T16:00:00Z') };
  expect([
    calledAs(window, 'Europe/Amsterdam', 'nl'),
    calledAs(dayLong, 'Europe/Amsterdam', 'nl'),
    stateSaid(window, 'Europe/Amsterdam', 'en'),
  ]).toEqual([
    'Wensperiode van 3 november tot en met 10 november',
    'Wensperiode op 3 november',
    'Open now. Give your wishes until Tuesday 10 November at 17:00.',
  ]);
});
