// What organisations write of a session, as a form: read once. What cannot be read is a problem, and stays typed.
import { hasProblems, type Problems } from '#ground/problem.ts';
import type { Text } from '#ground/text.ts';
import { fieldIn } from '#ui/field.ts';
import type { Typed } from '#ui/meanwhile.ts';
import type { Written } from './make.ts';
import { formats, isCode, levels, type Capacity } from './session.ts';

const texts = { title: 200, summary: 600, description: 10_000 } as const;
export const textNames = Object.keys(texts) as (keyof typeof texts)[];
export const textLanguages = ['nl', 'en'] as const;
export const spoken = ['nl', 'en', 'de', 'fr'] as const;
const lines = ['organisations', 'speakers', 'deepens'] as const;
const mostLines = 50;
const mostPlaces = 100_000;

export const one = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};
export const several = (typed: Typed, name: string): readonly string[] => {
  const value = typed[name];
  return value === undefined || typeof value === 'string' ? [] : value;
};

export const typedSession = (form: Pick<FormData, 'get' | 'getAll'>): Typed => ({
  ...Object.fromEntries(
    textNames.flatMap((name) => textLanguages.map((tag) => [`${name}-${tag}`, fieldIn(form, `${name}-${tag}`, texts[name] + 2000)])),
  ),
  themes: [...new Set(form.getAll('themes').map(String))].slice(0, 20),
  languages: [...new Set(form.getAll('languages').map(String))].slice(0, 20),
  ...Object.fromEntries(lines.map((name) => [name, fieldIn(form, name, 5000).replaceAll('\r\n', '\n')])),
  ...Object.fromEntries(['format', 'level', 'visibility'].map((name) => [name, fieldIn(form, name, 20)])),
  online: fieldIn(form, 'online', 2000),
});

/** A session as the form begins with it. */
export const typedFrom = (written: Written): Typed => ({
  ...Object.fromEntries(
    textNames.flatMap((name) => textLanguages.map((tag) => [`${name}-${tag}`, (written[name][tag] ?? '').replaceAll('\r\n', '\n')])),
  ),
  themes: written.themes,
  languages: written.languages,
  organisations: written.organisations.join('\n'),
  speakers: written.speakers.join('\n'),
  deepens: written.deepens.join('\n'),
  format: written.format,
  level: written.level ?? '',
  visibility: written.visibility,
  online: written.online ?? '',
});

/** `before` is the session that it is about: what it says in other languages stays. `leads` is the organisation that stays in front. */
export function writtenIn(
  typed: Typed,
  { before, leads }: { readonly before: Written | null; readonly leads: string | null },
): { readonly written: Written } | { readonly problems: Problems } {
  const listed = (name: (typeof lines)[number]): string[] => [
    ...new Set(
      one(typed, name)
        .split('\n')
        .map((line) => line.replace(/\s+/g, ' ').trim())
        .filter((line) => line !== ''),
    ),
  ];
  const [title, summary, description] = textNames.map((name) => textIn(typed, name, before?.[name] ?? {})) as [Text, Text, Text];
  const organisations = [...new Set([...(leads === null ? [] : [leads]), ...listed('organisations')])];
  const deepens = listed('deepens').map((code) => code.toUpperCase());
  const online = one(typed, 'online');
  const problems: Problems = {
    ...(Object.keys(title).length === 0 && { 'title-nl': 'session-title-missing' }),
    ...Object.fromEntries(
      textNames.flatMap((name) =>
        textLanguages.flatMap((tag) => (one(typed, `${name}-${tag}`).length > texts[name] ? [[`${name}-${tag}`, 'session-text-too-long']] : [])),
      ),
    ),
    ...(organisations.length === 0 && { organisations: 'session-organisation-missing' }),
    ...Object.fromEntries(lines.flatMap((name) => (listed(name).length > mostLines ? [[name, 'session-too-many-lines']] : []))),
    ...(listed('speakers').some((name) => name.length > 200) && { speakers: 'session-text-too-long' }),
    ...(deepens.some((code) => !isCode(code)) && { deepens: 'session-code-malformed' }),
    ...(online !== '' && !isWebAddress(online) && { online: 'session-online-malformed' }),
    ...(several(typed, 'languages').length === 0 && { languages: 'languages-missing' }),
  };
  if (hasProblems(problems)) return { problems };
  return {
    written: {
      title,
      summary,
      description,
      themes: several(typed, 'themes'),
      organisations,
      speakers: listed('speakers'),
      format: formats.find((format) => format === one(typed, 'format')) ?? 'workshop',
      level: levels.find((level) => level === one(typed, 'level')) ?? null,
      languages: several(typed, 'languages').filter((tag) => /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag)),
      online: online === '' ? null : online,
      visibility: one(typed, 'visibility') === 'internal' ? 'internal' : 'public',
      deepens,
    },
  };
}

const textIn = (typed: Typed, name: string, before: Text): Text => {
  const others = Object.entries(before).filter(([tag]) => !textLanguages.some((known) => known === tag));
  const said = textLanguages.flatMap((tag) => (one(typed, `${name}-${tag}`) === '' ? [] : [[tag, one(typed, `${name}-${tag}`)] as const]));
  return Object.fromEntries([...said, ...others]);
};

const isWebAddress = (typed: string): boolean => URL.canParse(typed) && /^https?:$/.test(new URL(typed).protocol);

/** How many can come when a session is made: empty is without limit, nought is not offered. Undefined: not a number. */
export function capacityIn(form: Pick<FormData, 'get'>): { readonly [way in keyof Capacity]: number | null | undefined } {
  const places = (name: string): number | null | undefined => {
    const typed = fieldIn(form, name, 20);
    if (typed === '') return null;
    return /^\d{1,6}$/.test(typed) && Number(typed) <= mostPlaces ? Number(typed) : undefined;
  };
  return { onSite: places('onSite'), online: places('online-places') };
}
