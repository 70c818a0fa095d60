import type { Session } from './session.ts';

export interface Lane<Item> {
  /** The theme's slug; empty for sessions without one. */
  readonly theme: string;
  /** How many columns it takes: more than one when its sessions overlap. */
  readonly width: number;
  readonly columns: readonly (readonly Item[])[];
}
/** What stands in one row of one column: a session that begins here, nothing, or what a session above still covers. */
export type Slot<Item> = { readonly session: Item; readonly span: number } | 'empty' | 'covered';
export interface DayGrid<Item> {
  readonly lanes: readonly Lane<Item>[];
  /** A row for each moment at which something begins or ends, but the last. */
  readonly rows: readonly { readonly at: Date; readonly slots: readonly Slot<Item>[] }[];
}

type Timed = Pick<Session, 'code' | 'themes' | 'start' | 'end'>;

/** A day as a table: times down, themes across, each session as high as it lasts. Sessions without a time are left out. */
export function dayGrid<Item extends Timed>(sessions: readonly Item[], themes: readonly { readonly slug: string }[]): DayGrid<Item> {
  const timed = sessions.filter((session) => session.start !== null && session.end !== null).toSorted((a, b) => startOf(a) - startOf(b));
  const lanes = [...themes.map(({ slug }) => slug), ''].flatMap((theme) => {
    const mine = timed.filter((session) => laneOf(session, themes) === theme);
    const columns = packed(mine);
    return columns.length === 0 ? [] : [{ theme, width: columns.length, columns }];
  });
  const moments = [...new Set(timed.flatMap((session) => [startOf(session), endOf(session)]))].toSorted((a, b) => a - b);
  const columns = lanes.flatMap(({ columns }) => columns);
  return { lanes, rows: moments.slice(0, -1).map((at) => ({ at: new Date(at), slots: columns.map((column) => slotAt(column, at, moments)) })) };
}

const startOf = (session: Timed): number => session.start?.getTime() ?? 0;
const endOf = (session: Timed): number => session.end?.getTime() ?? 0;
const laneOf = (session: Timed, themes: readonly { readonly slug: string }[]): string =>
  session.themes.find((slug) => themes.some((theme) => theme.slug === slug)) ?? '';

/** As few columns as possible: each session takes the first in which the one before has ended. */
function packed<Item extends Timed>(sessions: readonly Item[]): readonly (readonly Item[])[] {
  const columns: Item[][] = [];
  for (const session of sessions) {
    const free = columns.find((column) => endOf(column.at(-1)!) <= startOf(session));
    if (free) free.push(session);
    else columns.push([session]);
  }
  return columns;
}

function slotAt<Item extends Timed>(column: readonly Item[], at: number, moments: readonly number[]): Slot<Item> {
  const session = column.find((one) => startOf(one) <= at && at < endOf(one));
  if (session === undefined) return 'empty';
  if (startOf(session) < at) return 'covered';
  return { session, span: moments.filter((moment) => moment >= at && moment < endOf(session)).length };
}
