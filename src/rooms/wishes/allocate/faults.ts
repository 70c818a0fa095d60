// Whether an allocation keeps the rules that nothing may break, whoever made it.
import type { Instance } from './instance.ts';

export type Fault = 'over-capacity' | 'over-share' | 'clash' | 'more-than-wanted' | 'twice';

/** What is wrong with it, each kind once; empty when it keeps all rules. `given` is as in an allocation. */
export function faults(instance: Instance, given: Uint8Array): Fault[] {
  const found = new Set<Fault>();
  const { people, items, capacity, wishStart, wishItem, wanted } = instance;
  const taken = new Int32Array(items);
  const ofShare = new Int32Array(instance.shares.length);
  const sharesAt = Array.from({ length: items }, () => new Map<number, number[]>());
  instance.shares.forEach(({ item, group }, share) => sharesAt[item]!.set(group, [...(sharesAt[item]!.get(group) ?? []), share]));
  for (let person = 0; person < people; person++) {
    const mine: number[] = [];
    for (let wish = wishStart[person]!; wish < wishStart[person + 1]!; wish++) if (given[wish] === 1) mine.push(wishItem[wish]!);
    if (mine.length > wanted[person]!) found.add('more-than-wanted');
    if (new Set(mine).size < mine.length) found.add('twice');
    for (const item of mine) {
      if (++taken[item]! > capacity[item]!) found.add('over-capacity');
      for (let at = instance.clashStart[item]!; at < instance.clashStart[item + 1]!; at++)
        if (mine.includes(instance.clashItem[at]!)) found.add('clash');
      if (sharesAt[item]!.size === 0) continue;
      for (let at = instance.groupStart[person]!; at < instance.groupStart[person + 1]!; at++)
        for (const share of sharesAt[item]!.get(instance.group[at]!) ?? [])
          if (++ofShare[share]! > instance.shares[share]!.most) found.add('over-share');
    }
  }
  return [...found];
}
