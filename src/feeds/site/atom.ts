// News as an Atom feed (RFC 4287), for programs that follow it. They know nobody, so they read what is for everybody.
import { address } from '#ground/address.ts';
import { config } from '#ground/config.server.ts';
import { say } from '#ground/text.ts';
import type { Visit } from '#ground/visit.ts';
import { news } from '#rooms/newsroom';
import { storyHtml } from '#rooms/newsroom/story.ts';
import type { Edition } from '#rooms/programme/edition.ts';
import { words } from '#words';

export async function atom(visit: Visit, edition: Edition): Promise<string> {
  const { language } = visit;
  const { origin } = config().baseUrl;
  const place = { language, edition: null };
  const t = words(language);
  const home = origin + address(place, '/nieuws');
  const stories = await news(visit, edition, 0, 50);
  const newest = stories
    .map(({ updatedAt }) => updatedAt.toISOString())
    .toSorted()
    .at(-1);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">`,
    `<title>${escaped(`${t('newsroom.title')} · ${say(edition.name, language).text}`)}</title>`,
    `<id>urn:uuid:${edition.id}</id>`,
    `<updated>${newest ?? `${edition.startsOn}T00:00:00.000Z`}</updated>`,
    `<link rel="alternate" type="text/html" href="${escaped(home)}"/>`,
    `<link rel="self" type="application/atom+xml" href="${escaped(origin + (language === 'en' ? '/en' : ''))}/nieuws.atom"/>`,
    '<author><name>INNOvember</name></author>',
    ...stories.map((story) => {
      const [title, lead, body] = [say(story.title, language), say(story.lead, language), say(story.body, language)];
      return [
        `<entry xml:lang="${escaped(title.lang)}">`,
        `<title>${escaped(title.text)}</title>`,
        `<id>urn:uuid:${story.id}</id>`,
        `<link rel="alternate" type="text/html" href="${escaped(`${home}/${story.slug}`)}"/>`,
        ...(story.publishAt ? [`<published>${story.publishAt.toISOString()}</published>`] : []),
        `<updated>${story.updatedAt.toISOString()}</updated>`,
        ...(story.byline ? [`<author><name>${escaped(story.byline)}</name></author>`] : []),
        `<summary>${escaped(lead.text)}</summary>`,
        `<content type="html" xml:lang="${escaped(body.lang)}">${escaped(storyHtml(body.text))}</content>`,
        '</entry>',
      ].join('\n');
    }),
    '</feed>',
    '',
  ].join('\n');
}

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** As XML reads it; signs that XML cannot have are left out. */
const escaped = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"]/g, (mark) => marks[mark] ?? mark);
