import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testNow, testVisit } from '#ground/testing.server.ts';
import type { Visit } from '#ground/visit.ts';
import { isRefusal } from '#ground/refusal.ts';
import * as itinerary from '#rooms/itinerary';
import * as programme from '#rooms/programme';
import { asSomebody, newEdition, sessionWith } from '#rooms/seats/session-with.testing.server.ts';
import type { Envelope } from './carrier.server.ts';
import * as mail from './mail.server.ts';
import type { Draft } from './mailing.ts';

const visit = testVisit();
const at = (hours: number): Visit => testVisit({ now: new Date(testNow.getTime() + hours * 3_600_000) });
const editionId = await newEdition();
const session = await sessionWith({ edition: editionId, onSite: 50 });
const edition = (await programme.edition(visit, session.edition))!;
const people = [await asSomebody(), await asSomebody(), await asSomebody()];
for (const one of people) await itinerary.add(one, session.code);
const [first, second, third] = people.map(({ person }) => person) as [
  (typeof people)[0]['person'],
  (typeof people)[0]['person'],
  (typeof people)[0]['person'],
];

const draft = (subject: string, more: Partial<Draft> = {}): Draft => ({
  audience: 'participants',
  session: null,
  wordings: { nl: { subject, body: 'Hallo,\n\nWelkom bij {name}.\n\n{programme}' }, en: { subject, body: 'Hello,\n\n{programme}' } },
  ...more,
});
async function written(subject: string, more: Partial<Draft> = {}) {
  const made = await mail.writeMailing(visit, edition, draft(subject, more));
  if ('problems' in made) throw new Error(JSON.stringify(made));
  return made.id;
}
const release = (id: string, revision = 1) => mail.releaseMailing(visit, edition, id, revision);
function box() {
  const sent: Envelope[] = [];
  return { sent, carrier: { carry: (one: Envelope) => Promise.resolve(void sent.push(one)), close: () => {} } };
}
async function deliver(carrier: Parameters<typeof mail.deliverDue>[1], when = visit) {
  while ((await mail.deliverDue(() => when, carrier)) > 0);
}
const why = async (id: string) =>
  (
    await sql<{
      recipient: string;
      fault: string | null;
    }>`select recipient, last_fault as fault from letters where mailing_id = ${id} order by recipient`.execute(visit.db)
  ).rows;
const clear = async () => {
  await sql`delete from letters`.execute(visit.db);
  await sql`delete from letter_choices`.execute(visit.db);
};

test('nothing leaves before somebody released it, and then everybody of the group gets one, with their own programme', async () => {
  const { sent, carrier } = box();
  const id = await written('Tot straks');
  await deliver(carrier);
  expect(sent).toEqual([]);
  await release(id);
  await release(id);
  await deliver(carrier);
  expect(sent.map(({ recipient, letter }) => [recipient, letter.subject]).toSorted()).toEqual(
    people.map(({ person }) => [person.email, 'Tot straks']).toSorted(),
  );
  expect(sent[0]!.letter.blocks.map(({ is }) => is)).toEqual(['text', 'text', 'stop', 'text', 'link']);
  expect(sent[0]!.letter.unsubscribe).toMatch(/\/afmelden\/[\w-]{43}$/);
  expect((await mail.mailingIn(visit, edition, id))?.counts).toEqual({ waiting: 0, left: 3, dropped: 0 });
});

test('what was stopped stays, who has it is told, and resumed it goes on without anybody getting two', async () => {
  await clear();
  const id = await written('Stop');
  await release(id);
  const sent: string[] = [];
  const stopping = {
    carry: async ({ recipient }: Envelope) => {
      sent.push(recipient);
      if (sent.length === 1) await mail.stopMailing(visit, edition, id);
      else await new Promise((done) => setTimeout(done, 50));
    },
    close: () => {},
  };
  // One at a time, so that the others are still in hand.
  await mail.deliverDue(() => visit, { ...stopping, carry: inTurn(stopping.carry) });
  const stopped = sent.length;
  expect(await mail.deliverDue(() => visit, stopping)).toBe(0);
  expect((await mail.mailingIn(visit, edition, id))?.counts.left).toBe(stopped);
  await mail.resumeMailing(visit, edition, id);
  await deliver(stopping, at(1));
  expect(sent.toSorted()).toEqual(people.map(({ person }) => person.email).toSorted());
});
function inTurn<T>(carry: (one: T) => Promise<void>): (one: T) => Promise<void> {
  let last = Promise.resolve();
  return (one) => (last = last.then(() => carry(one)));
}

test('who does not belong to the group any more when the letter leaves does not get it', async () => {
  await clear();
  const { sent, carrier } = box();
  const id = await written('Groep', { audience: 'few' });
  await release(id);
  await itinerary.drop(people[2]!, session.code);
  await deliver(carrier);
  await itinerary.add(people[2]!, session.code);
  expect(sent.map(({ recipient }) => recipient).toSorted()).toEqual([first.email, second.email].toSorted());
  expect((await why(id)).find(({ recipient }) => recipient === third.email)?.fault).toBe('they are not in this group any more');
});

test('only the words that somebody saw are released, and two who change them at once hear of each other', async () => {
  const id = await written('Eerst');
  expect(await mail.changeMailing(visit, edition, { id, revision: 1 }, draft('Dan'))).toBeUndefined();
  expect(await mail.changeMailing(visit, edition, { id, revision: 1 }, draft('Anders'))).toEqual({ refused: 'changed-meanwhile' });
  expect(await release(id, 1)).toEqual({ refused: 'changed-meanwhile' });
  expect(isRefusal(await release(id, 2))).toBe(false);
  expect(await mail.changeMailing(visit, edition, { id, revision: 2 }, draft('Te laat'))).toEqual({ refused: 'mailing-released' });
});

test('one a day: what waits goes along in one letter, with only what still holds', async () => {
  await clear();
  const { sent, carrier } = box();
  await mail.choose(visit, first.id, { changes: 'daily', mailings: 'daily', tomorrow: 'at-once' });
  await mail.choose(visit, second.id, { changes: 'at-once', mailings: 'never', tomorrow: 'at-once' });
  const id = await written('Nieuws een');
  await release(id);
  await release(await written('Nieuws twee'));
  await deliver(carrier);
  expect(sent.map(({ recipient }) => recipient)).toEqual([third.email, third.email]);
  expect((await why(id)).find(({ recipient }) => recipient === second.email)?.fault).toBe('they want none of these');
  expect(await mail.gatherDigests(visit)).toBe(0);
  const afternoon = at(7);
  expect([await mail.gatherDigests(afternoon), await mail.gatherDigests(afternoon)]).toEqual([1, 0]);
  sent.length = 0;
  await deliver(carrier, afternoon);
  expect(sent.map(({ recipient, kind, letter }) => [recipient, kind, letter.subject])).toEqual([
    [first.email, 'digest', 'Vandaag 2 berichten voor je'],
  ]);
  expect(sent[0]!.letter.blocks.filter(({ is }) => is === 'heading')).toEqual([
    { is: 'heading', text: 'Nieuws een' },
    { is: 'heading', text: 'Nieuws twee' },
  ]);
  expect((await why(id)).map(({ fault }) => fault).filter((fault) => fault !== null)).toEqual(['they want none of these']);
});

test('the day before, who has a place hears it once, and not what is cancelled', async () => {
  await clear();
  const { sent, carrier } = box();
  const afternoon = at(7);
  expect([await mail.remindOfTomorrow(visit), await mail.remindOfTomorrow(afternoon), await mail.remindOfTomorrow(afternoon)]).toEqual([0, 3, 0]);
  await deliver(carrier, afternoon);
  expect(sent.map(({ letter }) => letter.subject)).toEqual(['Morgen bij Editie', 'Morgen bij Editie', 'Morgen bij Editie']);
});

test('one press ends such letters, a second one changes nothing, and it can be taken back', async () => {
  await clear();
  const { sent, carrier } = box();
  await release(await written('Einde'));
  await deliver(carrier);
  const secret = sent
    .find(({ recipient }) => recipient === first.email)!
    .letter.unsubscribe!.split('/')
    .at(-1)!;
  expect([await mail.end(visit, secret), await mail.end(visit, secret), await mail.end(visit, 'nooit')]).toEqual([true, true, false]);
  expect(await mail.choicesOf(visit, first.id)).toEqual({ changes: 'at-once', mailings: 'never', tomorrow: 'at-once' });
  await mail.takeBackEnd(visit, secret);
  expect(await mail.choicesOf(visit, first.id)).toEqual({ changes: 'at-once', mailings: 'at-once', tomorrow: 'at-once' });
});

test('a letter about a changed session waits until somebody looked, and is told once', async () => {
  await clear();
  const { sent, carrier } = box();
  await mail.setReviewsChanges(visit, edition, true);
  const { atOnce } = await import('#ground/database.server.ts');
  const { lines, react, record } = await import('#rooms/journal');
  for (let turn = 0; turn < 2; turn++) {
    const line = await atOnce(visit, (visit) => record(visit, { what: 'session-changed', session: session.id, edition: editionId }));
    for (const one of await lines(visit, { ids: [line] })) await react(visit, one, mail.reactions);
  }
  await deliver(carrier);
  expect(sent).toEqual([]);
  expect(await mail.forReview(visit, edition)).toMatchObject([{ code: session.code, count: 3 }]);
  expect(await mail.reviewed(visit, edition, session.code, true)).toBe(3);
  await deliver(carrier, at(0.1));
  expect(sent.map(({ kind }) => kind)).toEqual(['session-changed', 'session-changed', 'session-changed']);
  await mail.setReviewsChanges(visit, edition, false);
});

const kind = { kind: 'session-changed', language: 'nl', revision: 0 } as const;
const wording = { subject: 'Let op: {title}', body: 'Beste deelnemer,\n\n{session}\n\nTot ziens bij {name}' };

test('a team puts a letter in its own words, takes that back, and nobody overwrites another', async () => {
  await clear();
  expect(await mail.putInWords(visit, editionId, kind, { subject: 'x {naam}', body: 'zonder' })).toEqual({
    problems: { subject: { name: 'letter-hole-unknown', hole: '{naam}' }, body: { name: 'letter-hole-missing', hole: '{session}' } },
  });
  await mail.putInWords(visit, editionId, kind, wording);
  expect(await mail.putInWords(visit, editionId, kind, wording)).toEqual({ refused: 'changed-meanwhile' });
  const shown = await mail.previewWords(visit, edition, { kind: 'session-changed', language: 'nl', wording, email: first.email });
  expect(shown).toMatchObject({ subject: 'Let op: Sessie', text: expect.stringContaining('Je hebt een plaats.') });
  await mail.restoreWords(visit, editionId, { ...kind, revision: 1 });
  expect((await mail.template(visit, editionId, 'session-changed', 'nl')).wording).toBeNull();
  await mail.takeBackWords(visit, editionId, { ...kind, revision: 2 });
  expect((await mail.template(visit, editionId, 'session-changed', 'nl')).wording).toEqual(wording);
});

const report = (id: string, recipient: string, status: string) =>
  [
    'From: mailer-daemon@example.org\r\nTo: innovember@localhost\r\nSubject: Undelivered',
    'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n',
    '--b\r\nContent-Type: text/plain\r\n\r\nNo.\r\n',
    `--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; ${recipient}\r\nAction: failed\r\nStatus: ${status}\r\n`,
    `--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <${id}@localhost>\r\nSubject: x\r\n\r\nx\r\n`,
    '--b--\r\n',
  ].join('\r\n');

test('a message that came back stops what somebody need not have, and only when it answers a letter of ours', async () => {
  await clear();
  const { sent, carrier } = box();
  await release(await written('Terug'));
  await deliver(carrier);
  const mine = sent.find(({ recipient }) => recipient === first.email)!;
  const answers = [
    await mail.readBounce(visit, report(mine.id, second.email, '5.1.1')),
    await mail.readBounce(visit, report(mine.id, first.email, '4.2.2')),
    await mail.readBounce(visit, report(mine.id, first.email, '5.7.1')),
    await mail.readBounce(visit, report(mine.id, first.email, '5.1.1')),
    await mail.readBounce(visit, report(mine.id, first.email, '5.1.1')),
  ];
  expect(answers).toEqual(['not-ours', 'no-bounce', 'no-bounce', 'noted', 'known']);
  expect(await mail.bounceOf(visit, first.id)).toEqual({ at: testNow, status: '5.1.1' });
  const id = await written('Nog een');
  await release(id);
  await deliver(carrier);
  expect((await why(id)).filter(({ fault }) => fault !== null)).toEqual([{ recipient: first.email, fault: 'mail does not arrive there' }]);
  await mail.arrivesAgain(visit, first.id);
  expect(await mail.bounceOf(visit, first.id)).toBeNull();
});
