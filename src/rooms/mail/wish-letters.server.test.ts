// What came of somebody's wishes, told by mail.
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { isRefusal } from '#ground/refusal.ts';
import { testPerson, testVisit } from '#ground/testing.server.ts';
import { lines, react } from '#rooms/journal';
import * as seats from '#rooms/seats';
import * as wishes from '#rooms/wishes';
import { after, at, testEdition, testLeader, testSession } from '#rooms/wishes/window-with.testing.server.ts';
import { carrierFor, deliverDue, reactions } from './mail.server.ts';

const closed = testVisit({ now: after(3) });

async function arrived() {
  const dataDir = await mkdtemp(join(tmpdir(), 'innovember-mail-'));
  const carrier = carrierFor({ smtpUrl: null, dataDir, mailFrom: 'INNOvember <innovember@localhost>', baseUrl: new URL('http://localhost:3000') });
  await deliverDue(() => closed, carrier);
  const files = await readdir(join(dataDir, 'mail')).catch(() => []);
  const mails = await Promise.all(files.sort().map(async (name) => simpleParser(await readFile(join(dataDir, 'mail', name)))));
  return new Map(
    mails.map(({ to, subject, text, attachments }) => [[to ?? []].flat()[0]?.text, { subject, text: text ?? '', files: attachments.length }]),
  );
}

test('everybody who wished has one letter: what they have, what they wait for, and why; true when it leaves', async () => {
  const edition = await testEdition();
  const leader = await testLeader(edition);
  const [scarce, ample] = [await testSession(edition), await testSession(edition, { onSite: 5, startsIn: 30 })];
  const window = await wishes.planWindow(leader, edition, { opensAt: after(-1), closesAt: after(2), sessions: null, wanted: 3 });
  if (isRefusal(window)) throw new Error(window.refused);
  const [a, b, gone] = [
    testVisit({ person: await testPerson() }),
    testVisit({ person: await testPerson() }),
    testVisit({ person: await testPerson() }),
  ];
  for (const one of [a, b]) for (const { code } of [scarce, ample]) await wishes.wish(one, code, { strength: 'must' });
  await wishes.wish(gone, ample.code, { strength: 'want' });
  while (await wishes.drawNext(() => closed));
  expect(isRefusal(await wishes.confirm(at(leader, after(3)), window.id))).toBe(false);
  await seats.release(at(gone, after(3)), ample);
  const { rows } = await sql<{ id: string }>`select id from journal where what = 'draw-confirmed'`.execute(closed.db);
  const [line] = await lines(closed, { ids: rows.map(({ id }) => id) });
  await react(closed, line!, reactions);
  await react(closed, line!, reactions);
  const letters = await arrived();
  expect([...letters.keys()].toSorted()).toEqual([a, b].map(({ person }) => person!.email).toSorted());
  const [won, lost] = [a, b]
    .map(({ person }) => letters.get(person!.email)!)
    .toSorted((one, other) => Number(one.text.includes('wachtlijst')) - Number(other.text.includes('wachtlijst')));
  expect(won!.text).toContain('Jij hebt een plaats in deze 2 sessies:');
  expect(lost!.text).toContain('Jij hebt een plaats in deze sessie:');
  expect(lost!.text).toContain('Je staat op de wachtlijst, op nummer 1.');
  expect(lost!.text).toContain('2 mensen wensten dit');
  expect(lost!.text).toContain(`/loting/${window.id}`);
  expect([won!.subject, won!.files, lost!.files]).toEqual(['De plaatsen zijn verdeeld: Editie', 1, 1]);
});
