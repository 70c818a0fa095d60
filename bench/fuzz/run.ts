// Sends questions to a real server, and has every answer judged.
import http from 'node:http';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Kysely } from 'kysely';
import { now } from '#ground/clock.server.ts';
import type { DB } from '#ground/tables.ts';
import type { Visit } from '#ground/visit.ts';
import { loadExamples } from '#rooms/exchange';
import { openSite, tool, type Site } from '../rush/site.ts';
import { judge, type Answer } from './judge.ts';
import { questions, type Document, type Question, type World } from './question.ts';

export interface Fault {
  readonly question: Question;
  readonly status: number;
  readonly wrong: string;
}
export interface Outcome {
  readonly asked: number;
  readonly faults: readonly Fault[];
  readonly statuses: Readonly<Record<string, number>>;
  /** Which operations gave a good answer, and how many there are. */
  readonly reached: { readonly operations: number; readonly of: number };
  readonly milliseconds: { readonly p50: number; readonly p99: number; readonly worst: number };
  /** Of the server, in MB: before, when it has warmed up, and at the end. */
  readonly memory: { readonly start: number; readonly warm: number; readonly end: number };
  readonly seconds: number;
  readonly said: string;
}

interface Manner {
  readonly tell?: (line: string) => void;
  readonly minutes?: number;
}

const side = 8;
const chunk = 400;
const mostFaults = 50;

/** Stops when so many were asked, or when its time is over. */
export async function fuzz(requests: number, seed: number, { tell = () => {}, minutes = Infinity }: Manner = {}): Promise<Outcome> {
  // What is judged is each answer; that there are too many questions would be the answer to most.
  process.env['API_LIMIT'] = '1000000';
  const site = await openSite((db) => loadExamples(visitOf(db)));
  try {
    return await askAll(site, requests, seed, { tell, minutes });
  } finally {
    await site.close();
  }
}

async function askAll({ server, db, dataDir }: Site, requests: number, seed: number, { tell, minutes }: Required<Manner>): Promise<Outcome> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: side });
  const document = JSON.parse((await ask(server.port, agent, plain('/api/v1/openapi.json'))).text) as Document;
  const world = await worldOf(db, dataDir, (method, path, token, body) => ask(server.port, agent, told(method, path, token, body)));
  const right = judge(document);
  const made = questions(document, world);
  const [faults, times]: [Fault[], number[]] = [[], []];
  const statuses: Record<string, number> = {};
  const good = new Set<string>();
  const memory = { start: residentOf(server.pid()), warm: 0, end: 0 };
  const began = performance.now();
  let asked = 0;
  while (asked < requests && faults.length < mostFaults && performance.now() - began < minutes * 60_000) {
    const some = fc.sample(made, { seed: seed + asked, numRuns: Math.min(chunk, requests - asked) });
    const waiting = some.values();
    const one = async (): Promise<void> => {
      for (const question of waiting) {
        const answer = await ask(server.port, agent, question).catch((fault: Error): Answer => ({
          status: 599,
          headers: {},
          text: fault.message,
          milliseconds: 0,
        }));
        times.push(answer.milliseconds);
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        if (answer.status < 300 && question.method !== 'OPTIONS') good.add(`${question.method} ${question.described}`);
        const wrong = right(question, answer);
        if (wrong !== null) faults.push({ question, status: answer.status, wrong });
      }
    };
    await Promise.all(Array.from({ length: side }, one));
    asked += some.length;
    if (memory.warm === 0 && asked >= requests / 5) memory.warm = residentOf(server.pid());
    if (asked % (chunk * 25) === 0) tell(`${asked} asked, ${faults.length} wrong, ${residentOf(server.pid())} MB`);
  }
  memory.end = residentOf(server.pid());
  agent.destroy();
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  const all = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
  return {
    ...{ asked, faults, statuses, memory, said: server.said(), seconds: Math.round((performance.now() - began) / 1000) },
    reached: { operations: all.filter((one) => good.has(one)).length, of: all.length },
    milliseconds: { p50: at(0.5), p99: at(0.99), worst: at(1) },
  };
}

const visitOf = (db: Kysely<DB>): Visit => ({ language: 'nl', now: now(), db, person: null, request: 'fuzz' });

/** Everybody who may ask, and the words that lead somewhere here. */
async function worldOf(db: Kysely<DB>, dataDir: string, tell: Tell): Promise<World> {
  const [edition] = await db.selectFrom('editions').select(['id', 'slug']).orderBy('starts_on', 'desc').limit(1).execute();
  const slug = edition!.slug;
  const sessions = await db
    .selectFrom('sessions')
    .select(['code', 'id'])
    .where('edition_id', '=', edition!.id)
    .where('starts_at', '>', now())
    .orderBy('starts_at', 'desc')
    .limit(12)
    .execute();
  const themes = await db.selectFrom('themes').select('slug').limit(3).execute();
  const organisations = await db.selectFrom('organisations').select('slug').limit(3).execute();
  const token = async (name: string, ...args: string[]) => (await tool(dataDir, ['token', `${name}@example.org`, ...args])).trim();
  const tokens = {
    visitor: null,
    participant: await token('deelnemer'),
    internal: await token('ambtenaar', '--role', 'internal'),
    reader: await token('lezer', '--scope', 'read'),
    team: await token('programmateam', '--role', `team:${slug}`),
    admin: await token('beheerder', '--role', 'admin'),
    broken: 'nonsense',
  };
  const { team } = tokens;
  const here = `/editions/${slug}`;
  const made = async (path: string, body: object): Promise<string> => (JSON.parse((await tell('POST', path, team, body)).text) as { id: string }).id;
  const window = await made(`${here}/wish-windows`, {
    opensAt: '2099-01-01T00:00:00Z',
    closesAt: '2099-02-01T00:00:00Z',
    sessions: [sessions[0]!.code],
  });
  const webhook = await made(`${here}/webhooks`, { address: 'https://webhook.invalid/here', events: ['session-changed'] });
  const token2 = await made('/me/tokens', { name: 'fuzz', scope: 'read', days: 30 });
  const trial = JSON.parse((await tell('POST', `${here}/webhooks/${webhook}/ping`, team)).text) as { delivery: string };
  for (const { code } of sessions) for (const one of [tokens.participant, team]) await tell('PUT', `/me/programme/${code}`, one);
  const rolls = await Promise.all(sessions.map(({ code }) => tell('GET', `${here}/sessions/${code}/check-ins`, team)));
  const passes = rolls.flatMap(({ text }) => ((JSON.parse(text) as { items?: { pass: string }[] }).items ?? []).map(({ pass }) => pass));
  const people = await db.selectFrom('people').select('id').limit(5).execute();
  const none = '01900000-0000-7000-8000-000000000000';
  const ids = people.map(({ id }) => id);
  return {
    // Who may do most asks most.
    tokens: { ...tokens, again: team, 'once more': team },
    known: {
      edition: [slug, slug, 'innovember-2020', 'nergens'],
      code: [...sessions.map(({ code }) => code), 'ZZZZZZ'],
      person: [...ids, none],
      window: [window, none],
      pass: [...passes, none],
      token: [token2, none],
      webhook: [webhook, none],
      delivery: [trial.delivery, none],
      theme: [...themes.map(({ slug }) => slug), 'geen'],
      organisation: [...organisations.map(({ slug }) => slug), 'https://webhook.invalid/here'],
    },
  };
}

type Tell = (method: string, path: string, token: string, body?: object) => Promise<Answer>;

const told = (method: string, path: string, token: string, body?: object): Question => ({
  ...plain(`/api/v1${path}`),
  method,
  headers: {
    authorization: `Bearer ${token}`,
    ...(body && { 'content-type': 'application/json', 'content-length': String(JSON.stringify(body).length) }),
  },
  body: body ? JSON.stringify(body) : null,
});
const plain = (path: string): Question => ({ described: path, method: 'GET', path, headers: {}, body: null, as: 'visitor', hasUnknown: false });

function ask(port: number, agent: http.Agent, { method, path, headers, body }: Question): Promise<Answer> {
  const began = performance.now();
  return new Promise((done, fail) => {
    const request = http.request({ port, agent, method, path, headers, timeout: 20_000 }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('error', fail);
      response.once('end', () =>
        done({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(parts).toString(),
          milliseconds: performance.now() - began,
        }),
      );
    });
    request.once('timeout', () => request.destroy(new Error('no answer in twenty seconds')));
    request.once('error', fail);
    request.end(body ?? undefined);
  });
}

/** The memory of a process as the machine counts it, in MB; 0 where that cannot be seen. */
function residentOf(pid: number): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
  } catch {
    return 0;
  }
}
