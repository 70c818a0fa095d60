// Whatever somebody with a special role changes is in the journal, with who did it, in the same transaction. Black box and
// made from the map: every form and every program's question that only they may send is sent, and the tables are looked at.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '#ground/database.server.ts';
import { testDatabase, testVisit } from '#ground/testing.server.ts';
import { operations } from '#rooms/identity/access.ts';
import { asksOf, newKey, type Ask, type Documented } from './asks.testing.server.ts';
import { openHouse, type House } from './house.testing.server.ts';
import { hide, signedIn, walkers, type World } from './world.testing.server.ts';

const { db } = testVisit();
const admin = walkers.find(({ name }) => name === 'admin')!;
/** Keeps the sealer out: it marks lines, and we look at which transaction wrote them. */
const sealer = await openDatabase(testDatabase, { max: 1 }).startTransaction().execute();
let house: House;
let world: World;
let writes: readonly Ask[];
let tables: readonly string[];

beforeAll(async () => {
  await sql`select pg_advisory_xact_lock(hashtextextended('the journal is sealed', 0))`.execute(sealer);
  house = await openHouse();
  world = await hide();
  const document = (await (await fetch(`${house.url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId?: string }>>;
  };
  const documented: Documented[] = Object.entries(document.paths).flatMap(([path, ways]) =>
    Object.entries(ways).flatMap(([method, { operationId }]) =>
      operationId ? [{ method: method.toUpperCase(), path: `/api/v1${path}`, operationId }] : [],
    ),
  );
  writes = asksOf(world, documented).filter(({ method, operation, thing }) => method !== 'GET' && isSpecial(operation) && thing !== null);
  tables = (
    await sql<{ name: string }>`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`.execute(db)
  ).rows
    .map(({ name }) => name)
    .filter((name) => !notByThem.has(name));
}, 60_000);
afterAll(async () => {
  await house.close();
  await sealer.rollback().execute();
});

const isSpecial = (operation: keyof typeof operations): boolean =>
  !operations[operation].some((who) => ['anybody', 'reader', 'oneself', 'participant'].includes(who));

/** Tables that follow from a line, or say only when somebody was here or asked something: not what was changed. */
const notByThem = new Set(['letters', 'deliveries', 'sign_ins', 'access_tokens', 'kept_answers', 'people', 'journal_seals', 'limits', 'rate_limits']);

interface Written {
  readonly lines: readonly { readonly what: string; readonly by: string | null }[];
  /** Transactions that changed something and wrote no line. */
  readonly silent: readonly string[];
}

async function mark(): Promise<string> {
  const { rows } = await sql<{ mark: string }>`select pg_current_xact_id()::text as mark`.execute(db);
  return rows[0]!.mark;
}

async function writtenSince(mark: string): Promise<Written> {
  const changed = sql.join(
    tables.map((table) => sql`select ${table}::text as name, xmin::text as by from ${sql.table(table)} where xmin::text::bigint > ${mark}::bigint`),
    sql` union `,
  );
  const { rows } = await sql<{ name: string; by: string }>`${changed}`.execute(db);
  const lines = await sql<{ what: string; by: string | null; in: string }>`
    select what, by_person as by, xmin::text as in from journal where xmin::text::bigint > ${mark}::bigint order by id`.execute(db);
  const told = new Set(lines.rows.map((line) => line.in));
  return {
    lines: lines.rows.map(({ what, by }) => ({ what, by })),
    silent: rows.filter(({ by }) => !told.has(by)).map(({ name }) => name),
  };
}

async function send(ask: Ask, body: string | undefined): Promise<number> {
  const isProgram = ask.surface === 'program';
  const response = await fetch(house.url + ask.path, {
    method: ask.method,
    redirect: 'manual',
    headers: {
      ...(ask.type !== undefined && { 'content-type': ask.type }),
      ...(isProgram
        ? { authorization: `Bearer ${admin.bearer}`, 'idempotency-key': newKey() }
        : { cookie: await signedIn(admin), accept: 'text/html,*/*', origin: house.url }),
    },
    ...(body !== undefined && { body }),
  });
  await response.text();
  return response.status;
}

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString().slice(0, 16);
/** What must be filled in for something to change, where the walk of all sends something that changes nothing. */
const fill = (name: string): string | undefined =>
  ({
    '/organisatie aannemen': 'how=ask&hours=12',
    '/organisatie/sessies/[code]/plaatsen aantal': 'way=onSite&capacity=33',
    '/organisatie/sessies/[code]/plaatsen regel': 'way=onSite&group=internal&most=20',
    '/organisatie/sessies/[code]/plaatsen weg': 'way=onSite&group=internal',
    '/organisatie/sessies/[code]/deur in': `pass=${world.pass.get('EIGEN1')}`,
    '/organisatie/beheer/onderhoud sluit': 'message-nl=Even+dicht',
    '/organisatie/beheer/onderhoud vertel': 'text-nl=Let+op',
    '/organisatie/beheer/rollen geef': 'email=nieuw@example.org&role=team&scope=eigen',
    '/organisatie/beheer/rollen neem': 'email=nieuw@example.org&role=team&scope=eigen',
    '/organisatie/wensen/[window] afblazen': `reason=proef&until=${inAnHour()}`,
  })[name];

test('every change by a special role is in the journal, with who did it, in the same transaction', async () => {
  const wrong: unknown[] = [];
  const effects = new Map<string, Set<string>>();
  const closing = writes.filter(({ name }) => name.startsWith('/organisatie/beheer/onderhoud'));
  // Once a window is closed the draw begins by itself, which changes things too: so that is not sent.
  const drawing = writes.filter(({ name }) => name === '/organisatie/wensen/[window] sluit');
  for (const ask of [...writes.filter((ask) => !closing.includes(ask) && !drawing.includes(ask)), ...closing]) {
    const since = await mark();
    const status = await send(ask, fill(ask.name) ?? ask.body);
    const { lines, silent } = await writtenSince(since);
    if (silent.length > 0) wrong.push({ ask: ask.name, status, silent });
    const theirs = lines.filter(({ by }) => by === admin.person!.id);
    if (lines.length > 0 && theirs.length === 0) wrong.push({ ask: ask.name, status, lines });
    if (lines.length > 0) effects.set(ask.name, new Set([...(effects.get(ask.name) ?? []), ...theirs.map(({ what }) => what)]));
  }
  expect(wrong).toEqual([]);
  // A write that is new either changes something here, or is put with those of which a room's own test says it.
  const names = [...new Set(writes.map(({ name }) => name))];
  expect(names.filter((name) => !effects.has(name)).toSorted()).toEqual([...readOnly, ...byTheirRoom].toSorted());
  // The words of the journal, for a few of each kind.
  for (const [name, what] of Object.entries(told)) expect({ name, whats: [...(effects.get(name) ?? [])] }).toEqual({ name, whats: what });
}, 120_000);

test('a change without a line would be seen', async () => {
  const since = await mark();
  await sql`update sessions set title = '{"nl":"Anders"}' where code = 'EIGEN1'`.execute(db);
  expect((await writtenSince(since)).silent).toContain('sessions');
});

/** What is sent as a form to look or to look something up, and changes nothing. */
const readOnly = [
  '/organisatie/sessies/[code] erbij',
  '/organisatie/sessies/[code] zoek',
  '/organisatie/sessies/[code]/deelnemers/[person] kijk',
  '/organisatie/sessies/[code]/deelnemers/[person] terug',
  '/organisatie/sessies/[code]/deur find',
  '/organisatie/wensen/nieuw zoek',
  '/organisatie/wensen/[window]/wijzig zoek',
];
/** What asks for more than a form: something that failed, a file, a draw, another program. Their rooms' tests look at the line. */
const byTheirRoom = [
  '/organisatie/beheer/mislukt opnieuw',
  '/organisatie/beheer/mislukt alles',
  '/organisatie/beheer/mislukt weg',
  '/organisatie/sessies/[code]/deelnemers/[person] doe',
  '/organisatie/sessies/[code]/deur out',
  '/organisatie/sessies/[code]/deur typed',
  '/organisatie/sessies/[code]/deur absent',
  '/organisatie/sessies/[code]/deur/stand POST',
  '/organisatie/sessies/[code]/materiaal erbij',
  '/organisatie/sessies/[code]/materiaal weg',
  '/organisatie/sessies/[code]/materiaal terug',
  '/organisatie/webhooks maak',
  '/organisatie/webhooks stop',
  '/organisatie/webhooks proef',
  '/organisatie/webhooks geheim',
  '/organisatie/webhooks verder',
  '/organisatie/webhooks opnieuw',
  '/organisatie/wensen/nieuw plan',
  '/organisatie/wensen/[window] bevestig',
  '/organisatie/wensen/[window] opnieuw',
  '/organisatie/wensen/[window] controle',
  '/organisatie/wensen/[window]/wijzig plan',
  '/organisatie/wensen/[window] sluit',
  'setShares',
  'changePlaces',
  'checkIn',
  'undoCheckIn',
  'changeWishWindow',
  'closeWishWindow',
  'drawAgain',
  'confirmDraw',
  'callOffWishWindow',
  'makeAuditLink',
  'rotateWebhook',
  'pingWebhook',
  'resumeWebhook',
  'deliverAgain',
];
const told = {
  '/organisatie aannemen': ['edition-changed'],
  '/organisatie/beheer/rollen geef': ['role-granted'],
  '/organisatie/beheer/rollen neem': ['role-removed'],
  '/organisatie/beheer/onderhoud sluit': ['read-only-on'],
  '/organisatie/beheer/onderhoud open': ['read-only-off'],
  '/organisatie/beheer/onderhoud vertel': ['announced'],
  '/organisatie/beheer/onderhoud zwijg': ['announcement-ended'],
  '/organisatie/wensen/[window] afblazen': ['window-called-off'],
  '/organisatie/sessies/[code]/plaatsen regel': ['shares-changed'],
  '/organisatie/sessies/[code]/plaatsen weg': ['shares-changed'],
  placeByHand: ['seat-held'],
  removeByHand: ['seat-released'],
  planWishWindow: ['window-planned'],
  makeWebhook: ['webhook-made'],
  endWebhook: ['webhook-ended'],
};
