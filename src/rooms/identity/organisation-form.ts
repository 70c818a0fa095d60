// What an organisation says of itself, as a form.
import { hasProblems, type Problems } from '#ground/problem.ts';
import type { Text } from '#ground/text.ts';
import { fieldIn } from '#ui/field.ts';
import type { Typed } from '#ui/meanwhile.ts';
import type { AboutOrganisation } from './organisation.ts';

const most = { name: 120, about: 2000, website: 300 } as const;
const tags = ['nl', 'en'] as const;

export const typedOrganisation = (form: Pick<FormData, 'get'>): Typed => ({
  ...Object.fromEntries(
    (['name', 'about'] as const).flatMap((name) =>
      tags.map((tag) => [`${name}-${tag}`, fieldIn(form, `${name}-${tag}`, most[name] + 2000).replaceAll('\r\n', '\n')]),
    ),
  ),
  website: fieldIn(form, 'website', most.website + 500),
});

export const typedFrom = ({ name, about, website }: AboutOrganisation): Typed => ({
  ...Object.fromEntries(tags.flatMap((tag) => [[`name-${tag}`, name[tag] ?? ''] as const, [`about-${tag}`, about[tag] ?? ''] as const])),
  website: website ?? '',
});

export const textOf = (typed: Typed, name: string): Text =>
  Object.fromEntries(tags.flatMap((tag) => (typed[`${name}-${tag}`] ? [[tag, String(typed[`${name}-${tag}`])] as const] : [])));

export function organisationIn(typed: Typed): { readonly written: AboutOrganisation } | { readonly problems: Problems } {
  const [name, about, website] = [textOf(typed, 'name'), textOf(typed, 'about'), String(typed['website'] ?? '')];
  const tooLong = (['name', 'about'] as const).flatMap((field) =>
    tags.flatMap((tag) =>
      String(typed[`${field}-${tag}`] ?? '').length > most[field] ? [[`${field}-${tag}`, 'session-text-too-long'] as const] : [],
    ),
  );
  const problems: Problems = {
    ...(Object.keys(name).length === 0 && { 'name-nl': 'organisation-name-missing' }),
    ...Object.fromEntries(tooLong),
    ...(website !== '' &&
      (website.length > most.website || !/^https?:\/\//.test(website) || !URL.canParse(website)) && { website: 'session-online-malformed' }),
  };
  return hasProblems(problems) ? { problems } : { written: { name, about, website: website === '' ? null : website } };
}
