import { expect, test } from 'vitest';
import { testNow } from '#ground/testing.server.ts';
import { deviceOf, deviceSaid } from '../device.ts';
import { inGroups, readInvitation } from './invitation.ts';
import { isSpecial, isStrong, readPasskeyName, usableFrom } from './passkey.ts';

const ago = (hours: number): Date => new Date(testNow.getTime() - hours * 3_600_000);
const nothing = { isStrong: false, isInvited: false, isFirst: false, isSpecial: false };

test('a new passkey counts at once with a strong sign-in, an invitation, or a first one of somebody without a special role', () => {
  const atOnce = [
    { isStrong: true },
    { isInvited: true },
    { isFirst: true },
    { isStrong: true, isSpecial: true },
    { isInvited: true, isSpecial: true },
  ];
  expect(atOnce.map((made) => usableFrom({ ...nothing, ...made }, testNow))).toEqual(atOnce.map(() => testNow));
});

test('any other passkey counts after a day', () => {
  const later = [{}, { isSpecial: true }, { isFirst: true, isSpecial: true }];
  expect(later.map((made) => usableFrom({ ...nothing, ...made }, testNow))).toEqual(later.map(() => ago(-24)));
});

test('a sign-in is strong for twelve hours, and never by mail alone', () => {
  const strong = (way: 'code' | 'passkey' | 'provider', hours: number) => isStrong({ way, provenAt: ago(hours) }, testNow);
  expect([strong('code', 0), strong('passkey', 0), strong('provider', 11.9), strong('passkey', 12)]).toEqual([false, true, true, false]);
});

test('a role that is withheld is a special role all the same; being a civil servant is none', () => {
  expect(isSpecial({ roles: [{ role: 'host', scope: 'ABC123' }] })).toBe(true);
  expect(isSpecial({ roles: [], withheld: [{ role: 'admin', scope: '' }] })).toBe(true);
  expect(isSpecial({ roles: [], withheld: [{ role: 'internal', scope: '' }] })).toBe(false);
});

test('an invitation is read however it was typed over', () => {
  const typed = ['ABCD-EFGH-JK01', ' abcd efgh jko1 ', 'abcdefghjkoL', 'ABCD–EFGH–JKOI'];
  expect(typed.map(readInvitation)).toEqual(typed.map(() => 'ABCDEFGHJK01'));
  expect(['', 'ABCD', 'ABCDEFGHJK012', 'ABCDEFGHJKU1', '123456'].map(readInvitation)).toEqual(Array(5).fill(null));
  expect(inGroups('ABCDEFGHJK01')).toBe('ABCD-EFGH-JK01');
});

test('a name has something in it, and fits on a line', () => {
  expect([' Mijn\ntelefoon ', ' ', 'x'.repeat(61), 'x'.repeat(60)].map(readPasskeyName)).toEqual(['Mijn telefoon', null, null, 'x'.repeat(60)]);
});

test('a browser and a machine are known by what they say', () => {
  const agents = {
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36': 'Chrome/Windows',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0': 'Edge/Windows',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1':
      'Safari/iPhone',
    'Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36': 'Chrome/Android',
    'Mozilla/5.0 (X11; Linux x86_64; rv:148.0) Gecko/20100101 Firefox/148.0': 'Firefox/Linux',
    'curl/8.9': null,
    '': null,
  };
  expect(Object.keys(agents).map(deviceOf)).toEqual(Object.values(agents));
  expect([deviceSaid('Chrome/Windows', 'nl'), deviceSaid('Firefox', 'en'), deviceSaid(null, 'nl')]).toEqual([
    'Chrome op Windows',
    'Firefox',
    'Onbekend apparaat',
  ]);
});
