// How much a change of the schedule does to what people can attend, in the least time: the inner loop of the optimiser.
import { changeOf, interestFor, type Interested } from './clashes.ts';
import { diaryOf } from './attendable.ts';
import { nowhere, overlapsOf, wishersOf, type Instance, type Placement } from './instance.ts';

/** Follows a placement that only `move` changes. */
export interface Reckoner {
  /** What changes when a session goes to a slot, or nowhere. */
  readonly change: (session: number, to: number) => number;
  /** What changes when two sessions take each other's slots. */
  readonly exchange: (one: number, other: number) => number;
  /** Per slot what would change; the array is filled anew by the next question. */
  readonly everywhere: (session: number) => Float64Array;
  readonly move: (session: number, to: number) => void;
}

/** In words of bits where times stand apart and interest has few weights, else mark by mark: the same answers. */
export function reckonerOf(instance: Instance, placement: Placement): Reckoner {
  const groups = groupsOf(instance);
  const weights = [...new Set(instance.interest.weight)].sort((a, b) => a - b);
  return groups !== null && weights.length <= 8 ? byBits(instance, placement, groups, weights) : byMarks(instance, placement);
}

export function byMarks(instance: Instance, placement: Placement): Reckoner {
  const interested: Interested = {
    instance,
    placement,
    overlaps: overlapsOf(instance.slots),
    wishers: wishersOf(instance),
    diary: diaryOf(instance, placement.slot),
  };
  const change = (session: number, to: number): number => (to === placement.slot[session] ? 0 : changeOf(interested, session, to));
  return {
    change,
    exchange: (one, other) => {
      const [from, to] = [placement.slot[one]!, placement.slot[other]!];
      const first = change(one, to);
      placement.slot[one] = to;
      const second = change(other, from);
      placement.slot[one] = from;
      return first + second;
    },
    everywhere: (session) => interestFor(interested, session),
    move: (session, to) => {
      placement.slot[session] = to;
    },
  };
}

/**
 * Slots fall into groups: within one every two overlap, and between groups none do; so of a group everybody attends one
 * session at most, the one they marked highest. Null where slots overlap in another way.
 */
export function groupsOf({ slots }: Pick<Instance, 'slots'>): Int32Array | null {
  const order = [...slots.keys()].sort((a, b) => slots[a]!.start - slots[b]!.start);
  const group = new Int32Array(slots.length);
  let now = -1;
  let firstEnd = -Infinity;
  let lastEnd = -Infinity;
  for (const slot of order) {
    const { start, end } = slots[slot]!;
    if (start >= lastEnd) {
      now++;
      firstEnd = end;
    } else if (start >= firstEnd) return null;
    firstEnd = Math.min(firstEnd, end);
    lastEnd = Math.max(lastEnd, end);
    group[slot] = now;
  }
  return group;
}

/**
 * Of each group and each weight level it is kept, a bit a person, who has at least one session of that level there (`any`)
 * and who has exactly one (`once`). The highest mark of somebody is the sum of the steps between levels that they reach.
 */
export function byBits(instance: Instance, placement: Placement, groupOf: Int32Array, levels: readonly number[]): Reckoner {
  const { sessions, interest } = instance;
  const words = (interest.people + 31) >>> 5;
  const span = words * levels.length;
  const groups = groupOf.reduce((most, group) => Math.max(most, group + 1), 0);
  const steps = levels.map((level, n) => level - (levels[n - 1] ?? 0));
  const marks = new Int32Array(sessions.length * span);
  for (let person = 0; person < interest.people; person++)
    for (let mark = interest.start[person]!; mark < interest.start[person + 1]!; mark++)
      levels.forEach((level, n) => {
        if (interest.weight[mark]! >= level) marks[interest.session[mark]! * span + n * words + (person >>> 5)]! |= 1 << (person & 31);
      });
  // Where a session has no mark at all there is nothing to reckon: only these words, per session, count.
  const used = sessions.map((_, session) => {
    const list: number[] = [];
    for (let n = 0; n < span; n++) if (marks[session * span + n] !== 0) list.push(n);
    return Int32Array.from(list);
  });
  const stepOf = Float64Array.from({ length: span }, (_, n) => steps[Math.floor(n / words)]!);
  const any = new Int32Array(groups * span);
  const once = new Int32Array(groups * span);
  const members: number[][] = Array.from({ length: groups }, () => []);
  const out = new Float64Array(instance.slots.length);
  const inGroup = (session: number): number => (placement.slot[session] === nowhere ? nowhere : groupOf[placement.slot[session]!]!);

  const enter = (session: number, group: number): void => {
    const base = group * span;
    for (const n of used[session]!) {
      const bits = marks[session * span + n]!;
      once[base + n] = (once[base + n]! & ~bits) | (bits & ~any[base + n]!);
      any[base + n]! |= bits;
    }
  };
  const add = (session: number, group: number): void => {
    members[group]!.push(session);
    enter(session, group);
  };
  const remove = (session: number, group: number): void => {
    const left = members[group]!;
    left.splice(left.indexOf(session), 1);
    any.fill(0, group * span, group * span + span);
    once.fill(0, group * span, group * span + span);
    for (const other of left) enter(other, group);
  };
  const lost = (session: number, group: number): number => {
    if (group === nowhere) return 0;
    const [own, base] = [session * span, group * span];
    let sum = 0;
    for (const n of used[session]!) sum += stepOf[n]! * ones(marks[own + n]! & once[base + n]!);
    return sum;
  };
  /** What it adds to a group out of which another one, if any, went. */
  const won = (session: number, group: number, without: number): number => {
    if (group === nowhere) return 0;
    const [own, base, other] = [session * span, group * span, without * span];
    let sum = 0;
    if (without === nowhere) for (const n of used[session]!) sum += stepOf[n]! * ones(marks[own + n]! & ~any[base + n]!);
    else for (const n of used[session]!) sum += stepOf[n]! * ones(marks[own + n]! & (~any[base + n]! | (marks[other + n]! & once[base + n]!)));
    return sum;
  };

  sessions.forEach((_, session) => {
    const group = inGroup(session);
    if (group !== nowhere) add(session, group);
  });
  return {
    change: (session, to) => {
      const [from, group] = [inGroup(session), to === nowhere ? nowhere : groupOf[to]!];
      return from === group ? 0 : won(session, group, nowhere) - lost(session, from);
    },
    exchange: (one, other) => {
      const [from, to] = [inGroup(one), inGroup(other)];
      if (from === to) return 0;
      return won(one, to, other) + won(other, from, one) - lost(one, from) - lost(other, to);
    },
    everywhere: (session) => {
      const from = inGroup(session);
      const loss = lost(session, from);
      const gain = new Float64Array(groups).fill(NaN);
      groupOf.forEach((group, slot) => {
        if (Number.isNaN(gain[group])) gain[group] = group === from ? 0 : won(session, group, nowhere) - loss;
        out[slot] = gain[group]!;
      });
      return out;
    },
    move: (session, to) => {
      const [from, group] = [inGroup(session), to === nowhere ? nowhere : groupOf[to]!];
      placement.slot[session] = to;
      if (from === group) return;
      if (from !== nowhere) remove(session, from);
      if (group !== nowhere) add(session, group);
    },
  };
}

/** How many bits are set (Warren, Hacker's Delight, 5-1). */
function ones(bits: number): number {
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
