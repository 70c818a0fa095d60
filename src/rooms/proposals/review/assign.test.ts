import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assign, conflictOf, keyOf, lowestTop, type Assigned, type ToAssign } from './assign.ts';

const proposal = (id: string, ...organisations: string[]) => ({ id, organisations, proposers: [`maker ${id}`] });
const reader = (id: string, organisation: string | null = id) => ({ id, organisation });
const asked = (some: Partial<ToAssign>): ToAssign => ({ proposals: [], reviewers: [], declared: [], given: [], each: 2, seed: 7, ...some });
const again = (before: ToAssign, { pairs }: Assigned, isFixed = false): ToAssign => ({
  ...before,
  given: pairs.map((pair) => ({ ...pair, isFixed })),
});
const loadsOf = ({ loads }: Assigned): number[] => loads.map(({ count }) => count).sort((a, b) => a - b);

test('three proposals with two reviews each, three members: two each', () => {
  const done = assign(asked({ proposals: [proposal('a'), proposal('b'), proposal('c')], reviewers: [reader('x'), reader('y'), reader('z')] }));
  expect({ loads: loadsOf(done), added: done.added.length, removed: done.removed, short: done.short }).toEqual({
    loads: [2, 2, 2],
    added: 6,
    removed: [],
    short: [],
  });
});

test('nobody reads what is of their own organisation, what they proposed, or what they said they cannot judge', () => {
  const done = assign(
    asked({
      proposals: [{ id: 'a', organisations: ['lab', 'stad'], proposers: ['maker'] }],
      reviewers: [reader('one', 'lab'), reader('two', 'stad'), reader('maker', null), reader('said', 'bos'), reader('free', 'zee')],
      declared: [{ proposal: 'a', reviewer: 'said' }],
    }),
  );
  expect(done.pairs).toEqual([{ proposal: 'a', reviewer: 'free' }]);
  expect(done.short).toEqual([{ proposal: 'a', count: 1 }]);
});

test('the members of one proposal come from different organisations where that can be', () => {
  const reviewers = [reader('a1', 'a'), reader('a2', 'a'), reader('b1', 'b'), reader('b2', 'b')];
  const done = assign(asked({ proposals: [proposal('p'), proposal('q')], reviewers }));
  for (const id of ['p', 'q']) {
    const theirs = done.pairs.filter((pair) => pair.proposal === id).map(({ reviewer }) => reviewer[0]);
    expect(new Set(theirs)).toEqual(new Set(['a', 'b']));
  }
});

test('who was asked by hand stays, also when that is uneven; the others take the rest', () => {
  const proposals = ['a', 'b', 'c', 'd'].map((id) => proposal(id));
  const given = proposals.map(({ id }) => ({ proposal: id, reviewer: 'x', isFixed: true }));
  const done = assign(asked({ proposals, reviewers: [reader('x'), reader('y'), reader('z')], given }));
  expect(done.loads).toEqual([
    { reviewer: 'x', count: 4 },
    { reviewer: 'y', count: 2 },
    { reviewer: 'z', count: 2 },
  ]);
  expect(done.removed).toEqual([]);
});

test('a member more takes over just as much as makes it even', () => {
  const proposals = Array.from({ length: 12 }, (_, nth) => proposal(`p${nth}`));
  const three = asked({ proposals, reviewers: [reader('x'), reader('y'), reader('z')] });
  const four = asked({ ...again(three, assign(three)), reviewers: [reader('x'), reader('y'), reader('z'), reader('new')] });
  const done = assign(four);
  expect({ loads: loadsOf(done), added: done.added.length, removed: done.removed.length }).toEqual({ loads: [6, 6, 6, 6], added: 6, removed: 6 });
  expect(done.added.every(({ reviewer }) => reviewer === 'new')).toBe(true);
});

test('a conflict that is said afterwards takes one away and puts one in its place', () => {
  const proposals = [proposal('a'), proposal('b')];
  const before = asked({ proposals, reviewers: ['v', 'w', 'x', 'y', 'z'].map((id) => reader(id)) });
  const [first] = assign(before).pairs;
  const done = assign({ ...again(before, assign(before), true), declared: [first!] });
  expect(done.removed).toEqual([first]);
  expect(done.added).toHaveLength(1);
});

/** Small worlds in which conflicts, what was given and organisations cross. */
const worlds = fc
  .record({
    proposals: fc.array(fc.record({ organisations: fc.subarray(['k', 'l', 'm', 'n']), proposer: fc.option(fc.nat(7)) }), { maxLength: 9 }),
    reviewers: fc.array(fc.option(fc.constantFrom('k', 'l', 'm', 'n', 'o', 'p')), { maxLength: 8 }),
    declared: fc.array(fc.tuple(fc.nat(8), fc.nat(7)), { maxLength: 6 }),
    given: fc.uniqueArray(fc.tuple(fc.nat(8), fc.nat(7), fc.boolean()), { maxLength: 12, selector: ([p, r]) => `${p} ${r}` }),
    each: fc.integer({ min: 1, max: 4 }),
    seed: fc.nat(),
  })
  .map((it): ToAssign => ({
    proposals: it.proposals.map(({ organisations, proposer }, nth) => ({
      id: `p${nth}`,
      organisations,
      proposers: proposer === null ? [] : [`r${proposer}`],
    })),
    reviewers: it.reviewers.map((organisation, nth) => ({ id: `r${nth}`, organisation })),
    declared: it.declared.map(([p, r]) => ({ proposal: `p${p}`, reviewer: `r${r}` })),
    given: it.given.map(([p, r, isFixed]) => ({ proposal: `p${p}`, reviewer: `r${r}`, isFixed })),
    each: it.each,
    seed: it.seed,
  }));

const isFree = (world: ToAssign, proposal: string, reviewer: string): boolean => {
  const [what, who] = [world.proposals.find(({ id }) => id === proposal), world.reviewers.find(({ id }) => id === reviewer)];
  const isDeclared = world.declared.some((pair) => keyOf(pair) === keyOf({ proposal, reviewer }));
  return what !== undefined && who !== undefined && conflictOf(what, who, isDeclared) === null;
};

test('whatever there is: no conflict, nobody twice, enough reviews or all who can, and what is fixed stays', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const { pairs, short } = assign(world);
      expect(new Set(pairs.map(keyOf)).size).toBe(pairs.length);
      for (const { proposal, reviewer } of pairs) expect(isFree(world, proposal, reviewer)).toBe(true);
      const kept = world.given.filter(({ proposal, reviewer, isFixed }) => isFixed && isFree(world, proposal, reviewer));
      for (const pair of kept) expect(pairs.map(keyOf)).toContain(keyOf(pair));
      for (const { id } of world.proposals) {
        const count = pairs.filter(({ proposal }) => proposal === id).length;
        const able = world.reviewers.filter((one) => isFree(world, id, one.id)).length;
        const fixed = kept.filter(({ proposal }) => proposal === id).length;
        expect(count).toBe(Math.max(fixed, Math.min(world.each, able)));
        expect(short.some(({ proposal }) => proposal === id)).toBe(count < world.each);
      }
    }),
  );
});

test('done again, nothing changes; with the same seed, the same comes out', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const first = assign(world);
      expect(assign(world)).toEqual(first);
      const second = assign(again(world, first));
      // Only what is not fixed any more may go: the pairs of before that were fixed are not, now.
      if (world.given.every(({ isFixed }) => !isFixed)) expect({ added: second.added, removed: second.removed }).toEqual({ added: [], removed: [] });
      const third = assign(again(world, second));
      expect({ added: third.added, removed: third.removed }).toEqual({ added: [], removed: [] });
    }),
  );
});

test('no review can be handed on, by however many hands, so that somebody with two more than another has less', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const { pairs, loads } = assign(world);
      const has = new Set(pairs.map(keyOf));
      const isFixed = new Set(world.given.filter((pair) => pair.isFixed).map(keyOf));
      const hands = (from: string): string[] =>
        pairs
          .filter((pair) => pair.reviewer === from && !isFixed.has(keyOf(pair)))
          .flatMap(({ proposal }) =>
            world.reviewers.map(({ id }) => id).filter((id) => isFree(world, proposal, id) && !has.has(keyOf({ proposal, reviewer: id }))),
          );
      for (const { reviewer, count } of loads) {
        const reached = new Set([reviewer]);
        for (const one of reached) for (const next of hands(one)) reached.add(next);
        for (const other of loads) if (reached.has(other.reviewer)) expect(count - other.count).toBeLessThan(2);
      }
    }),
  );
});

test('without conflicts and anything fixed, the highest load is the lowest there can be', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 3, max: 9 }), fc.nat(), (count, people, seed) => {
      const proposals = Array.from({ length: count }, (_, nth) => proposal(`p${nth}`));
      const done = assign(asked({ proposals, reviewers: Array.from({ length: people }, (_, nth) => reader(`r${nth}`)), each: 3, seed }));
      const loads = loadsOf(done);
      expect(loads.at(-1)).toBe(lowestTop(3 * count, people));
      expect(loads.at(-1)! - loads[0]!).toBeLessThan(2);
    }),
    { numRuns: 40 },
  );
});

test('as in a whole month: 500 proposals from 40 organisations for 60 members of 20 of them', { timeout: 30_000 }, () => {
  const world = asked({
    proposals: Array.from({ length: 500 }, (_, nth) => proposal(`p${nth}`, `o${nth % 40}`, `o${(nth * 7) % 40}`)),
    reviewers: Array.from({ length: 60 }, (_, nth) => reader(`r${nth}`, `o${nth % 20}`)),
    each: 3,
  });
  const done = assign(world);
  expect(loadsOf(done)).toEqual(Array.from({ length: 60 }, () => 25));
  const doubled = world.proposals.filter(({ id }) => {
    const theirs = done.pairs.filter((pair) => pair.proposal === id).map(({ reviewer }) => Number(reviewer.slice(1)) % 20);
    return new Set(theirs).size < theirs.length;
  });
  expect(doubled).toEqual([]);
});
