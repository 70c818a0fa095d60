// Streams over real connections: what they tell, and that they end when who listens may no longer.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { hashOf, newId, newSecret } from '#ground/chance.server.ts';
import { useDatabase } from '#ground/database.server.ts';
import { testNow, testPerson, testVisit, watched } from '#ground/testing.server.ts';
import type { Person, Role } from '#ground/visit.ts';
import { signOut } from '#rooms/identity';
import type { Session } from '#rooms/programme/session.ts';
import { claim } from '#rooms/seats';
import { asSomebody, sessionWith } from '#rooms/seats/session-with.testing.server.ts';
import { visitOfEither } from '../reception.server.ts';
import { keeper } from './keeper.ts';
import { openLive, type Live, type Reception } from './live.ts';

const visit = testVisit();
const { db } = visit;
useDatabase(db);

/** A front door of its own for each way of keeping streams. */
async function opened(live: Live): Promise<string> {
  const server = http.createServer((req, res) => void live.answer(req, res).then((mine) => mine || res.writeHead(418).end()));
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  afterAll(() => (live.close(), void server.close()));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}
const house = await opened(openLive());

interface Listening {
  readonly status: number;
  /** What was told so far. */
  readonly told: { readonly id: string; readonly event: string; readonly data: Record<string, unknown> }[];
  /** How many milliseconds from now until it ended; null when it went on for longer than the promise. */
  readonly endsIn: () => Promise<number | null>;
  readonly leave: () => void;
}

async function listen(session: Session, { as, at = house, lastId }: { as?: Signed; at?: string; lastId?: string } = {}): Promise<Listening> {
  const stop = new AbortController();
  const headers = { ...(as && { cookie: `__Host-sign-in=${as.token}` }), ...(lastId && { 'last-event-id': lastId }) };
  const response = await fetch(`${at}/live/${session.code}/events`, { headers, signal: stop.signal });
  const told: Listening['told'] = [];
  const ended = (async () => {
    let text = '';
    for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
      text += part;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const said = Object.fromEntries(
          text
            .slice(0, end)
            .split('\n')
            .map((line) => line.split(/: (.*)/s)),
        );
        text = text.slice(end + 2);
        if ('data' in said) told.push({ id: said.id, event: said.event, data: JSON.parse(said.data) });
      }
    }
  })().catch(() => {});
  const promised = 5000;
  const endsIn = async () => {
    const began = performance.now();
    const late = new Promise<null>((done) => setTimeout(() => done(null), promised).unref());
    const hasEnded = await Promise.race([ended.then(() => true), late]);
    return hasEnded === null ? null : performance.now() - began;
  };
  return { status: response.status, told, endsIn, leave: () => stop.abort() };
}

interface Signed {
  readonly person: Person;
  readonly token: string;
}
/** Somebody who signed in with a passkey just now. */
async function signed({ isInternal = false, roles = [] }: { isInternal?: boolean; roles?: Role[] } = {}): Promise<Signed> {
  const person = await testPerson({ isInternal });
  for (const { role, scope } of roles)
    await sql`insert into roles (person_id, role, scope, granted_at) values (${person.id}, ${role}, ${scope}, ${testNow})`.execute(db);
  const token = newSecret();
  const now = new Date();
  await sql`insert into sign_ins (id, person_id, token_hash, way, created_at, expires_at)
    values (${newId(now)}, ${person.id}, ${hashOf(token)}, 'passkey', ${now}, ${new Date(now.getTime() + 3_600_000)})`.execute(db);
  return { person, token };
}

async function until(holds: () => boolean): Promise<boolean> {
  for (let turn = 0; turn < 100 && !holds(); turn++) await new Promise((done) => setTimeout(done, 50));
  return holds();
}
const internal = async (): Promise<Session> => {
  const session = await sessionWith({ onSite: 5 });
  await sql`update sessions set visibility = 'internal' where id = ${session.id}`.execute(db);
  return session;
};

test('a listener is told how things stand, and again when a place goes', async () => {
  const session = await sessionWith({ onSite: 5 });
  const { status, told, leave } = await listen(session);
  expect(await until(() => told.length === 1)).toBe(true);
  await claim(await asSomebody(), session, null, 'own');
  expect(await until(() => told.length === 2)).toBe(true);
  const { code, start, end } = session;
  const state = {
    code,
    state: 'published',
    placesLeft: { onSite: 5, online: 0 },
    start: start?.toISOString(),
    end: end?.toISOString(),
    visibility: 'public',
  };
  expect({ status, told: told.map(({ event, data }) => ({ event, data })) }).toEqual({
    status: 200,
    told: [
      { event: 'state', data: state },
      { event: 'state', data: { ...state, placesLeft: { onSite: 4, online: 0 } } },
    ],
  });
  leave();
});

test('who comes back is told only what is new; who cannot keep a stream open asks for the same', async () => {
  const session = await sessionWith({ onSite: 5 });
  const first = await listen(session);
  await until(() => first.told.length === 1);
  first.leave();
  const changes = async (since: string) => (await fetch(`${house}/live/${session.code}/changes?since=${since}`)).json();
  const known = first.told[0]!;
  expect([await changes(''), await changes(known.id)]).toEqual([{ items: [known] }, { items: [] }]);
  const again = await listen(session, { lastId: known.id });
  await claim(await asSomebody(), session, null, 'own');
  await until(() => again.told.length > 0);
  expect(again.told.map(({ data }) => data['placesLeft'])).toEqual([{ onSite: 4, online: 0 }]);
  again.leave();
});

test('what one may not see has no channel, and neither has a token that does not hold', async () => {
  const session = await internal();
  const status = async (headers: Record<string, string>, name = 'events', code = session.code) =>
    (await fetch(`${house}/live/${code}/${name}`, { headers, method: 'HEAD' })).status;
  const insider = await signed({ isInternal: true });
  const outsider = await signed();
  expect([
    await status({}),
    await status({ cookie: `__Host-sign-in=${outsider.token}` }),
    await status({ cookie: `__Host-sign-in=${insider.token}` }, 'changes'),
    await status({ authorization: 'Bearer nonsense' }),
    await status({}, 'changes', 'NIETS1'),
    await status({}, 'nothing'),
    (await fetch(`${house}/live/${session.code}/events`, { method: 'POST' })).status,
  ]).toEqual([404, 404, 200, 401, 404, 418, 405]);
});

/** What takes away what somebody had while they listened. */
const endings: Readonly<Record<string, (who: Signed, session: Session) => Promise<unknown>>> = {
  'signed out': ({ token }) => signOut(visit, token),
  'a role taken away': ({ person }) => sql`delete from roles where person_id = ${person.id}`.execute(db),
  'internal taken away': ({ person }) => sql`update people set is_internal = false where id = ${person.id}`.execute(db),
  'the session unpublished': (_, { id }) => sql`update sessions set state = 'scheduled' where id = ${id}`.execute(db),
};

test.for(Object.keys(endings))('a stream ends within five seconds: %s', async (what) => {
  const session = await internal();
  const who = await signed({ isInternal: true, roles: [{ role: 'host', scope: session.code }] });
  const stream = await listen(session, { as: who });
  await until(() => stream.told.length === 1);
  await endings[what]!(who, session);
  const after = await stream.endsIn();
  // And nothing is told any more.
  expect({ what, ended: after !== null, told: stream.told.length }).toEqual({ what, ended: true, told: 1 });
});

test('without looking again who somebody is, or whether it may be seen, the stream goes on', async () => {
  const remembered = new Map<string, ReturnType<Reception>>();
  const once: Reception = (req, language) => {
    const key = req.headers.cookie ?? '';
    const known = remembered.get(key) ?? visitOfEither(req, language);
    remembered.set(key, known);
    return known;
  };
  const unseeing: Reception = async (req, language) => {
    const found = await visitOfEither(req, language);
    // The first hole is what may be seen, the second which sessions are asked for.
    return (
      found &&
      watched(found, (statement) =>
        statement.replace('where \u0000 and \u0000\n  order by s.starts_at', 'where (true or \u0000) and \u0000\n  order by s.starts_at'),
      )
    );
  };
  const goOn = async (reception: Reception, what: string) => {
    const session = await internal();
    const who = await signed({ isInternal: true, roles: [{ role: 'host', scope: session.code }] });
    const stream = await listen(session, { as: who, at: await opened(openLive(reception)) });
    await until(() => stream.told.length === 1);
    await endings[what]!(who, session);
    const after = await stream.endsIn();
    stream.leave();
    return after;
  };
  expect(
    await Promise.all([
      goOn(once, 'signed out'),
      goOn(once, 'a role taken away'),
      goOn(once, 'internal taken away'),
      goOn(unseeing, 'the session unpublished'),
    ]),
  ).toEqual([null, null, null, null]);
});

test('however many listen, the database is asked the same', async () => {
  const counted = { statements: 0 };
  const counting: Reception = async (req, language) => {
    const found = await visitOfEither(req, language);
    return found && watched(found, (statement) => (counted.statements++, statement));
  };
  const at = await opened(openLive(counting));
  const session = await sessionWith({ onSite: 5 });
  const asked = async (howMany: number): Promise<number> => {
    const streams = await Promise.all(Array.from({ length: howMany }, () => listen(session, { at })));
    counted.statements = 0;
    await new Promise((done) => setTimeout(done, 2500));
    streams.forEach(({ leave }) => leave());
    return counted.statements;
  };
  const [few, many] = [await asked(1), await asked(40)];
  expect({ few: few <= 3, many: many <= 3 }).toEqual({ few: true, many: true });
});

test('too many streams of one network or of one person are refused for a while', async () => {
  const at = await opened(openLive(visitOfEither, keeper({ inAll: 10, ofNetwork: 3, ofPerson: 2 })));
  const session = await sessionWith({ onSite: 5 });
  const who = await signed();
  const streams = [await listen(session, { at, as: who }), await listen(session, { at, as: who })];
  const third = await fetch(`${at}/live/${session.code}/events`, { headers: { cookie: `__Host-sign-in=${who.token}` } });
  const refused = (await third.json()) as { code: string };
  streams.push(await listen(session, { at }));
  expect([third.status, third.headers.get('retry-after'), refused.code, (await listen(session, { at })).status]).toEqual([
    503,
    '10',
    'too-many-streams',
    503,
  ]);
  streams.forEach(({ leave }) => leave());
  await new Promise((done) => setTimeout(done, 200));
  const again = await listen(session, { at, as: who });
  expect(again.status).toBe(200);
  again.leave();
});

test('when the house closes, every stream ends', async () => {
  const live = openLive();
  const stream = await listen(await sessionWith({ onSite: 5 }), { at: await opened(live) });
  live.close();
  expect(await stream.endsIn()).toBeLessThan(1000);
});
