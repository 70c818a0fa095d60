// Against a real receiver, which takes, refuses, hangs, points elsewhere and goes away.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { config } from '#ground/config.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import type { Person, Visit } from '#ground/visit.ts';
import { loadExamples } from '#rooms/exchange';
import { grant, revoke } from '#rooms/identity';
import { linesOf, react, record, type Happening } from '#rooms/journal';
import * as programme from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import type { Session } from '#rooms/programme/session.ts';
import { claim, setPlaces } from '#rooms/seats';
import * as webhooks from './webhooks.server.ts';
import type { NewWebhook } from './webhooks.server.ts';

interface Heard {
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly body: { id: string; type: string; subject: string; sequence: string };
}
const heard: Heard[] = [];
let answer: (res: ServerResponse) => void = taken;
function taken(res: ServerResponse): void {
  res.writeHead(204).end();
}
const says =
  (status: number, headers = {}) =>
  (res: ServerResponse): void =>
    void res.writeHead(status, headers).end();

const receiver = createServer(async (req, res) => {
  let text = '';
  for await (const part of req) text += String(part);
  heard.push({ headers: req.headers, text, body: JSON.parse(text) });
  answer(res);
});
const address = (): string => `http://localhost:${(receiver.address() as AddressInfo).port}/hook`;

let leader: Person;
let edition: Edition;
let open: Session;
let internal: Session;
const at = (seconds: number): Visit => testVisit({ now: new Date(testNow.getTime() + seconds * 1000) });
const day = 86_400;

beforeAll(async () => {
  vi.spyOn(config(), 'outgoingAllow', 'get').mockReturnValue(['localhost']);
  await once(receiver.listen(0), 'listening');
  await loadExamples(testVisit());
  edition = (await programme.currentEdition(testVisit()))!;
  leader = await person();
  const all = await programme.sessions(testVisit({ person: leader }), edition.id);
  const coming = all.filter(({ start, state }) => start! > testNow && state === 'published');
  open = coming.find(({ visibility }) => visibility === 'public')!;
  internal = coming.find(({ visibility }) => visibility === 'internal')!;
});
afterAll(() => receiver.close());
beforeEach(async () => {
  heard.length = 0;
  answer = taken;
  await testVisit().db.deleteFrom('webhooks').execute();
});

async function person(isInternal = true): Promise<Person> {
  const made = await testPerson({ isInternal });
  await grant(testVisit(), made.email, { role: 'team', scope: edition.slug });
  return { ...made, roles: [{ role: 'team', scope: edition.slug }] };
}

async function hook(more: Partial<NewWebhook> = {}, maker = leader) {
  const wanted: NewWebhook = { address: address(), types: ['session-changed', 'session-cancelled', 'edition-imported'], isInternal: false, ...more };
  const made = await webhooks.makeWebhook(testVisit({ person: maker }), edition, wanted);
  if (isRefusal(made)) throw new Error(made.refused);
  return made;
}

/** Writes a line and follows it up, as the worker does. */
async function happens(happening: Happening, times = 1): Promise<void> {
  const id = await atOnce(testVisit(), (visit) => record(visit, happening));
  const [line] = await linesOf(testVisit(), [id]);
  for (let nth = 0; nth < times; nth++) await react(testVisit(), line!, webhooks.reactions);
}
const changed = (session: Session, times = 1) => happens({ what: 'session-changed', edition: edition.id, session: session.id }, times);
const state = async (webhook: webhooks.Webhook) =>
  (await webhooks.deliveriesOf(testVisit(), webhook, { limit: 50 })).items.map(({ type, tries, status, fault, deliveredAt, givenUpAt }) => ({
    type,
    tries,
    said: status ?? fault,
    state: deliveredAt ? 'delivered' : givenUpAt ? 'given up' : 'waiting',
  }));
const toldOnce = { type: 'session-changed', tries: 1, said: 204, state: 'delivered' };

test('a change is told as a cloud event: where to look, and nothing of what is there', async () => {
  await hook();
  await changed(open);
  expect(await webhooks.deliverDue(() => at(0))).toBe(1);
  const { body, headers } = heard[0]!;
  expect(body).toEqual({
    specversion: '1.0',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    source: 'http://localhost:3000',
    type: 'nl.innovember.session-changed',
    subject: open.code,
    time: testNow.toISOString(),
    datacontenttype: 'application/json',
    dataref: `http://localhost:3000/api/v1/editions/${edition.slug}/sessions/${open.code}`,
    sequence: expect.stringMatching(/^\d{16}$/),
    data: { edition: edition.slug, session: open.code },
  });
  expect([headers['content-type'], headers['webhook-id']]).toEqual(['application/cloudevents+json; charset=utf-8', body.id]);
});

test('with an identification number that is the source', async () => {
  const number = vi.spyOn(config(), 'oin', 'get').mockReturnValue('00000001234567890000');
  await hook();
  await changed(open);
  await webhooks.deliverDue(() => at(0));
  number.mockRestore();
  expect(heard[0]!.body).toMatchObject({ source: 'urn:nld:oin:00000001234567890000:systeem:innovember' });
});

/** As a receiver checks it, from what docs/api.md says. */
function holds({ headers, text }: Heard, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const mine = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`).digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .some((signature) => timingSafeEqual(Buffer.from(signature.replace('v1,', ''), 'base64'), mine));
}

test('the signature holds with the secret, and not for another text or with another secret', async () => {
  const { secret } = await hook();
  await changed(open);
  await webhooks.deliverDue(() => at(0));
  const one = heard[0]!;
  expect([holds(one, secret), holds({ ...one, text: one.text.replace('changed', 'deleted') }, secret), holds(one, (await hook()).secret)]).toEqual([
    true,
    false,
    false,
  ]);
});

test('after a new secret the earlier one holds for a day', async () => {
  const made = await hook();
  const rotated = await webhooks.rotateWebhook(testVisit({ person: leader }), edition, made.id);
  if (isRefusal(rotated)) throw new Error(rotated.refused);
  await changed(open);
  await webhooks.deliverDue(() => at(0));
  await changed(open);
  await webhooks.deliverDue(() => at(day + 1));
  expect(heard.map((one) => [holds(one, made.secret), holds(one, rotated.secret)])).toEqual([
    [true, true],
    [false, true],
  ]);
});

test('a line that is followed up twice is told once', async () => {
  const made = await hook();
  await changed(open, 2);
  await webhooks.deliverDue(() => at(0));
  expect([heard.length, await state(made)]).toEqual([1, [toldOnce]]);
});

test('what nobody asked for is not told', async () => {
  await hook({ types: ['edition-imported'] });
  await changed(open);
  expect(await webhooks.deliverDue(() => at(0))).toBe(0);
});

test('of an internal session a webhook hears only when it was made for those, by a civil servant', async () => {
  const [plain, forInternal] = [await hook(), await hook({ isInternal: true })];
  await changed(internal);
  expect([await state(plain), (await state(forInternal)).length]).toEqual([[], 1]);
  const outsider = await person(false);
  expect(
    await webhooks.makeWebhook(testVisit({ person: outsider }), edition, { address: address(), types: ['session-changed'], isInternal: true }),
  ).toEqual({
    refused: 'internal-only-yourself',
  });
});

test('what became internal before it was told is not told', async () => {
  const made = await hook();
  await changed(open);
  await programme.setVisibility(testVisit(), [open.code], 'internal');
  await webhooks.deliverDue(() => at(0));
  await programme.setVisibility(testVisit(), [open.code], 'public');
  expect([heard.length, await state(made)]).toEqual([0, [{ type: 'session-changed', tries: 1, said: 'not-for-its-maker', state: 'given up' }]]);
});

test('a webhook ends when its maker leads the edition no more', async () => {
  const maker = await person();
  await hook({}, maker);
  await changed(open);
  await revoke(testVisit(), maker.email, { role: 'team', scope: edition.slug });
  await webhooks.deliverDue(() => at(0));
  expect([heard.length, await webhooks.webhooksOf(testVisit(), edition)]).toEqual([0, []]);
});

test('a receiver that fails is tried again later and later; what comes after waits for it, other subjects do not', async () => {
  const made = await hook();
  answer = says(500);
  await changed(open);
  await changed(open);
  await happens({ what: 'edition-imported', edition: edition.id });
  expect(await webhooks.deliverDue(() => at(0))).toBe(2);
  expect(await webhooks.deliverDue(() => at(9))).toBe(0);
  answer = taken;
  expect(await webhooks.deliverDue(() => at(11))).toBe(2);
  expect(await webhooks.deliverDue(() => at(11))).toBe(1);
  const ofSession = heard.filter(({ body }) => body.subject === open.code);
  expect(ofSession.map(({ body }) => body.sequence)).toEqual(ofSession.map(({ body }) => body.sequence).toSorted());
  expect((await state(made)).map(({ state, tries }) => [state, tries])).toEqual([
    ['delivered', 2],
    ['delivered', 1],
    ['delivered', 2],
  ]);
});

test('an answer that points elsewhere is not followed, and one that does not come is not waited for', async () => {
  const made = await hook();
  answer = says(302, { location: 'http://localhost:1/elsewhere' });
  await changed(open);
  await webhooks.deliverDue(() => at(0));
  expect((await state(made))[0]).toEqual({ ...toldOnce, said: 302, state: 'waiting' });
  answer = () => {};
  await webhooks.deliverDue(() => at(11));
  expect((await state(made))[0]).toEqual({ ...toldOnce, tries: 2, said: 'address-slow', state: 'waiting' });
});

test('who answers 410 hears nothing more', async () => {
  await hook();
  answer = says(410);
  await changed(open);
  await webhooks.deliverDue(() => at(0));
  expect(await webhooks.webhooksOf(testVisit(), edition)).toEqual([]);
});

test('after three days of nothing a webhook is paused, its maker hears, and going on tells all that waited', async () => {
  const made = await hook();
  answer = says(503);
  await changed(open);
  for (const after of [0, day, 2 * day, 3 * day + 1]) await webhooks.deliverDue(() => at(after));
  await changed(open);
  expect(await webhooks.deliverDue(() => at(4 * day))).toBe(0);
  const lines = await testVisit().db.selectFrom('journal').select(['person_id', 'details']).where('what', '=', 'webhook-paused').execute();
  expect(lines).toEqual([{ person_id: leader.id, details: { webhook: made.id } }]);
  answer = taken;
  await webhooks.resumeWebhook({ ...at(5 * day), person: leader }, edition, made.id);
  expect([await webhooks.deliverDue(() => at(5 * day)), await webhooks.deliverDue(() => at(5 * day))]).toEqual([1, 1]);
});

test('what was given up is told again when asked, and a trial is told at once', async () => {
  const made = await hook();
  const ping = await webhooks.pingWebhook(testVisit({ person: leader }), edition, made.id);
  if (isRefusal(ping)) throw new Error(ping.refused);
  await webhooks.deliverDue(() => at(0));
  await webhooks.deliverAgain(testVisit({ person: leader }), edition, made.id, ping.delivery);
  await webhooks.deliverDue(() => at(0));
  expect(heard.map(({ body }) => [body.id, body.type])).toEqual([
    [ping.delivery, 'nl.innovember.ping'],
    [ping.delivery, 'nl.innovember.ping'],
  ]);
});

test('a private address is not asked, and one without encryption not taken', async () => {
  const allowed = vi.spyOn(config(), 'outgoingAllow', 'get').mockReturnValue([]);
  const plain = await webhooks.makeWebhook(testVisit({ person: leader }), edition, {
    address: address(),
    types: ['session-changed'],
    isInternal: false,
  });
  const made = await hook({ address: address().replace('http:', 'https:') });
  await changed(open);
  await webhooks.deliverDue(() => at(0));
  allowed.mockReturnValue(['localhost']);
  expect([plain, heard.length, await state(made)]).toEqual([
    { refused: 'webhook-not-https' },
    0,
    [{ ...toldOnce, said: 'address-private', state: 'waiting' }],
  ]);
});

test('that a session is full is told once, and once that it has places again', async () => {
  const made = await hook({ types: ['session-full', 'session-free'] });
  const places = async (capacity: number) => {
    for (const attendance of ['onSite', 'online'] as const)
      await setPlaces(testVisit({ person: leader }), { id: open.id, code: open.code }, attendance, capacity);
    await happens({ what: 'places-changed', edition: edition.id, session: open.id });
    await happens({ what: 'seat-held', edition: edition.id, session: open.id });
  };
  await places(5);
  const seated = await claim(testVisit({ person: leader }), { code: open.code }, 'online', 'own');
  expect(isRefusal(seated)).toBe(false);
  await setPlaces(testVisit({ person: leader }), { id: open.id, code: open.code }, 'onSite', 0);
  await setPlaces(testVisit({ person: leader }), { id: open.id, code: open.code }, 'online', 1);
  await happens({ what: 'places-changed', edition: edition.id, session: open.id });
  await happens({ what: 'seat-held', edition: edition.id, session: open.id });
  await places(5);
  expect((await state(made)).map(({ type }) => type)).toEqual(['session-free', 'session-full']);
});
