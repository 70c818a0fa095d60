// The board as somebody looks at it: a month, a week or a day, and of some themes or organisations only.
import { addDays, daysBetween, local, mondayOf } from '#rooms/programme/when.ts';
import { sameSpan, type Board, type OnBoard, type Slot, type Span, type Venue } from './board.ts';

export const views = ['maand', 'week', 'dag'] as const;
export type View = (typeof views)[number];

/** What is asked for, by its names in the address. */
export interface Looking {
  readonly weergave: View;
  readonly dag: string;
  readonly thema: string;
  readonly organisatie: string;
}

interface Month {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly timeZone: string;
}

/** Lenient with what it does not know: then it is the week that is or comes. */
export function lookingIn(params: URLSearchParams, { startsOn, endsOn, timeZone }: Month, now: Date): Looking {
  const asked = params.get('dag') ?? '';
  const today = local(now, timeZone).day;
  const near = today < startsOn ? startsOn : today > endsOn ? endsOn : today;
  return {
    weergave: views.find((view) => view === params.get('weergave')) ?? 'week',
    dag: isDay(asked) ? asked : near,
    thema: params.get('thema') ?? '',
    organisatie: params.get('organisatie') ?? '',
  };
}

export const isDay = (word: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(word) && !Number.isNaN(Date.parse(word));

/** The address of a view, with only what differs. */
export function lookingAt(looking: Looking, more: Readonly<Record<string, string>> = {}): string {
  const { weergave, dag, thema, organisatie } = looking;
  const asked = Object.entries({ weergave, dag, thema, organisatie, ...more }).filter(([, value]) => value !== '');
  return `?${new URLSearchParams(asked)}`;
}

export const isShown = ({ thema, organisatie }: Looking, session: Pick<OnBoard, 'themes' | 'organisations'>): boolean =>
  (thema === '' || session.themes.includes(thema)) && (organisatie === '' || session.organisations.includes(organisatie));

type Timed = Pick<OnBoard, 'code' | 'spot'>;
const dayOf = ({ spot }: Timed, timeZone: string): string => (spot ? local(spot.start, timeZone).day : '');

// A day: times down, venues across

export interface DayRow<Item> {
  readonly span: Span;
  /** Per column; the last one is of what has no venue. */
  readonly cells: readonly (readonly Item[])[];
}

export function dayView<Item extends Timed>(
  sessions: readonly Item[],
  slots: readonly Slot[],
  venues: readonly Pick<Venue, 'id'>[],
  day: string,
  timeZone: string,
): readonly DayRow<Item>[] {
  const mine = sessions.filter((session) => dayOf(session, timeZone) === day);
  const spans = spansOf([...slots.filter(({ start }) => local(start, timeZone).day === day), ...mine.map(({ spot }) => spot!)]);
  return spans.map((span) => {
    const then = mine.filter(({ spot }) => sameSpan(spot!, span));
    const known = new Set(venues.map(({ id }) => id));
    return {
      span,
      cells: [
        ...venues.map(({ id }) => then.filter(({ spot }) => spot?.venue === id)),
        then.filter(({ spot }) => spot?.venue === null || spot?.venue === undefined || !known.has(spot.venue)),
      ],
    };
  });
}

function spansOf(spans: readonly Span[]): Span[] {
  const byKey = new Map(spans.map(({ start, end }) => [`${+start} ${+end}`, { start, end }]));
  return [...byKey.values()].toSorted((a, b) => +a.start - +b.start || +a.end - +b.end);
}

// A week: times of the day down, days across

export interface WeekRow<Item> {
  /** By the wall clock, in minutes since midnight. */
  readonly from: number;
  readonly until: number;
  /** Per day; `span` is null where there is no such time. */
  readonly cells: readonly { readonly day: string; readonly span: Span | null; readonly sessions: readonly Item[] }[];
}

export function weekView<Item extends Timed>(
  sessions: readonly Item[],
  slots: readonly Slot[],
  monday: string,
  timeZone: string,
): { readonly days: readonly string[]; readonly rows: readonly WeekRow<Item>[] } {
  const all = Array.from({ length: 7 }, (_, nth) => addDays(monday, nth));
  const isIn = (day: string): boolean => day >= all[0]! && day <= all[6]!;
  const mine = sessions.filter((session) => isIn(dayOf(session, timeZone)));
  const spans = spansOf([...slots.filter(({ start }) => isIn(local(start, timeZone).day)), ...mine.map(({ spot }) => spot!)]).map((span) => {
    const { day, minutes } = local(span.start, timeZone);
    return { span, day, from: minutes, until: minutes + (+span.end - +span.start) / 60_000 };
  });
  const days = all.filter((day, nth) => nth < 5 || spans.some((span) => span.day === day));
  const clocks = new Map(spans.map(({ from, until }) => [`${from} ${until}`, { from, until }]));
  const rows = [...clocks.values()].toSorted((a, b) => a.from - b.from || a.until - b.until);
  return {
    days,
    rows: rows.map(({ from, until }) => ({
      from,
      until,
      cells: days.map((day) => {
        const span = spans.find((one) => one.day === day && one.from === from && one.until === until)?.span ?? null;
        return { day, span, sessions: span === null ? [] : mine.filter(({ spot }) => sameSpan(spot!, span)) };
      }),
    })),
  };
}

// A month: weeks down, days of the week across

export interface MonthDay<Item> {
  readonly day: string;
  readonly isInside: boolean;
  readonly sessions: readonly Item[];
  /** How many times sessions can have on that day. */
  readonly slots: number;
}

export function monthView<Item extends Timed>(
  sessions: readonly Item[],
  slots: readonly Slot[],
  { startsOn, endsOn, timeZone }: Month,
): readonly (readonly MonthDay<Item>[])[] {
  const byDay = Map.groupBy(sessions, (session) => dayOf(session, timeZone));
  const slotsByDay = Map.groupBy(slots, ({ start }) => local(start, timeZone).day);
  const days = daysBetween(mondayOf(startsOn), addDays(mondayOf(endsOn), 6)).map((day) => ({
    day,
    isInside: day >= startsOn && day <= endsOn,
    sessions: byDay.get(day) ?? [],
    slots: slotsByDay.get(day)?.length ?? 0,
  }));
  return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
}

/** The days before and after, for who leafs; within the month or near it. */
export const leaf = ({ weergave, dag }: Looking, by: 1 | -1): string => addDays(dag, by * (weergave === 'dag' ? 1 : 7));

/** What of a board stands on one page: in view, and not placed. */
export function inView(board: Board, looking: Looking, month: Month): { readonly shown: readonly OnBoard[]; readonly unplaced: readonly OnBoard[] } {
  const asked = board.sessions.filter((session) => isShown(looking, session));
  const [first, last] =
    looking.weergave === 'dag'
      ? [looking.dag, looking.dag]
      : looking.weergave === 'week'
        ? [mondayOf(looking.dag), addDays(mondayOf(looking.dag), 6)]
        : ['', '~'];
  return {
    shown: asked.filter((session) => {
      const day = dayOf(session, month.timeZone);
      return day !== '' && day >= first && day <= last;
    }),
    unplaced: asked.filter(({ spot, state }) => spot === null && state !== 'cancelled'),
  };
}
