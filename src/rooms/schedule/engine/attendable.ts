// What people can still attend: everybody is at one session at a time, so of what somebody marked it is the set of
// sessions without overlap that weighs most (weighted interval scheduling: Kleinberg and Tardos, Algorithm Design, 6.1).
import type { Instance } from './instance.ts';

/** Somebody's marked sessions that have a time, ready to answer what one more would add. */
export interface Diary {
  /** Fills it with what the person marked, without one session; answers what they can attend of it. */
  readonly of: (person: number, without: number) => number;
  /** What they can attend when a session of that weight is added at that slot. */
  readonly with: (slot: number, weight: number) => number;
  /** The slots of what is in it: the first `count`. */
  readonly slots: Int32Array;
  readonly count: () => number;
}

/** `slotOf` is read anew each time, so that it may change in between. */
export function diaryOf(instance: Pick<Instance, 'slots' | 'interest'>, slotOf: Int32Array): Diary {
  const { interest } = instance;
  const starts = Float64Array.from(instance.slots, ({ start }) => start);
  const ends = Float64Array.from(instance.slots, ({ end }) => end);
  let most = 0;
  for (let person = 0; person < interest.people; person++) most = Math.max(most, interest.start[person + 1]! - interest.start[person]!);
  const slots = new Int32Array(most);
  const weights = new Float64Array(most);
  const byStart = new Int32Array(most);
  /** The best of the first n by their end; the best of those from the nth by their start. */
  const before = new Float64Array(most + 1);
  const after = new Float64Array(most + 1);
  let count = 0;
  let isByStart = false;

  const fill = (person: number, without: number): void => {
    count = 0;
    for (let mark = interest.start[person]!; mark < interest.start[person + 1]!; mark++) {
      const session = interest.session[mark]!;
      const slot = slotOf[session]!;
      if (slot < 0 || session === without) continue;
      let at = count++;
      for (; at > 0 && ends[slots[at - 1]!]! > ends[slot]!; at--) {
        slots[at] = slots[at - 1]!;
        weights[at] = weights[at - 1]!;
      }
      slots[at] = slot;
      weights[at] = interest.weight[mark]!;
    }
  };
  /** How many of the first n end before that moment. */
  const endedBy = (moment: number, n: number): number => {
    while (n > 0 && ends[slots[n - 1]!]! > moment) n--;
    return n;
  };
  const reckonAfter = (): void => {
    isByStart = true;
    for (let n = 0; n < count; n++) {
      let at = n;
      for (; at > 0 && starts[slots[byStart[at - 1]!]!]! > starts[slots[n]!]!; at--) byStart[at] = byStart[at - 1]!;
      byStart[at] = n;
    }
    after[count] = 0;
    for (let n = count - 1; n >= 0; n--) {
      const one = byStart[n]!;
      after[n] = Math.max(after[n + 1]!, weights[one]! + after[startingFrom(ends[slots[one]!]!, n + 1)]!);
    }
  };
  const startingFrom = (moment: number, n: number): number => {
    while (n < count && starts[slots[byStart[n]!]!]! < moment) n++;
    return n;
  };

  return {
    slots,
    count: () => count,
    of: (person, without) => {
      fill(person, without);
      isByStart = false;
      for (let n = 0; n < count; n++) before[n + 1] = Math.max(before[n]!, weights[n]! + before[endedBy(starts[slots[n]!]!, n)]!);
      return before[count]!;
    },
    with: (slot, weight) => {
      if (!isByStart) reckonAfter();
      return Math.max(before[count]!, weight + before[endedBy(starts[slot]!, count)]! + after[startingFrom(ends[slot]!, 0)]!);
    },
  };
}

/** How much of all marked interest can be attended when sessions are at those slots. */
export function attendable(instance: Pick<Instance, 'slots' | 'interest'>, slotOf: Int32Array): number {
  const diary = diaryOf(instance, slotOf);
  let sum = 0;
  for (let person = 0; person < instance.interest.people; person++) sum += diary.of(person, -1);
  return sum;
}
