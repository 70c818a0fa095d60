/**
 * A proposal for one person: what fits and what surprises, each with its reason. Pure: the same sessions, asking and moment
 * give the same proposal. What can be chosen and what it is worth is decided here; the best choice is made in optimum.ts.
 */
import type { Attendance, Session } from '#rooms/programme/session.ts';
import { fitOf, likeness, matchesOf, textIndexOf, themeFit, wordsAbout, wordsFit, type Match, type TextIndex } from './fit.ts';
import { intrigueOf } from './intrigue.ts';
import { boardOf, type Board } from './board.ts';
import { most, turn } from './objective.ts';
import { alternatives, compose, type Request } from './optimum.ts';
import { clashing, waysOf, type Way } from './ways.ts';
import type { Proposal, Reason, Asking } from './asking.ts';

/** What is the same for everybody who looks at the same sessions: made once, used for many. */
export interface Prepared {
  /** By session code: its number in the text index. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly text: TextIndex;
  readonly ways: readonly Way[];
  readonly board: Board;
}

export interface Input {
  /** All that this visitor may see of one edition; what they may not see is not suggested because it is not here. */
  readonly sessions: readonly Session[];
  readonly prepared: Prepared;
  readonly asking: Asking;
  readonly now: Date;
  /** What the visitor has already. */
  readonly programme: readonly { readonly session: string; readonly attendance: Attendance }[];
  /** How themes and organisations are called in the visitor's language. */
  readonly nameOf: { readonly theme: (slug: string) => string; readonly organisation: (slug: string) => string };
}

/** Reads an edition's sessions; with what was prepared earlier only what changed is read again. */
export function prepare(sessions: readonly Session[], before: Prepared | null = null): Prepared {
  const ways = waysOf(sessions);
  const themes = numbering();
  const organisations = numbering();
  const marks = ways.map((way) => {
    const session = sessions[way.number]!;
    return { theme: themes(session.themes[0]), organisation: organisations(session.organisations[0]), week: weekOf(way.start) };
  });
  return {
    numbers: new Map(sessions.map(({ code }, number) => [code, number])),
    text: textIndexOf(sessions, before?.text ?? null),
    ways,
    board: boardOf(marks, clashing(ways)),
  };
}

/** The best programme that answers an asking, with reasons and alternatives. Fewer possible gives fewer. */
export function propose(input: Input): Proposal {
  const { asking, prepared } = input;
  const person = known(input);
  const request = requestOf(input, person);
  const best = compose(prepared.board, request);
  const way = (at: number): Way => prepared.ways[at]!;
  const suggested = (at: number, reasons: Reason[]) => ({ session: way(at).code, attendance: way(at).attendance, reasons });
  const whyFit = (at: number): Reason[] => reasonsToFit(input, person, way(at));
  const whySurprise = (at: number): Reason[] => reasonsToSurprise(input, person, way(at));
  const isFit = new Set(best.fits);
  const swaps = alternatives(prepared.board, request, best, 2 * alternativesEach).map(({ instead, session }) => ({
    for: way(instead).code,
    session: way(session).code,
    reasons: isFit.has(instead) ? whyFit(session) : whySurprise(session),
  }));
  return {
    fits: best.fits.map((at) => ({ ...suggested(at, whyFit(at)), fit: request.fit[at]! })),
    surprises: best.surprises.map((at) => ({ ...suggested(at, whySurprise(at)), intrigue: request.intrigue[at]! })),
    // Another way of taking part in the same session is no alternative.
    alternatives: best.fits.concat(best.surprises).flatMap((at) => {
      const slot = swaps.filter((swap) => swap.for === way(at).code && swap.session !== swap.for);
      return slot.filter((swap, i) => slot.findIndex((other) => other.session === swap.session) === i).slice(0, alternativesEach);
    }),
    value: best.value,
    optimal: best.optimal && asking.fits <= most.fits && asking.surprises <= most.surprises,
  };
}

const alternativesEach = 4;

// What is known of the person

interface Known {
  readonly matches: readonly Match[];
  /** By session number, 0..1; null when nothing was said that the edition knows. */
  readonly words: Float64Array | null;
  readonly alike: Float64Array | null;
  readonly themes: ReadonlySet<string>;
  readonly isOpen: (session: Session, attendance: Attendance) => boolean;
}

function known(input: Input): Known {
  const { asking, prepared } = input;
  const matches = matchesOf(prepared.text, asking.question);
  const words = matches.length === 0 ? null : wordsFit(prepared.text, matches);
  return {
    matches,
    words,
    alike: words === null ? null : likeness(prepared.text, nearest(words)),
    themes: new Set(asking.themes),
    isOpen: openFor(input),
  };
}

/** The few sessions that answer the question best. */
function nearest(words: Float64Array): number[] {
  const best = Math.max(...words);
  return Array.from(words, (fit, session) => ({ fit, session }))
    .filter(({ fit }) => fit > 0 && fit >= best / 2)
    .sort((a, b) => b.fit - a.fit)
    .slice(0, 3)
    .map(({ session }) => session);
}

/** Whether somebody who asks this could go there now. */
function openFor({ asking, now, programme }: Input): Known['isOpen'] {
  const windows = joinedWindows(asking.availability);
  const speaks = new Set(asking.languages.map(mainTag));
  const taken = new Set([...asking.chosen, ...(asking.not ?? []), ...programme.map(({ session }) => session)]);
  return (session, attendance) => {
    const { start, end, state, code, placesLeft, capacity, languages } = session;
    if (start === null || end === null || start <= now || state !== 'published' || taken.has(code)) return false;
    if (asking.attendance !== 'either' && asking.attendance !== attendance) return false;
    if (capacity[attendance] === 0 || (placesLeft[attendance] ?? 1) <= 0) return false;
    // Which language is spoken is not always known; then it is not wrong.
    if (speaks.size > 0 && languages.length > 0 && !languages.some((tag) => speaks.has(mainTag(tag)))) return false;
    return windows.length === 0 || windows.some(({ from, until }) => from <= start.getTime() && end.getTime() <= until);
  };
}

const mainTag = (language: string): string => language.toLowerCase().split('-')[0]!;

/** A morning and the afternoon after it are one window. */
function joinedWindows(availability: Asking['availability']): { from: number; until: number }[] {
  const windows = availability.map(({ from, until }) => ({ from: from.getTime(), until: until.getTime() })).sort((a, b) => a.from - b.from);
  const joined: { from: number; until: number }[] = [];
  for (const window of windows) {
    const last = joined.at(-1);
    if (last && window.from <= last.until) last.until = Math.max(last.until, window.until);
    else joined.push(window);
  }
  return joined;
}

// What everything is worth to them

function requestOf(input: Input, person: Known): Request {
  const { prepared, asking } = input;
  const { ways, board } = prepared;
  const fit = new Float64Array(board.count).fill(NaN);
  const intrigue = new Float64Array(board.count).fill(NaN);
  const elsewhere = new Uint8Array(board.count).fill(1);
  const sessions = new Map(input.sessions.map((session) => [session.code, session]));
  const open = ways.flatMap((way, at) => {
    const session = sessions.get(way.code);
    return session && person.isOpen(session, way.attendance) ? [{ way, at, session }] : [];
  });
  const isOutside = outsideOf(impliedThemes(input, person), input.sessions);
  for (const { way, at, session } of open) {
    const words = person.words?.[way.number] ?? null;
    const isOwnOrganisation = asking.organisation !== null && session.organisations.includes(asking.organisation);
    const theirTurn = turn(asking.seed, session.code);
    fit[at] = fitOf({ words, theme: person.themes.size === 0 ? null : themeFit(session, person.themes) }) + theirTurn;
    if (isOwnOrganisation) elsewhere[at] = 0;
    if (!isOutside(session)) continue;
    const hours = (way.start - input.now.getTime()) / 3_600_000;
    intrigue[at] = intrigueOf({ words, alike: person.alike?.[way.number] ?? 0, isOwnOrganisation, hours }) + theirTurn;
  }
  return { fit, intrigue, elsewhere, fits: asking.fits, surprises: asking.surprises, chosen: chosenWays(input) };
}

/** The themes somebody chose, else those of what answers their question best. */
function impliedThemes({ sessions, prepared }: Input, { themes, words }: Known): ReadonlySet<string> {
  if (themes.size > 0 || words === null) return themes;
  const near = new Set(nearest(words));
  return new Set(sessions.filter(({ code }) => near.has(prepared.numbers.get(code) ?? -1)).flatMap((session) => session.themes.slice(0, 1)));
}

/** Outside all of their themes; where the edition has nothing like that, outside in the main, and else anywhere. */
function outsideOf(themes: ReadonlySet<string>, sessions: readonly Session[]): (session: Session) => boolean {
  const entirely = (session: Session): boolean => !session.themes.some((theme) => themes.has(theme));
  const mainly = (session: Session): boolean => !themes.has(session.themes[0] ?? '');
  return [entirely, mainly].find((isOutside) => sessions.some(isOutside)) ?? (() => true);
}

/** Where on the board stands what they have already, in the way they take part. */
function chosenWays({ prepared, asking, programme }: Input): number[] {
  const attendances = new Map(programme.map(({ session, attendance }) => [session, attendance]));
  const codes = new Set([...asking.chosen, ...attendances.keys()]);
  const chosen = new Map<string, number>();
  prepared.ways.forEach(({ code, attendance }, at) => {
    if (!codes.has(code)) return;
    const theirs = attendances.get(code) ?? asking.attendance;
    if (!chosen.has(code) || attendance === theirs) chosen.set(code, at);
  });
  return [...chosen.values()];
}

// Why

function reasonsToFit(input: Input, { matches, themes, words }: Known, way: Way): Reason[] {
  const session = sessionOf(input, way);
  const about = wordsAbout(matches, way.number);
  const chosen = session.themes.filter((theme) => themes.has(theme)).map(input.nameOf.theme);
  const reasons: Reason[] = [
    ...(about.length > 0 ? [{ code: (words?.[way.number] ?? 0) >= 0.3 ? 'about-words' : 'near-words', values: { words: about } } as const] : []),
    ...(chosen.length > 0 ? [{ code: 'theme', values: { theme: chosen[0]! } } as const] : []),
  ];
  return reasons.length > 0 ? reasons : [{ code: 'open', values: {} }];
}

function reasonsToSurprise(input: Input, { matches, alike, themes }: Known, way: Way): Reason[] {
  const session = sessionOf(input, way);
  const about = wordsAbout(matches, way.number);
  const [theme, organisation] = [session.themes[0], session.organisations[0]];
  const isElsewhere = input.asking.organisation !== null && organisation !== undefined && !session.organisations.includes(input.asking.organisation);
  const reasons: Reason[] = [
    ...(about.length > 0 ? [{ code: 'surprise-words', values: { words: about } } as const] : []),
    ...(about.length === 0 && (alike?.[way.number] ?? 0) > 0.5 ? [{ code: 'surprise-alike', values: {} } as const] : []),
    ...(themes.size > 0 && theme !== undefined && !themes.has(theme)
      ? [{ code: 'surprise-theme', values: { theme: input.nameOf.theme(theme) } } as const]
      : []),
    ...(isElsewhere ? [{ code: 'surprise-organisation', values: { organisation: input.nameOf.organisation(organisation) } } as const] : []),
  ];
  return reasons.length > 0 ? reasons : [{ code: 'surprise-open', values: {} }];
}

const sessionOf = ({ sessions }: Input, { code }: Way): Session => sessions.find((session) => session.code === code)!;

const weekOf = (time: number): number => Math.floor((time / 86_400_000 + 3) / 7);

/** Numbers for names, in the order in which they come by. */
function numbering(): (name: string | undefined) => number | null {
  const numbers = new Map<string, number>();
  return (name) => {
    if (name === undefined) return null;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  };
}
