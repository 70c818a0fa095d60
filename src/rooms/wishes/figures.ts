// What the report of a draw tells, ready to be drawn and said. Few people are not counted out loud: who knows the group
// would know who is meant.
import { few, told, tooFew, type Told } from '#ground/few.ts';
import type { Report, Reviewed } from './window.ts';

/** The same sessions with every count of one to four people as one: all of these are told as 'few', and none can be read. */
export const blunted = (items: readonly Reviewed[]): Reviewed[] =>
  items.map((item) => ({
    ...item,
    wished: blunt(item.wished),
    must: 0,
    ways: item.ways.map((way) => ({ ...way, given: 0, wished: blunt(way.wished), line: blunt(way.line) })),
  }));
const blunt = (count: number): number => (count > 0 && count < few ? 1 : count);

export interface Figures {
  /** Parts from 0 to 1: of all that could be fulfilled, of what is best for who is worst off, and for the one at one percent. */
  readonly fulfilled: number;
  readonly worstOff: number;
  readonly firstPercentile: number;
  readonly people: number;
  /** How many people have how much. */
  readonly groups: readonly { readonly name: 'three' | 'some' | 'nothing'; readonly told: Told; readonly part: number | null }[];
  /** With fewer than three, though they wished enough that goes together. */
  readonly belowThree: Told;
  /** In which part of the pairs the one would rather have what the other got, and would even without one session of it. */
  readonly envy: number;
  readonly envyBeyondOne: number;
  readonly given: number;
  readonly places: number;
}

/** As the report of a draw is shown: `toAll` to everybody, else to who leads the edition. Null: so few people that nothing of it is told. */
export function figures(report: Report, toAll: false): Figures;
export function figures(report: Report, toAll: boolean): Figures | null;
export function figures(report: Report, toAll: boolean): Figures | null {
  const { people, withThree, withNothing } = report;
  if (toAll && people < tooFew) return null;
  return {
    fulfilled: partOf(report.value, report.bound),
    worstOff: report.worstOff,
    firstPercentile: report.firstPercentile,
    people,
    groups: groupsOf({ three: withThree, some: people - withThree - withNothing, nothing: withNothing }, people, toAll),
    belowThree: told(report.belowThree, toAll),
    envy: report.envy.pairs > 0 ? report.envy.envious / report.envy.pairs : 0,
    envyBeyondOne: report.envy.pairs > 0 ? report.envy.breaches / report.envy.pairs : 0,
    given: report.given,
    places: report.places,
  };
}

/** Where a small group is not told, neither is the exact size of the largest: the one would follow from the other. */
function groupsOf(counts: Record<'three' | 'some' | 'nothing', number>, people: number, toAll: boolean): Figures['groups'] {
  const names = ['three', 'some', 'nothing'] as const;
  const largest = names.toSorted((a, b) => counts[b] - counts[a])[0]!;
  const hides = names.some((name) => told(counts[name], toAll).is === 'few');
  return names.map((name) => {
    const count = counts[name];
    const rounded = Math.floor((count - 1) / 10) * 10;
    if (hides && name === largest) return { name, told: { is: 'more-than', count: rounded }, part: partOf(rounded, people) };
    const said = told(count, toAll);
    return { name, told: said, part: said.is === 'few' ? null : partOf(count, people) };
  });
}

const partOf = (some: number, whole: number): number => (whole > 0 ? Math.min(1, some / whole) : 1);

/** 0.9968 is '99.6': never rounded up to what was not reached. */
export const percent = (part: number): number => Math.floor(part * 1000 + 1e-6) / 10;
/** Of what should not be there, never rounded down to nothing. */
export const percentOf = (part: number): number => Math.max(0, Math.ceil(part * 1000 - 1e-6) / 10);

/** What a place was worth, of the hundred points that everybody has. */
export const points = (price: number): number => Math.round(price * 100);

/** The most contested first; of equals, those with the longer line. */
export const byContest = (items: readonly Reviewed[]): Reviewed[] =>
  items.toSorted((a, b) => priceOf(b) - priceOf(a) || lineOf(b) - lineOf(a) || b.wished - a.wished || (a.session < b.session ? -1 : 1));
const priceOf = ({ ways }: Reviewed): number => Math.max(0, ...ways.map(({ price }) => price));
const lineOf = ({ ways }: Reviewed): number => Math.max(0, ...ways.map(({ line }) => line));
