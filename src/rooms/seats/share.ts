import { say } from '#ground/text.ts';
import type { Language } from '#ground/visit.ts';
import type { Organisation } from '#rooms/programme/edition.ts';
import { words } from '#words';

/** Who a share is about, as it is said: 'rijksambtenaren', 'elke organisatie'. */
export function groupName(group: string, organisations: readonly Organisation[], language: Language): string {
  const t = words(language);
  if (group === 'internal' || group === 'external') return t(`seats.group-${group}`);
  if (group === 'organisation:*') return t('seats.group-each');
  const slug = group.slice('organisation:'.length);
  const found = organisations.find((organisation) => organisation.slug === slug);
  return found ? say(found.name, language).text : slug;
}

/** A share as everybody may read it: 'Hoogstens 20 plaatsen voor rijksambtenaren.' */
export const shareSentence = (
  share: { readonly group: string; readonly most: number },
  organisations: readonly Organisation[],
  language: Language,
): string => words(language)('seats.share', { count: share.most, group: groupName(share.group, organisations, language) });

/** The shares of one way of taking part with one put in, or another number in its place. */
export const withShare = <Share extends { readonly group: string }>(shares: readonly Share[], share: Share): Share[] => [
  ...shares.filter(({ group }) => group !== share.group),
  share,
];
