// What is counted of an edition, and how it may be told.
import { few, tooFew } from '#ground/few.ts';

export const measures = ['participants', 'organisations', 'signUps', 'attendance', 'three', 'surprises', 'themes', 'links'] as const;
export type Measure = (typeof measures)[number];

/** Whole numbers; `three` and `themes` are hundredths. */
export type Figures = Readonly<Record<Measure, number>>;
/** The same as it may be read: null says too few people to tell. */
export type Readable = Readonly<Record<Measure, number | null>>;

export const isShare = (measure: Measure): boolean => measure === 'three' || measure === 'themes';
const ofPeople: readonly Measure[] = ['participants', 'signUps', 'attendance', 'surprises'];

/**
 * Of one to four people nothing is told, and of fewer than ten people in all nothing that is reckoned from them: files
 * travel further than this page.
 */
export function readable(figures: Figures): Readable {
  const isSmall = figures.participants > 0 && figures.participants < tooFew;
  const may = (measure: Measure): boolean => (ofPeople.includes(measure) ? figures[measure] === 0 || figures[measure] >= few : !isSmall);
  return {
    participants: may('participants') ? figures.participants : null,
    organisations: may('organisations') ? figures.organisations : null,
    signUps: may('signUps') ? figures.signUps : null,
    attendance: may('attendance') ? figures.attendance : null,
    three: may('three') ? figures.three : null,
    surprises: may('surprises') ? figures.surprises : null,
    themes: may('themes') ? figures.themes : null,
    links: may('links') ? figures.links : null,
  };
}

/** How evenly sign-ups are spread over themes, 0 to 100: the entropy as a part of the most there can be (Shannon 1948; Pielou 1966). */
export function evenness(counts: readonly number[]): number {
  const sum = counts.reduce((sum, count) => sum + count, 0);
  if (sum === 0 || counts.length < 2) return 0;
  const entropy = counts.reduce((entropy, count) => (count === 0 ? entropy : entropy - (count / sum) * Math.log(count / sum)), 0);
  return Math.round((100 * entropy) / Math.log(counts.length));
}

export interface Goal {
  readonly measure: Measure;
  readonly target: number;
  /** YYYY-MM-DD */
  readonly by: string;
  readonly revision: number;
}

export interface Day {
  readonly day: string;
  readonly figures: Readable;
}

/** A goal as somebody typed it, or what is wrong with it. */
export function goalFrom(typed: {
  readonly measure: string;
  readonly target: string;
  readonly by: string;
}): { readonly goal: Omit<Goal, 'revision'> } | { readonly problems: Readonly<Record<string, 'goal-number' | 'goal-day'>> } {
  const measure = measures.find((measure) => measure === typed.measure) ?? 'participants';
  const target = /^\d{1,8}$/.test(typed.target.trim()) ? Number(typed.target) : 0;
  const isTarget = target >= 1 && target <= (isShare(measure) ? 100 : 10_000_000);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(typed.by) && !Number.isNaN(Date.parse(typed.by));
  if (isTarget && isDay) return { goal: { measure, target, by: typed.by } };
  return { problems: { ...(!isTarget && { target: 'goal-number' as const }), ...(!isDay && { by: 'goal-day' as const }) } };
}
