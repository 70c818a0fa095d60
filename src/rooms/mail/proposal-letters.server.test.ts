import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { isRefusal } from '#ground/refusal.ts';
import { testVisit } from '#ground/testing.server.ts';
import { lines, react } from '#rooms/journal';
import { workingSession } from '#rooms/programme';
import { changeCall, inviteProposer, propose, remind, saveProposal, submit, withdraw } from '#rooms/proposals';
import { callingEdition, hoursFromNow, testCall, visitor, wholeContent } from '../proposals/call-with.testing.server.ts';
import { carrierFor, deliverDue, reactions } from './mail.server.ts';

async function proposed() {
  const [edition, me] = [await callingEdition(), await visitor()];
  await changeCall(testVisit(), edition, 0, testCall);
  const begun = await propose(me, edition, { nl: 'Slim inkopen' });
  if (isRefusal(begun)) throw new Error(begun.refused);
  await saveProposal(me, begun.code, begun.revision, wholeContent(edition));
  return { edition, me, code: begun.code };
}

/** Everything that follows from what happened to a proposal, twice over; what arrived, and where. */
async function arrived(code: string, now = hoursFromNow(0)) {
  const session = (await workingSession(testVisit(), code))!;
  const happened = await lines(testVisit(), { session: session.id });
  for (const line of [...happened, ...happened]) await react(testVisit({ now }), line, reactions);
  const dataDir = await mkdtemp(join(tmpdir(), 'innovember-mail-'));
  const carrier = carrierFor({ smtpUrl: null, dataDir, mailFrom: 'INNOvember <innovember@localhost>', baseUrl: new URL('http://localhost:3000') });
  await deliverDue(() => testVisit({ now }), carrier);
  const files = await readdir(join(dataDir, 'mail')).catch(() => []);
  const mails = await Promise.all(files.sort().map(async (name) => simpleParser(await readFile(join(dataDir, 'mail', name)))));
  return mails.map(({ subject, text, to }) => ({ subject, text, to: to && !Array.isArray(to) ? to.text : '' }));
}

test('who submits gets one letter, with until when it can change; who withdrew at once gets none', async () => {
  const { me, code, edition } = await proposed();
  await submit(me, code);
  const [letter, ...more] = await arrived(code);
  expect([letter?.subject, letter?.to, more]).toEqual(['Je voorstel is binnen: Slim inkopen', me.person.email, []]);
  expect(letter!.text).toContain('tot vrijdag 20 november 10.00');
  expect(letter!.text).toContain(`http://localhost:3000/edities/${edition.slug}/mijn-voorstellen/${code}`);
  const second = await proposed();
  await submit(second.me, second.code);
  await withdraw(second.me, second.code);
  expect(await arrived(second.code)).toEqual([]);
});

test('whoever is asked to join gets a letter, also who was never here', async () => {
  const { me, code } = await proposed();
  await inviteProposer(me, code, 'nieuw@example.org');
  const [letter] = await arrived(code);
  expect([letter?.subject, letter?.to]).toEqual(['Doe je mee met Slim inkopen?', 'nieuw@example.org']);
  expect(letter!.text).toContain(me.person.email);
  expect(letter!.text).toContain('http://localhost:3000/mijn-voorstellen');
});

test('who still has a draft three days before the end gets a letter, unless it was handed in before that left', async () => {
  const { code } = await proposed();
  const late = await proposed();
  await remind(testVisit({ now: hoursFromNow(200) }));
  expect((await arrived(code, hoursFromNow(200))).map(({ subject }) => subject)).toEqual(['Nog drie dagen: Slim inkopen']);
  await submit({ ...late.me, now: hoursFromNow(200) }, late.code);
  expect((await arrived(late.code, hoursFromNow(200))).map(({ subject }) => subject)).toEqual(['Je voorstel is binnen: Slim inkopen']);
});
