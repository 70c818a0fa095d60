// Which language a text is in.

const names: Readonly<Record<string, string>> = {
  english: 'en',
  engels: 'en',
  englisch: 'en',
  dutch: 'nl',
  nederlands: 'nl',
  german: 'de',
  deutsch: 'de',
  duits: 'de',
  french: 'fr',
  francais: 'fr',
  français: 'fr',
  frans: 'fr',
  spanish: 'es',
  español: 'es',
  spaans: 'es',
  italian: 'it',
  italiaans: 'it',
  fries: 'fy',
  frysk: 'fy',
  frisian: 'fy',
};

/** Language tags in what a file calls the language: 'en', 'de-formal', 'nl_NL', 'English', 'en, de'. */
export function tags(text: string | null): readonly string[] {
  const found = (text ?? '')
    .toLowerCase()
    .split(/[,;/|&+\s]+/)
    .flatMap((part) => names[part] ?? /^([a-z]{2,3})(?:[-_][a-z0-9-_]{1,20})?$/.exec(part)?.[1] ?? []);
  return [...new Set(found)].filter(isLanguage).slice(0, 10);
}

/** Whether a tag is a language that has a name. */
function isLanguage(tag: string): boolean {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(tag) !== undefined;
  } catch {
    return false;
  }
}

const frequent: Readonly<Record<string, readonly string[]>> = {
  nl: [
    'de',
    'het',
    'een',
    'en',
    'van',
    'voor',
    'met',
    'niet',
    'dat',
    'zijn',
    'op',
    'te',
    'je',
    'wat',
    'hoe',
    'ook',
    'aan',
    'wordt',
    'naar',
    'we',
    'over',
    'als',
  ],
  en: [
    'the',
    'and',
    'of',
    'to',
    'in',
    'is',
    'that',
    'for',
    'with',
    'you',
    'how',
    'this',
    'are',
    'what',
    'your',
    'we',
    'it',
    'can',
    'on',
    'a',
    'your',
    'will',
  ],
  de: [
    'der',
    'die',
    'das',
    'und',
    'ist',
    'nicht',
    'ein',
    'eine',
    'mit',
    'wie',
    'auf',
    'wir',
    'für',
    'zu',
    'den',
    'von',
    'im',
    'werden',
    'sich',
    'des',
  ],
  fr: ['le', 'la', 'les', 'et', 'des', 'est', 'une', 'un', 'pour', 'dans', 'que', 'du', 'sur', 'nous', 'avec', 'ce', 'de', 'en'],
  es: ['el', 'la', 'los', 'las', 'y', 'de', 'que', 'para', 'con', 'una', 'un', 'es', 'en', 'por', 'como', 'del', 'se'],
};

/** The language that a text seems to be in, by its small words; null when it says too little. */
export function guessLanguage(text: string, most = 5_000): string | null {
  const spoken =
    text
      .slice(0, most)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  const [best, next] = Object.entries(frequent)
    .map(([language, small]) => ({ language, found: spoken.filter((one) => small.includes(one)).length }))
    .sort((a, b) => b.found - a.found);
  return best !== undefined && best.found >= 2 && best.found > (next?.found ?? 0) ? best.language : null;
}
