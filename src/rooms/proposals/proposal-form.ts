// What proposers fill in, read once. A draft keeps what is half filled in; what cannot be read is a problem, and stays typed.
import { hasProblems, type Problems } from '#ground/problem.ts';
import type { Text } from '#ground/text.ts';
import { formats, levels, type Capacity } from '#rooms/programme/session.ts';
import { mostPlaces, wholeIn } from '#rooms/seats/typed.ts';
import { fieldIn } from '#ui/field.ts';
import type { Question } from './call.ts';
import { limits, type Content } from './proposal.ts';

/** By name of the field, as it was typed. */
export type TypedProposal = Readonly<Record<string, string | readonly string[]>>;

export const textLanguages = ['nl', 'en'] as const;
export const spoken = ['nl', 'en', 'de', 'fr'] as const;
export const wheres = ['onSite', 'online', 'both'] as const;
const lengths = { title: limits.title, summary: limits.summary, description: limits.description } as const;
const texts = ['title', 'summary', 'description'] as const;
const organisationFields = ['organisation', 'organisation2', 'organisation3'] as const;
/** Beyond what may be, so that too long is seen and not cut off. */
const more = 2000;

export const one = (typed: TypedProposal, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};
export const several = (typed: TypedProposal, name: string): readonly string[] => {
  const value = typed[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
};

export function typedProposal(form: Pick<FormData, 'get' | 'getAll'>, questions: readonly Question[]): TypedProposal {
  const all = (name: string, most: number): string[] => [...new Set(form.getAll(name).map(String))].slice(0, most);
  return {
    ...Object.fromEntries(
      texts.flatMap((name) => textLanguages.map((tag) => [`${name}-${tag}`, fieldIn(form, `${name}-${tag}`, lengths[name] + more)])),
    ),
    themes: all('themes', limits.themes),
    languages: all('languages', limits.languages),
    ...Object.fromEntries(organisationFields.map((name) => [name, fieldIn(form, name, 80)])),
    speakers: fieldIn(form, 'speakers', 4000).replaceAll('\r\n', '\n'),
    ...Object.fromEntries(['format', 'level', 'visibility', 'minutes', 'where', 'onSite', 'online'].map((name) => [name, fieldIn(form, name, 20)])),
    note: fieldIn(form, 'note', limits.note + more),
    ...Object.fromEntries(questions.map(({ key, most }) => [`answer-${key}`, fieldIn(form, `answer-${key}`, most + more)])),
  };
}

/** A proposal as the form begins with it. */
export function typedFrom(content: Content, questions: readonly Question[]): TypedProposal {
  const { onSite, online } = content.capacity;
  const where = onSite === 0 ? (online === 0 ? '' : 'online') : online === 0 ? 'onSite' : 'both';
  const places = (most: number | null): string => (most === null || most === 0 ? '' : String(most));
  return {
    ...Object.fromEntries(texts.flatMap((name) => textLanguages.map((tag) => [`${name}-${tag}`, content[name][tag] ?? '']))),
    themes: content.themes,
    languages: content.languages,
    ...Object.fromEntries(organisationFields.map((name, nth) => [name, content.organisations[nth] ?? ''])),
    speakers: content.speakers.join('\n'),
    format: content.format,
    level: content.level ?? '',
    visibility: content.visibility,
    minutes: content.minutes === null ? '' : String(content.minutes),
    where,
    onSite: places(onSite),
    online: places(online),
    note: content.note,
    ...Object.fromEntries(questions.map(({ key }) => [`answer-${key}`, content.answers[key] ?? ''])),
  };
}

export function contentIn(typed: TypedProposal, questions: readonly Question[]): { readonly content: Content } | { readonly problems: Problems } {
  const [title, summary, description] = texts.map((name) => textIn(typed, name)) as [Text, Text, Text];
  const speakers = one(typed, 'speakers')
    .split('\n')
    .map((name) => name.replace(/\s+/g, ' ').trim())
    .filter((name) => name !== '');
  const minutes = wholeIn(one(typed, 'minutes'), limits.least, limits.most);
  const capacity = capacityIn(typed);
  const problems: Problems = {
    ...(Object.keys(title).length === 0 && { 'title-nl': 'proposal-title-missing' }),
    ...Object.fromEntries(
      texts.flatMap((name) =>
        textLanguages.flatMap((tag) => (one(typed, `${name}-${tag}`).length > lengths[name] ? [[`${name}-${tag}`, 'text-too-long']] : [])),
      ),
    ),
    ...(speakers.length > limits.speakers && { speakers: 'too-many-speakers' }),
    ...(speakers.some((name) => name.length > limits.speaker) && { speakers: 'text-too-long' }),
    ...(one(typed, 'minutes') !== '' && minutes === null && { minutes: 'minutes-not-a-number' }),
    ...('problems' in capacity && capacity.problems),
    ...(one(typed, 'note').length > limits.note && { note: 'text-too-long' }),
    ...Object.fromEntries(
      questions.flatMap(({ key, most }) => (one(typed, `answer-${key}`).length > most ? [[`answer-${key}`, 'text-too-long']] : [])),
    ),
  };
  if (hasProblems(problems) || 'problems' in capacity) return { problems };
  return {
    content: {
      title,
      summary,
      description,
      themes: several(typed, 'themes'),
      organisations: [...new Set(organisationFields.map((name) => one(typed, name)).filter((slug) => slug !== ''))],
      speakers,
      format: formats.find((format) => format === one(typed, 'format')) ?? 'workshop',
      level: levels.find((level) => level === one(typed, 'level')) ?? null,
      languages: several(typed, 'languages').filter((tag) => /^[a-z]{2,3}$/.test(tag)),
      visibility: one(typed, 'visibility') === 'internal' ? 'internal' : 'public',
      minutes,
      capacity: capacity.capacity,
      answers: Object.fromEntries(questions.map(({ key }) => [key, one(typed, `answer-${key}`)])),
      note: one(typed, 'note'),
    },
  };
}

const textIn = (typed: TypedProposal, name: string): Text =>
  Object.fromEntries(textLanguages.flatMap((tag) => (one(typed, `${name}-${tag}`) === '' ? [] : [[tag, one(typed, `${name}-${tag}`)]])));

function capacityIn(typed: TypedProposal): { readonly capacity: Capacity } | { readonly problems: Problems } {
  const where = wheres.find((one) => one === typed['where']);
  const places = (name: 'onSite' | 'online'): number | null | undefined => {
    if (where !== name && where !== 'both') return 0;
    return one(typed, name) === '' ? null : (wholeIn(one(typed, name), 1, mostPlaces) ?? undefined);
  };
  const [onSite, online] = [places('onSite'), places('online')];
  if (onSite !== undefined && online !== undefined) return { capacity: { onSite, online } };
  return {
    problems: { ...(onSite === undefined && { onSite: 'places-not-a-number' }), ...(online === undefined && { online: 'places-not-a-number' }) },
  };
}

/** What is missing is said at the field that the form has for it. */
export const atField = (problems: Problems, language: string): Problems =>
  Object.fromEntries(Object.entries(problems).map(([field, name]) => [texts.some((text) => text === field) ? `${field}-${language}` : field, name]));
