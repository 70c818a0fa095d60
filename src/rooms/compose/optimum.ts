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
 * with the best of all other groups beside it. What is left is mostly a handful, so nothing large is ever sorted.
 */

/** Units of fit. The bonuses stay well under the turn, or sessions of a small theme or week would crowd out their equals. */
export const weights = {
  theme: 0.002,
  organisation: 0.001,
  week: 0.001,
  /** The most that the seed adds, so that among equals small sessions get their turn. */
  turn: 0.02,
} as const;

/** No request may ask for more; `tiers` is large enough for these. */
export const most = { fits: 10, surprises: 5 } as const;

/** Each outweighs everything below it: 15 picks of at most 1 with their bonuses stay under 17, five times 17 under 128. */
export const tiers = { filled: 128, elsewhere: 17 } as const;

/** Candidates looked at before the search gives up the proof, some tens of milliseconds; ordinary requests need some hundreds. */
const patience = 4_000_000;
/** Differences below this are no improvement. */
const equal = 1e-9;

export interface Marks {
  /** Any number that is the same for the same theme, organisation, week; null is none, and earns no bonus. */
  readonly theme: number | null;
  readonly organisation: number | null;
  readonly week: number | null;
}

/** What is the same for everybody: built once per edition, read by every search. */
export interface Board {
  readonly count: number;
  /** 32-bit words in one row of `clash`. */
  readonly width: number;
  /** count x width: bit j of row i says that i and j cannot both be chosen; every session clashes with itself. */
  readonly clash: Uint32Array;
  /** count x 3: dense numbers of theme, organisation and week in one numbering, -1 is none. */
  readonly marks: Int32Array;
  readonly markCount: number;
  /** Groups of mutually clashing sessions that cover the board. */
  readonly group: Int32Array;
  readonly groupCount: number;
  /** Room to calculate in, used again by every search: searches run one after another, never at once. */
  readonly desk: Desk;
}

/** The scratch paper of a search; nothing on it outlives the search. */
interface Desk {
  /** One row per depth: bit i says that session i clashes with something picked. */
  readonly blocked: Uint32Array;
  /** How often a mark occurs among what is chosen and picked. */
  readonly covered: Int32Array;
  readonly picked: Int32Array;
  /** Per group the number of the last count that met it. */
  readonly seen: Int32Array;
  /** Per mark likewise. */
  readonly met: Int32Array;
  /** What every session is worth in a slot of either kind, tiers included; NaN where it cannot stand. */
  readonly asFit: Float64Array;
  readonly asSurprise: Float64Array;
  readonly fits: Pool;
  readonly surprises: Pool;
  readonly groupBest: Float64Array;
  readonly keys: Float64Array;
  /** The same bytes as `keys`; the lower half of a number comes first, as on every machine that runs Node. */
  readonly halves: Uint32Array;
}

/** The first `length` are candidates, in falling worth. */
interface Pool {
  readonly order: Int32Array;
  /** By position in `order`, tiers included. */
  readonly worth: Float64Array;
  length: number;
}

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

/**
 * Prepares a board. `clashes` are the pairs that cannot be chosen together, each once, in any order.
 * Sessions are best numbered by their end: then the groups are the smallest cover there is for plain intervals.
 */
export function boardOf(sessions: readonly Marks[], clashes: Iterable<readonly [number, number]>): Board {
  const count = sessions.length;
  const width = (count + 31) >>> 5;
  const clash = new Uint32Array(count * width);
  for (let i = 0; i < count; i++) mark(clash, width, i, i);
  for (const [a, b] of clashes) {
    mark(clash, width, a, b);
    mark(clash, width, b, a);
  }
  const { marks, markCount } = numbered(sessions);
  const { group, groupCount } = groups(count, width, clash);
  const slots = most.fits + most.surprises;
  const pool = (): Pool => ({ order: new Int32Array(count), worth: new Float64Array(count), length: 0 });
  const keys = new Float64Array(count);
  const desk: Desk = {
    blocked: new Uint32Array((slots + 1) * width),
    covered: new Int32Array(markCount),
    picked: new Int32Array(slots + 1),
    seen: new Int32Array(groupCount),
    met: new Int32Array(markCount),
    asFit: new Float64Array(count),
    asSurprise: new Float64Array(count),
    groupBest: new Float64Array(groupCount),
    fits: pool(),
    surprises: pool(),
    keys,
    halves: new Uint32Array(keys.buffer),
  };
  return { count, width, clash, marks, markCount, group, groupCount, desk };
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

/** True when two sessions of the board cannot be chosen together. */
export const clashes = (board: Board, a: number, b: number): boolean => isMarked(board.clash, a * board.width, b);

/** Between 0 and `weights.turn`, evenly spread, the same for the same seed and code. */
export function turn(seed: number, code: string): number {
  // FNV-1a over seed and code, then murmur3's finaliser, so that neighbouring seeds have nothing in common.
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < code.length; at++) hash = Math.imul(hash ^ code.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ seed ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000) * weights.turn;
}

// The search

/** The one thing here that changes while it is read: the path from the root to the current node, and the best so far. */
interface Search {
  readonly board: Board;
  /** Themes, organisations and weeks among the candidates that nothing covers yet. */
  readonly fresh: [number, number, number];
  depth: number;
  /** Groups that hold a candidate: no programme is larger. */
  groupsOpen: number;
  lookedAt: number;
  /** What the last `headsOf` counted. */
  heads: number;
  leastHead: number;
  best: number;
  bestPicks: number[];
  bestSurprises: number;
  isCut: boolean;
}

const bonus = [weights.theme, weights.organisation, weights.week] as const;

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

function remember(search: Search, surprises: number, value: number): void {
  search.best = value;
  search.bestPicks = [];
  for (let at = 0; at < search.depth; at++) search.bestPicks.push(search.board.desk.picked[at]!);
  search.bestSurprises = surprises;
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

/** Takes a session into the path; answers the bonus it brings. */
function pick(search: Search, session: number): number {
  const { board, depth } = search;
  const { width, clash } = board;
  const { blocked, picked } = board.desk;
  for (let word = 0; word < width; word++) blocked[(depth + 1) * width + word] = blocked[depth * width + word]! | clash[session * width + word]!;
  picked[depth] = session;
  search.depth = depth + 1;
  return cover(search, session);
}

function unpick(search: Search): void {
  search.depth--;
  const { marks, desk } = search.board;
  const at = desk.picked[search.depth]! * 3;
  for (let kind = 0; kind < 3; kind++) {
    const found = marks[at + kind]!;
    if (found === -1) continue;
    desk.covered[found]!--;
    if (desk.covered[found] === 0) search.fresh[kind]!++;
  }
}

function cover(search: Search, session: number): number {
  const { marks, desk } = search.board;
  let gain = 0;
  for (let kind = 0; kind < 3; kind++) {
    const found = marks[session * 3 + kind]!;
    if (found === -1) continue;
    desk.covered[found]!++;
    if (desk.covered[found]! > 1) continue;
    search.fresh[kind]!--;
    gain += bonus[kind]!;
  }
  return gain;
}

/** The bonus that a session would bring now. */
function gainOf(search: Search, session: number): number {
  const { marks, desk } = search.board;
  let gain = 0;
  for (let kind = 0; kind < 3; kind++) {
    const found = marks[session * 3 + kind]!;
    if (found !== -1 && desk.covered[found] === 0) gain += bonus[kind]!;
  }
  return gain;
}

const isBlocked = (search: Search, session: number): boolean => isMarked(search.board.desk.blocked, search.depth * search.board.width, session);

// Before the search

function begin(board: Board, request: Request, kept: readonly number[]): Search {
  const { width, clash, desk } = board;
  desk.blocked.fill(0, 0, width);
  desk.covered.fill(0);
  const search: Search = {
    board,
    fresh: [0, 0, 0],
    depth: 0,
    groupsOpen: 0,
    lookedAt: 0,
    heads: 0,
    leastHead: Infinity,
    best: -Infinity,
    bestPicks: [],
    bestSurprises: 0,
    isCut: false,
  };
  const block = (session: number): void => {
    for (let word = 0; word < width; word++) desk.blocked[word]! |= clash[session * width + word]!;
    cover(search, session);
  };
  request.chosen.forEach(block);
  kept.forEach(block);
  for (let session = 0; session < board.count; session++) {
    const isOpen = !isMarked(desk.blocked, 0, session);
    desk.asFit[session] = isOpen ? tiers.filled + request.fit[session]! : NaN;
    desk.asSurprise[session] = isOpen ? tiers.filled + tiers.elsewhere * request.elsewhere[session]! + request.intrigue[session]! : NaN;
  }
  return search;
}

/** The programme to beat: in every slot the best that is still possible. */
function takeBestFirst(search: Search, surprises: number, fits: number): void {
  const { asFit, asSurprise } = search.board.desk;
  let value = 0;
  const take = (worths: Float64Array, slots: number): void => {
    for (let slot = 0; slot < slots; slot++) {
      let best = -1;
      let bestWorth = -Infinity;
      for (let session = 0; session < worths.length; session++) {
        const worth = worths[session]!;
        if (!(worth > bestWorth) || isBlocked(search, session)) continue;
        best = session;
        bestWorth = worth;
      }
      if (best === -1) return;
      value += bestWorth + pick(search, best);
    }
  };
  take(asSurprise, surprises);
  const placed = search.depth;
  take(asFit, fits);
  remember(search, placed, value);
  while (search.depth > 0) unpick(search);
}

/** Keeps as candidates those that could be part of something better than the programme to beat. */
function gatherPools(search: Search, surprises: number, fits: number): void {
  const { asFit, asSurprise } = search.board.desk;
  const bonuses = (surprises + fits) * (bonus[0] + bonus[1] + bonus[2]);
  const fitTops = topsOf(search, asFit, fits);
  const surpriseTops = topsOf(search, asSurprise, surprises);
  const needed = search.best + equal - bonuses;
  gather(search, search.board.desk.fits, asFit, fits === 0 ? Infinity : needed - sumOf(fitTops, fits - 1) - sumOf(surpriseTops, surprises));
  gather(
    search,
    search.board.desk.surprises,
    asSurprise,
    surprises === 0 ? Infinity : needed - sumOf(fitTops, fits) - sumOf(surpriseTops, surprises - 1),
  );
  countFresh(search);
}

/** The most that so many slots can be worth: the best of each group, in falling order. */
function topsOf({ board }: Search, worths: Float64Array, slots: number): number[] {
  const { groupBest } = board.desk;
  const tops: number[] = [];
  if (slots === 0) return tops;
  groupBest.fill(0);
  for (let session = 0; session < worths.length; session++) {
    const group = board.group[session]!;
    if (worths[session]! > groupBest[group]!) groupBest[group] = worths[session]!;
  }
  for (let group = 0; group < groupBest.length; group++) {
    const worth = groupBest[group]!;
    if (worth === 0 || (tops.length === slots && worth <= tops[slots - 1]!)) continue;
    let at = Math.min(tops.length, slots - 1);
    for (; at > 0 && tops[at - 1]! < worth; at--) tops[at] = tops[at - 1]!;
    tops[at] = worth;
  }
  return tops;
}

function sumOf(tops: readonly number[], slots: number): number {
  let sum = 0;
  for (let at = 0; at < slots && at < tops.length; at++) sum += tops[at]!;
  return sum;
}

/** How many new marks of each kind the candidates could bring, and in how many groups they stand. */
function countFresh(search: Search): void {
  const { group, marks, desk } = search.board;
  const counting = nextCount();
  search.fresh.fill(0);
  for (const { order, length } of [desk.fits, desk.surprises]) {
    for (let at = 0; at < length; at++) {
      const session = order[at]!;
      if (desk.seen[group[session]!] !== counting) search.groupsOpen++;
      desk.seen[group[session]!] = counting;
      for (let kind = 0; kind < 3; kind++) {
        const found = marks[session * 3 + kind]!;
        if (found === -1 || desk.covered[found]! > 0 || desk.met[found] === counting) continue;
        desk.met[found] = counting;
        search.fresh[kind]!++;
      }
    }
  }
}

/** Numbers a round of counting, so that what earlier rounds left on the desk need not be wiped. */
let counts = 0;
const nextCount = (): number => (counts = (counts + 1) % 0x7fff_ffff);

/**
 * Puts the sessions worth at least so much into a pool, in falling worth, ties in rising number. The number of a session takes
 * the place of the last 16 of its worth's 52 binary digits, so that plain numbers can be sorted, without a comparing function;
 * what differs by less than `equal` may stand in either order.
 */
function gather({ board }: Search, pool: Pool, worths: Float64Array, least: number): void {
  const { keys, halves } = board.desk;
  let open = 0;
  for (let session = 0; session < worths.length; session++) {
    if (!(worths[session]! >= least)) continue;
    keys[open] = tiers.filled - 1 - worths[session]!;
    halves[2 * open] = (halves[2 * open]! & ~0xffff) | (0xffff - session);
    open++;
  }
  rise(keys, open);
  pool.length = open;
  for (let at = 0; at < open; at++) {
    const session = 0xffff - (halves[2 * at]! & 0xffff);
    pool.order[at] = session;
    pool.worth[at] = worths[session]!;
  }
}

/** Sorts the first so many; by insertion when they are few, which they mostly are. */
function rise(keys: Float64Array, count: number): void {
  if (count > 40) return void keys.subarray(0, count).sort();
  for (let next = 1; next < count; next++) {
    const key = keys[next]!;
    let at = next;
    for (; at > 0 && keys[at - 1]! > key; at--) keys[at] = keys[at - 1]!;
    keys[at] = key;
  }
}

/** Themes, organisations and weeks in one dense numbering. */
function numbered(sessions: readonly Marks[]): Pick<Board, 'marks' | 'markCount'> {
  const numbers = new Map<string, number>();
  const numberOf = (kind: string, value: number | null): number => {
    if (value === null) return -1;
    const key = `${kind}${value}`;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  };
  const marks = Int32Array.from(
    sessions.flatMap(({ theme, organisation, week }) => [numberOf('theme', theme), numberOf('organisation', organisation), numberOf('week', week)]),
  );
  return { marks, markCount: numbers.size };
}

/** Greedy cover: the first session without a group starts one, later ones join that clash with everybody in it. */
function groups(count: number, width: number, clash: Uint32Array): Pick<Board, 'group' | 'groupCount'> {
  const group = new Int32Array(count).fill(-1);
  let groupCount = 0;
  for (let first = 0; first < count; first++) {
    if (group[first] !== -1) continue;
    const joint = clash.slice(first * width, (first + 1) * width);
    for (let session = first; session < count; session++) {
      if (group[session] !== -1 || !isMarked(joint, 0, session)) continue;
      group[session] = groupCount;
      for (let word = 0; word < width; word++) joint[word]! &= clash[session * width + word]!;
    }
    groupCount++;
  }
  return { group, groupCount };
}

/** Bit `at` of a row that starts at word `row`. */
const isMarked = (bits: Uint32Array, row: number, at: number): boolean => ((bits[row + (at >>> 5)]! >>> (at & 31)) & 1) === 1;

function mark(bits: Uint32Array, width: number, row: number, at: number): void {
  bits[row * width + (at >>> 5)]! |= 1 << (at & 31);
}
