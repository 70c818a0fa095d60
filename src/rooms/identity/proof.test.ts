import { expect, test } from 'vitest';
import { testNow } from '#ground/testing.server.ts';
import type { PersonId } from '#ground/id.ts';
import type { Person } from '#ground/visit.ts';
import { asProven, type Enough } from './proof.ts';

const strong = ['passkey', 'provider'] as const;
const any = ['code', ...strong] as const;
const enough: Enough = {
  external: any,
  internal: any,
  host: strong,
  manager: strong,
  moderator: strong,
  reviewer: strong,
  team: strong,
  admin: ['passkey'],
};
const person: Person = {
  id: '018f0000-0000-7000-8000-000000000001' as PersonId,
  email: 'deelnemer-1@example.org',
  isInternal: true,
  organisation: null,
  roles: [
    { role: 'host', scope: 'ABC123' },
    { role: 'admin', scope: '' },
  ],
};
const ago = (hours: number) => new Date(testNow.getTime() - hours * 3_600_000);

test('a code by mail brings somebody in, and leaves their special roles outside', () => {
  expect(asProven(person, { way: 'code', provenAt: ago(0) }, enough, testNow)).toEqual({
    ...person,
    way: 'code',
    roles: [],
    withheld: person.roles,
  });
});

test('what is enough is decided for each role on its own', () => {
  expect(asProven(person, { way: 'provider', provenAt: ago(1) }, enough, testNow)).toEqual({
    ...person,
    way: 'provider',
    roles: [{ role: 'host', scope: 'ABC123' }],
    withheld: [{ role: 'admin', scope: '' }],
  });
});

test('special roles ask for a proof of the last twelve hours', () => {
  expect(asProven(person, { way: 'passkey', provenAt: ago(11.99) }, enough, testNow)?.roles).toEqual(person.roles);
  expect(asProven(person, { way: 'passkey', provenAt: ago(12) }, enough, testNow)).toMatchObject({ roles: [], withheld: person.roles });
});

test('who proves too little to be a civil servant comes in from outside, when that is allowed', () => {
  const stricter = { ...enough, internal: strong };
  expect(asProven(person, { way: 'code', provenAt: ago(0) }, stricter, testNow)).toMatchObject({
    isInternal: false,
    withheld: [...person.roles, { role: 'internal', scope: '' }],
  });
  expect(asProven(person, { way: 'code', provenAt: ago(0) }, { ...stricter, external: strong }, testNow)).toBeNull();
});

test('a token that the operator made has everything of its person', () => {
  expect(asProven(person, null, enough, testNow)).toEqual(person);
});
