import { expect, test } from 'vitest';
import { newDigits, newId, newSecret, newSessionCode } from './chance.server.ts';

const now = new Date('2026-11-10T09:00:00Z');

test('ids of one moment stand in the order in which they were made', () => {
  const ids = Array.from({ length: 20_000 }, () => newId(now));
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(ids.length);
});

test('an id is a version 7 UUID of its moment', () => {
  const id = newId(now);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(now.getTime());
});

test('a code to sign in is six digits, a code of a session six signs that nobody reads wrong', () => {
  expect(newDigits()).toMatch(/^\d{6}$/);
  expect(newSessionCode()).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/);
});

test('a secret is 256 bits of the generator of the platform, each time others', () => {
  const secrets = Array.from({ length: 1000 }, () => newSecret());
  expect(new Set(secrets).size).toBe(1000);
  expect(secrets.every((secret) => /^[A-Za-z0-9_-]{43}$/.test(secret) && Buffer.from(secret, 'base64url').length === 32)).toBe(true);
});
