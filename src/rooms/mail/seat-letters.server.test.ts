// What becomes of a place that is waited for, offered or given by hand, told by mail.
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { beforeEach, expect, test } from 'vitest';
import { testNow, testVisit } from '#ground/testing.server.ts';
import type { Visit } from '#ground/visit.ts';
import { lines, react } from '#rooms/journal';
import type { Session } from '#rooms/programme/session.ts';
import { accept, claim, expireOffers, placeByHand, release, removeByHand } from '#rooms/seats';
import { asSomebody, newEdition, sessionWith } from '#rooms/seats/session-with.testing.server.ts';
import { carrierFor, deliverDue, reactions } from './mail.server.ts';

const visit = testVisit();
const later = (visit: Visit, hours: number): Visit => ({ ...visit, now: new Date(testNow.getTime() + hours * 3_600_000) });

beforeEach(() => sql`delete from letters`.execute(visit.db));

/** Everything that followed from what happened to a session so far; twice, because a reaction may run twice. */
async function follow(session: Session, at = visit): Promise<void> {
  const happened = await lines(visit, { session: session.id });
  for (const line of [...happened, ...happened]) await react(at, line, reactions);
}

/** Carries what is due, and answers what arrived at one address. */
async function arrived(who: Visit, at = visit) {
  const dataDir = await mkdtemp(join(tmpdir(), 'innovember-mail-'));
  const carrier = carrierFor({ smtpUrl: null, dataDir, mailFrom: 'INNOvember <innovember@localhost>', baseUrl: new URL('http://localhost:3000') });
  await deliverDue(() => at, carrier);
  const files = await readdir(join(dataDir, 'mail')).catch(() => []);
  const mails = await Promise.all(files.sort().map(async (name) => simpleParser(await readFile(join(dataDir, 'mail', name)))));
  return mails.filter(({ to }) => [to ?? []].flat().some(({ text }) => text === who.person?.email)).map(({ subject, text }) => ({ subject, text }));
}

async function offeredTo(session: Session) {
  const [first, second] = [await asSomebody(), await asSomebody()];
  for (const who of [first, second]) await claim(who, session, null, 'own');
  await release(first, session);
  return second;
}

test('an offered place is told with until when, why, and the way to answer', async () => {
  const session = await sessionWith({ onSite: 1, acceptHours: 2 });
  const who = await offeredTo(session);
  await follow(session);
  const [letter, ...more] = await arrived(who);
  expect(more).toEqual([]);
  expect(letter!.subject).toBe('Neem je deze plaats? Sessie');
  expect(letter!.text).toContain('Je kunt hem nemen tot dinsdag 10 november 12.00:');
  expect(letter!.text).toContain(`Neem de plaats, of laat hem gaan:\nhttp://localhost:3000/edities/${session.edition}/mijn-programma`);
  expect(letter!.text).not.toContain('op dat moment');
});

test('who has something else at that time reads why there is something to answer', async () => {
  const edition = await newEdition();
  const [full, other] = [await sessionWith({ online: 1, edition }), await sessionWith({ online: 5, edition })];
  const [first, who] = [await asSomebody(), await asSomebody()];
  await claim(first, full, null, 'own');
  for (const session of [full, other]) await claim(who, session, null, 'own');
  await release(first, full);
  await follow(full);
  const [letter] = await arrived(who);
  expect(letter!.text).toContain('want op dat moment heb je ook ‘Sessie’.');
});

test('an offer that was answered, or whose time is over, is not told any more', async () => {
  const [taken, missed] = [await sessionWith({ onSite: 1, acceptHours: 2 }), await sessionWith({ onSite: 1, acceptHours: 2 })];
  const [quick, slow] = [await offeredTo(taken), await offeredTo(missed)];
  await accept(quick, taken);
  for (const session of [taken, missed]) await follow(session);
  expect([await arrived(quick, later(visit, 2)), await arrived(slow, later(visit, 2))]).toEqual([[], []]);
  expect((await sql`select kind, last_fault from letters where kind = 'seat-offered' order by id`.execute(visit.db)).rows).toEqual([
    { kind: 'seat-offered', last_fault: 'the offer is over' },
    { kind: 'seat-offered', last_fault: 'the offer is over' },
  ]);
});

test('who did not answer in time hears that it is over, unless they stand in line again', async () => {
  const [one, other] = [await sessionWith({ onSite: 1, acceptHours: 2 }), await sessionWith({ onSite: 1, acceptHours: 2 })];
  const [who, again] = [await offeredTo(one), await offeredTo(other)];
  await expireOffers(later(visit, 2));
  await claim(later(again, 2), other, null, 'own');
  for (const session of [one, other]) await follow(session);
  const two = later(visit, 2);
  const [letter, ...more] = await arrived(who, two);
  expect([letter!.subject, more]).toEqual(['De tijd is voorbij: Sessie', []]);
  expect(
    (await sql`select last_fault from letters where kind = 'seat-offer-expired' and person_id = ${again.person.id}`.execute(visit.db)).rows,
  ).toEqual([{ last_fault: 'there is a seat again' }]);
});

test('what an organiser does by hand is told, without the reason, and once', async () => {
  const session = await sessionWith({ onSite: 5, online: 5 });
  const [organiser, who, gone] = [await asSomebody(), await asSomebody(), await asSomebody()];
  await claim(gone, session, 'onSite', 'own');
  await placeByHand(organiser, session, who.person.id, 'online', 'Spreker van de sessie');
  await removeByHand(organiser, session, gone.person.id, 'Stond er dubbel op');
  await follow(session);
  const carried = await arrived(who);
  expect(carried.map(({ subject }) => subject)).toEqual(['Je hebt een plaats: Sessie']);
  expect(carried[0]!.text).toContain('De organisatie van deze sessie heeft je een plaats gegeven');
  expect(carried[0]!.text).not.toContain('Spreker');
  const { rows } = await sql<{ kind: string }>`select kind from letters where person_id = ${gone.person.id}`.execute(visit.db);
  expect(rows).toEqual([{ kind: 'seat-removed' }]);
});

test('who is moved up by hand hears that it was done by hand, and nothing of a line', async () => {
  const session = await sessionWith({ onSite: 1, online: 1 });
  const [organiser, first, who] = [await asSomebody(), await asSomebody(), await asSomebody()];
  for (const one of [first, who]) await claim(one, session, 'onSite', 'own');
  await placeByHand(organiser, session, who.person.id, 'online', 'Kan niet reizen');
  await follow(session);
  expect((await arrived(who)).map(({ text }) => text?.includes('De organisatie'))).toEqual([true]);
});
