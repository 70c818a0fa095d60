import { say } from '#ground/text.ts';
import type { Language } from '#ground/visit.ts';
import type { Story } from './story.ts';

/** A story as schema.org's NewsArticle, for search engines; null when it is not for everybody. */
export function articleOf(story: Story, language: Language, url: string): Readonly<Record<string, unknown>> | null {
  if (story.visibility !== 'public' || story.publishAt === null) return null;
  const title = say(story.title, language);
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: title.text,
    description: say(story.lead, language).text,
    inLanguage: title.lang,
    url,
    datePublished: story.publishAt.toISOString(),
    dateModified: story.updatedAt.toISOString(),
    ...(story.byline && { author: { '@type': 'Person', name: story.byline } }),
    ...(story.photo && {
      image: { '@type': 'ImageObject', url: `${url}/foto`, caption: story.photoAlternative ?? '', creditText: story.photoCredit },
    }),
  };
}
