import { z } from 'zod';
import { attendances, type Attendance } from '../../programme/session.ts';
import type { Allocation, Instance, Seed, Share } from './instance.ts';
import type { WaitingOrder } from './waiting-order.ts';

/**
 * All by which somebody repeats a draw without our database: what was wished, by whom under a name that says nothing, and
 * what came of it. People and items are numbers from 0 in the order of these lists, as in the instance.
 */
export interface DrawFile {
  /** Which rules made it: `engine` of allocate.server.ts. Only the same rules promise the same answer to the letter. */
  readonly engine: string;
  /** 64 hexadecimal digits, made known after the draw. */
  readonly seed: string;
  /** SHA-256 of those digits as text, made known when the wish window opened. */
  readonly seedHash: string;
  readonly items: readonly DrawnItem[];
  /** Labels that say nothing, one a group; group 0 stands first. */
  readonly groups: readonly string[];
  /** Random names, letters and digits only, one a person. Everybody is told only their own. */
  readonly people: readonly string[];
  readonly instance: Instance;
  readonly allocation: Allocation;
  /** Per item the people who wished it and did not get it, in the order in which places that come free are offered. */
  readonly waiting: WaitingOrder;
}

/** One way of taking part in one session. */
export interface DrawnItem {
  readonly session: string;
  readonly attendance: Attendance;
}

/** A file that cannot be read, with the first line where that shows; the name has a sentence under `wishes.` in words/. */
export interface UnreadableDraw {
  readonly unreadable: 'draw-not-a-draw' | 'draw-other-version' | 'draw-bad-line' | 'draw-cut-off' | 'draw-goes-on' | 'draw-double' | 'draw-unknown';
  readonly line: number;
}

export const isUnreadableDraw = (value: DrawFile | UnreadableDraw): value is UnreadableDraw => 'unreadable' in value;

/** More than this is no draw that we could repeat in memory. */
const most = { people: 2_000_000, items: 65_535, groups: 65_535, wishes: 1_000 };

/**
 * The file as text: a line of JSON about the draw, one an item, one a person. The same content gives the same characters,
 * so that its SHA-256 (of the text as UTF-8) can be made known. About 210 bytes a person with ten wishes.
 */
export function writeFile(file: DrawFile): string {
  const { instance, allocation } = file;
  const lines = [
    JSON.stringify({
      draw: version,
      engine: file.engine,
      seed: file.seed,
      seedHash: file.seedHash,
      items: instance.items,
      people: instance.people,
      groups: file.groups,
      method: allocation.method,
      bound: allocation.bound,
    }),
  ];
  const shares = sharesOf(instance);
  for (let item = 0; item < instance.items; item++) {
    lines.push(
      JSON.stringify({
        session: file.items[item]!.session,
        attendance: file.items[item]!.attendance,
        places: instance.capacity[item],
        clashes: [...part(instance.clashItem, instance.clashStart, item)].sort((a, b) => a - b),
        shares: shares[item]!.map(({ group, most }) => [group, most]).sort(([a = 0], [b = 0]) => a - b),
        price: allocation.price[item],
        waiting: Array.from(file.waiting.person.subarray(file.waiting.start[item], file.waiting.start[item + 1])),
      }),
    );
  }
  for (let person = 0; person < instance.people; person++) lines.push(personLine(file, person));
  return `${lines.join('\n')}\n`;
}

/** Reads what `writeFile` wrote, and trusts nothing in it; memory stays within some times the length of the text. */
export function readFile(text: string): DrawFile | UnreadableDraw {
  const lines = linesOf(text);
  const first = parsed(z.looseObject({ draw: z.int() }), lines.next().value);
  if (first === null) return { unreadable: 'draw-not-a-draw', line: 1 };
  if (first.draw !== version) return { unreadable: 'draw-other-version', line: 1 };
  const head = headShape.safeParse(first).data;
  if (head === undefined) return { unreadable: 'draw-bad-line', line: 1 };
  // Refused before arrays of that size are made: no line of ours is as short as this.
  if (text.length < 60 * (head.items + head.people)) return { unreadable: 'draw-cut-off', line: 1 };
  const items = readItems(lines, head);
  if ('unreadable' in items) return items;
  const people = readPeople(lines, head);
  if ('unreadable' in people) return people;
  if (lines.next().done !== true) return { unreadable: 'draw-goes-on', line: 2 + head.items + head.people };
  return {
    engine: head.engine,
    seed: head.seed,
    seedHash: head.seedHash,
    items: items.items,
    groups: head.groups,
    people: people.people,
    instance: { people: head.people, items: head.items, ...sessionsOf(items.items), ...items.instance, ...people.instance },
    allocation: { given: people.given, price: items.price, method: head.method, bound: head.bound },
    waiting: items.waiting,
  };
}

/** What the draw is about. */
export const instanceOf = (file: DrawFile): Instance => file.instance;

/** The four numbers of a seed of 64 hexadecimal digits: its first and second half, laid over each other, so that all of it counts. */
export function seedOf(hex: string): Seed {
  const word = (at: number): number => Number.parseInt(hex.slice(at * 8, at * 8 + 8), 16) ^ Number.parseInt(hex.slice(at * 8 + 32, at * 8 + 40), 16);
  return [word(0) >>> 0, word(1) >>> 0, word(2) >>> 0, word(3) >>> 0];
}

const version = 1;
const hex = z.string().regex(/^[0-9a-f]{64}$/);
const label = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/);
const count = (top: number) => z.int().min(0).max(top);
const positive = z.number().min(0);
const headShape = z.strictObject({
  draw: z.literal(version),
  // It is told to who repeats the draw: nothing in it may steer a screen.
  engine: z.string().regex(/^[ -~]{1,100}$/),
  seed: hex,
  seedHash: hex,
  items: count(most.items),
  people: count(most.people),
  groups: z.array(label).max(most.groups),
  method: z.enum(['exact', 'auction']),
  bound: positive,
});
type Head = z.infer<typeof headShape>;
const itemShape = z.strictObject({
  session: label,
  attendance: z.enum(attendances),
  places: count(0x7fff_ffff),
  clashes: z.array(count(most.items)),
  shares: z.array(z.tuple([count(most.groups), count(0x7fff_ffff)])),
  price: positive,
  waiting: z.array(count(most.people)),
});
const personShape = z.strictObject({
  person: label,
  wanted: count(255),
  has: count(255),
  groups: z.array(count(most.groups)),
  wishes: z.array(count(most.items)).max(most.wishes),
  weights: z.array(positive),
  given: z.array(count(most.items)),
});
type Person = z.infer<typeof personShape>;

/** One person's line, which they find by their own random name. */
function personLine({ people, instance, allocation }: DrawFile, person: number): string {
  const [from, until] = [instance.wishStart[person]!, instance.wishStart[person + 1]!];
  const wishes = Array.from(instance.wishItem.subarray(from, until));
  return JSON.stringify({
    person: people[person],
    wanted: instance.wanted[person],
    has: instance.has[person],
    groups: [...part(instance.group, instance.groupStart, person)].sort((a, b) => a - b),
    wishes,
    weights: Array.from(instance.wishWeight.subarray(from, until), shortest),
    given: wishes.filter((_, at) => allocation.given[from + at] === 1),
  } satisfies Partial<Record<keyof Person, unknown>>);
}

function sharesOf({ items, shares }: Instance): Share[][] {
  const lists = Array.from({ length: items }, (): Share[] => []);
  for (const share of shares) lists[share.item]!.push(share);
  return lists;
}

const part = (list: Uint16Array, start: Int32Array, at: number): Uint16Array => list.subarray(start[at], start[at + 1]);

/** Nine digits say a 32-bit number exactly; 0.1 is written as 0.1. */
const shortest = (value: number): number =>
  [6, 7, 8].map((digits) => Number(value.toPrecision(digits))).find((short) => Math.fround(short) === value) ?? Number(value.toPrecision(9));

function readItems(lines: Iterator<string, undefined>, head: Head) {
  const items: DrawnItem[] = [];
  const waiting = growing(Int32Array);
  const waitingStart = new Int32Array(head.items + 1);
  const shares: Share[] = [];
  const clashes: number[][] = [];
  const capacity = new Int32Array(head.items);
  const price = new Float64Array(head.items);
  for (let item = 0; item < head.items; item++) {
    const line = item + 2;
    const text = lines.next().value;
    if (text === undefined) return unreadable('draw-cut-off', line);
    const read = parsed(itemShape, text);
    if (read === null) return unreadable('draw-bad-line', line);
    if (![read.clashes, read.waiting, read.shares.map(([group]) => group)].every(isWithoutDoubles)) return unreadable('draw-double', line);
    const isKnown =
      read.clashes.every((other) => other < head.items && other !== item) &&
      read.waiting.every((person) => person < head.people) &&
      read.shares.every(([group]) => group < head.groups.length);
    if (!isKnown) return unreadable('draw-unknown', line);
    items.push({ session: read.session, attendance: read.attendance });
    clashes.push(read.clashes);
    read.waiting.forEach(waiting.push);
    waitingStart[item + 1] = waiting.length();
    for (const [group, most] of read.shares) shares.push({ item, group, most });
    capacity[item] = read.places;
    price[item] = read.price;
  }
  const sets = clashes.map((list) => new Set(list));
  const oneSided = clashes.findIndex((list, item) => list.some((other) => !sets[other]!.has(item)));
  if (oneSided !== -1) return unreadable('draw-unknown', oneSided + 2);
  return {
    items,
    waiting: { start: waitingStart, person: waiting.all() },
    price,
    instance: { capacity, shares, clashStart: startsOf(clashes), clashItem: Uint16Array.from(clashes.flat()) },
  };
}

/** Which session each item is a way into; nothing when every item is a session of its own. */
export function sessionsOf(items: readonly Pick<DrawnItem, 'session'>[]): Pick<Instance, 'session'> {
  const numbers = new Map([...new Set(items.map(({ session }) => session))].map((session, number) => [session, number]));
  return numbers.size === items.length ? {} : { session: Uint16Array.from(items, ({ session }) => numbers.get(session)!) };
}

function readPeople(lines: Iterator<string, undefined>, head: Head) {
  const people = new Set<string>();
  const wanted = new Uint8Array(head.people);
  const has = new Uint8Array(head.people);
  const wishStart = new Int32Array(head.people + 1);
  const groupStart = new Int32Array(head.people + 1);
  const wishItem = growing(Uint16Array);
  const wishWeight = growing(Float32Array);
  const given = growing(Uint8Array);
  const group = growing(Uint16Array);
  for (let person = 0; person < head.people; person++) {
    const line = person + 2 + head.items;
    const text = lines.next().value;
    if (text === undefined) return unreadable('draw-cut-off', line);
    const read = parsed(personShape, text);
    if (read === null || read.wishes.length !== read.weights.length || !read.weights.every((weight) => isWeight(weight)))
      return unreadable('draw-bad-line', line);
    if (people.has(read.person) || ![read.wishes, read.given, read.groups].every(isWithoutDoubles)) return unreadable('draw-double', line);
    const wished = new Set(read.wishes);
    const isKnown =
      read.wishes.every((item) => item < head.items) &&
      read.given.every((item) => wished.has(item)) &&
      read.groups.every((of) => of < head.groups.length);
    if (!isKnown) return unreadable('draw-unknown', line);
    people.add(read.person);
    wanted[person] = read.wanted;
    has[person] = read.has;
    const granted = new Set(read.given);
    read.wishes.forEach((item, at) => {
      wishItem.push(item);
      wishWeight.push(read.weights[at]!);
      given.push(granted.has(item) ? 1 : 0);
    });
    for (const of of read.groups) group.push(of);
    wishStart[person + 1] = wishItem.length();
    groupStart[person + 1] = group.length();
  }
  return {
    people: [...people],
    given: given.all(),
    instance: { wanted, has, wishStart, wishItem: wishItem.all(), wishWeight: wishWeight.all(), groupStart, group: group.all() },
  };
}

const unreadable = (why: UnreadableDraw['unreadable'], line: number): UnreadableDraw => ({ unreadable: why, line });

/** As a 32-bit number it must still be above zero and finite. */
const isWeight = (weight: number): boolean => Math.fround(weight) > 0 && Number.isFinite(Math.fround(weight));

const isWithoutDoubles = (list: readonly number[]): boolean => list.length < 2 || new Set(list).size === list.length;

function parsed<T>(shape: z.ZodType<T>, line: string | undefined): T | null {
  if (line === undefined) return null;
  try {
    return shape.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

function* linesOf(text: string): Generator<string, undefined> {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from);
    yield text.slice(from, end === -1 ? text.length : end);
    from = end === -1 ? text.length : end + 1;
  }
}

function startsOf(lists: readonly (readonly unknown[])[]): Int32Array {
  const starts = new Int32Array(lists.length + 1);
  lists.forEach((list, at) => (starts[at + 1] = starts[at]! + list.length));
  return starts;
}

type Numbers = Uint8Array | Uint16Array | Int32Array | Float32Array;

/** A typed array of which the length is not known beforehand. */
function growing<List extends Numbers>(make: new (length: number) => List) {
  let list = new make(1024);
  let length = 0;
  return {
    push: (value: number): void => {
      if (length === list.length) {
        const larger = new make(2 * length);
        larger.set(list);
        list = larger;
      }
      list[length++] = value;
    },
    length: () => length,
    all: () => list.slice(0, length) as List,
  };
}
