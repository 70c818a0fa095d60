// What was decided on a proposal, told by mail.
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { testVisit } from '#ground/testing.server.ts';
import { lines, react } from '#rooms/journal';
import { decide, releaseDecisions, toRelease, writeReview } from '#rooms/proposals';
import { asked, editionWithCall, member, proposed, somebody, type Called, type Proposed } from '#rooms/proposals/review/call-with.testing.server.ts';
import { carrierFor, deliverDue, reactions } from './mail.server.ts';

const visit = testVisit();

async function release(edition: Called): Promise<void> {
  const seen = (await toRelease(visit, edition)).map(({ seen }) => seen);
  expect(await releaseDecisions(visit, edition, seen)).toBe(seen.length);
}

/** Carries what follows from a release, twice over; answers what arrived. */
async function arrived(of: readonly Proposed[]): Promise<{ to: string; subject: string | undefined; text: string }[]> {
  const happened = (await lines(visit, {})).filter(({ what, session }) => what === 'decisions-released' && of.some(({ id }) => id === session));
  for (const line of [...happened, ...happened]) await react(visit, line, reactions);
  const dataDir = await mkdtemp(join(tmpdir(), 'innovember-mail-'));
  const carrier = carrierFor({ smtpUrl: null, dataDir, mailFrom: 'INNOvember <innovember@localhost>', baseUrl: new URL('http://localhost:3000') });
  await deliverDue(() => testVisit(), carrier);
  const files = await readdir(join(dataDir, 'mail')).catch(() => []);
  const mails = await Promise.all(files.sort().map(async (name) => simpleParser(await readFile(join(dataDir, 'mail', name)))));
  return mails.map(({ to, subject, text }) => ({ to: to && !Array.isArray(to) ? to.text : '', subject, text: text ?? '' }));
}

test('who proposed hears once what was decided, with the words of the team and without those of the committee', async () => {
  const edition = await editionWithCall();
  const [maker, reviewer] = [await somebody(), await member(edition)];
  const [yes, no] = [await proposed(edition, { by: maker }), await proposed(edition)];
  await asked(no, reviewer);
  await writeReview(reviewer, no.code, 0, { scores: { new: '1', clear: '1' }, comment: 'kanarieoordeel' });
  await decide(visit, edition, yes.code, { decision: 'accept', text: 'Neem je collega mee.' }, null);
  await decide(visit, edition, no.code, { decision: 'decline' }, null);
  await release(edition);
  const letters = await arrived([yes, no]);
  expect(letters.map(({ subject }) => subject).toSorted()).toEqual(['Gekozen: Sneller inkopen', 'Je voorstel: Sneller inkopen']);
  const good = letters.find(({ to }) => to === maker.person.email)!;
  expect(good.text).toContain('Neem je collega mee.');
  expect(good.text).toContain(`/mijn-voorstellen/${yes.code}`);
  expect(JSON.stringify(letters)).not.toContain('kanarieoordeel');
});

test('a letter that does not hold any more does not leave', async () => {
  const edition = await editionWithCall();
  const it = await proposed(edition);
  await decide(visit, edition, it.code, { decision: 'waitlist' }, null);
  await release(edition);
  await decide(visit, edition, it.code, { decision: 'accept' }, 'waitlist');
  expect(await arrived([it])).toEqual([]);
});
