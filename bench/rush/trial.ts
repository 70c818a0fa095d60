// People who choose and drop sessions while something breaks. Each asks again until there is an answer; what was
// answered is remembered, and must be there afterwards: acknowledged = present, and nothing else is.
import { sql, type Kysely } from 'kysely';
import type { DB } from '#ground/tables.ts';
import { ledger, type LedgerReport } from '#rooms/seats';
import { chance } from '../table.ts';
import { visitOn, type Held, type Participant } from './site.ts';
import { openWire, question, type Answer, type Wire } from './wire.ts';

export interface Trial {
  /** Where each client goes: one server, or some. */
  readonly ports: readonly number[];
  readonly people: readonly Participant[];
  readonly sessions: readonly Held[];
  readonly clients: number;
  readonly seed: number;
  /** What was told before, to go on from. */
  readonly told?: Map<string, Told>;
}

/** What somebody was told last about one session; null: that they have nothing there. */
export type Told = { readonly standing: string } | null;

export interface Running {
  /** Everybody finishes what they are asking; then the load is over. */
  readonly stop: () => Promise<void>;
  /** How many answers came so far. */
  readonly answered: () => number;
  /** Answers that are neither yes nor a clean 'not now' (503 with Retry-After), as status and body. */
  readonly odd: readonly string[];
  /** Questions that had to be asked again. */
  readonly again: () => number;
  readonly told: ReadonlyMap<string, Told>;
}

export function startTrial({ ports, people, sessions, clients, seed, told = new Map() }: Trial): Running {
  const odd: string[] = [];
  const counts = { answered: 0, again: 0 };
  let isOver = false;
  const client = async (nth: number): Promise<void> => {
    const draw = chance(seed * 1000 + nth);
    const mine = people.filter((_, index) => index % clients === nth);
    const asks = asking(ports, nth);
    while (!isOver && mine.length > 0) {
      const person = pick(mine, draw);
      const session = pick(sessions, draw);
      const [method, body] = act(draw());
      const text = question(method, `/api/v1/me/programme/${session.code}`, person.token, body);
      for (;;) {
        const answer = await asks.ask(text);
        if (answer && (answer.status === 200 || answer.status === 201 || answer.status === 204)) {
          told.set(`${person.id} ${session.id}`, method === 'PUT' ? (JSON.parse(answer.body) as { standing: string }) : null);
          counts.answered++;
          break;
        }
        if (answer && answer.status === 409) break; // the house says no: nothing changed
        if (answer && !isNotNow(answer)) odd.push(`${answer.status} ${answer.body.slice(0, 200)}`);
        counts.again++;
        await new Promise((done) => setTimeout(done, 20 + 60 * draw()));
      }
    }
    asks.close();
  };
  const all = Promise.all(Array.from({ length: clients }, (_, nth) => client(nth)));
  return { stop: () => ((isOver = true), all.then(() => {})), answered: () => counts.answered, again: () => counts.again, odd, told };
}

const pick = <Item>(items: readonly Item[], draw: () => number): Item => items[Math.floor(draw() * items.length)]!;

/** Mostly choosing, whichever way or one of the two; sometimes dropping. */
function act(drawn: number): ['PUT' | 'DELETE', string] {
  if (drawn < 0.3) return ['DELETE', ''];
  if (drawn < 0.45) return ['PUT', '{"attendance":"onSite"}'];
  if (drawn < 0.6) return ['PUT', '{"attendance":"online"}'];
  return ['PUT', ''];
}

const isNotNow = ({ status, head }: Answer): boolean => status === 503 && /\r\nretry-after:/i.test(head);

/** A client's connection, opened again when it ended; null when no answer came. */
function asking(ports: readonly number[], first: number) {
  let wire: Wire | undefined;
  let turn = first;
  return {
    ask: async (text: string): Promise<Answer | null> => {
      try {
        if (!wire?.isOpen()) wire = await openWire(ports[turn++ % ports.length]!, { patience: 40_000 });
        return await wire.ask(text);
      } catch {
        return null;
      }
    },
    close: () => wire?.close(),
  };
}

export interface Verdict {
  readonly ledger: LedgerReport;
  /** Somebody was told that they have a seat, and it is not there, or less than they were told. */
  readonly lost: readonly string[];
  /** Somebody has a seat that nobody was told about, or that they gave back. */
  readonly unasked: readonly string[];
}

/** What is there in these sessions, beside what was told about them. */
export async function judge(db: Kysely<DB>, told: ReadonlyMap<string, Told>, sessions: readonly Held[]): Promise<Verdict> {
  const ids = sessions.map(({ id }) => id);
  const { rows } = await sql<{ key: string; standing: string }>`
    select person_id || ' ' || session_id as key, standing from seats where session_id = any(${ids}::uuid[])`.execute(db);
  const present = new Map(rows.map(({ key, standing }) => [key, standing]));
  const lost = [...told].filter(([key, was]) => was !== null && (!present.has(key) || (was.standing === 'held' && present.get(key) !== 'held')));
  const unasked = [...present.keys()].filter((key) => !told.get(key));
  return { ledger: await ledger(visitOn(db)), lost: lost.map(([key]) => key), unasked };
}
