import type { Language } from './visit.ts';

/** The same words in one or more languages: a map of language tag to text, with at least one entry. */
export type Text = Readonly<Record<string, string>>;

export interface Said {
  readonly text: string;
  /** The language tag of the text itself, for `lang` when it differs from the page's. */
  readonly lang: string;
}

/** The text in the reader's language, else in Dutch or English, else in whatever there is. */
export function say(text: Text, language: Language): Said {
  const other = language === 'nl' ? 'en' : 'nl';
  for (const lang of [language, other, ...Object.keys(text)]) {
    const found = text[lang];
    if (found !== undefined && found !== '') return { text: found, lang };
  }
  return { text: '', lang: language };
}

/** Whether a word can stand in an address. */
export const isSlug = (word: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(word);

/** As people search: lower case, without accents. 'Één' finds 'een'. */
export const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss').toLowerCase();

/** A word for an address: lower case, without accents, words joined by hyphens. Empty when nothing is left. */
export function slugOf(name: string): string {
  return folded(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
}
