// Keeps the open streams of one process: tells each what is new, and ends it as soon as who listens may no longer. All of
// them together ask the database once a second for what changed and once in two seconds for who somebody is, however
// many there are.
import { hashOf } from '#ground/chance.server.ts';
import { isAway } from '#ground/database.server.ts';
import { log } from '#ground/log.server.ts';
import { seesInternal, type Person, type Visit } from '#ground/visit.ts';
import * as programme from '#rooms/programme';
import type { Session } from '#rooms/programme/session.ts';

/** Where one listener is told something. */
export interface Stream {
  readonly code: string;
  /** What stands for one connection when counting. */
  readonly network: string;
  /** Who listens, asked anew; null when what they carry holds no more. */
  readonly again: () => Promise<Visit | null>;
  /** False when the listener is too slow to be told more. */
  readonly write: (text: string) => boolean;
  readonly end: () => void;
}

/** Something that a listener is told, and by which number it is known when they come back. */
export interface Told {
  readonly id: string;
  readonly event: 'state';
  readonly data: object;
}

interface Kept extends Stream {
  readonly visit: Visit;
  /** What they were told last. */
  lastId: string | null;
}

export interface Keeper {
  /** Answers how to leave; null when there are too many already, of this listener or in all. */
  readonly open: (stream: Stream, visit: Visit, session: Session, lastId: string | null) => (() => void) | null;
  /** Ends all, and opens none any more. */
  readonly close: () => void;
  /** How many are open. */
  readonly count: () => number;
}

// A whole ministry may come from one address.
const most = { inAll: 5000, ofNetwork: 1000, ofPerson: 10 };
const second = 1000;
const heartbeat = 15;

/** As much of a session as changes while people look at it. Only the last state counts, so its number is what it says. */
export function stateOf({ code, state, placesLeft, start, end, visibility }: Session): Told {
  const data = { code, state, placesLeft, start, end, visibility };
  return { id: hashOf(JSON.stringify(data)).slice(0, 22), event: 'state', data };
}

export function keeper(limits = most): Keeper {
  const streams = new Set<Kept>();
  let looks = 0;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  function open(stream: Stream, visit: Visit, session: Session, lastId: string | null): (() => void) | null {
    const count = (isOne: (kept: Kept) => boolean): number => [...streams].filter(isOne).length;
    if (isClosed || streams.size >= limits.inAll || count(({ network }) => network === stream.network) >= limits.ofNetwork) return null;
    const person = visit.person?.id;
    if (person !== undefined && count((kept) => kept.visit.person?.id === person) >= limits.ofPerson) return null;
    const leave = () => void streams.delete(kept);
    const kept: Kept = { ...stream, visit, lastId, end: () => (leave(), stream.end()) };
    streams.add(kept);
    kept.write('retry: 2000\n\n');
    tell(kept, stateOf(session));
    timer ??= setTimeout(() => void lookAgain(), second).unref();
    return leave;
  }

  function tell(stream: Kept, told: Told): void {
    if (told.id === stream.lastId) return;
    stream.lastId = told.id;
    if (!stream.write(`id: ${told.id}\nevent: ${told.event}\ndata: ${JSON.stringify(told.data)}\n\n`)) stream.end();
  }

  async function lookAgain(): Promise<void> {
    await look().catch((fault: unknown) => {
      // Nobody is told anything before it is known that they may hear it.
      if (isAway(fault)) log.warn({ fault }, 'the database was away');
      else log.error({ fault }, 'the live channels could not look');
    });
    timer = streams.size > 0 && !isClosed ? setTimeout(() => void lookAgain(), second).unref() : undefined;
  }

  async function look(): Promise<void> {
    looks++;
    const states = await statesFor([...streams]);
    await Promise.all(
      [...streams].map(async (stream) => {
        const told = states.get(stream);
        const isNew = told?.id !== stream.lastId;
        const mayStay = told !== undefined && (!(isNew || looks % 2 === 0) || (await isStill(stream)));
        if (!streams.has(stream)) return;
        if (!mayStay) stream.end();
        else if (isNew) tell(stream, told);
        else if (looks % heartbeat === 0 && !stream.write(': \n\n')) stream.end();
      }),
    );
  }

  function close(): void {
    isClosed = true;
    clearTimeout(timer);
    // Not all come back at the same moment.
    for (const [nth, stream] of [...streams].entries()) {
      stream.write(`retry: ${1000 + ((nth * 37) % 4000)}\n\n`);
      stream.end();
    }
  }

  return { open, count: () => streams.size, close };
}

/** What each may see now of what they listen to; who may not see it any more is not among them. */
async function statesFor(streams: readonly Kept[]): Promise<ReadonlyMap<Kept, Told>> {
  const states = new Map<Kept, Told>();
  for (const alike of [streams.filter(({ visit }) => seesInternal(visit)), streams.filter(({ visit }) => !seesInternal(visit))]) {
    const [one] = alike;
    if (!one) continue;
    const sessions = await programme.sessionsWith(one.visit, [...new Set(alike.map(({ code }) => code))]);
    const told = new Map(sessions.map((session) => [session.code, stateOf(session)]));
    for (const stream of alike) {
      const state = told.get(stream.code);
      if (state) states.set(stream, state);
    }
  }
  return states;
}

/** Whether somebody is still who they were when they came, with all that they had then. */
async function isStill({ visit, again }: Kept): Promise<boolean> {
  if (visit.person === null) return true;
  const now = await again();
  return now?.person ? hasAll(now.person, visit.person) : false;
}

const hasAll = (now: Person, then: Person): boolean =>
  now.id === then.id &&
  (now.isInternal || !then.isInternal) &&
  then.roles.every((had) => now.roles.some(({ role, scope }) => role === had.role && scope === had.scope));
