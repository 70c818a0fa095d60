// Whether a text is plain: sentences that are read in one breath, and words that people use. For our own words (a test)
// and as advice beside what a team writes.
import type { Language } from '#ground/visit.ts';

/** A sentence longer than this is two. */
export const mostWords = 25;
/** Over many sentences, no more than this. */
export const meanWords = 12;

/** The words of each sentence, without addresses of pages; a hole counts as one word. A line ends a sentence too. */
export const sentencesIn = (text: string): string[] =>
  text
    .replace(/https?:\/\/\S+/g, '')
    .split(/(?<=[.!?:;])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => countOf(sentence) > 0);

export const countOf = (sentence: string): number => (sentence.match(/\{\w+\}|[\p{L}\p{N}]+(?:[\p{L}\p{N}'’.,@-]*[\p{L}\p{N}])?/gu) ?? []).length;

export const meanOf = (texts: readonly string[]): number => {
  const counts = texts.flatMap(sentencesIn).map(countOf);
  return counts.length === 0 ? 0 : counts.reduce((sum, count) => sum + count, 0) / counts.length;
};

export const longIn = (text: string): string[] => sentencesIn(text).filter((sentence) => countOf(sentence) > mostWords);

/** Words of officialese in a text, as they stand in it. */
export const officialeseIn = (text: string, language: Language): string[] => [
  ...new Set([...text.matchAll(patterns[language])].map(([found]) => found.toLowerCase())),
];

const nl = [
  ...['aangaande', 'aangezien', 'aanstonds', 'abusievelijk', 'additioneel', 'additionele', 'alsmede', 'alsook', 'alvorens', 'anderszins'],
  ...[
    'bovengenoemde?',
    'bovenstaande?',
    'conform',
    'casu quo',
    'c\\.q\\.',
    'derhalve',
    'desalniettemin',
    'desgewenst',
    'dien(t|en) te',
    'dientengevolge',
  ],
  ...['doch', 'doorgaans', 'echter', 'evenals', 'eveneens', 'geenszins', 'gelieve', 'hierbij delen wij', 'hieromtrent', 'hetgeen', 'heden'],
  ...['ingevolge', 'in casu', 'in het kader van', 'in het licht van', 'inzake', 'indien', 'jegens', 'krachtens', 'met betrekking tot', 'middels'],
  ...[
    'mits',
    'mitsdien',
    'mede namens',
    'nader te bepalen',
    'navolgende?',
    'nimmer',
    'nochtans',
    'omtrent',
    'onderhavige?',
    'onverminderd',
    'onverwijld',
  ],
  ...['op grond van', 'reeds', 'rekening houdend met', 'reeds eerder', 'slechts', 'te allen tijde', 'teneinde', 'ten aanzien van', 'ten behoeve van'],
  ...['ter attentie van', 'terstond', 'ter zake', 'tevens', 'thans', 'tot op heden', 'uit hoofde van', 'vigerende?', 'voornoemde?', 'voorts'],
  ...['wederom', 'welke dient', 'zorg te dragen', 'zulks', 'zodoende', 'zijdens', 'door middel van', 'ten einde', 'ten gevolge van'],
];
const en = [
  ...['aforementioned', 'aforesaid', 'ascertain', 'as per', 'at this point in time', 'commence', 'commencing', 'cognizant', 'deem(ed)?', 'duly'],
  ...['endeavour', 'expedite', 'facilitate', 'forthwith', 'furnish', 'furthermore', 'hereafter', 'hereby', 'herein', 'hereto', 'herewith'],
  ...[
    'heretofore',
    'hitherto',
    'in accordance with',
    'in order to',
    'in respect of',
    'in lieu of',
    'in the event (of|that)',
    'inasmuch',
    'insofar as',
  ],
  ...['kindly be', 'notwithstanding', 'on behalf of', 'per annum', 'pertaining to', 'prior to', 'pursuant to', 'regarding', 'said document'],
  ...['subsequent(ly)?( to)?', 'terminate', 'thereafter', 'thereby', 'therein', 'thereof', 'therewith', 'thus', 'upon receipt', 'utili[sz]e'],
  ...['viz', 'vis-à-vis', 'whereas', 'whereby', 'whilst', 'whosoever', 'with reference to', 'with regard to', 'with respect to', 'with a view to'],
];
const asPattern = (words: readonly string[]): RegExp => new RegExp(`(?<![\\p{L}-])(?:${words.join('|')})(?![\\p{L}-])`, 'giu');
const patterns: Readonly<Record<Language, RegExp>> = { nl: asPattern(nl), en: asPattern(en) };
