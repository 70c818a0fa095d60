/**
 * What there is to beat, and what to be better than, as a process of its own: a bare server without a framework.
 * `limit`: the same statements as ours, in the same batches over as many connections, straight at PostgreSQL, with the
 * least that can be done around them. `naive`: a transaction a request that locks the session, counts and inserts.
 * Started with DATABASE and SOCKETS in the environment it prints its port; with `direct` it takes its questions from
 * standard input and prints what came of them, without HTTP at all.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import pg from 'pg';
import { newId } from '#ground/chance.server.ts';
import { now } from '#ground/clock.server.ts';
import type { PersonId } from '#ground/id.ts';
import { inTurns } from '#ground/in-turns.ts';
import { peopleByToken } from '../../src/rooms/identity/queries.server.ts';
import { insertLinesWithJobs } from '../../src/rooms/journal/queries.server.ts';
import { askedOf, lockPlaces, seatsOfPeople, writeSeats } from '../../src/rooms/seats/queries.server.ts';
import type { Outcome, Question } from './load.ts';
import { said } from './said.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
}
type Claim = (code: string, token: string) => Promise<Answer>;

const [kind, mode] = process.argv.slice(2);
// As many connections, lanes and asks at once as ours: database.server.ts, recognise.server.ts, seats.server.ts.
const pool = new pg.Pool({ host: process.env['SOCKETS'], user: 'innovember', database: process.env['DATABASE'], max: 20 });
const lookedUp = { lanes: 2, most: 100 };
const served = { lanes: 3, most: 100 };

const claim: Claim = kind === 'naive' ? naive() : await limit();
if (mode === 'direct') await direct(claim);
else listen(claim);

function listen(claim: Claim): void {
  const server = createServer((req, res) => {
    const code = (req.url ?? '').slice((req.url ?? '').lastIndexOf('/') + 1);
    claim(code, (req.headers.authorization ?? '').slice('Bearer '.length)).then(
      ({ status, body }) => res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body),
      (fault: unknown) => res.writeHead(500).end(String(fault)),
    );
  });
  server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
  process.once('SIGTERM', () => {
    server.close();
    server.closeAllConnections();
    void pool.end();
  });
}

async function direct(claim: Claim): Promise<void> {
  const { questions, connections } = (await json(process.stdin)) as { questions: Question[]; connections: number };
  const answers: Answer[] = [];
  const latencies: number[] = [];
  let next = 0;
  const begin = performance.now();
  const one = async (): Promise<void> => {
    while (next < questions.length) {
      const nth = next++;
      const asked = performance.now();
      const { path, token } = questions[nth]!;
      answers[nth] = await claim(path.slice(path.lastIndexOf('/') + 1), token);
      latencies[nth] = performance.now() - asked;
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  const outcome: Outcome = { seconds: (performance.now() - begin) / 1000, latencies, answers };
  await pool.end();
  process.stdout.write(JSON.stringify(outcome));
}

interface Ask {
  readonly code: string;
  readonly person: Person;
}
interface Person {
  readonly id: PersonId;
  readonly isInternal: boolean;
}

interface Desk {
  readonly capacity: number | null;
  taken: number;
  waiting: number;
  arrivals: number;
  turns: number;
}

/** Ours without anything that is not a statement: no rules but the two of this case, no framework, no checks. */
async function limit(): Promise<Claim> {
  const say = await statements();

  const recognise = inTurns<string, Person | null>(async (hashes) => {
    const { rows } = await pool.query<Person & { hash: string }>(say.byToken, [hashes, now()]);
    const found = new Map(rows.map((row) => [row.hash, row]));
    return hashes.map((hash) => found.get(hash) ?? null);
  }, lookedUp);

  const atDesks = inTurns<Ask, Answer>(async (asks) => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const desks = desksOf((await client.query<PlacesRow>(say.lock, [[...new Set(asks.map(({ code }) => code))]])).rows);
      const people = asks.map(({ person }) => person);
      const who = [asks.map(({ code }) => code), people.map(({ id }) => id), people.map(({ isInternal }) => isInternal)];
      const decided = decide(asks, desks, (await client.query<AskedRow>(say.asked, who)).rows);
      await client.query(say.write, [[], [], now(), JSON.stringify(decided.seats), JSON.stringify(decided.counts)]);
      await client.query(say.note, [now(), JSON.stringify(decided.lines)]);
      await client.query('commit');
      client.release();
      await pool.query(say.beside, [people.map(({ id }) => id)]);
      return decided.answers;
    } catch (fault) {
      client.release(true);
      throw fault;
    }
  }, served);

  return async (code, token) => {
    const person = await recognise(hash(token), hash(token));
    return person ? atDesks(code, { code, person }) : { status: 401, body: '{}' };
  };
}

async function statements() {
  const [byToken = '', lock = '', asked = '', write = '', note = '', beside = ''] = await said(async (db) => {
    await peopleByToken(db, [''], now());
    await lockPlaces(db, ['']);
    await askedOf(db, []);
    await writeSeats(db, [], [], now());
    await insertLinesWithJobs({ db, now: now(), person: null, language: 'nl', request: '' }, []);
    await seatsOfPeople(db, []);
  });
  return { byToken, lock, asked, write, note, beside };
}

/** Counts come from the database as text: more than fits is thinkable. */
interface PlacesRow {
  readonly session: string;
  readonly attendance: string;
  readonly capacity: number | null;
  readonly held: number;
  readonly waiting: number;
  readonly arrivals: string;
  readonly turns: string;
}
interface AskedRow {
  readonly nth: number;
  readonly session: string;
  readonly code: string;
}

/** Everybody asks for a place on site; what was done online counts for the numbers only. */
function desksOf(rows: readonly PlacesRow[]): Map<string, Desk> {
  const desks = new Map<string, Desk>();
  for (const { session, capacity, held, waiting } of rows.filter(({ attendance }) => attendance === 'onSite'))
    desks.set(session, { capacity, taken: held, waiting, arrivals: 0, turns: 0 });
  for (const { session, arrivals, turns } of rows) {
    const desk = desks.get(session)!;
    desk.arrivals += Number(arrivals);
    desk.turns += Number(turns);
  }
  return desks;
}

function decide(asks: readonly Ask[], desks: ReadonlyMap<string, Desk>, rows: readonly AskedRow[]) {
  const seats: object[] = [];
  const lines: object[] = [];
  const answers: Answer[] = [];
  const counts = new Map<string, { session: string; attendance: string; taken: number; waiting: number; arrivals: number; turns: number }>();
  for (const { nth, session, code } of rows) {
    const { person } = asks[nth - 1]!;
    const desk = desks.get(session)!;
    const isHeld = desk.waiting === 0 && (desk.capacity === null || desk.taken < desk.capacity);
    const count = counts.get(session) ?? { session, attendance: 'onSite', taken: 0, waiting: 0, arrivals: 0, turns: 0 };
    counts.set(session, count);
    for (const tally of [desk, count]) {
      if (isHeld) tally.taken++;
      else tally.waiting++;
      tally.arrivals++;
      tally.turns++;
    }
    const seat = { standing: isHeld ? 'held' : 'waiting', attendance: 'onSite', wants: null, arrival: desk.arrivals };
    const groups = [person.isInternal ? 'internal' : 'external'];
    seats.push({ ...seat, session_id: session, person_id: person.id, offered_until: null, chosen_as: 'own', groups, checked_in_at: null });
    const details = { turn: desk.turns, after: seat };
    lines.push({ id: newId(now()), what: `seat-${seat.standing}`, by: person.id, person: person.id, edition: null, session, details });
    const { standing, attendance } = seat;
    const body = { session: code, standing, attendance, position: isHeld ? null : desk.waiting, offeredUntil: null, overlaps: [] };
    answers[nth - 1] = { status: 201, body: JSON.stringify(body) };
  }
  return { seats, lines, answers, counts: [...counts.values()] };
}

function naive(): Claim {
  const lookUp = 'select p.id from access_tokens t join people p on p.id = t.person_id where t.token_hash = $1 and t.revoked_at is null';
  return async (code, token) => {
    const { rows: people } = await pool.query<{ id: string }>(lookUp, [hash(token)]);
    const person = people[0]?.id;
    if (person === undefined) return { status: 401, body: '{}' };
    const client = await pool.connect();
    try {
      await client.query('begin');
      const { rows: sessions } = await client.query('select id from sessions where code = $1 for update', [code]);
      const session = sessions[0].id;
      const { rows: places } = await client.query("select capacity from places where session_id = $1 and attendance = 'onSite'", [session]);
      const { rows: counts } = await client.query(
        "select count(*) filter (where standing <> 'waiting')::integer as taken, count(*)::integer as everybody from seats where session_id = $1",
        [session],
      );
      const { taken, everybody } = counts[0];
      const isHeld = places[0].capacity === null || taken < places[0].capacity;
      await client.query(
        "insert into seats (session_id, person_id, attendance, standing, arrival, claimed_at) values ($1, $2, 'onSite', $3, $4, now()) on conflict do nothing",
        [session, person, isHeld ? 'held' : 'waiting', everybody + 1],
      );
      const line = newId(now());
      await client.query(
        "insert into journal (id, happened_at, what, by_person, person_id, session_id) values ($1, now(), 'seat-held', $2, $2, $3)",
        [line, person, session],
      );
      await client.query("insert into pgboss.job (id, name, policy) values ($1, 'journal', 'standard')", [line]);
      await client.query('commit');
      client.release();
      const position = isHeld ? null : everybody - taken + 1;
      return { status: 201, body: JSON.stringify({ standing: isHeld ? 'held' : 'waiting', position }) };
    } catch (fault) {
      client.release(true);
      throw fault;
    }
  };
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
