/**
 * The best personal programme, exactly.
 *
 * Chooses k sessions that fit and s that surprise, no two of them clashing, so that
 *
 *   sum of fit over the fits + sum of intrigue over the surprises + bonus x (new themes + new organisations + new weeks)
 *
 * is as high as can be. Two wishes go before that sum, in this order: as many filled slots as possible, and as many
 * surprises from other organisations as possible. They are given weights so large that no sum can outweigh them.
 *
 * Method: depth-first branch and bound (Land and Doig 1960), surprises before fits, each in falling order. Every bound
 * promises at least what any completion can reach, so nothing better is ever cut off:
 * - clashes: the board is covered by groups of sessions that all clash with one another (a clique cover, as in colouring
 *   bounds for maximum clique: Tomita and Seki 2003); a completion takes one session of a group at most, so the best
 *   heads of different groups are at least as good;
 * - bonuses: r more picks bring at most min(r, themes not seen yet) new themes; likewise for organisations and weeks.
 * It starts from the programme that takes the best first, and leaves out at once whoever cannot be part of a better one: even
 * with the best of all others beside it, clashes ignored. What is left is mostly a handful, so nothing large is ever sorted.
 */
import { clashes, type Board, type Pool } from './board.ts';
import { equal, gather, gatherPools, takeBestFirst } from './candidates.ts';
import { bonus, most } from './objective.ts';
import { begin, gainOf, isBlocked, nextCount, pick, remember, unpick, type Search } from './path.ts';

/** Candidates looked at before the search gives up the proof, some tens of milliseconds; ordinary requests need some hundreds. */
const patience = 4_000_000;

export interface Request {
  /** Per session its fit for this person, turn included, 0..1; NaN when it cannot be chosen as a fit. */
  readonly fit: Float64Array;
  /** Per session its intrigue, turn included, 0..1; NaN when it cannot be chosen as a surprise. */
  readonly intrigue: Float64Array;
  /** 1 for sessions hosted outside the person's own organisation. */
  readonly elsewhere: Uint8Array;
  /** How many are wanted, 0..10 and 0..5. */
  readonly fits: number;
  readonly surprises: number;
  /** Already in the programme: blocks its time, and its theme, organisation and week are no longer new. */
  readonly chosen: readonly number[];
}

export interface Composition {
  /** Numbers of sessions on the board, in falling fit and falling intrigue. */
  readonly fits: readonly number[];
  readonly surprises: readonly number[];
  /** The sum above, without the tiers. */
  readonly value: number;
  /** False when the search stopped before the proof was complete. */
  readonly optimal: boolean;
}

export interface Alternative {
  /** The pick it could replace while the rest stays. */
  readonly instead: number;
  readonly session: number;
  /** The value of the programme after the swap. */
  readonly value: number;
}

/** The best programme for one person. Deterministic: ties go to the session that stands first on the board. */
export const compose = (board: Board, request: Request): Composition => complete(board, request, [], []);

/**
 * Composes again after something changed: picks stay where they are, unless they are among `changed`, can no longer be
 * chosen or clash with what is chosen now; only the slots that came free are filled anew, as well as can be.
 */
export function recompose(
  board: Board,
  request: Request,
  before: Pick<Composition, 'fits' | 'surprises'>,
  changed: readonly number[] = [],
): Composition {
  const stays: number[] = [...request.chosen];
  const isKept =
    (worth: Float64Array) =>
    (session: number): boolean => {
      if (changed.includes(session) || Number.isNaN(worth[session]) || stays.some((other) => clashes(board, session, other))) return false;
      stays.push(session);
      return true;
    };
  const surprises = before.surprises.filter(isKept(request.intrigue)).slice(0, request.surprises);
  const fits = before.fits.filter(isKept(request.fit)).slice(0, request.fits);
  return complete(board, request, fits, surprises);
}

/** What could stand in each slot while the rest stays, best first, at most `each` a slot. */
export function alternatives(board: Board, request: Request, composition: Composition, each = 5): Alternative[] {
  const picks = [...composition.fits, ...composition.surprises];
  return picks.flatMap((instead, slot) => {
    const asFit = slot < composition.fits.length;
    const rest = picks.filter((pick) => pick !== instead);
    const worth = asFit ? request.fit : request.intrigue;
    const search = begin(board, request, rest);
    const standing = composition.value - worth[instead]! - gainOf(search, instead);
    const pool = asFit ? board.desk.fits : board.desk.surprises;
    gather(search, pool, asFit ? board.desk.asFit : board.desk.asSurprise, -Infinity);
    const swaps: { session: number; worth: number; gain: number }[] = [];
    for (let at = 0; at < pool.length; at++) {
      // Whatever comes now is worth less than `each` that were found, even with every bonus there is.
      if (swaps.length >= each && pool.worth[at]! + bonus[0] + bonus[1] + bonus[2] < swaps[each - 1]!.worth) break;
      const session = pool.order[at]!;
      if (session !== instead) swaps.push({ session, worth: pool.worth[at]!, gain: gainOf(search, session) });
    }
    return swaps
      .sort((a, b) => b.worth + b.gain - a.worth - a.gain || a.session - b.session)
      .slice(0, each)
      .map(({ session, gain }) => ({ instead, session, value: standing + worth[session]! + gain }));
  });
}

/** The objective of a programme, whoever composed it. */
export function valueOf({ marks }: Board, { fit, intrigue, chosen }: Request, fits: readonly number[], surprises: readonly number[]): number {
  let value = 0;
  for (const session of fits) value += fit[session]!;
  for (const session of surprises) value += intrigue[session]!;
  const all = [...chosen, ...fits, ...surprises];
  for (let at = chosen.length; at < all.length; at++) {
    for (let kind = 0; kind < 3; kind++) if (isFirst(marks, all, at, kind)) value += bonus[kind]!;
  }
  return value;
}

/** Whether no earlier session has the same theme, organisation or week. */
function isFirst(marks: Int32Array, sessions: readonly number[], at: number, kind: number): boolean {
  const found = marks[sessions[at]! * 3 + kind]!;
  for (let before = 0; before < at; before++) if (marks[sessions[before]! * 3 + kind] === found) return false;
  return found !== -1;
}

// The search

function complete(board: Board, request: Request, keptFits: readonly number[], keptSurprises: readonly number[]): Composition {
  const search = begin(board, request, [...keptFits, ...keptSurprises]);
  const fitsLeft = Math.min(request.fits, most.fits) - keptFits.length;
  const surprisesLeft = Math.min(request.surprises, most.surprises) - keptSurprises.length;
  takeBestFirst(search, surprisesLeft, fitsLeft);
  gatherPools(search, surprisesLeft, fitsLeft);
  placeSurprises(search, 0, surprisesLeft, fitsLeft, 0, 0);
  const surprises = falling([...keptSurprises, ...search.bestPicks.slice(0, search.bestSurprises)], request.intrigue);
  const fits = falling([...keptFits, ...search.bestPicks.slice(search.bestSurprises)], request.fit);
  return { fits, surprises, value: valueOf(board, request, fits, surprises), optimal: !search.isCut };
}

const falling = (picks: number[], worth: Float64Array): number[] => picks.sort((a, b) => worth[b]! - worth[a]! || a - b);

function placeSurprises(search: Search, from: number, left: number, fitsLeft: number, placed: number, value: number): void {
  const { fits, surprises } = search.board.desk;
  const { order, worth } = surprises;
  // Also right for a programme without more surprises: those are tried last, below.
  const fitsAtBest = left > 0 ? headsOf(search, fits, 0, fitsLeft) : 0;
  const fitHeads = search.heads;
  const leastFit = search.leastHead;
  for (let at = from; left > 0 && at < surprises.length; at++) {
    const session = order[at]!;
    if (isBlocked(search, session)) continue;
    let bound = value + fitsAtBest + headsOf(search, surprises, at, left) + ceiling(search, left + fitsLeft);
    // Both counts may lean on the same few groups; what is too much costs at least the least head.
    const tooMany = fitHeads + search.heads - (search.groupsOpen - search.depth);
    if (tooMany > 0) bound -= tooMany * Math.min(fitHeads > 0 ? leastFit : Infinity, search.leastHead);
    if (bound <= search.best + equal) break;
    const gain = pick(search, session);
    placeSurprises(search, at + 1, left - 1, fitsLeft, placed + 1, value + worth[at]! + gain);
    unpick(search);
    if (search.isCut) return;
  }
  placeFits(search, 0, fitsLeft, placed, value);
}

function placeFits(search: Search, from: number, left: number, surprises: number, value: number): void {
  if (value > search.best + equal) remember(search, surprises, value);
  const { fits } = search.board.desk;
  const { order, worth } = fits;
  for (let at = from; left > 0 && at < fits.length; at++) {
    const session = order[at]!;
    if (isBlocked(search, session)) continue;
    if (value + headsOf(search, fits, at, left) + ceiling(search, left) <= search.best + equal) return;
    const gain = pick(search, session);
    placeFits(search, at + 1, left - 1, surprises, value + worth[at]! + gain);
    unpick(search);
    if (search.isCut) return;
  }
}

/** The worth of the best `left` candidates of different groups, from a position on; at least that of any choice of so many. */
function headsOf(search: Search, pool: Pool, from: number, left: number): number {
  const { board } = search;
  const { seen } = board.desk;
  const counting = nextCount();
  let heads = 0;
  let sum = 0;
  search.leastHead = Infinity;
  let at = from;
  for (; heads < left && at < pool.length; at++) {
    const session = pool.order[at]!;
    const group = board.group[session]!;
    if (seen[group] === counting || isBlocked(search, session)) continue;
    seen[group] = counting;
    heads++;
    search.leastHead = pool.worth[at]!;
    sum += search.leastHead;
  }
  search.heads = heads;
  search.lookedAt += at - from + 1;
  if (search.lookedAt > patience) search.isCut = true;
  return sum;
}

/** The most bonus that so many more picks can bring. */
const ceiling = ({ fresh }: Search, picks: number): number =>
  bonus[0] * Math.min(picks, fresh[0]!) + bonus[1] * Math.min(picks, fresh[1]!) + bonus[2] * Math.min(picks, fresh[2]!);
