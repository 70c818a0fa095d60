import { expect, test } from 'vitest';
import { againIn, counted, found, isNews, seenHere, type Guest, type Told } from './board.ts';

const guest = (name: string, changed: Partial<Guest> = {}): Guest => ({
  pass: name,
  name,
  organisation: null,
  standing: 'held',
  position: null,
  checkedInAt: null,
  ...changed,
});
const told = (nr: number, pass: string, what: Told['what'] = 'in'): Told => ({ nr, pass, what, at: nr * 1000 });

test('a second scan of a pass that still waits to be told is no news; somebody who goes and comes back is', () => {
  const waits = [told(1, 'a'), told(2, 'b')];
  expect([isNews(waits, 'a', 'in'), isNews(waits, 'a', 'out'), isNews(waits, 'c', 'in'), isNews([...waits, told(3, 'a', 'out')], 'a', 'in')]).toEqual(
    [false, true, true, true],
  );
});

test('the list shows what waits to be told, and keeps the first moment', () => {
  const guests = [guest('a'), guest('b', { checkedInAt: 5 }), guest('c', { checkedInAt: 6 }), guest('d')];
  expect(
    seenHere(guests, [told(1, 'a'), told(2, 'b'), told(3, 'c', 'out')]).map(({ name, checkedInAt, isWaiting }) => [name, checkedInAt, isWaiting]),
  ).toEqual([
    ['a', 1000, true],
    ['b', 5, true],
    ['c', null, true],
    ['d', null, false],
  ]);
});

test('who is in, who has a place and what is free; who waits and came in has a place', () => {
  const guests = [
    guest('a', { checkedInAt: 1 }),
    guest('b'),
    guest('c', { standing: 'offered' }),
    guest('d', { standing: 'waiting', position: 1 }),
    guest('e', { standing: 'waiting', position: 2, checkedInAt: 2 }),
  ];
  expect([counted(guests, 5), counted(guests, null), counted(guests, 2), counted([], 0)]).toEqual([
    { came: 2, expected: 4, free: 1 },
    { came: 2, expected: 4, free: null },
    { came: 2, expected: 4, free: 0 },
    { came: 0, expected: 0, free: 0 },
  ]);
});

test('somebody is found by some letters of their name or organisation, without accents; who waits stands last, by the line', () => {
  const guests = [
    guest('Wacht 2', { standing: 'waiting', position: 2 }),
    guest('Wacht 1', { standing: 'waiting', position: 1 }),
    guest('Zoë', { organisation: 'Gemeente Utrecht' }),
    guest('anna', { checkedInAt: 1 }),
  ];
  const names = (asked: string, show: 'all' | 'expected' | 'in') => found(guests, asked, show).map(({ name }) => name);
  expect([names('', 'all'), names(' zoe utr', 'all'), names('', 'in'), names('', 'expected'), names('nobody', 'all')]).toEqual([
    ['anna', 'Zoë', 'Wacht 1', 'Wacht 2'],
    ['Zoë'],
    ['anna'],
    ['Zoë', 'Wacht 1', 'Wacht 2'],
    [],
  ]);
});

test('after every time in vain it waits longer, and never longer than half a minute', () => {
  expect([1, 2, 3, 5, 6, 100].map(againIn)).toEqual([1000, 2000, 4000, 16_000, 30_000, 30_000]);
});
