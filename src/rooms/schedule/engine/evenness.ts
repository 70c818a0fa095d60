// What makes a month pleasant beside what people can attend: themes spread over days and weeks, no day that is much
// fuller or thinner than another, and what digs further after what it digs into.
import { nowhere, type Instance, type Placement } from './instance.ts';

/** What each is worth at most, as a part of all marked interest. 0 leaves it out. */
export interface Evenness {
  readonly themes: number;
  readonly days: number;
  readonly chains: number;
}

/** So small that nobody's sessions are put at one time for the looks of it, except where a chain would run backwards. */
export const usual: Evenness = { themes: 0.02, days: 0.02, chains: 0.05 };
export const none: Evenness = { themes: 0, days: 0, chains: 0 };

export interface Unevenness {
  /** What it costs more when a session goes there; the placement still says where it was. */
  readonly change: (session: number, to: number) => number;
  readonly move: (session: number, from: number, to: number) => void;
  readonly cost: () => number;
}

/**
 * Costs are squares of how many there are per day and week, so that moving one from the fullest to the emptiest gains
 * most; divided by what they would be if all were on one day.
 */
export function unevennessOf({ sessions, slots }: Instance, placement: Placement, worth: Evenness, marked: number): Unevenness {
  const scale = Math.max(marked, 1);
  const days = slots.reduce((most, { day }) => Math.max(most, day + 1), 0);
  const weeks = slots.reduce((most, { week }) => Math.max(most, week + 1), 0);
  const themes = sessions.reduce((most, session) => session.themes.reduce((most, theme) => Math.max(most, theme + 1), most), 0);
  const ofTheme = new Int32Array(themes);
  for (const session of sessions) for (const theme of session.themes) ofTheme[theme]!++;
  const themeWorst = ofTheme.reduce((sum, count) => sum + count * count, 0);
  const chains = sessions.flatMap(({ deepens }, after) => deepens.map((before) => ({ before, after })));
  const chainsOf = sessions.map((_, session) => chains.filter(({ before, after }) => before === session || after === session));
  const perTheme = themeWorst === 0 ? 0 : (worth.themes * scale) / themeWorst / 2;
  const perDay = (worth.days * scale) / Math.max(1, sessions.length) ** 2;
  const perChain = (worth.chains * scale) / Math.max(1, chains.length);

  const onDay = new Int32Array(days);
  const themeOnDay = new Int32Array(themes * days);
  const themeInWeek = new Int32Array(themes * weeks);
  const note = (session: number, slot: number, by: 1 | -1): number => {
    if (slot === nowhere) return 0;
    const { day, week } = slots[slot]!;
    let cost = perDay * added(onDay, day, by);
    for (const theme of sessions[session]!.themes)
      cost += perTheme * (added(themeOnDay, theme * days + day, by) + added(themeInWeek, theme * weeks + week, by));
    return cost;
  };
  const brokenAt = (session: number, slot: number): number => {
    let broken = 0;
    for (const { before, after } of chainsOf[session]!) {
      const first = slots[before === session ? slot : placement.slot[before]!];
      const second = slots[after === session ? slot : placement.slot[after]!];
      if (first !== undefined && second !== undefined && first.end > second.start) broken++;
    }
    return broken;
  };
  sessions.forEach((_, session) => note(session, placement.slot[session]!, 1));
  return {
    change: (session, to) => {
      const from = placement.slot[session]!;
      if (from === to) return 0;
      const cost = note(session, from, -1) + note(session, to, 1);
      note(session, to, -1);
      note(session, from, 1);
      return cost + perChain * (brokenAt(session, to) - brokenAt(session, from));
    },
    move: (session, from, to) => {
      note(session, from, -1);
      note(session, to, 1);
    },
    cost: () => {
      const squares = (counts: Int32Array): number => counts.reduce((sum, count) => sum + count * count, 0);
      const broken = chains.filter(({ after, before }) => {
        const [first, second] = [slots[placement.slot[before]!], slots[placement.slot[after]!]];
        return first !== undefined && second !== undefined && first.end > second.start;
      }).length;
      return perDay * squares(onDay) + perTheme * (squares(themeOnDay) + squares(themeInWeek)) + perChain * broken;
    },
  };
}

/** Counts one more or less; answers by how much the square grew. */
function added(counts: Int32Array, at: number, by: 1 | -1): number {
  const before = counts[at]!;
  counts[at] = before + by;
  return 2 * by * before + 1;
}
