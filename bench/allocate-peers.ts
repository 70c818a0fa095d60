// What a draw is measured against: everybody's best of what is left in a random order, a draft in rounds, and the LP optimum.
import loadHighs from 'highs';
import type { Instance } from '../src/rooms/wishes/allocate/instance.ts';
import { chance } from './table.ts';

/** Random serial dictatorship (Abdulkadiroglu and Sonmez 1998): by turn, everybody takes what they like best of what is left. */
export function randomOrder(instance: Instance, value: Float32Array, seed: number): Uint8Array {
  const take = taking(instance, value);
  for (const person of shuffled(instance.people, seed)) while (take.one(person));
  return take.given;
}

/** Rounds in which everybody takes one, there and back (a snake draft: Budish and Cantillon 2012). */
export function draft(instance: Instance, value: Float32Array, seed: number): Uint8Array {
  const take = taking(instance, value);
  const order = shuffled(instance.people, seed);
  for (let isAnyone = true; isAnyone; order.reverse()) {
    isAnyone = false;
    for (const person of order) if (take.one(person)) isAnyone = true;
  }
  return take.given;
}

export function shuffled(count: number, seed: number): Int32Array {
  const random = chance(seed);
  const order = Int32Array.from({ length: count }, (_, n) => n);
  for (let n = count - 1; n > 0; n--) {
    const other = Math.floor(random() * (n + 1));
    [order[n], order[other]] = [order[other]!, order[n]!];
  }
  return order;
}

/** Taking the best that is left, one at a time, within all rules. */
function taking(instance: Instance, value: Float32Array): { readonly given: Uint8Array; readonly one: (person: number) => boolean } {
  const given = new Uint8Array(value.length);
  const left = Int32Array.from(instance.capacity);
  const shareLeft = Int32Array.from(instance.shares, ({ most }) => most);
  const sharesOf = sharesIn(instance);
  const goes = mayTake(instance, given);
  const one = (person: number): boolean => {
    let best = -1;
    for (let wish = instance.wishStart[person]!; wish < instance.wishStart[person + 1]!; wish++) {
      if (value[wish]! <= (best === -1 ? 0 : value[best]!) || left[instance.wishItem[wish]!] === 0) continue;
      if (!goes(person, wish) || sharesOf(person, wish).some((share) => shareLeft[share] === 0)) continue;
      best = wish;
    }
    if (best === -1) return false;
    given[best] = 1;
    left[instance.wishItem[best]!]!--;
    for (const share of sharesOf(person, best)) shareLeft[share]!--;
    return true;
  };
  return { given, one };
}

const none: readonly number[] = [];
function sharesIn({ items, shares, wishItem, groupStart, group }: Instance): (person: number, wish: number) => readonly number[] {
  if (shares.length === 0) return () => none;
  const at = Array.from({ length: items }, () => new Map<number, number[]>());
  shares.forEach((share, number) => at[share.item]!.set(share.group, [...(at[share.item]!.get(share.group) ?? []), number]));
  return (person, wish) => [...group.subarray(groupStart[person], groupStart[person + 1])].flatMap((one) => at[wishItem[wish]!]!.get(one) ?? []);
}

/** Whether somebody may have one more, and this one beside what they hold. */
export function mayTake(instance: Instance, given: Uint8Array, wanted: Uint8Array = instance.wanted): (person: number, wish: number) => boolean {
  const { items, wishStart, wishItem, clashStart, clashItem } = instance;
  const clash = new Uint8Array(items * items);
  for (let item = 0; item < items; item++)
    for (let at = clashStart[item]!; at < clashStart[item + 1]!; at++) clash[item * items + clashItem[at]!] = 1;
  return (person, wish) => {
    let held = 0;
    for (let other = wishStart[person]!; other < wishStart[person + 1]!; other++) {
      if (given[other] === 0) continue;
      held++;
      if (other === wish || clash[wishItem[wish]! * items + wishItem[other]!] === 1) return false;
    }
    return held < wanted[person]!;
  };
}

/** HiGHS (Huangfu and Hall 2018) as WebAssembly: the highest total when seats could be split, so never below any allocation. */
export async function linearOptimum(instance: Instance, value: Float32Array): Promise<number> {
  const solver = await loadHighs();
  const solution = solver.solve(programme(instance, value), { output_flag: false });
  if (solution.Status !== 'Optimal') throw new Error(`HiGHS found no optimum: ${solution.Status}`);
  return solution.ObjectiveValue;
}

function programme(instance: Instance, value: Float32Array): string {
  const { people, items, capacity, wishStart, wishItem, wanted, clashStart, clashItem } = instance;
  const clashesWith = (a: number, b: number): boolean => clashItem.subarray(clashStart[a], clashStart[a + 1]).includes(b);
  const ofItem = Array.from({ length: items }, () => new Array<string>());
  const rows: string[] = [];
  const sum = (names: readonly string[]): string => names.join(' +\n ');
  for (let person = 0; person < people; person++) {
    const mine = Array.from({ length: wishStart[person + 1]! - wishStart[person]! }, (_, n) => wishStart[person]! + n);
    for (const wish of mine) ofItem[wishItem[wish]!]!.push(`x${wish}`);
    if (mine.length > 0) rows.push(`${sum(mine.map((wish) => `x${wish}`))} <= ${wanted[person]}`);
    for (const set of together(mine, (a, b) => clashesWith(wishItem[a]!, wishItem[b]!))) rows.push(`${sum(set.map((wish) => `x${wish}`))} <= 1`);
  }
  ofItem.forEach((names, item) => names.length > 0 && rows.push(`${sum(names)} <= ${capacity[item]}`));
  const objective = Array.from(value, (one, wish) => `${one} x${wish}`);
  const bounds = Array.from(value, (_, wish) => `0 <= x${wish} <= 1`);
  return `Maximize\n obj: ${sum(objective)}\nSubject To\n${rows.map((row, n) => ` c${n}: ${row}`).join('\n')}\nBounds\n ${bounds.join('\n ')}\nEnd\n`;
}

/** Sets of wishes that all clash with each other, so large that every clash stands in one: as tight as such rows can be. */
function together(mine: readonly number[], clash: (a: number, b: number) => boolean): number[][] {
  const sets: number[][] = [];
  for (const a of mine)
    for (const b of mine) {
      if (b >= a || !clash(a, b) || sets.some((set) => set.includes(a) && set.includes(b))) continue;
      const set = [b, a];
      for (const other of mine) if (!set.includes(other) && set.every((one) => clash(one, other))) set.push(other);
      sets.push(set);
    }
  return sets;
}
