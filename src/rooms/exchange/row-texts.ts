import type { Text } from '#ground/text.ts';
import type { ImportedSession } from './imported.ts';
import { address, body, clean, isHtml, line } from './plain.ts';
import type { RawRow, RawText } from './raw.ts';
import { cut, type SayRemark } from './remark.ts';
import { tags } from './tongue.ts';

const longestText = { title: 300, summary: 1_000, description: 50_000 } as const;

/** Title, summary and description, each in the languages it is given in. */
export function textsOf(row: RawRow, tag: string, say: SayRemark): Pick<ImportedSession, 'title' | 'summary' | 'description'> {
  const all = [row.title, row.subtitle, row.abstract, row.description].map((text) => text ?? '');
  if (all.some((text) => saidIn(text).some((said) => isHtml(said) || line(said) !== clean(said).replace(/\s+/g, ' ')))) say('html');
  const fit =
    (most: number) =>
    (text: string): string => {
      if (text.length > most) say('cut', { most });
      return cut(text, most);
    };
  const title = inTongues(row.title, tag, (text) => fit(longestText.title)(line(cut(text, 2_000))));
  const abstract = inTongues(row.abstract, tag, prose);
  const long = inTongues(row.description, tag, prose);
  // Without a subtitle a short abstract is the summary; a long one opens the description.
  const subtitle = inTongues(row.subtitle, tag, (text) => body(cut(text, 4_000)));
  const isShort = Object.values(abstract).every((text) => text.length <= 300);
  const summary = isEmpty(subtitle) && isShort ? abstract : subtitle;
  const opening = summary === abstract ? {} : abstract;
  return {
    title,
    summary: mapText(summary, fit(longestText.summary)),
    description: mapText(withLinks(joined(opening, long), row, tag), fit(longestText.description)),
  };
}

const prose = (text: string): string => body(cut(text, 200_000));
export const isEmpty = (text: Text): boolean => Object.keys(text).length === 0;
const mapText = (text: Text, change: (text: string) => string): Text =>
  Object.fromEntries(Object.entries(text).map(([language, said]) => [language, change(said)]));

/** The text under the languages it is in; what is empty after cleaning is not there. */
export function inTongues(text: RawText | null, tag: string, change: (text: string) => string): Text {
  const given: readonly (readonly [string, string])[] =
    text === null
      ? []
      : typeof text === 'string'
        ? [[tag, text]]
        : [...text].flatMap(([language, said]) =>
            tags(language)
              .slice(0, 1)
              .map((known) => [known, said] as const),
          );
  const found = given.map(([language, said]) => [language, change(said)] as const).filter(([, said]) => said !== '');
  return found.length === 0 && typeof text === 'object' && text !== null ? inTongues(anyOf(text), tag, change) : Object.fromEntries(found);
}

function joined(opening: Text, rest: Text): Text {
  const languages = new Set([...Object.keys(opening), ...Object.keys(rest)]);
  return Object.fromEntries(
    [...languages].map((language) => {
      const [first, second] = [opening[language] ?? '', rest[language] ?? ''];
      return [language, second.startsWith(first) ? second : `${first}\n\n${second}`.trim()];
    }),
  );
}

function withLinks(text: Text, row: RawRow, tag: string): Text {
  const links = row.links.slice(0, 50).flatMap(({ url, title, type }) => {
    const href = type === 'deepens' ? '' : address(url);
    const shownAs = line(cut(title ?? '', 400)).replace(/[[\]]/g, '');
    return href === '' || anyText(text).includes(href) ? [] : [shownAs === '' || shownAs === href ? `- <${href}>` : `- [${shownAs}](${href})`];
  });
  if (links.length === 0) return text;
  const languages = isEmpty(text) ? [tag] : Object.keys(text);
  return Object.fromEntries(languages.map((language) => [language, `${text[language] ?? ''}\n\n${links.join('\n')}`.trim()]));
}

const anyText = (text: Text): string => Object.values(text).join(' ');
const saidIn = (text: RawText): readonly string[] => (typeof text === 'string' ? [text] : [...text.values()]);
export function anyOf(text: RawText | null): string {
  return text === null ? '' : (saidIn(text)[0] ?? '');
}
