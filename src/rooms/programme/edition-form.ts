// What is typed of an edition, read once; what is not right keeps what was typed.
import { hasProblems, type Problems } from '#ground/problem.ts';
import { isSlug, slugOf, type Text } from '#ground/text.ts';
import { fieldIn } from '#ui/field.ts';
import type { Edition } from './edition.ts';

/** What people write of an edition. */
export interface WrittenEdition {
  readonly name: Text;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly timeZone: string;
  readonly languages: readonly string[];
  readonly rules: Edition['rules'];
}

export interface TypedEdition {
  readonly nameNl: string;
  readonly nameEn: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly timeZone: string;
  readonly languages: readonly string[];
  readonly atLeast: string;
  readonly fits: string;
  readonly surprises: string;
}
export type EditionField = keyof TypedEdition;
type Form = Pick<FormData, 'get' | 'getAll' | 'has'>;

export const mostName = 80;
/** Longer than this is a year of everything, and no edition. */
const mostDays = 400;

/** Of the names and the days. */
export const typedDays = (form: Form): Pick<TypedEdition, 'nameNl' | 'nameEn' | 'startsOn' | 'endsOn'> => ({
  nameNl: fieldIn(form, 'nameNl', mostName),
  nameEn: fieldIn(form, 'nameEn', mostName),
  startsOn: fieldIn(form, 'startsOn', 10),
  endsOn: fieldIn(form, 'endsOn', 10),
});

export const typedRules = (form: Form): Pick<TypedEdition, 'atLeast' | 'fits' | 'surprises'> => ({
  atLeast: fieldIn(form, 'atLeast', 10),
  fits: fieldIn(form, 'fits', 10),
  surprises: fieldIn(form, 'surprises', 10),
});

export const typedEdition = (form: Form): TypedEdition => ({
  ...typedDays(form),
  ...typedRules(form),
  timeZone: fieldIn(form, 'timeZone', 60),
  languages: [...new Set(form.getAll('languages').map(String))].slice(0, 5),
});

/** What somebody began with, as their form carried it along. */
export const typedBefore = (form: Form): TypedEdition =>
  typedEdition({
    get: (name) => form.get(`was-${name}`),
    getAll: (name) => form.getAll(`was-${name}`),
    has: (name) => form.has(`was-${name}`),
  });

/** An edition as its form shows it. */
export const typedFrom = (edition: WrittenEdition): TypedEdition => ({
  nameNl: edition.name['nl'] ?? '',
  nameEn: edition.name['en'] ?? '',
  startsOn: edition.startsOn,
  endsOn: edition.endsOn,
  timeZone: edition.timeZone,
  languages: edition.languages,
  atLeast: String(edition.rules.atLeast),
  fits: String(edition.rules.fits),
  surprises: String(edition.rules.surprises),
});

/** With what a new edition begins. */
export const usual: Pick<WrittenEdition, 'timeZone' | 'languages' | 'rules'> = {
  timeZone: 'Europe/Amsterdam',
  languages: ['nl', 'en'],
  rules: { atLeast: 3, fits: 2, surprises: 1 },
};
export const newEdition: TypedEdition = typedFrom({ name: {}, startsOn: '', endsOn: '', ...usual });

/** The edition that was typed, or what is not right about it. */
export function editionIn(typed: TypedEdition): { readonly written: WrittenEdition } | { readonly problems: Problems<EditionField> } {
  const rules = {
    atLeast: numberIn(typed.atLeast, 1, 20),
    fits: numberIn(typed.fits, 0, 10),
    surprises: numberIn(typed.surprises, 0, 5),
  };
  const { startsOn, endsOn, timeZone, languages } = typed;
  const hasDays = isDay(startsOn) && isDay(endsOn);
  const name = textIn(typed.nameNl, typed.nameEn);
  const problems: Problems<EditionField> = {
    ...(slugOf(name['nl'] ?? name['en'] ?? '') === '' && { nameNl: 'edition-name-missing' }),
    ...(!isDay(startsOn) && { startsOn: 'day-missing' }),
    ...(!isDay(endsOn) && { endsOn: 'day-missing' }),
    ...(hasDays && endsOn < startsOn && { endsOn: 'day-before-first' }),
    ...(hasDays && lengthOf(startsOn, endsOn) > mostDays && { endsOn: 'edition-too-long' }),
    ...(!isZone(timeZone) && { timeZone: 'zone-unknown' }),
    ...(languages.length === 0 && { languages: 'languages-missing' }),
    ...(rules.atLeast === null && { atLeast: 'rule-not-a-number' }),
    ...(rules.fits === null && { fits: 'rule-not-a-number' }),
    ...(rules.surprises === null && { surprises: 'rule-not-a-number' }),
    ...(rules.fits === 0 && rules.surprises === 0 && { fits: 'rules-propose-nothing' }),
  };
  const { atLeast, fits, surprises } = rules;
  if (hasProblems(problems) || atLeast === null || fits === null || surprises === null) return { problems };
  return { written: { name, startsOn, endsOn, timeZone, languages, rules: { atLeast, fits, surprises } } };
}

/** A text of what was typed in two languages; what was left empty is not said. */
export const textIn = (nl: string, en: string): Text => ({ ...(nl !== '' && { nl }), ...(en !== '' && { en }) });

/** The address of an edition, from its name. */
export const slugFrom = (name: Text): string => slugOf(name['nl'] ?? name['en'] ?? '');

function numberIn(typed: string, least: number, most: number): number | null {
  const number = /^\d{1,3}$/.test(typed) ? Number(typed) : NaN;
  return number >= least && number <= most ? number : null;
}

export function isDay(typed: string): boolean {
  if (!/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(typed)) return false;
  const at = new Date(`${typed}T12:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(typed);
}

export const lengthOf = (first: string, last: string): number =>
  Math.round((new Date(`${last}T12:00:00Z`).getTime() - new Date(`${first}T12:00:00Z`).getTime()) / 86_400_000) + 1;

function isZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

/** Zones of public servants of the Netherlands, here and overseas, and of whom they work with. */
export const zones: readonly string[] = [
  'Europe/Amsterdam',
  'America/Curacao',
  'America/Aruba',
  'America/Puerto_Rico',
  'America/Lower_Princes',
  'Europe/London',
  'UTC',
];

/** Themes to begin with, for who has none yet. */
export const usualThemes: readonly Text[] = [
  { nl: 'Beter inkopen', en: 'Better procurement' },
  { nl: 'Data en AI', en: 'Data and AI' },
  { nl: 'Dienstverlening', en: 'Public services' },
  { nl: 'Wet en uitvoering', en: 'Law and delivery' },
  { nl: 'Werken en leren', en: 'Work and learning' },
  { nl: 'Duurzaam doen', en: 'Acting sustainably' },
];

/** What can be taken along from an earlier edition. Never people's data. */
export const parts = ['themes', 'rules', 'call', 'venues', 'letters', 'sessions'] as const;
export type Part = (typeof parts)[number];
export const partsIn = (form: Form): Part[] => parts.filter((part) => form.getAll('parts').includes(part));

/** Whether this can be the address of a theme. */
export const isThemeSlug = (typed: string): boolean => typed.length <= 80 && isSlug(typed);
