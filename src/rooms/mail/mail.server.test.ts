import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import ICAL from 'ical.js';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, expect, test } from 'vitest';
import { newId, newSecret, newSessionCode } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { EditionId, SessionId } from '#ground/id.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import type { Visit } from '#ground/visit.ts';
import { askCode } from '#rooms/identity';
import * as itinerary from '#rooms/itinerary';
import { lines, react, record, type Line } from '#rooms/journal';
import { carrierFor, deliverDue, reactions, startPostman, type Carrier } from './mail.server.ts';

const baseUrl = new URL('http://localhost:3000');
const mailFrom = 'INNOvember <innovember@localhost>';
const visit = testVisit();
const at = (seconds: number): Visit => testVisit({ now: new Date(testNow.getTime() + seconds * 1000) });

// What there is to tell about

async function sessionWith(title: string, capacity: number) {
  const edition = newId<'edition'>(testNow) satisfies EditionId;
  const id = newId<'session'>(testNow) satisfies SessionId;
  const code = newSessionCode();
  await sql`insert into editions (id, slug, name, starts_on, ends_on, time_zone, created_at) values (${edition}, ${`e-${code.toLowerCase()}`}, '{"nl":"INNOvember 2026"}', '2026-11-02', '2026-11-27', 'Europe/Amsterdam', ${testNow})`.execute(
    visit.db,
  );
  await sql`insert into sessions (id, edition_id, code, title, format, location, visibility, state, starts_at, ends_at, updated_at, created_at)
    values (${id}, ${edition}, ${code}, ${JSON.stringify({ nl: title })}::jsonb, 'workshop', 'Delft', 'public', 'published', '2026-11-12T12:00Z', '2026-11-12T13:30Z', ${testNow}, ${testNow})`.execute(
    visit.db,
  );
  await sql`insert into places (session_id, attendance, capacity) values (${id}, 'onSite', ${capacity}), (${id}, 'online', 0)`.execute(visit.db);
  return { edition, id, code };
}
const asSomebody = async () => testVisit({ person: await testPerson() });

let seen: ReadonlySet<string> = new Set();
/** What the worker does with every line that is new. */
async function follow(): Promise<Line[]> {
  const { rows } = await sql<{ id: string }>`select id from journal order by id`.execute(visit.db);
  const fresh = rows.map(({ id }) => id).filter((id) => !seen.has(id));
  seen = new Set(rows.map(({ id }) => id));
  const news = await lines(visit, { ids: fresh }, fresh.length + 1);
  for (const line of news) await react(visit, line, reactions);
  return news;
}
const outbox = async (kind: string) =>
  (
    await sql<{ recipient: string; tries: number; isSent: boolean; isDropped: boolean; why: string | null }>`
    select recipient, tries, sent_at is not null as "isSent", dropped_at is not null as "isDropped", last_fault as why from letters where kind = ${kind} order by id`.execute(
      visit.db,
    )
  ).rows;
const clear = () => sql`delete from letters`.execute(visit.db);

// Where it arrives

async function letterbox() {
  const dataDir = await mkdtemp(join(tmpdir(), 'innovember-mail-'));
  const names = async () => (await readdir(join(dataDir, 'mail'))).sort();
  return {
    carrier: carrierFor({ smtpUrl: null, dataDir, mailFrom, baseUrl }),
    names,
    read: async () => Promise.all((await names()).map(async (name) => simpleParser(await readFile(join(dataDir, 'mail', name))))),
  };
}

interface Manners {
  recipient?: number;
  /** Takes the letter and goes away before it says so. */
  diesAfterData?: boolean;
  waits?: number;
}
const servers: { close: () => void }[] = [];
afterAll(() => servers.forEach(({ close }) => close()));

async function mailServer() {
  const manners: Manners = {};
  const arrived: ParsedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: (_address, _session, answer) =>
      answer(manners.recipient ? Object.assign(new Error('not now'), { responseCode: manners.recipient }) : null),
    onData: (stream, session, answer) => {
      void simpleParser(stream).then(async (mail) => {
        arrived.push(mail);
        await new Promise((resolve) => setTimeout(resolve, manners.waits ?? 0));
        if (manners.diesAfterData) connections(server, session.id).destroy();
        else answer();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const carrier = carrierFor({ smtpUrl: `smtp://127.0.0.1:${port}`, dataDir: '/nowhere', mailFrom, baseUrl });
  servers.push({
    close: () => {
      carrier.close();
      server.close(() => {});
    },
  });
  return { manners, arrived, carrier, server };
}
const connections = (server: SMTPServer, id: string) => {
  for (const connection of server.connections as Set<{ id: string; _socket: { destroy: () => void } }>)
    if (connection.id === id) return connection._socket;
  throw new Error('There is no such connection');
};

const deliver = (carrier: Carrier, when = visit) => deliverDue(() => when, carrier);

test('the code arrives as a file that others can read, and is wiped', async () => {
  const box = await letterbox();
  const browser = newSecret();
  await askCode(visit, 'deelnemer-1@example.org', browser);
  await follow();
  expect(JSON.stringify((await sql`select * from letters`.execute(visit.db)).rows)).not.toMatch(/\b\d{6}\b/);
  expect(await deliver(box.carrier)).toBe(1);
  const [mail] = await box.read();
  const code = /\b\d{6}\b/.exec(mail!.text ?? '')?.[0] ?? 'none';
  expect(mail).toMatchObject({
    subject: `${code} is je code voor INNOvember`,
    from: { text: '"INNOvember" <innovember@localhost>' },
    to: { text: 'deelnemer-1@example.org' },
    date: testNow,
  });
  expect(mail!.html).toContain(code);
  expect(mail!.headers.get('auto-submitted')).toBe('auto-generated');
  expect(await box.names()).toEqual([expect.stringMatching(/^2026-11-10T09-00-00\.000Z-sign-in-code-[0-9a-f-]{36}\.eml$/)]);
  expect((await sql`select code_to_send from sign_in_codes`.execute(visit.db)).rows).toEqual([{ code_to_send: null }]);
  expect(await outbox('sign-in-code')).toEqual([{ recipient: 'deelnemer-1@example.org', tries: 1, isSent: true, isDropped: false, why: null }]);
  expect(await deliver(box.carrier, at(3600))).toBe(0);
});

test('no link in the letter with the code does more than show a page', async () => {
  await clear();
  const box = await letterbox();
  await askCode(testVisit({ language: 'en' }), 'deelnemer-2@example.org', newSecret());
  await follow();
  await deliver(box.carrier);
  const [mail] = await box.read();
  const links = [...`${mail!.text} ${mail!.html || ''}`.matchAll(/https?:[^\s"<]+/g)].map(([link]) => link);
  expect(links).toEqual(['http://localhost:3000/en/inloggen', 'http://localhost:3000/en/inloggen']);
  expect(mail!.subject).toMatch(/^\d{6} is your code for INNOvember$/);
});

test('a code that expired or was replaced before its letter left is not sent, and is wiped', async () => {
  await clear();
  const box = await mailServer();
  const browser = newSecret();
  await askCode(visit, 'deelnemer-3@example.org', browser);
  await follow();
  await askCode(at(1), 'deelnemer-3@example.org', browser);
  await follow();
  await deliver(box.carrier, at(2));
  expect(box.arrived).toHaveLength(1);
  await askCode(at(3), 'deelnemer-3@example.org', browser);
  await follow();
  await deliver(box.carrier, at(700));
  expect(box.arrived).toHaveLength(1);
  const dropped = { isSent: false, isDropped: true, why: 'the code is of no use any more' };
  expect(await outbox('sign-in-code')).toMatchObject([dropped, { isSent: true }, dropped]);
  expect(
    (await sql`select code_to_send from sign_in_codes where email = 'deelnemer-3@example.org' and code_to_send is not null`.execute(visit.db)).rows,
  ).toEqual([]);
});

test('who registers gets every session, with where, when and how they stand', async () => {
  await clear();
  const box = await letterbox();
  const session = await sessionWith('Inkopen </p><script>"&"', 1);
  const [first, me] = [await asSomebody(), await asSomebody()];
  await itinerary.add(first, session.code);
  await atOnce(me, async (visit) => {
    await itinerary.add(visit, session.code);
    await record(visit, { what: 'registration-confirmed', person: visit.person!.id, edition: session.edition });
  });
  for (const line of await follow()) await react(visit, line, reactions);
  expect(await outbox('registration-confirmed')).toHaveLength(1);
  await deliver(box.carrier);
  const [mail] = await box.read();
  expect(mail!.subject).toBe('Je programma voor INNOvember 2026');
  expect(mail!.text).toContain(
    `donderdag 12 november 2026, 13.00–14.30\nInkopen </p><script>"&"\nDelft\nJe staat op de wachtlijst, op nummer 1.\nhttp://localhost:3000/edities/e-${session.code.toLowerCase()}/programma/${session.code}\n`,
  );
  expect(mail!.html).not.toContain('<script');
  expect(
    mail!.attachments.map(({ filename, contentType, content }) => [
      filename,
      contentType,
      new ICAL.Component(ICAL.parse(content.toString())).getAllSubcomponents('vevent').length,
    ]),
  ).toEqual([['innovember.ics', 'text/calendar', 1]]);
});

test('who moves up hears it, who gave the place back meanwhile does not', async () => {
  await clear();
  const box = await letterbox();
  const session = await sessionWith('Vol', 1);
  const [first, second, third] = [await asSomebody(), await asSomebody(), await asSomebody()];
  for (const who of [first, second, third]) await itinerary.add(who, session.code);
  await itinerary.drop(first, session.code);
  await follow();
  await itinerary.drop(second, session.code);
  await follow();
  await deliver(box.carrier);
  expect(await outbox('seat-moved-up')).toMatchObject([
    { recipient: second.person!.email, isSent: false, why: 'the seat was given back' },
    { recipient: third.person!.email, isSent: true },
  ]);
  expect((await box.read()).map(({ subject }) => subject)).toEqual(['Je hebt een plaats: Vol']);
  expect((await box.read())[0]!.attachments[0]!.content.toString()).toMatch(/STATUS:CONFIRMED/);
});

test('everybody who comes hears that a session changed or is cancelled, once each, and never what no longer holds', async () => {
  await clear();
  const box = await letterbox();
  const session = await sessionWith('Anders', 5);
  const people = [await asSomebody(), await asSomebody()];
  for (const who of people) await itinerary.add(who, session.code);
  await follow();
  await atOnce(visit, (visit) => record(visit, { what: 'session-changed', session: session.id }));
  for (const line of await follow()) await react(visit, line, reactions);
  await deliver(box.carrier);
  expect((await box.read()).map(({ subject }) => subject)).toEqual(['Veranderd: Anders', 'Veranderd: Anders']);
  await atOnce(visit, (visit) => record(visit, { what: 'session-changed', session: session.id }));
  await follow();
  await sql`update sessions set state = 'cancelled', cancelled_at = ${testNow} where id = ${session.id}`.execute(visit.db);
  await atOnce(visit, (visit) => record(visit, { what: 'session-cancelled', session: session.id }));
  await follow();
  await deliver(box.carrier);
  expect((await outbox('session-changed')).map(({ why }) => why)).toEqual([null, null, 'the session was cancelled', 'the session was cancelled']);
  expect((await box.read()).map(({ subject }) => subject).sort()).toEqual([
    'Gaat niet door: Anders',
    'Gaat niet door: Anders',
    'Veranderd: Anders',
    'Veranderd: Anders',
  ]);
});

test('a server that is not ready is tried again later, later and later; nothing is lost', async () => {
  await clear();
  const box = await mailServer();
  box.manners.recipient = 451;
  await askCode(visit, 'deelnemer-4@example.org', newSecret());
  await follow();
  expect([
    await deliver(box.carrier),
    await deliver(box.carrier, at(4)),
    await deliver(box.carrier, at(5)),
    await deliver(box.carrier, at(19)),
  ]).toEqual([1, 0, 1, 0]);
  expect(await outbox('sign-in-code')).toMatchObject([{ tries: 2, isSent: false, why: 'EENVELOPE 451' }]);
  delete box.manners.recipient;
  await deliver(box.carrier, at(20));
  expect(box.arrived.map(({ to }) => to)).toMatchObject([{ text: 'deelnemer-4@example.org' }]);
});

test('a server that is not there is tried again', async () => {
  await clear();
  const box = await mailServer();
  await new Promise<void>((resolve) => box.server.close(resolve));
  await askCode(visit, 'deelnemer-5@example.org', newSecret());
  await follow();
  await deliver(box.carrier);
  expect(await outbox('sign-in-code')).toMatchObject([{ tries: 1, isSent: false, isDropped: false, why: expect.stringMatching(/^E/) }]);
});

test('a mailbox that does not exist is given up at once', async () => {
  await clear();
  const box = await mailServer();
  box.manners.recipient = 550;
  await askCode(visit, 'deelnemer-6@example.org', newSecret());
  await follow();
  await deliver(box.carrier);
  expect(await outbox('sign-in-code')).toMatchObject([{ tries: 1, isSent: false, isDropped: true, why: 'EENVELOPE 550' }]);
});

test('a server that dies after taking a letter gets the same letter again, under the same number', async () => {
  await clear();
  const box = await mailServer();
  box.manners.diesAfterData = true;
  await askCode(visit, 'deelnemer-7@example.org', newSecret());
  await follow();
  await deliver(box.carrier);
  box.manners.diesAfterData = false;
  await deliver(box.carrier, at(5));
  expect(box.arrived).toHaveLength(2);
  const [first, second] = box.arrived;
  expect(second!.messageId).toBe(first!.messageId);
  expect([second!.text, second!.date]).toEqual([first!.text, first!.date]);
  expect(await outbox('sign-in-code')).toMatchObject([{ tries: 2, isSent: true }]);
});

test('a letter that was taken out by a postman who died is carried by the next one', async () => {
  await clear();
  const box = await mailServer();
  await askCode(visit, 'deelnemer-8@example.org', newSecret());
  await follow();
  const dies: Carrier = { carry: () => new Promise(() => {}), close: () => {} };
  void deliver(dies);
  await expect.poll(async () => (await outbox('sign-in-code'))[0]?.tries).toBe(1);
  expect(await deliver(box.carrier, at(119))).toBe(0);
  expect(await deliver(box.carrier, at(120))).toBe(1);
  expect(box.arrived).toHaveLength(1);
});

test('two postmen side by side carry every letter once, also to a slow server', async () => {
  await clear();
  const box = await mailServer();
  box.manners.waits = 50;
  const session = await sessionWith('Druk', 30);
  for (let count = 0; count < 30; count++) await itinerary.add(await asSomebody(), session.code);
  await atOnce(visit, (visit) => record(visit, { what: 'session-changed', session: session.id }));
  await follow();
  await Promise.all([deliver(box.carrier), deliver(box.carrier), deliver(box.carrier)]);
  expect(new Set(box.arrived.map(({ messageId }) => messageId)).size).toBe(30);
  expect(box.arrived).toHaveLength(30);
});

test('negative control: a letter whose mark is lost arrives twice', async () => {
  await clear();
  const box = await mailServer();
  const session = await sessionWith('Merk', 5);
  await itinerary.add(await asSomebody(), session.code);
  await atOnce(visit, (visit) => record(visit, { what: 'session-changed', session: session.id }));
  await follow();
  await deliver(box.carrier);
  await deliver(box.carrier, at(3600));
  expect(box.arrived).toHaveLength(1);
  await sql`update letters set sent_at = null`.execute(visit.db);
  await deliver(box.carrier, at(3600));
  expect(box.arrived).toHaveLength(2);
});

test('a postman at work carries a letter the moment it is written, and stops when asked', async () => {
  await clear();
  const box = await mailServer();
  const postman = startPostman(() => visit, box.carrier, 60);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await askCode(visit, 'deelnemer-9@example.org', newSecret());
  await follow();
  await expect.poll(() => box.arrived.length, { timeout: 1000 }).toBe(1);
  await postman.stop();
});

test('nobody gets more than sixty letters a day; the rest waits for tomorrow, and what protects an account does not wait', async () => {
  await clear();
  const { id } = await sessionWith('Zestig', 10);
  const theirs = await asSomebody();
  const carrier: Carrier = { carry: () => Promise.resolve(), close: () => {} };
  const told = async (kind: 'seat-removed' | 'role-removed', times: number) => {
    for (let i = 0; i < times; i++) {
      const line = await atOnce(visit, (visit) => record(visit, { what: 'session-changed' }));
      await sql`insert into letters (id, line_id, kind, person_id, recipient, language, details, created_at, due_at)
        values (${newId(testNow)}, ${line}, ${kind}, ${theirs.person!.id}, ${theirs.person!.email}, 'nl', ${JSON.stringify({ session: id, role: 'admin', scope: '' })}::jsonb, ${testNow}, ${testNow})`.execute(
        visit.db,
      );
    }
  };
  await told('seat-removed', 63);
  await told('role-removed', 1);
  while ((await deliverDue(() => visit, carrier)) > 0);
  const sent = async (kind: string) => (await outbox(kind)).filter(({ isSent }) => isSent).length;
  const late = (await outbox('seat-removed')).filter(({ isSent }) => !isSent);
  expect({ sent: await sent('seat-removed'), late: late.map(({ why }) => why), about: await sent('role-removed') }).toEqual({
    ...{ sent: 60, late: ['too many today', 'too many today', 'too many today'], about: 1 },
  });
});
