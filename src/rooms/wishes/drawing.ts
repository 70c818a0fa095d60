// From wishes to a draw and back: people and sessions become the numbers that allocate counts with, and its answer becomes
// places, lines and reasons. Nobody's name or address comes in here.
import type { PersonId, SessionId } from '#ground/id.ts';
import { hasStarted, overlap, type Attendance, type State, type Visibility } from '#rooms/programme/session.ts';
import { sessionsOf } from './allocate/file.ts';
import type { Instance, Share } from './allocate/instance.ts';
import type { Why } from './window.ts';
import { waysOf, weightOf, type Strength } from './wish.ts';

/** A session as a draw looks at it. */
export interface Drawable {
  readonly id: SessionId;
  readonly code: string;
  readonly start: Date | null;
  readonly end: Date | null;
  readonly state: State;
  readonly visibility: Visibility;
  readonly ways: readonly Way[];
}

/** How many places there are in one way of taking part, and how many are gone. */
export interface Way {
  readonly attendance: Attendance;
  /** Null is without limit, 0 is not offered. */
  readonly capacity: number | null;
  readonly taken: number;
  /** At most so many for people of a group; 'organisation:*' is for each organisation. */
  readonly shares: readonly { readonly group: string; readonly most: number }[];
  /** How many places each group has already; only where there are shares. */
  readonly takenBy: ReadonlyMap<string, number>;
}

/** Somebody who wishes, known by a random name. */
export interface Wisher {
  readonly person: PersonId;
  readonly pseudonym: string;
  readonly isInternal: boolean;
  readonly groups: readonly string[];
  readonly wishes: readonly Wished[];
  /** What they have a place in already, in this edition. */
  readonly held: readonly Held[];
}
export interface Wished {
  readonly session: SessionId;
  readonly strength: Strength;
  readonly attendance: Attendance | null;
}
export interface Held {
  readonly session: SessionId;
  readonly code: string;
  readonly start: Date | null;
  readonly end: Date | null;
}

export interface Facts {
  readonly now: Date;
  readonly wanted: number;
  readonly sessions: readonly Drawable[];
  /** In the order of their random names. */
  readonly people: readonly Wisher[];
}

/** One way of taking part in one session. */
export interface Item {
  readonly session: Drawable;
  readonly attendance: Attendance;
}

/** A wish as it went into the draw, or why it did not. */
export interface Asked {
  readonly session: Drawable;
  readonly strength: Strength;
  /** Where its ways stand among the wishes of the instance. */
  readonly first: number;
  readonly ways: number;
  readonly whyNot: Why | null;
}

export interface Participant {
  readonly wisher: Wisher;
  readonly asked: readonly Asked[];
}

/** A draw that can begin. */
export interface Drawing {
  readonly instance: Instance;
  readonly items: readonly Item[];
  /** What the groups of the instance are called here; in the file they have a number. */
  readonly groups: readonly string[];
  /** Those in the instance, by number. */
  readonly people: readonly Participant[];
  /** Those of whom no wish can be granted. */
  readonly without: readonly Participant[];
}

/** What a draw is about, as allocate wants it. */
export function drawingFrom({ now, wanted, sessions, people }: Facts): Drawing {
  const open = sessions.filter((session) => session.state !== 'cancelled' && !hasStarted(session, now));
  const items = open.flatMap((session) =>
    session.ways.filter(({ capacity }) => capacity !== 0).map(({ attendance }): Item => ({ session, attendance })),
  );
  const numberOf = new Map(items.map(({ session, attendance }, item) => [`${session.id} ${attendance}`, item]));
  const byId = new Map(sessions.map((session) => [session.id, session]));
  const wishes = lists();
  const weights: number[] = [];
  const participants = people.map((wisher): Participant => {
    const asked = wisher.wishes.flatMap((wish): Asked[] => {
      const session = byId.get(wish.session);
      if (!session || (session.visibility === 'internal' && !wisher.isInternal)) return [];
      const whyNot = whyNotDrawn(session, wish, wisher.held, now);
      const ways = whyNot ? [] : waysIn(session, wish);
      const first = weights.length;
      for (const attendance of ways) {
        wishes.add(numberOf.get(`${session.id} ${attendance}`)!);
        weights.push(weightOf[wish.strength]);
      }
      return [{ session, strength: wish.strength, first, ways: ways.length, whyNot }];
    });
    if (takesPart({ asked })) wishes.end();
    return { wisher, asked };
  });
  const within = participants.filter(takesPart);
  const groups = groupsOf(items, within, wishes);
  const clash = clashesOf(items);
  const instance: Instance = {
    people: within.length,
    items: items.length,
    ...sessionsOf(items.map(({ session }) => ({ session: session.code }))),
    capacity: Int32Array.from(items, ({ session, attendance }) => leftIn(wayOf(session, attendance), within.length)),
    wishStart: wishes.starts(),
    wishItem: wishes.all(),
    wishWeight: Float32Array.from(weights),
    wanted: new Uint8Array(within.length).fill(wanted),
    has: Uint8Array.from(within, ({ wisher }) => Math.min(255, wisher.held.length)),
    clashStart: clash.starts(),
    clashItem: clash.all(),
    groupStart: groups.starts,
    group: groups.of,
    shares: groups.shares,
  };
  return { instance, items, groups: groups.names, people: within, without: participants.filter((one) => !takesPart(one)) };
}

const takesPart = ({ asked }: Pick<Participant, 'asked'>): boolean => asked.some(({ ways }) => ways > 0);

/** Why a wish does not take part in the draw. */
function whyNotDrawn(session: Drawable, wish: Wished, held: readonly Held[], now: Date): Why | null {
  if (session.state === 'cancelled') return { code: 'session-cancelled', values: {} };
  if (hasStarted(session, now)) return { code: 'session-started', values: {} };
  if (held.some((other) => other.session === session.id)) return { code: 'held', values: {} };
  const other = held.find((other) => overlap(other, session));
  if (other) return { code: 'overlap-held', values: { session: other.code } };
  return waysIn(session, wish).length === 0 ? { code: 'not-offered', values: {} } : null;
}

const waysIn = (session: Drawable, wish: Wished): Attendance[] =>
  waysOf(wish, { onSite: capacityOf(wayOf(session, 'onSite')), online: capacityOf(wayOf(session, 'online')) });
const capacityOf = (way: Way | undefined): number | null => (way === undefined ? 0 : way.capacity);
const wayOf = (session: Drawable, attendance: Attendance): Way | undefined => session.ways.find((way) => way.attendance === attendance);

/** Without limit is room for everybody. */
const leftIn = (way: Way | undefined, people: number): number =>
  way === undefined ? 0 : way.capacity === null ? people : Math.max(0, way.capacity - way.taken);

/** Items that nobody can combine: two ways into one session, and what takes place at the same time. */
function clashesOf(items: readonly Item[]): Lists {
  const inTime = items.map((_, item) => item).sort((a, b) => startOf(items[a]!) - startOf(items[b]!));
  const clashes = items.map((): number[] => []);
  inTime.forEach((item, nth) => {
    for (const other of inTime.slice(nth + 1)) {
      if (!areAtOnce(items[item]!, items[other]!)) {
        if (startOf(items[other]!) >= endOf(items[item]!)) break;
        continue;
      }
      clashes[item]!.push(other);
      clashes[other]!.push(item);
    }
  });
  const all = lists();
  for (const one of clashes) {
    one.sort((a, b) => a - b).forEach(all.add);
    all.end();
  }
  return all;
}
const areAtOnce = (a: Item, b: Item): boolean => a.session.id === b.session.id || overlap(a.session, b.session);
const startOf = ({ session }: Item): number => session.start?.getTime() ?? Infinity;
const endOf = ({ session }: Item): number => session.end?.getTime() ?? Infinity;

/** The groups that a share is about, as numbers; 'each organisation' becomes a share of every organisation that wishes. */
function groupsOf(items: readonly Item[], people: readonly Participant[], wishes: Lists) {
  const rules = items.map(({ session, attendance }) => wayOf(session, attendance)?.shares ?? []);
  const isRuled = new Set(rules.flat().map(({ group }) => group));
  const each = isRuled.has(eachOrganisation);
  const names: string[] = [];
  const numberOf = new Map<string, number>();
  const of = lists();
  const wishing = rules.map((rule) => (rule.length > 0 ? new Set<number>() : null));
  const wishItem = wishes.all();
  const wishStart = wishes.starts();
  people.forEach(({ wisher }, person) => {
    const mine = wisher.groups
      .filter((group) => isRuled.has(group) || (each && isOrganisation(group)))
      .map((group) => {
        const number = numberOf.get(group) ?? names.push(group) - 1;
        numberOf.set(group, number);
        of.add(number);
        return number;
      });
    of.end();
    if (mine.length === 0) return;
    for (const item of wishItem.subarray(wishStart[person], wishStart[person + 1])) mine.forEach((group) => wishing[item]?.add(group));
  });
  const shares = items.flatMap(({ session, attendance }, item): Share[] =>
    [...(wishing[item] ?? [])].flatMap((group) => {
      const name = names[group]!;
      const most = rules[item]!.filter((rule) => rule.group === name || (rule.group === eachOrganisation && isOrganisation(name))).map(
        (rule) => rule.most,
      );
      if (most.length === 0) return [];
      return [{ item, group, most: Math.max(0, Math.min(...most) - (wayOf(session, attendance)!.takenBy.get(name) ?? 0)) }];
    }),
  );
  return { names, shares, starts: of.starts(), of: of.all() };
}
const eachOrganisation = 'organisation:*';
const isOrganisation = (group: string): boolean => group.startsWith('organisation:');

/** Lists of numbers below 65,536 behind each other. */
interface Lists {
  readonly add: (number: number) => void;
  /** Ends one list. */
  readonly end: () => void;
  readonly starts: () => Int32Array;
  readonly all: () => Uint16Array;
}
function lists(): Lists {
  const all: number[] = [];
  const starts = [0];
  return {
    add: (number) => void all.push(number),
    end: () => void starts.push(all.length),
    starts: () => Int32Array.from(starts),
    all: () => Uint16Array.from(all),
  };
}
