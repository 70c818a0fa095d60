import { expect, test } from 'vitest';
import { hashOf } from '#ground/chance.server.ts';
import { testPerson, testVisit } from '#ground/testing.server.ts';
import { allSheets } from '#words';
import { purposes, textVersions } from './consent.ts';
import { callMe, consentsOf, myself, welcome, withdraw } from './identity.server.ts';

test('a text that somebody says yes to has a version, which goes up when the text changes', () => {
  const said = (purpose: string) =>
    hashOf(`${String(allSheets.nl['privacy']![`consent-${purpose}`])}\n${String(allSheets.en['privacy']![`consent-${purpose}`])}`).slice(0, 12);
  expect(Object.fromEntries(purposes.map((purpose) => [purpose, [textVersions[purpose], said(purpose)]]))).toEqual(known);
});
// By purpose: the version, and the first signs of the fingerprint of its text in both languages.
const known = { 'access-needs': [1, '952ee483125f'], 'door-name': [1, '660f9956134c'] };

test('a name for the door is a yes in the log, and an empty name takes it back', async () => {
  const me = testVisit({ person: await testPerson() });
  await callMe(me, 'Deelnemer 1');
  expect(await consentsOf(me)).toEqual([{ purpose: 'door-name', textVersion: 1, givenAt: me.now, withdrawnAt: null }]);
  await callMe(me, '');
  expect(await consentsOf(me)).toEqual([{ purpose: 'door-name', textVersion: 1, givenAt: me.now, withdrawnAt: me.now }]);
});

test('what is taken back is forgotten at once, and nobody else’s', async () => {
  const [me, other] = [testVisit({ person: await testPerson() }), testVisit({ person: await testPerson() })];
  for (const visit of [me, other]) await welcome(visit, visit.person!.email, { accessNeeds: 'ringleiding' });
  await withdraw(me, 'access-needs');
  expect([(await myself(me))?.accessNeeds, (await myself(other))?.accessNeeds]).toEqual([null, 'ringleiding']);
  expect((await consentsOf(me)).map(({ withdrawnAt }) => withdrawnAt)).toEqual([me.now]);
});
