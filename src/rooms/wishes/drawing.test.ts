import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PersonId, SessionId } from '#ground/id.ts';
import { overlap } from '#rooms/programme/session.ts';
import { auction } from './allocate/auction.ts';
import { seedOf } from './allocate/file.ts';
import { waitingOrder } from './allocate/waiting-order.ts';
import { drawingFrom, type Drawable, type Facts, type Way, type Wished, type Wisher } from './drawing.ts';
import { answersOf, answersWithout, resultsOf } from './results.ts';

const now = new Date('2026-11-10T09:00:00Z');
const hour = 3_600_000;
const seed = seedOf('5a'.repeat(32));
const after = (hours: number): Date => new Date(now.getTime() + hours * hour);

const way = (attendance: Way['attendance'], capacity: number | null, more: Partial<Way> = {}): Way => ({
  attendance,
  capacity,
  taken: 0,
  shares: [],
  takenBy: new Map(),
  ...more,
});
const session = (code: string, { startsIn = 24, ways = [way('onSite', 1)], ...more }: Partial<Drawable> & { startsIn?: number } = {}): Drawable => ({
  id: code as SessionId,
  code,
  start: after(startsIn),
  end: after(startsIn + 1),
  state: 'published',
  visibility: 'public',
  ways,
  ...more,
});
const wisher = (name: string, wishes: readonly (string | Wished)[], more: Partial<Wisher> = {}): Wisher => ({
  person: name as PersonId,
  pseudonym: name,
  isInternal: true,
  groups: ['internal'],
  held: [],
  ...more,
  wishes: wishes.map((one) => (typeof one === 'string' ? { session: one as SessionId, strength: 'want', attendance: null } : one)),
});
const drawing = (sessions: readonly Drawable[], people: readonly Wisher[], wanted = 3) => drawingFrom({ now, wanted, sessions, people });
const plain = (list: ArrayLike<number>): number[] => Array.from(list);

function drawn(sessions: readonly Drawable[], people: readonly Wisher[], wanted = 3) {
  const of = drawing(sessions, people, wanted);
  const allocation = auction(of.instance, seed);
  const results = resultsOf(of, allocation, waitingOrder(of.instance, allocation, seed));
  const answers = new Map(of.people.map(({ wisher }, person) => [wisher.pseudonym, answersOf(of, results, allocation.price, person)]));
  for (const one of of.without) answers.set(one.wisher.pseudonym, answersWithout(one));
  return { of, results, answers };
}

test('every way into a session is an item; both ways and what is at the same time cannot be combined', () => {
  const { items, instance } = drawing(
    [
      session('A', { ways: [way('onSite', 3, { taken: 1 }), way('online', null)] }),
      session('B', { startsIn: 24.5 }),
      session('C', { startsIn: 25, ways: [way('onSite', 0), way('online', 2)] }),
    ],
    [wisher('p', ['A', 'B']), wisher('q', [{ session: 'A' as SessionId, strength: 'must', attendance: 'online' }])],
  );
  expect(items.map(({ session, attendance }) => `${session.code} ${attendance}`)).toEqual(['A onSite', 'A online', 'B onSite', 'C online']);
  const clashes = items.map((_, item) => plain(instance.clashItem.subarray(instance.clashStart[item], instance.clashStart[item + 1])));
  // B ends when half of C is over; A ends when C begins.
  expect(clashes).toEqual([[1, 2], [0, 2], [0, 1, 3], [2]]);
  expect({ capacity: plain(instance.capacity), session: plain(instance.session!) }).toEqual({ capacity: [2, 2, 1, 2], session: [0, 0, 1, 2] });
  expect({ start: plain(instance.wishStart), item: plain(instance.wishItem), weight: plain(instance.wishWeight) }).toEqual({
    start: [0, 3, 4],
    item: [0, 1, 2, 1],
    weight: [2, 2, 2, 4],
  });
  expect({ wanted: plain(instance.wanted), has: plain(instance.has) }).toEqual({ wanted: [3, 3], has: [0, 0] });
});

test('what somebody has already counts, and what it stands in the way of takes no part', () => {
  const held = { session: 'X' as SessionId, code: 'X', start: after(24), end: after(25) };
  const { of, answers } = drawn(
    [session('X'), session('A'), session('B', { startsIn: 30 })],
    [wisher('p', ['X', 'A', 'B'], { held: [held] }), wisher('q', ['A'], { held: [held] })],
  );
  expect(of.people.map(({ wisher }) => wisher.pseudonym)).toEqual(['p']);
  expect(plain(of.instance.has)).toEqual([1]);
  expect([...answers].map(([name, all]) => [name, all.map(({ why }) => why)])).toEqual([
    [
      'p',
      [
        { code: 'held', values: {} },
        { code: 'overlap-held', values: { session: 'X' } },
        { code: 'granted', values: {} },
      ],
    ],
    ['q', [{ code: 'overlap-held', values: { session: 'X' } }]],
  ]);
});

test('what does not take place, has begun, or is not offered, is answered so; what somebody may not see is not answered', () => {
  const { answers } = drawn(
    [
      session('A', { state: 'cancelled' }),
      session('B', { startsIn: -1 }),
      session('C', { ways: [way('onSite', 0), way('online', 0)] }),
      session('D', { visibility: 'internal', startsIn: 40 }),
    ],
    [wisher('p', ['A', 'B', 'C', 'D'], { isInternal: false }), wisher('q', ['D'])],
  );
  expect(answers.get('p')!.map(({ why }) => why.code)).toEqual(['session-cancelled', 'session-started', 'not-offered']);
  expect(answers.get('q')!.map(({ why }) => why.code)).toEqual(['granted']);
});

test('a share is what is left of it, of each organisation apart; who is over it is told so and waits', () => {
  const shares = [
    { group: 'organisation:*', most: 1 },
    { group: 'external', most: 5 },
  ];
  const of = (name: string, slug: string) => wisher(name, ['A'], { groups: ['internal', `organisation:${slug}`] });
  const ways = [way('onSite', 10, { shares, takenBy: new Map([['organisation:delft', 1]]) })];
  const { of: made, answers } = drawn([session('A', { ways })], [of('p', 'delft'), of('q', 'breda'), of('r', 'breda')]);
  expect(made.instance.shares.map(({ group, most }) => [made.groups[group], most])).toEqual([
    ['organisation:delft', 0],
    ['organisation:breda', 1],
  ]);
  const fates = ['p', 'q', 'r'].map((name) => answers.get(name)![0]!);
  expect(fates.map(({ why }) => why.code).toSorted()).toEqual(['granted', 'share', 'share']);
  expect(fates[0]).toMatchObject({ given: null, why: { code: 'share' } });
  expect(
    fates
      .filter(({ line }) => line !== null)
      .map(({ line }) => line!.nth)
      .toSorted(),
  ).toEqual([1, 2]);
});

test('who gets as many as anybody stands in no line; who would take either way waits where fewer stand before them', () => {
  const both = [way('onSite', 1), way('online', 1)];
  const online = (name: string) => wisher(name, [{ session: 'A' as SessionId, strength: 'must', attendance: 'online' }]);
  const { results, of, answers } = drawn(
    [session('A', { ways: both })],
    [...['p', 'q', 'r', 's'].map((name) => wisher(name, ['A'])), online('t'), online('u')],
    1,
  );
  expect(results.lines.map((line) => line.length)).toEqual([2, 2]);
  expect(of.people.filter((_, person) => results.given[person]!.length > 0).every((_, nth) => nth < 2)).toBe(true);
  for (const [, [answer]] of answers) expect(answer!.given === null).toBe(answer!.line !== null);
});

// Whatever people wish

const strengths = ['must', 'want', 'maybe'] as const;
const facts: fc.Arbitrary<Facts> = fc
  .record({
    sessions: fc.array(
      fc.record({
        startsIn: fc.integer({ min: -1, max: 6 }),
        onSite: fc.option(fc.nat({ max: 3 })),
        online: fc.option(fc.nat({ max: 3 })),
        most: fc.option(fc.nat({ max: 2 })),
        isInternal: fc.boolean(),
        isCancelled: fc.boolean(),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    people: fc.array(
      fc.record({
        isInternal: fc.boolean(),
        organisation: fc.constantFrom('a', 'b'),
        wishes: fc.uniqueArray(
          fc.record({
            session: fc.nat({ max: 5 }),
            strength: fc.constantFrom(...strengths),
            attendance: fc.constantFrom(null, 'onSite' as const, 'online' as const),
          }),
          {
            maxLength: 6,
            selector: ({ session }) => session,
          },
        ),
        held: fc.option(fc.nat({ max: 5 })),
      }),
      { maxLength: 8 },
    ),
    wanted: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ sessions, people, wanted }) => {
    const all = sessions.map(({ startsIn, onSite, online, most, isInternal, isCancelled }, n) => {
      const shares = most === null ? [] : [{ group: 'organisation:*', most }];
      return session(`S${n}`, {
        startsIn,
        ways: [way('onSite', onSite, { shares }), way('online', online)],
        visibility: isInternal ? 'internal' : 'public',
        state: isCancelled && n % 3 === 0 ? 'cancelled' : 'published',
      });
    });
    const some = people.map(({ isInternal, organisation, wishes, held }, n) => {
      const theirs = held === null ? undefined : all[held];
      return wisher(
        `p${n}`,
        wishes.map((wish) => ({ ...wish, session: `S${wish.session}` as SessionId })),
        {
          isInternal,
          groups: [isInternal ? 'internal' : 'external', `organisation:${organisation}`],
          held: theirs ? [{ session: theirs.id, code: theirs.code, start: theirs.start, end: theirs.end }] : [],
        },
      );
    });
    return { now, wanted, sessions: all, people: some };
  });

test('whatever people wish: never more than there are places, never two at once, every wish that they may see is answered, and the answer holds', () => {
  fc.assert(
    fc.property(facts, (given) => {
      const { of, results, answers } = drawn(given.sessions, given.people, given.wanted);
      of.items.forEach((_, item) => {
        expect(results.granted[item]!).toBeLessThanOrEqual(of.instance.capacity[item]!);
        for (const { group, most } of results.shares[item]!) expect(results.taken[item]!.get(group) ?? 0).toBeLessThanOrEqual(most);
        expect(results.lines[item]!.length).toBe(new Set(results.lines[item]).size);
      });
      for (const person of given.people) {
        const mine = answers.get(person.pseudonym)!;
        const seen = person.wishes.filter(({ session }) =>
          given.sessions.some(({ id, visibility }) => id === session && (visibility === 'public' || person.isInternal)),
        );
        expect(mine.map(({ session }) => session)).toEqual(seen.map(({ session }) => session));
        const got = mine.filter((answer) => answer.given).map((answer) => given.sessions.find(({ code }) => code === answer.session)!);
        expect(got.length).toBeLessThanOrEqual(given.wanted);
        for (const one of got)
          for (const other of [...got, ...person.held])
            if (one.id !== ('id' in other ? other.id : other.session)) expect(overlap(one, other)).toBe(false);
        for (const answer of mine) {
          expect(answer.given === null).toBe(answer.why.code !== 'granted');
          expect(answer.given !== null && answer.line !== null).toBe(false);
          if (answer.why.code === 'enough') expect([got.length, answer.line]).toEqual([given.wanted, null]);
          if (answer.why.code === 'full' && answer.line === null) expect(got.length).toBe(given.wanted);
          if (answer.why.code === 'overlap') expect(got.map(({ code }) => code)).toContain(answer.why.values['session']);
        }
      }
    }),
    { numRuns: 300 },
  );
});
