// npm run bench -- schedule: the optimiser beside chance and greedy, and what somebody sees while dragging.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { attendable } from '../src/rooms/schedule/engine/attendable.ts';
import { upperBound } from '../src/rooms/schedule/engine/bound.ts';
import { figuresFor, inTheWay, move, prepare } from '../src/rooms/schedule/engine/clashes.ts';
import { none } from '../src/rooms/schedule/engine/evenness.ts';
import { emptyPlacement, faults, markedIn, type Instance, type Needs, type Placement } from '../src/rooms/schedule/engine/instance.ts';
import { greedy, optimise, triesOf } from '../src/rooms/schedule/engine/optimise.ts';
import { madeUp, readCat, type Interest } from './interest.ts';
import { above, asked, below, chance, exactly, quantile, report, type Row } from './table.ts';

const { data, folder, seed } = asked();
const skipped: string[] = [];
const failures: string[] = [];
const seconds = 10;

const rows = [...cases(), ...dragging()];
report('schedule', seed, rows, skipped);
for (const failure of failures) console.error(failure);
if (failures.length > 0) process.exitCode = 1;

// The cases

interface Shape {
  readonly sessions: number;
  readonly slots: number;
  readonly venues: number;
  readonly target?: number;
}

/**
 * The sessions with most marks, as they clash most: 109 of the bids of AAMAS 2016 (of which the targets were taken), 500 of
 * those of 2015, which has as many. The 109 of 2015 stand beside without a target: more is marked than fits in 12 turns.
 */
function cases(): Row[] {
  const few: Shape[] = [
    { sessions: 109, slots: 30, venues: 4, target: 0.99 },
    { sessions: 109, slots: 12, venues: 10, target: 0.84 },
  ];
  const many: Shape = { sessions: 500, slots: 60, venues: 9, target: 0.985 };
  const without = ({ target: _, ...shape }: Shape): Shape => shape;
  if (data !== null && !statSync(data).isDirectory()) return ofMatrix('file', readCat(data), [...few, many].map(without));
  const of = folder === null ? null : join(folder, 'preferences/preflib-aamas');
  if (of === null) {
    skipped.push('preflib-aamas: DATA does not name the folder of real data; the cases are made up, and without targets');
    return ofMatrix('made up', madeUp(200, 600, seed), [...few, many].map(without));
  }
  return [
    ...ofMatrix('aamas-2016', readCat(join(of, '00037-00000002.cat')), few),
    ...ofMatrix('aamas-2015', readCat(join(of, '00037-00000001.cat')), [...few.map(without), many]),
  ];
}

function ofMatrix(name: string, known: Interest, shapes: readonly Shape[]): Row[] {
  return shapes.filter((shape) => shape.sessions <= (known[0]?.length ?? 0)).flatMap((shape) => measured(name, known, shape));
}

/** Yes weighs twice a maybe; who said neither marked nothing. */
function weightOf(interest: number): number {
  return interest >= 0.9 ? 2 : interest >= 0.6 ? 1 : 0;
}

function instanceOf(known: Interest, { sessions, slots, venues }: Shape): Instance {
  const popularity = Array.from(known[0]!, (_, column) => known.reduce((sum, row) => sum + (weightOf(row[column]!) > 0 ? 1 : 0), 0));
  const columns = [...popularity.keys()].sort((a, b) => popularity[b]! - popularity[a]! || a - b).slice(0, sessions);
  const people = known.map((row) =>
    columns.flatMap((column, session) => (weightOf(row[column]!) > 0 ? [[session, weightOf(row[column]!)] as const] : [])),
  );
  return month(people, { sessions, slots, venues }, []);
}

function month(
  people: readonly (readonly (readonly [number, number])[])[],
  { sessions, slots, venues }: Shape,
  hosts: readonly number[][],
): Instance {
  const start = new Int32Array(people.length + 1);
  people.forEach((marks, person) => (start[person + 1] = start[person]! + marks.length));
  const needs = (session: number): Needs => ({
    minutes: 60,
    hosts: hosts[session] ?? [],
    kind: 'onSite',
    capacity: 0,
    isPinned: false,
    may: new Uint8Array(slots).fill(1),
    themes: [],
    deepens: [],
  });
  return {
    sessions: Array.from({ length: sessions }, (_, session) => needs(session)),
    slots: Array.from({ length: slots }, (_, n) => ({ start: n * 90, end: n * 90 + 60, day: Math.floor(n / 6), week: Math.floor(n / 30) })),
    venues: Array.from({ length: venues }, () => ({ kind: 'onSite' as const, capacity: null })),
    interest: {
      people: people.length,
      start,
      session: Uint16Array.from(people.flat(), ([session]) => session),
      weight: Float32Array.from(people.flat(), ([, weight]) => weight),
    },
  };
}

function measured(name: string, known: Interest, shape: Shape): Row[] {
  const instance = instanceOf(known, shape);
  const title = `${name}: ${shape.sessions} in ${shape.slots} x ${shape.venues}`;
  console.error(title);
  const marked = markedIn(instance.interest);
  const share = (placement: Placement): number => attendable(instance, placement.slot) / marked;
  const began = performance.now();
  const first = greedy(instance, emptyPlacement(instance), { seed, evenness: none });
  const greedyTime = performance.now() - began;
  const started = performance.now();
  const spent = (): number => (performance.now() - started) / 1000 / seconds;
  const found = optimise(instance, emptyPlacement(instance), { seed, evenness: none, spent });
  const random = byChance(instance);
  for (const [who, placement] of Object.entries({ ours: found.placement, greedy: first, random })) {
    const wrong = faults(instance, placement).length + placement.slot.filter((slot) => slot < 0).length;
    if (wrong > 0) failures.push(`${title}: ${who} breaks ${wrong} rules: this is a fault, not a slow machine.`);
  }
  const limit = upperBound(instance) / marked;
  if (found.attendable / marked > limit + 1e-9) failures.push(`${title}: more than the limit can be attended: this is a fault.`);
  const again = (): Placement => optimise(instance, emptyPlacement(instance), { seed, evenness: none, spent: triesOf(200_000) }).placement;
  if (String(again().slot) !== String(again().slot)) failures.push(`${title}: the same seed gave two schedules: this is a fault.`);
  const value = share(found.placement);
  return [
    {
      case: title,
      metric: 'interest that can be attended',
      value,
      unit: 'share',
      ...(shape.target ? above(value, shape.target) : {}),
      limit,
      peers: { random: share(random), greedy: share(first) },
    },
    { case: title, metric: 'tries', value: found.tries / seconds, unit: 'a second' },
    { case: title, metric: 'time of greedy', value: greedyTime, unit: 'ms' },
  ];
}

/** Every session to a free place by chance. */
function byChance(instance: Instance): Placement {
  const random = chance(seed);
  const placement = emptyPlacement(instance);
  const cells = instance.slots.flatMap((_, slot) => instance.venues.map((_, venue) => ({ slot, venue, by: random() }))).sort((a, b) => a.by - b.by);
  instance.sessions.forEach((_, session) => {
    placement.slot[session] = cells[session]!.slot;
    placement.venue[session] = cells[session]!.venue;
  });
  return placement;
}

// What somebody sees while dragging

/** 1,000 sessions with hosts who have more of them, 100,000 wishes of 10,000 people, some sessions wanted by very many. */
function dragging(): Row[] {
  const random = chance(seed);
  const shape: Shape = { sessions: 1000, slots: 240, venues: 8 };
  const people = Array.from({ length: 10_000 }, () => {
    const marks = new Map<number, number>();
    while (marks.size < 10) marks.set(Math.floor(random() ** 2 * shape.sessions), [1, 2, 4][Math.floor(random() * 3)]!);
    return [...marks];
  });
  const hosts = Array.from({ length: shape.sessions }, () => Array.from({ length: 2 }, () => Math.floor(random() * 600)));
  const apart = month(people, shape, hosts);
  // Every third slot runs on into the next.
  const instance = { ...apart, slots: apart.slots.map((slot, n) => (n % 3 === 0 ? { ...slot, end: slot.end + 60 } : slot)) };
  const placement = byChance(instance);
  const began = performance.now();
  const prepared = prepare(instance, placement);
  const preparing = performance.now() - began;
  const times: number[] = [];
  const moves: number[] = [];
  for (let session = 0; session < shape.sessions; session++) {
    const start = performance.now();
    figuresFor(prepared, session);
    times.push(performance.now() - start);
  }
  const most = Math.max(...times.slice(1));
  let wrong = 0;
  for (let n = 0; n < 200; n++) {
    const [session, slot, venue] = [Math.floor(random() * 1000), Math.floor(random() * 240), Math.floor(random() * 8)];
    const said = figuresFor(prepared, session).interest[slot]!;
    const before = prepared.attendable;
    const start = performance.now();
    move(prepared, session, slot, venue);
    moves.push(performance.now() - start);
    if (Math.abs(prepared.attendable - before - said) > 1e-6) wrong++;
    inTheWay(prepared, session, slot, venue);
  }
  const recomputing = performance.now();
  const anew = attendable(instance, prepared.placement.slot);
  const recompute = performance.now() - recomputing;
  if (Math.abs(anew - prepared.attendable) > 1e-6) wrong++;
  if (wrong > 0) failures.push(`dragging: ${wrong} figures are not what reckoning anew gives: this is a fault.`);
  const title = '1000 sessions, 100000 wishes, 240 slots';
  return [
    // One session at one slot takes a peer as long as all wishes; at all slots, so many times.
    {
      case: title,
      metric: 'figures of a dragged session, all slots, p99',
      value: quantile(times, 0.99),
      unit: 'ms',
      ...below(quantile(times, 0.99), 16),
      peers: { 'recompute all': recompute * shape.slots },
    },
    { case: title, metric: 'figures of a dragged session, all slots, most', value: most, unit: 'ms', ...below(most, 16) },
    { case: title, metric: 'figures of the first one, before the code is warm', value: times[0]!, unit: 'ms' },
    { case: title, metric: 'moving it, p99', value: quantile(moves, 0.99), unit: 'ms', peers: { 'recompute all': recompute } },
    { case: title, metric: 'preparing once', value: preparing, unit: 'ms' },
    { case: title, metric: 'figures that are wrong', value: wrong, unit: '', ...exactly(wrong, 0) },
  ];
}
