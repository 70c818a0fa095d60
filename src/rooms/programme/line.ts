// The month as a map of lines: time runs along, themes lie across. Wide runs from left to right, tall from top to bottom.
// Everything is computed from the sessions; the same input gives the same drawing.
import { words } from '#words';
import { say } from '#ground/text.ts';
import type { Language } from '#ground/visit.ts';
import type { Edition, Theme } from './edition.ts';
import type { Session } from './session.ts';
import { dayName, daysBetween, isWeekend, local, weekdayOf } from './when.ts';

/** As much of a session as a drawing needs. */
export type Drawable = Pick<Session, 'code' | 'themes' | 'start' | 'end' | 'deepens' | 'state'>;
/** A session of somebody's own programme, and why it is in it. */
export interface Mine {
  readonly code: string;
  readonly as: 'fit' | 'surprise' | 'own';
}
export interface Month {
  readonly sessions: readonly Drawable[];
  readonly themes: readonly Theme[];
  readonly edition: Pick<Edition, 'startsOn' | 'endsOn' | 'timeZone'>;
  readonly mine: readonly Mine[];
  readonly language: Language;
  readonly now: Date;
}
export type Shape = 'wide' | 'tall';

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface ThemeLine {
  readonly slug: string;
  readonly name: string;
  readonly lang: string;
  /** 1 to 6, or 0 for sessions without a theme. */
  readonly line: number;
  readonly pattern: number;
  readonly path: string;
  /** Stops as strokes without length: a round cap makes each a dot. */
  readonly stops: string;
  /** The name in one or two short rows, and where it ends (wide) . */
  readonly label: readonly string[];
  readonly at: Point;
}
export interface Tick extends Point {
  readonly label: string;
  readonly isToday: boolean;
  /** A rule between weeks, or between days when there are few. */
  readonly rule: string | null;
}
export interface OwnStop extends Point {
  readonly code: string;
  readonly as: Mine['as'];
  readonly line: number;
}
export interface Own {
  readonly solid: string;
  readonly leap: string;
  readonly stops: readonly OwnStop[];
  readonly branches: string;
  readonly deeper: readonly Point[];
}
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly ThemeLine[];
  /** The diameter of a stop. */
  readonly dot: number;
  readonly ticks: readonly Tick[];
  readonly today: string | null;
  readonly own: Own | null;
}

/** The month, drawn. */
export function draw(month: Month, shape: Shape): Drawing {
  const { drawing, axis, spots, place, rule } = everybodysMap(month, shape);
  const todayAt = axis.at(month.now);
  return { ...drawing, today: todayAt === null ? null : rule(todayAt), own: ownOf(month, spots, place, shape) };
}

/** What is the same for everybody on one day, and where things lie on it. */
interface Everybodys {
  readonly drawing: Omit<Drawing, 'today' | 'own'>;
  readonly axis: Axis;
  readonly spots: ReadonlyMap<string, Spot>;
  readonly place: (along: number, across: number) => Point;
  readonly rule: (along: number) => string;
}
interface Spot {
  readonly along: number;
  readonly across: number;
  readonly line: number;
}

// Drawing the lines costs ten times more than drawing somebody's own line on them, so the last few maps are kept.
const maps = new Map<string, Everybodys>();
const mostMaps = 24;

function everybodysMap(month: Month, shape: Shape): Everybodys {
  const { edition, language, sessions, themes, now } = month;
  const place = [shape, language, edition.startsOn, edition.endsOn, edition.timeZone, local(now, edition.timeZone).day].join();
  const key = `${place} ${JSON.stringify(themes)} ${sessions.map(({ code, start, themes }) => `${code}${start?.getTime() ?? ''}${themes.join()}`).join(' ')}`;
  const map = maps.get(key) ?? drawMap(month, shape);
  maps.delete(key);
  maps.set(key, map);
  if (maps.size > mostMaps) maps.delete(maps.keys().next().value ?? '');
  return map;
}

function drawMap(month: Month, shape: Shape): Everybodys {
  const themes = withRest(month);
  const axis = axisOf(month, shape);
  const gap = gapOf(themes.length, shape);
  const first = shape === 'wide' ? 50 : gap / 2 + 56;
  const far = first + gap * (themes.length - 1);
  const place = (along: number, across: number): Point =>
    shape === 'wide' ? { x: round(along), y: round(across) } : { x: round(across), y: round(along) };
  const dot = dotOf(month.sessions.length, gap);

  const spots = new Map<string, Spot>();
  const lines = themes.map((theme, index): ThemeLine => {
    const wave = waveOf(axis, first + gap * index, gap < 26 ? 1.5 : Math.min(7, gap / 6), index);
    const on = month.sessions.filter(
      (session) => (session.themes.find((slug) => themes.some((one) => one.slug === slug)) ?? '') === theme.slug && session.start !== null,
    );
    const placed = spread(on, axis, dot, gap);
    for (const { session, along, aside } of placed) spots.set(session.code, { along, across: wave.at(along) + aside, line: theme.line });
    const name = say(theme.name, month.language);
    return {
      slug: theme.slug,
      name: name.text,
      lang: name.lang,
      line: theme.line,
      pattern: patternOf(theme, index),
      path: wave.knots.map((knot, at) => segment(wave.knots[at - 1], knot, place, 1 / 3)).join(''),
      stops: placed.map(({ along, aside }) => `${moveTo(place(along, wave.at(along) + aside))}h0`).join(''),
      label: rows(name.text, gap < 30 ? 1 : 2),
      at: place(axis.from - 14, wave.at(axis.from)),
    };
  });

  const edge = shape === 'wide' ? far + 30 : far + gap / 2;
  const rule = (along: number): string => `${moveTo(place(along, shape === 'wide' ? 30 : 52))}L${pair(place(along, edge))}`;
  const drawing = {
    width: shape === 'wide' ? 960 : Math.ceil(edge + 8),
    height: Math.ceil(shape === 'wide' ? edge : axis.to + 12),
    lines,
    dot,
    ticks: axis.ticks.map(({ along, label, isToday, opens }) => ({
      ...(shape === 'wide' ? place(along, 20) : place(along, 44)),
      label,
      isToday,
      rule: opens === null ? null : rule(opens),
    })),
  };
  return { drawing, axis, spots, place, rule };
}

/** A theme's pattern: its own for the first six, and from the seventh theme on the same hues with another pattern. */
export const patternOf = (theme: Pick<Theme, 'line'>, index: number): number =>
  theme.line === 0 ? 4 : ((theme.line - 1 + Math.floor(index / 6)) % 6) + 1;

/** The themes, and a plain line at the end when there are sessions without one. */
export function withRest(month: Pick<Month, 'sessions' | 'themes' | 'language'>): readonly Theme[] {
  const known = new Set(month.themes.map(({ slug }) => slug));
  const isRest = (session: Drawable): boolean => !session.themes.some((slug) => known.has(slug));
  const themes = month.themes.toSorted((a, b) => a.position - b.position);
  return month.sessions.some(isRest) || themes.length === 0
    ? [...themes, { slug: '', name: { [month.language]: words(month.language)('programme.noTheme') }, line: 0, position: 999 }]
    : themes;
}

interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { along: number; label: string; isToday: boolean; opens: number | null }[];
  /** Where a moment lies; null outside the edition. */
  at(moment: Date): number | null;
}

/** Days one after another, empty weekends left out; within a day the hours between the first start and the last end. */
function axisOf(month: Month, shape: Shape): Axis {
  const { edition, language } = month;
  const starts = month.sessions.flatMap(({ start }) => (start === null ? [] : [local(start, edition.timeZone)]));
  const busy = new Set(starts.map(({ day }) => day));
  const sorted = [...busy, edition.startsOn, edition.endsOn].toSorted();
  const days = daysBetween(sorted[0]!, sorted.at(-1)!).filter((day) => busy.has(day) || !isWeekend(day));
  const opens = Math.min(...starts.map(({ minutes }) => minutes), 10 * 60) - 45;
  const closes = Math.max(...starts.map(({ minutes }) => minutes), 16 * 60) + 45;

  const from = shape === 'wide' ? 184 : 16;
  const perDay = shape === 'wide' ? 766 / days.length : Math.max(26, Math.min(220, Math.round(460 / days.length)));
  const to = from + perDay * days.length;
  const index = new Map(days.map((day, at) => [day, at]));
  const today = local(month.now, edition.timeZone).day;
  const at = (moment: Date): number | null => {
    const { day, minutes } = local(moment, edition.timeZone);
    const nth = index.get(day);
    if (nth === undefined) return null;
    const fraction = Math.min(1, Math.max(0, (minutes - opens) / (closes - opens)));
    return from + perDay * (nth + fraction);
  };

  const every = shape === 'tall' || perDay >= 15 ? 1 : perDay >= 4 ? 7 : 31;
  const ticks = days.flatMap((day, nth) => {
    const isFirst = nth === 0;
    const previous = days[nth - 1];
    const newWeek = previous !== undefined && weekdayOf(day) < weekdayOf(previous);
    const newMonth = previous !== undefined && day.slice(0, 7) !== previous.slice(0, 7);
    const isTold = every === 1 || isFirst || (every === 7 ? newWeek : newMonth);
    if (!isTold) return [];
    return [
      {
        along: from + perDay * (nth + 0.5),
        label: tickName(day, language, shape, days.length <= 7 || (isFirst && perDay >= 15) || (newMonth && perDay >= 30) || every === 31),
        isToday: day === today,
        opens: newWeek || (days.length <= 7 && !isFirst) ? from + perDay * nth : null,
      },
    ];
  });
  return { from, to, ticks, at };
}

function tickName(day: string, language: Language, shape: Shape, isFull: boolean): string {
  const [weekday = '', number = '', name = ''] = dayName(day, language, 'short').split(' ');
  if (shape === 'tall') return `${weekday} ${number}`;
  return isFull ? `${number} ${name}` : number;
}

/** A gentle wave through knots: between two knots a smooth step, which a cubic curve draws exactly, so that stops lie on it. */
function waveOf(
  axis: Axis,
  middle: number,
  height: number,
  index: number,
): { knots: readonly { along: number; across: number }[]; at(along: number): number } {
  const count = 4 + (index % 2);
  const length = (axis.to - axis.from) / count;
  const knots = Array.from({ length: count + 1 }, (_, nth) => ({
    along: axis.from + nth * length,
    across: middle + ((nth + index) % 2 === 0 ? height : -height) * (0.55 + 0.45 * Math.sin(index * 2.4 + nth * 1.7)),
  }));
  const at = (along: number): number => {
    const nth = Math.min(count - 1, Math.max(0, Math.floor((along - axis.from) / length)));
    const [a, b] = [knots[nth]!, knots[nth + 1]!];
    const t = Math.min(1, Math.max(0, (along - a.along) / length));
    return a.across + (b.across - a.across) * (3 * t * t - 2 * t * t * t);
  };
  return { knots, at };
}

/** Stops that would cover each other move along their line, else aside, as far as there is room. */
function spread(sessions: readonly Drawable[], axis: Axis, dot: number, gap: number): readonly { session: Drawable; along: number; aside: number }[] {
  const placed: { session: Drawable; along: number; aside: number }[] = [];
  const step = dot + 1;
  const reach = Math.max(0, Math.floor((gap / 2 - dot / 2) / step));
  const sides = [0, ...Array.from({ length: reach }, (_, nth) => [(nth + 1) * step, -(nth + 1) * step]).flat()];
  const ways = sides.flatMap((aside) => (aside === 0 ? [0, step, -step] : [0]).map((shift) => ({ aside, shift })));
  for (const session of sessions) {
    const at = session.start === null ? null : axis.at(session.start);
    if (at === null) continue;
    const near = placed.filter((other) => Math.abs(other.along - at) < 3 * step);
    const { aside, shift } = ways.find((way) => near.every((other) => Math.hypot(other.along - at - way.shift, other.aside - way.aside) >= dot)) ?? {
      aside: 0,
      shift: 0,
    };
    placed.push({ session, along: at + shift, aside });
  }
  return placed;
}

/** Your own line: from stop to stop in order of time, dashed where it leaps to and from a surprise. */
function ownOf(month: Month, spots: ReadonlyMap<string, Spot>, place: (along: number, across: number) => Point, shape: Shape): Own | null {
  const chosen = month.mine
    .flatMap(({ code, as }) => {
      const spot = spots.get(code);
      return spot === undefined ? [] : [{ code, as, ...spot }];
    })
    .toSorted((a, b) => a.along - b.along);
  if (chosen.length === 0) return null;
  const legs = chosen.slice(1).map((to, at) => ({
    path: segment(undefined, chosen[at]!, place, 0.5) + segment(chosen[at], to, place, 0.5),
    isLeap: to.as === 'surprise' || chosen[at]!.as === 'surprise',
  }));
  const mine = new Set(chosen.map(({ code }) => code));
  const branches = month.sessions.flatMap((session) => {
    const to = spots.get(session.code);
    const from = chosen.find(({ code }) => session.deepens.includes(code));
    return to === undefined || from === undefined || mine.has(session.code) || session.state === 'cancelled' || to.along <= from.along
      ? []
      : [{ from, to }];
  });
  return {
    solid: legs
      .filter(({ isLeap }) => !isLeap)
      .map(({ path }) => path)
      .join(''),
    leap: legs
      .filter(({ isLeap }) => isLeap)
      .map(({ path }) => path)
      .join(''),
    stops: chosen.map(({ code, as, line, along, across }) => ({ code, as, line, ...place(along, across) })),
    branches: branches.map(({ from, to }) => branch(from, to, place, shape)).join(''),
    deeper: branches.map(({ to }) => place(to.along, to.across)),
  };
}

/** A branch descends below both stops before it arrives. */
function branch(
  from: { along: number; across: number },
  to: { along: number; across: number },
  place: (along: number, across: number) => Point,
  shape: Shape,
): string {
  const low = Math.max(from.across, to.across) + (shape === 'wide' ? 34 : 26);
  const third = (to.along - from.along) / 4;
  return `${moveTo(place(from.along, from.across))}C${pair(place(from.along + third, low))} ${pair(place(to.along - third, low))} ${pair(place(to.along, to.across))}`;
}

function segment(
  from: { along: number; across: number } | undefined,
  to: { along: number; across: number },
  place: (along: number, across: number) => Point,
  pull: number,
): string {
  if (from === undefined) return moveTo(place(to.along, to.across));
  const reach = (to.along - from.along) * pull;
  return `C${pair(place(from.along + reach, from.across))} ${pair(place(to.along - reach, to.across))} ${pair(place(to.along, to.across))}`;
}

const gapOf = (themes: number, shape: Shape): number =>
  shape === 'wide' ? Math.max(19, Math.min(46, Math.round(420 / themes))) : Math.min(46, 276 / themes);
/** Stops are thin when there are many, so that a thousand still read as a rhythm. */
const dotOf = (sessions: number, gap: number): number => Math.max(3, Math.min(gap / 2.4, sessions <= 160 ? 10 : sessions <= 400 ? 8 : 6));

/** A name in short rows; what does not fit ends with an ellipsis, the whole name stands in the list beside it. */
export function rows(name: string, most: number, width = 21): readonly string[] {
  const found: string[] = [];
  for (const word of name.split(/\s+/)) {
    const last = found.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= width) found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  const kept = found.slice(0, most).map((row) => (row.length > width + 2 ? `${row.slice(0, width)}…` : row));
  return found.length > most ? [...kept.slice(0, -1), `${kept.at(-1)!.replace(/…$/, '')} …`] : kept;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const pair = ({ x, y }: Point): string => `${x} ${y}`;
const moveTo = (point: Point): string => `M${pair(point)}`;
