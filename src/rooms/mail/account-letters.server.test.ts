// What changes about how somebody signs in, and what they may do, told by mail.
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import type { Person } from '#ground/visit.ts';
import { grant, refusePasskey, revoke } from '#rooms/identity';
import { lines, react, record } from '#rooms/journal';
import { newEdition, sessionWith } from '#rooms/seats/session-with.testing.server.ts';
import { carrierFor, deliverDue, reactions } from './mail.server.ts';

const visit = testVisit();
const minutes = (count: number): Date => new Date(testNow.getTime() + count * 60_000);

/** Carries everything that follows from what happened to somebody, twice over; answers what arrived. */
async function arrived(person: Person, now = testNow): Promise<{ subject: string | undefined; text: string | undefined }[]> {
  const happened = await lines(visit, { person: person.id });
  for (const line of [...happened, ...happened]) await react(visit, line, reactions);
  const dataDir = await mkdtemp(join(tmpdir(), 'innovember-mail-'));
  const carrier = carrierFor({ smtpUrl: null, dataDir, mailFrom: 'INNOvember <innovember@localhost>', baseUrl: new URL('http://localhost:3000') });
  await deliverDue(() => testVisit({ now }), carrier);
  const files = await readdir(join(dataDir, 'mail')).catch(() => []);
  const mails = await Promise.all(files.sort().map(async (name) => simpleParser(await readFile(join(dataDir, 'mail', name)))));
  return mails.map(({ subject, text }) => ({ subject, text }));
}

/** A passkey of somebody, made now, that counts from then on. */
async function passkeyOf(person: Person, usableAt: Date): Promise<string> {
  const id = newId<'passkey'>(testNow);
  const row = { id, person_id: person.id, credential: id, public_key: Buffer.from('key'), name: 'Sleutel', device: 'Chrome/Windows' };
  await visit.db
    .insertInto('passkeys')
    .values({ ...row, created_at: testNow, usable_at: usableAt })
    .execute();
  await atOnce(testVisit({ person }), (visit) => record(visit, { what: 'passkey-added', person: person.id, details: { passkey: id } }));
  return id;
}

test('a new passkey that waits is told at once: when, from which device, and how to refuse it', async () => {
  const person = await testPerson();
  await passkeyOf(person, minutes(24 * 60));
  const [letter, ...more] = await arrived(person);
  expect({ subject: letter?.subject, more }).toEqual({ subject: 'Nieuwe toegangssleutel voor INNOvember', more: [] });
  expect(letter!.text).toContain('Dat was op dinsdag 10 november 10.00, met Chrome op Windows.');
  expect(letter!.text).toContain('De sleutel werkt vanaf woensdag 11 november 10.00. Tot die tijd kun je hem weigeren.');
  expect(letter!.text).toContain('http://localhost:3000/mijn-gegevens/inloggen');
});

test('a passkey that counts at once is told too', async () => {
  const person = await testPerson();
  await passkeyOf(person, testNow);
  const [letter] = await arrived(person);
  expect(letter!.text).toContain('De sleutel werkt meteen.');
  expect(letter!.text).not.toContain('weigeren');
});

test('a passkey that was refused is told as gone, and not as new any more', async () => {
  const person = await testPerson();
  const id = await passkeyOf(person, minutes(24 * 60));
  expect(await refusePasskey(testVisit({ person }), id)).toBeUndefined();
  expect((await arrived(person)).map(({ subject }) => subject)).toEqual(['Een toegangssleutel is weg']);
});

test('who gets a role hears which, of what, and that it asks for a passkey', async () => {
  const person = await testPerson();
  const session = await sessionWith({ onSite: 1 });
  await grant(visit, person.email, { role: 'host', scope: session.code });
  const [letter, ...more] = await arrived(person);
  expect({ subject: letter?.subject, more }).toEqual({ subject: 'Je bent nu sessiehouder', more: [] });
  expect(letter!.text).toContain('Je hebt een nieuwe rol in INNOvember: sessiehouder: Sessie.');
  expect(letter!.text).toContain('Voor deze rol log je in met een toegangssleutel');
});

test('who loses a role hears it; a role that came and went before its letter is not told as had', async () => {
  const person = await testPerson({ isInternal: false });
  const edition = `e-${await newEdition()}`;
  await grant(visit, person.email, { role: 'team', scope: edition });
  await revoke(visit, person.email, { role: 'team', scope: edition });
  await grant(visit, person.email, { role: 'internal', scope: '' });
  expect((await arrived(person)).map(({ subject }) => subject).sort()).toEqual(['Je bent niet meer programmateam', 'Je bent nu rijksambtenaar']);
});
