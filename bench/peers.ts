// What compose is measured against: the same programme by a general solver, by taking the best first, and by MMR.
import loadHighs from 'highs';
import { clashes, type Board, type Marks } from '../src/rooms/compose/board.ts';
import { tiers, weights } from '../src/rooms/compose/objective.ts';
import type { Request } from '../src/rooms/compose/optimum.ts';

export interface Picks {
  readonly fits: readonly number[];
  readonly surprises: readonly number[];
}

export interface Case {
  readonly sessions: readonly Marks[];
  /** Sets of sessions of which one at most can be chosen. */
  readonly together: readonly (readonly number[])[];
  readonly request: Request;
}

export type Solver = (model: string) => Picks;

/** HiGHS (Huangfu and Hall 2018) as WebAssembly, without gaps: mixed integer optimum of a model in LP format. */
export async function highs(): Promise<Solver> {
  const solver = await loadHighs();
  return (model) => {
    const solution = solver.solve(model, {
      mip_rel_gap: 0,
      mip_abs_gap: 1e-9,
      mip_feasibility_tolerance: 1e-9,
      primal_feasibility_tolerance: 1e-9,
      dual_feasibility_tolerance: 1e-9,
      output_flag: false,
    });
    if (solution.Status !== 'Optimal') throw new Error(`HiGHS found no optimum: ${solution.Status}`);
    const taken = (letter: string): number[] =>
      Object.entries(solution.Columns).flatMap(([name, column]) =>
        name.startsWith(letter) && 'Primal' in column && Number(column.Primal) > 0.5 ? [Number(name.slice(1))] : [],
      );
    return { fits: taken('f'), surprises: taken('s') };
  };
}

/**
 * The same objective as a mixed integer programme: f and s are the choices, m the marks (theme, organisation, week) seen.
 * Written from the sessions, not from the board, so that a mistake in the board shows.
 */
export function modelOf({ sessions, together, request }: Case): string {
  const numbers = sessions.map((_, number) => number);
  const fits = numbers.filter((i) => !Number.isNaN(request.fit[i]));
  const surprises = numbers.filter((i) => !Number.isNaN(request.intrigue[i]));
  const asFit = new Set(fits);
  const asSurprise = new Set(surprises);
  const variables = (i: number): string[] => [...(asFit.has(i) ? [`f${i}`] : []), ...(asSurprise.has(i) ? [`s${i}`] : [])];
  const sum = (terms: readonly string[]): string => terms.join(' + ');

  const marks = newMarks(sessions, request.chosen);
  const objective = [
    ...fits.map((i) => `${tiers.filled + request.fit[i]!} f${i}`),
    ...surprises.map((i) => `${tiers.filled + tiers.elsewhere * request.elsewhere[i]! + request.intrigue[i]!} s${i}`),
    ...marks.map((mark, m) => `${mark.bonus} m${m}`),
  ];
  const isTaken = new Set(request.chosen);
  const constraints = [
    ...(fits.length > 0 ? [`${sum(fits.map((i) => `f${i}`))} <= ${request.fits}`] : []),
    ...(surprises.length > 0 ? [`${sum(surprises.map((i) => `s${i}`))} <= ${request.surprises}`] : []),
    ...numbers.filter((i) => asFit.has(i) && asSurprise.has(i)).map((i) => `f${i} + s${i} <= 1`),
    ...together.flatMap((set) => {
      const open = set.filter((i) => variables(i).length > 0);
      return open.length === 0 ? [] : [`${sum(open.flatMap(variables))} <= ${set.some((i) => isTaken.has(i)) ? 0 : 1}`];
    }),
    ...marks.map(
      (mark, m) =>
        `m${m}${mark.members
          .flatMap(variables)
          .map((name) => ` - ${name}`)
          .join('')} <= 0`,
    ),
  ];
  const binary = [...fits.map((i) => `f${i}`), ...surprises.map((i) => `s${i}`)];
  return `Maximize\n obj: ${lines(objective, ' + ') || '0 z'}\nSubject To\n${constraints.map((line, c) => ` c${c}: ${lines(line.split(' '), ' ')}`).join('\n') || ' c0: z <= 1'}\nBounds\n${marks.map((_, m) => ` m${m} <= 1`).join('\n')}\nBinary\n ${lines(binary, ' ')}\nEnd\n`;
}

/** Best first: takes what is worth most and still possible, the surprise last, as a list sorted by score would. */
export function greedy(board: Board, request: Request): Picks {
  return byScore(board, request, (worth) => worth);
}

/** Maximal marginal relevance (Carbonell and Goldstein 1998), lambda 0.7; likeness is the share of equal marks. */
export function mmr(board: Board, request: Request): Picks {
  const likeness = (a: number, b: number): number => [0, 1, 2].filter((kind) => board.marks[a * 3 + kind] === board.marks[b * 3 + kind]).length / 3;
  return byScore(board, request, (worth, session, picks) => 0.7 * worth - 0.3 * Math.max(0, ...picks.map((pick) => likeness(pick, session))));
}

function byScore(board: Board, request: Request, score: (worth: number, session: number, picks: readonly number[]) => number): Picks {
  const picks: number[] = [];
  const take = (worth: Float64Array, wanted: number): number[] => {
    const taken: number[] = [];
    while (taken.length < wanted) {
      let best = -1;
      let bestScore = -Infinity;
      for (let session = 0; session < board.count; session++) {
        if (Number.isNaN(worth[session])) continue;
        const scored = score(worth[session]!, session, picks);
        if (scored <= bestScore || [...picks, ...request.chosen].some((pick) => clashes(board, session, pick))) continue;
        best = session;
        bestScore = scored;
      }
      if (best === -1) break;
      picks.push(best);
      taken.push(best);
    }
    return taken;
  };
  const fits = take(request.fit, request.fits);
  return { fits, surprises: take(request.intrigue, request.surprises) };
}

function newMarks(sessions: readonly Marks[], chosen: readonly number[]): { bonus: number; members: number[] }[] {
  return (['theme', 'organisation', 'week'] as const).flatMap((kind) => {
    const seen = new Set(chosen.map((i) => sessions[i]![kind]));
    const members = new Map<number, number[]>();
    sessions.forEach((session, i) => {
      const mark = session[kind];
      if (mark !== null && !seen.has(mark)) members.set(mark, [...(members.get(mark) ?? []), i]);
    });
    return [...members.values()].map((of) => ({ bonus: weights[kind], members: of }));
  });
}

/** The LP format knows a longest line. */
const lines = (terms: readonly string[], between: string): string =>
  Array.from({ length: Math.ceil(terms.length / 20) }, (_, part) => terms.slice(part * 20, part * 20 + 20).join(between)).join(`${between}\n  `);
