import { expect, test } from 'vitest';
import { sessionFor, type Told } from '#rooms/programme/session-for.testing.ts';
import type { Seat } from '#rooms/seats/seat.ts';
import type { Entry } from './entry.ts';
import { itineraryOf, joinAt, told, viewIn } from './view.ts';

const iso = (time: string) => `2026-11-10T${time}:00Z`;
const at = (time: string) => new Date(iso(time));
const entry = (code: string, start: string, end: string, session: Told = {}, seat: Partial<Seat> = {}): Entry => ({
  session: sessionFor(code, { start: iso(start), end: iso(end), join: 'https://example.org/join', ...session }),
  seat: { session: code, standing: 'held', attendance: 'online', position: null, offeredUntil: null, chosenAs: 'own', waitsFor: null, ...seat },
  overlaps: [],
});
const codes = (entries: readonly Entry[]) => entries.map(({ session }) => session.code);

test('the next stop is the first with a place that goes on; what is waiting or cancelled still stands in the list', () => {
  const all = [
    entry('DONE00', '08:00', '09:00'),
    entry('OFF000', '10:00', '11:00', { state: 'cancelled' }),
    entry('WAIT00', '11:00', '12:00', {}, { standing: 'waiting', position: 2 }),
    entry('OFFER0', '11:00', '12:00', {}, { standing: 'offered', offeredUntil: at('10:30') }),
    entry('NEXT00', '13:00', '14:00'),
  ];
  const { offers, next, coming, done } = itineraryOf(all, at('09:00'));
  expect({ offers: codes(offers), next: next?.session.code, coming: codes(coming), done: codes(done) }).toEqual({
    offers: ['OFFER0'],
    next: 'NEXT00',
    coming: ['OFF000', 'WAIT00', 'OFFER0', 'NEXT00'],
    done: ['DONE00'],
  });
});

test('what is on now is the next stop until it ends', () => {
  expect(itineraryOf([entry('NOW000', '09:00', '10:00')], at('09:30')).next?.session.code).toBe('NOW000');
});

test('the address to join is there from half an hour before until the end, for who has a place online', () => {
  const webinar = entry('ONLINE', '10:00', '11:00');
  expect(['09:29', '09:30', '10:59', '11:00'].map((time) => joinAt(webinar, at(time)))).toEqual([
    null,
    'https://example.org/join',
    'https://example.org/join',
    null,
  ]);
  expect(joinAt(entry('ONLINE', '10:00', '11:00', {}, { standing: 'waiting' }), at('10:00'))).toBe(null);
  expect(joinAt(entry('ONLINE', '10:00', '11:00', {}, { attendance: 'onSite' }), at('10:00'))).toBe(null);
  expect(joinAt(entry('ONLINE', '10:00', '11:00', { join: 'javascript:alert(1)' }), at('10:00'))).toBe(null);
});

test('an unknown view is the first', () => expect(['maand', 'zzz', null].map(viewIn)).toEqual(['maand', 'straks', 'straks']));

test('an entry tells what is in its way and what goes deeper and can still be chosen', () => {
  const first = { ...entry('FIRST0', '13:00', '14:00'), overlaps: ['OTHER0'] };
  const other = { ...entry('OTHER0', '13:00', '14:00'), overlaps: ['FIRST0'] };
  const deepens = ['FIRST0'];
  const sessions = [
    first.session,
    { ...other.session, deepens },
    entry('DEEP00', '15:00', '16:00', { deepens }).session,
    entry('OFF000', '15:00', '16:00', { deepens, state: 'cancelled' }).session,
    entry('EARLY0', '08:00', '09:00', { deepens }).session,
  ];
  expect(told([first, other], sessions, at('12:00')).map(({ inTheWay, deeper }) => ({ inTheWay, deeper }))).toEqual([
    { inTheWay: [{ nl: 'OTHER0' }], deeper: [{ code: 'DEEP00', title: { nl: 'DEEP00' } }] },
    { inTheWay: [{ nl: 'FIRST0' }], deeper: [] },
  ]);
});
