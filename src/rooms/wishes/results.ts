// What a draw gives everybody, by name again: their places, the lines in which they stand, and why.
import { overlap } from '#rooms/programme/session.ts';
import type { Allocation, Share } from './allocate/instance.ts';
import type { WaitingOrder } from './allocate/waiting-order.ts';
import type { Asked, Drawable, Drawing, Participant } from './drawing.ts';
import type { Answered, Why } from './window.ts';

/** A place in the line of an item, counted from 1. */
export interface Place {
  readonly item: number;
  readonly nth: number;
}

export interface Results {
  /** Per person the items that they got. */
  readonly given: readonly (readonly number[])[];
  /** Per item who stands in its line, the first in front. */
  readonly lines: readonly (readonly number[])[];
  /** Per person the lines that they stand in. */
  readonly places: readonly (readonly Place[])[];
  /** Per item how many wished it. */
  readonly wished: Int32Array;
  /** Per item how many got it. */
  readonly granted: Int32Array;
  /** Per item its shares, and how many of them each group got. */
  readonly shares: readonly (readonly Share[])[];
  readonly taken: readonly ReadonlyMap<number, number>[];
}

export function resultsOf(drawing: Drawing, allocation: Pick<Allocation, 'given'>, waiting: WaitingOrder): Results {
  const { instance, items } = drawing;
  const wished = new Int32Array(instance.items);
  const granted = new Int32Array(instance.items);
  const shares = items.map((): Share[] => []);
  for (const share of instance.shares) shares[share.item]!.push(share);
  const taken = items.map(() => new Map<number, number>());
  const given = drawing.people.map((_, person) => {
    const mine: number[] = [];
    for (let wish = instance.wishStart[person]!; wish < instance.wishStart[person + 1]!; wish++) {
      const item = instance.wishItem[wish]!;
      wished[item]!++;
      if (allocation.given[wish] !== 1) continue;
      mine.push(item);
      granted[item]!++;
      for (const group of groupsOf(drawing, person)) taken[item]!.set(group, (taken[item]!.get(group) ?? 0) + 1);
    }
    return mine;
  });
  return { given, wished, granted, shares, taken, ...linesOf(drawing, given, waiting) };
}

/**
 * The lines as they will be stood in: who has as many as anybody gets stands in none, nobody waits for a session that they
 * have, and who would take either way waits where fewer stand before them; when that is equal, for the room.
 */
function linesOf({ instance, items }: Drawing, given: Results['given'], { start, person: waiting }: WaitingOrder): Pick<Results, 'lines' | 'places'> {
  const stands = (person: number, item: number): boolean =>
    given[person]!.length < instance.wanted[person]! && !given[person]!.some((mine) => items[mine]!.session === items[item]!.session);
  const lines = items.map((_, item) => [...waiting.subarray(start[item], start[item + 1])].filter((person) => stands(person, item)));
  const places = given.map((): Map<Drawable, Place> => new Map());
  lines.forEach((line, item) =>
    line.forEach((person, before) => {
      const there = places[person]!.get(items[item]!.session);
      if (there === undefined || before + 1 < there.nth) places[person]!.set(items[item]!.session, { item, nth: before + 1 });
    }),
  );
  const chosen = lines.map((line, item) => line.filter((person) => places[person]!.get(items[item]!.session)!.item === item));
  const renumbered = given.map((): Place[] => []);
  chosen.forEach((line, item) => line.forEach((person, before) => renumbered[person]!.push({ item, nth: before + 1 })));
  return { lines: chosen, places: renumbered };
}

/** What came of every wish of one person in the draw. */
export function answersOf(drawing: Drawing, results: Results, price: Float64Array, person: number): Answered[] {
  const participant = drawing.people[person]!;
  return participant.asked.map((asked) => {
    const given = itemsOf(drawing, asked).find((item) => results.given[person]!.includes(item));
    const place = results.places[person]!.find(({ item }) => drawing.items[item]!.session === asked.session);
    return {
      session: asked.session.code,
      strength: asked.strength,
      given: given === undefined ? null : drawing.items[given]!.attendance,
      line: place === undefined ? null : { attendance: drawing.items[place.item]!.attendance, nth: place.nth },
      why: given === undefined ? why(drawing, results, price, person, asked) : { code: 'granted', values: {} },
    };
  });
}

/** The same for somebody of whom no wish could take part. */
export const answersWithout = ({ asked }: Participant): Answered[] =>
  asked.flatMap(({ session, strength, whyNot }) => (whyNot ? [{ session: session.code, strength, given: null, line: null, why: whyNot }] : []));

/** Why somebody did not get what they wished: the first of these that holds. */
export function why(drawing: Drawing, results: Results, price: Float64Array, person: number, asked: Asked): Why {
  if (asked.whyNot) return asked.whyNot;
  const { instance, items } = drawing;
  const mine = results.given[person]!;
  const other = mine.find((item) => overlap(items[item]!.session, asked.session));
  if (other !== undefined) return { code: 'overlap', values: { session: items[other]!.session.code } };
  if (mine.length >= instance.wanted[person]!)
    return { code: 'enough', values: { wanted: instance.wanted[person]!, count: instance.wanted[person]! } };
  const ways = itemsOf(drawing, asked);
  const isFull = (item: number): boolean => results.granted[item]! >= instance.capacity[item]!;
  const groups = groupsOf(drawing, person);
  const isOverShare = (item: number): boolean =>
    results.shares[item]!.some((share) => groups.includes(share.group) && (results.taken[item]!.get(share.group) ?? 0) >= share.most);
  if (ways.some((item) => !isFull(item) && isOverShare(item))) return { code: 'share', values: {} };
  if (ways.some((item) => !isFull(item))) return { code: 'room', values: {} };
  const item = results.places[person]!.find((place) => ways.includes(place.item))?.item ?? ways[0]!;
  return {
    code: 'full',
    values: { wished: results.wished[item]!, places: instance.capacity[item]!, price: Math.round(price[item]! * 1000) / 1000 },
  };
}

/** The ways of a wish, as items. */
const itemsOf = ({ instance }: Drawing, { first, ways }: Asked): number[] => Array.from(instance.wishItem.subarray(first, first + ways));

const groupsOf = ({ instance }: Drawing, person: number): number[] =>
  Array.from(instance.group.subarray(instance.groupStart[person], instance.groupStart[person + 1]));
