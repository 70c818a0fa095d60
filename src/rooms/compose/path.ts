/** The path of a search from its root to the current node, and the best that was found so far. */
import { isMarked, type Board } from './board.ts';
import { bonus, tiers } from './objective.ts';
import type { Request } from './optimum.ts';

/** The one thing in this room that changes while it is read. */
export interface Search {
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

export function begin(board: Board, request: Request, kept: readonly number[]): Search {
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
  const { asFit, asSurprise } = desk;
  const { fit, intrigue, elsewhere } = request;
  for (let session = 0; session < board.count; session++) {
    asFit[session] = tiers.filled + fit[session]!;
    asSurprise[session] = tiers.filled + tiers.elsewhere * elsewhere[session]! + intrigue[session]!;
  }
  if (request.chosen.length + kept.length === 0) return search;
  for (let session = 0; session < board.count; session++) {
    if (!isMarked(desk.blocked, 0, session)) continue;
    asFit[session] = NaN;
    asSurprise[session] = NaN;
  }
  return search;
}

/** Takes a session into the path; answers the bonus it brings. */
export function pick(search: Search, session: number): number {
  const { board, depth } = search;
  const { width, clash } = board;
  const { blocked, picked } = board.desk;
  for (let word = 0; word < width; word++) blocked[(depth + 1) * width + word] = blocked[depth * width + word]! | clash[session * width + word]!;
  picked[depth] = session;
  search.depth = depth + 1;
  return cover(search, session);
}

export function unpick(search: Search): void {
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

export function remember(search: Search, surprises: number, value: number): void {
  search.best = value;
  search.bestPicks = [];
  for (let at = 0; at < search.depth; at++) search.bestPicks.push(search.board.desk.picked[at]!);
  search.bestSurprises = surprises;
}

export const isBlocked = (search: Search, session: number): boolean =>
  isMarked(search.board.desk.blocked, search.depth * search.board.width, session);

/** The bonus that a session would bring now. */
export function gainOf(search: Search, session: number): number {
  const { marks, desk } = search.board;
  let gain = 0;
  for (let kind = 0; kind < 3; kind++) {
    const found = marks[session * 3 + kind]!;
    if (found !== -1 && desk.covered[found] === 0) gain += bonus[kind]!;
  }
  return gain;
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

/** Numbers a round of counting, so that what earlier rounds left on the desk need not be wiped. */
let counts = 0;
export const nextCount = (): number => ++counts;
