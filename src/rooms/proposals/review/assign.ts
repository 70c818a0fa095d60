// Who of the committee reads what. In this order, and each as well as it can be once those before it are:
// 1. nobody with a conflict, ever; who was asked by hand, or began, keeps it;
// 2. every proposal gets as many reviews as were asked, or as many as there are members without a conflict;
// 3. the work is even: the loads, from high to low, are as low as they can be (so they differ by at most one wherever
//    conflicts and what is fixed leave room for it);
// 4. as little as possible changes in what was there;
// 5. the members of one proposal come from different organisations;
// 6. among equals a seed decides, so that anybody can do it again.
// It is one minimum-cost flow: a unit is one review; it goes from a proposal, by an organisation, to a member and out. The
// n-th review of a member costs 2n - 1, so that together they cost the sum of the squares; loads for which that is lowest
// are even in the sense of 3 (Harvey, Ladner, Lovasz and Tamir, Semi-matchings for bipartite graphs and load balancing,
// 2006; Frank and Murota, Discrete decreasing minimization, 2022). The steps are weighed so that no later one ever
// outweighs an earlier one. Units: whole reviews.
import { network } from './flow.ts';

export interface Pair {
  /** Any word by which a proposal is known. */
  readonly proposal: string;
  readonly reviewer: string;
}

export interface ToAssign {
  readonly proposals: readonly ToRead[];
  readonly reviewers: readonly Reader[];
  /** Who said that they cannot judge something fairly. */
  readonly declared: readonly Pair[];
  /** What was assigned before; what is fixed stays, unless there is a conflict. */
  readonly given: readonly (Pair & { readonly isFixed: boolean })[];
  /** How many reviews each proposal gets, 1 or more. */
  readonly each: number;
  readonly seed: number;
}
export interface ToRead {
  readonly id: string;
  /** Slugs: of the organisations that host it, and of those that its proposers work for. */
  readonly organisations: readonly string[];
  readonly proposers: readonly string[];
}
export interface Reader {
  readonly id: string;
  readonly organisation: string | null;
}

export interface Assigned {
  /** All there is now, what was kept first, by proposal and member. */
  readonly pairs: readonly Pair[];
  readonly added: readonly Pair[];
  readonly removed: readonly Pair[];
  /** Per member, in the order they were given. */
  readonly loads: readonly { readonly reviewer: string; readonly count: number }[];
  /** Proposals that have fewer reviews than asked, because too few members have no conflict. */
  readonly short: readonly { readonly proposal: string; readonly count: number }[];
}

export type WhyConflict = 'own' | 'organisation' | 'declared';

/** Why somebody cannot judge a proposal; null when they can. */
export function conflictOf(proposal: ToRead, reviewer: Reader, isDeclared: boolean): WhyConflict | null {
  if (proposal.proposers.includes(reviewer.id)) return 'own';
  if (reviewer.organisation !== null && proposal.organisations.includes(reviewer.organisation)) return 'organisation';
  return isDeclared ? 'declared' : null;
}

export function assign(asked: ToAssign): Assigned {
  const declared = new Set(asked.declared.map(keyOf));
  const proposals = shuffled(asked.proposals, asked.seed);
  const reviewers = shuffled(asked.reviewers, asked.seed + 1);
  const known = new Map(reviewers.map((reviewer) => [reviewer.id, reviewer]));
  const free = (proposal: ToRead, reviewer: Reader): boolean =>
    conflictOf(proposal, reviewer, declared.has(keyOf({ proposal: proposal.id, reviewer: reviewer.id }))) === null;
  const toRead = new Map(proposals.map((proposal) => [proposal.id, proposal]));
  const stays = asked.given.filter(({ proposal, reviewer, isFixed }) => {
    const [what, who] = [toRead.get(proposal), known.get(reviewer)];
    return isFixed && what !== undefined && who !== undefined && free(what, who);
  });
  const fixed = groups(stays);
  const given = new Set(asked.given.map(keyOf));
  const weights = weightsFor(asked);

  const net = network();
  const [source, sink] = [net.point(), net.point()];
  const points = new Map(reviewers.map(({ id }) => [id, net.point()]));
  const able = new Map(reviewers.map(({ id }) => [id, 0]));
  const lines: (Pair & { readonly pipe: number })[] = [];
  for (const proposal of proposals) {
    const has = fixed.get(proposal.id) ?? new Set<string>();
    const open = reviewers.filter((reviewer) => !has.has(reviewer.id) && free(proposal, reviewer));
    const needs = Math.min(Math.max(0, asked.each - has.size), open.length);
    if (needs === 0) continue;
    const start = net.point();
    net.pipe(source, start, needs, 0);
    for (const [organisation, theirs] of byOrganisation(open)) {
      const already = organisation === null ? 0 : [...has].filter((id) => known.get(id)?.organisation === organisation).length;
      const gate = organisation === null || theirs.length === 1 ? start : net.point();
      for (let nth = 0; gate !== start && nth < Math.min(needs, theirs.length); nth++) net.pipe(start, gate, 1, already + nth);
      for (const { id } of theirs) {
        const pair = { proposal: proposal.id, reviewer: id };
        const cost = (given.has(keyOf(pair)) ? 0 : weights.change) + (gate === start ? already : 0);
        lines.push({ ...pair, pipe: net.pipe(gate, points.get(id)!, 1, cost) });
        able.set(id, able.get(id)! + 1);
      }
    }
  }
  const fixedLoads = countBy(stays, ({ reviewer }) => reviewer);
  for (const { id } of reviewers) {
    const has = fixedLoads.get(id) ?? 0;
    for (let nth = has + 1; nth <= has + able.get(id)!; nth++) net.pipe(points.get(id)!, sink, 1, weights.load * (2 * nth - 1));
  }
  net.send(source, sink);

  const chosen = lines.filter(({ pipe }) => net.through(pipe) > 0).map(({ proposal, reviewer }) => ({ proposal, reviewer }));
  return told(asked, [...stays.map(({ proposal, reviewer }) => ({ proposal, reviewer })), ...chosen]);
}

function told({ proposals, reviewers, given, each }: ToAssign, all: readonly Pair[]): Assigned {
  const now = new Set(all.map(keyOf));
  const before = new Set(given.map(keyOf));
  const order = new Map([...proposals, ...reviewers].map(({ id }, nth) => [id, nth]));
  const sorted = (pairs: readonly Pair[]): Pair[] =>
    pairs.toSorted((a, b) => order.get(a.proposal)! - order.get(b.proposal)! || order.get(a.reviewer)! - order.get(b.reviewer)!);
  const pairs = sorted(all);
  const loads = countBy(pairs, ({ reviewer }) => reviewer);
  const counts = countBy(pairs, ({ proposal }) => proposal);
  return {
    pairs,
    added: pairs.filter((pair) => !before.has(keyOf(pair))),
    removed: given.filter((pair) => !now.has(keyOf(pair))).map(({ proposal, reviewer }) => ({ proposal, reviewer })),
    loads: reviewers.map(({ id }) => ({ reviewer: id, count: loads.get(id) ?? 0 })),
    short: proposals.flatMap(({ id }) => ((counts.get(id) ?? 0) < each ? [{ proposal: id, count: counts.get(id) ?? 0 }] : [])),
  };
}

/** What no division can go below, also without any conflict: the highest load, when this many reviews are spread over all. */
export const lowestTop = (reviews: number, reviewers: number): number => (reviewers === 0 ? 0 : Math.ceil(reviews / reviewers));

/** One change outweighs every organisation twice on a proposal together; one step of load outweighs every change together. */
function weightsFor({ proposals, each }: ToAssign): { change: number; load: number } {
  const change = proposals.length * each * each + 1;
  return { change, load: (proposals.length * each + 1) * change };
}

export const keyOf = ({ proposal, reviewer }: Pair): string => `${proposal} ${reviewer}`;

function groups(pairs: readonly Pair[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { proposal, reviewer } of pairs) found.set(proposal, (found.get(proposal) ?? new Set()).add(reviewer));
  return found;
}

function byOrganisation(reviewers: readonly Reader[]): Map<string | null, Reader[]> {
  const found = new Map<string | null, Reader[]>();
  for (const reviewer of reviewers) found.set(reviewer.organisation, [...(found.get(reviewer.organisation) ?? []), reviewer]);
  return found;
}

function countBy<T>(all: readonly T[], of: (one: T) => string): Map<string, number> {
  const found = new Map<string, number>();
  for (const one of all) found.set(of(one), (found.get(of(one)) ?? 0) + 1);
  return found;
}

/** Another order by a seed (Fisher and Yates, with mulberry32 for the dice). */
function shuffled<T>(all: readonly T[], seed: number): T[] {
  const mixed = [...all];
  let state = seed >>> 0;
  const die = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(die() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}
