import { expect, test } from 'vitest';
import { testPerson, testVisit } from '#ground/testing.server.ts';
import { calledName, callMe } from './identity.server.ts';

test('somebody says how they want to be called, and takes it back', async () => {
  const visit = testVisit({ person: await testPerson() });
  expect(await calledName(visit)).toBe(null);
  expect(await callMe(visit, '  Noor\u202e ')).toEqual({ name: 'Noor' });
  expect(await calledName(visit)).toBe('Noor');
  expect(await callMe(visit, 'x'.repeat(101))).toEqual({ problem: 'name-too-long' });
  expect(await calledName(visit)).toBe('Noor');
  expect(await callMe(visit, '')).toEqual({ name: null });
  expect(await calledName(visit)).toBe(null);
});

test('a visitor has no name here', async () => {
  expect([await callMe(testVisit(), 'Noor'), await calledName(testVisit())]).toEqual([{ refused: 'not-signed-in' }, null]);
});
