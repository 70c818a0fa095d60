/**
 * How well sessions fit what somebody says in their own words, and the themes they choose. Pure; texts in any language.
 *
 * Every word somebody types stands for the words of the programme that mean the same: other forms (stems), words it is
 * part of and parts of itself ('inkooptraject'), synonyms, and spellings one slip away. A word that few sessions use
 * weighs more (inverse document frequency, Sparck Jones 1972); a title counts more than a summary, that more than a
 * description. Fits run from 0 to `highest`, so that a turn can be added without passing 1.
 */
import type { Session } from '#rooms/programme/session.ts';
import { concepts } from './concepts.ts';
import { isOneSlipAway, stem, wordsIn, type Word } from './tongue.ts';
import { weights } from './objective.ts';

export const highest = 1 - weights.turn;

/** How much of a word's weight a session gets when the word stands there; places add up as chances do. */
const places = { title: 0.6, summary: 0.45, description: 0.25, descriptionAgain: 0.12, theme: 0.35, kind: 0.35, organisation: 0.3 } as const;

/** How much of a word another one stands for. */
const strength = { same: 1, joined: 0.9, concept: 0.7, whole: 0.75, front: 0.7, back: 0.45, kin: 0.5, slip: 0.75 } as const;

/** How much a word that says how weighs beside one that says what: few sessions say 'sneller', and hardly any is about it. */
const mannerShare = 0.3;

/** In how far themes decide when somebody both chooses themes and says something: what was said goes before. */
const themeShare = 0.25;

/** The texts of one edition, made ready once. */
export interface TextIndex {
  readonly count: number;
  /** By stem, or by concept ('#12'): how present it is in which sessions. */
  readonly terms: ReadonlyMap<string, Term>;
  /** By session code: what was read, and in which version. */
  readonly read: ReadonlyMap<string, { readonly updatedAt: number; readonly terms: ReadonlyMap<string, number> }>;
  /** What words asked earlier stand for; a word always stands for the same, so this only saves time. */
  readonly asked: Map<string, readonly Stand[]>;
}

interface Term {
  readonly sessions: readonly number[];
  readonly presence: readonly number[];
  /** 0..1: how much it tells sessions apart. */
  readonly weight: number;
}

interface Stand {
  readonly term: Term;
  readonly strength: number;
}

/** One word of a question and what it gives each session. */
export interface Match {
  readonly typed: string;
  /** The most it could give: the question's weight is the sum of these. */
  readonly weight: number;
  readonly given: Float64Array;
}

/**
 * Reads the texts of an edition's sessions; the numbers used everywhere are the positions in this list.
 * With an earlier index of the same edition only what changed since is read again.
 */
export function textIndexOf(sessions: readonly Session[], before: TextIndex | null = null): TextIndex {
  const found = new Map<string, { sessions: number[]; presence: number[] }>();
  const read = new Map<string, { updatedAt: number; terms: ReadonlyMap<string, number> }>();
  sessions.forEach((session, number) => {
    const updatedAt = session.updatedAt.getTime();
    const earlier = before?.read.get(session.code);
    const terms = earlier?.updatedAt === updatedAt ? earlier.terms : termsOf(session);
    read.set(session.code, { updatedAt, terms });
    for (const [key, presence] of terms) {
      const term = found.get(key) ?? { sessions: [], presence: [] };
      term.sessions.push(number);
      term.presence.push(presence);
      found.set(key, term);
    }
  });
  const most = Math.log(1 + sessions.length);
  const terms = new Map([...found].map(([key, term]) => [key, { ...term, weight: Math.log(1 + sessions.length / term.sessions.length) / most }]));
  return { count: sessions.length, terms, read, asked: new Map() };
}

/** What every word of a question finds in the edition; words that find nothing are left out. */
export function matchesOf(index: TextIndex, question: string): Match[] {
  const words = wordsIn(question).slice(0, 200);
  const matches = new Map<string, Match>();
  const add = (key: string, typed: readonly Word[], stands: readonly Stand[], share = 1): void => {
    if (stands.length > 0 && !matches.has(key)) matches.set(key, matchOf(index, typed.map((word) => word.typed).join(' '), stands, share));
  };
  words.forEach((word, at) => {
    const joint = joined(words, at);
    if (joint !== null && index.terms.has(joint)) add(joint, words.slice(at, at + 2), standsFor(index, joint, strength.joined));
    for (const { concept, length } of phrasesAt(words, at)) add(concept, words.slice(at, at + length), standOf(index, concept, strength.concept));
    if (word.hasMeaning) add(word.stem, [word], standsFor(index, word.stem), word.isManner ? mannerShare : 1);
  });
  return [...matches.values()];
}

/** 0..1 per session: the share of the question that it is about. */
export function wordsFit(index: TextIndex, matches: readonly Match[]): Float64Array {
  const fit = new Float64Array(index.count);
  const total = matches.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return fit;
  for (const { given } of matches) for (let session = 0; session < fit.length; session++) fit[session]! += given[session]! / total;
  return fit;
}

/** 0..1: the main theme was chosen, another one was, none was. */
export const themeFit = (session: Session, themes: ReadonlySet<string>): number =>
  session.themes.length > 0 && themes.has(session.themes[0]!) ? 1 : session.themes.some((theme) => themes.has(theme)) ? 0.75 : 0;

/** The fit of one session, 0..`highest`. Who says nothing fits everywhere alike. */
export function fitOf(said: { readonly words: number | null; readonly theme: number | null }): number {
  if (said.words === null) return (said.theme ?? 0.5) * highest;
  if (said.theme === null) return said.words * highest;
  // Texts never say a whole question: a fair part of it already tells more than a theme does.
  const spoken = 1 - (1 - said.words) ** 2;
  return (themeShare * said.theme + (1 - themeShare) * spoken) * highest;
}

/** The person's own words that a session is about, the weightiest first. */
export function wordsAbout(matches: readonly Match[], session: number, atMost = 3): string[] {
  const given = (match: Match): number => match.given[session]!;
  const best = Math.max(0, ...matches.map(given));
  return matches
    .filter((match) => given(match) > 0.45 * best && given(match) > 0.15 * match.weight)
    .sort((a, b) => given(b) - given(a) || b.typed.length - a.typed.length)
    .map(({ typed }) => typed)
    .filter((typed, _, all) => !all.some((other) => other !== typed && other.split(' ').includes(typed)))
    .slice(0, atMost);
}

/** 0..1 per session: how much its words are those of some others, whatever the subject is called (cosine of tf-idf). */
export function likeness(index: TextIndex, others: readonly number[]): Float64Array {
  const shared = new Float64Array(index.count);
  const length = new Float64Array(index.count);
  for (const { sessions, presence, weight } of index.terms.values()) {
    let profile = 0;
    sessions.forEach((session, at) => {
      if (others.includes(session)) profile += presence[at]! * weight;
    });
    for (let at = 0; at < sessions.length; at++) {
      const value = presence[at]! * weight;
      length[sessions[at]!]! += value * value;
      shared[sessions[at]!]! += value * profile;
    }
  }
  let most = 0;
  for (let session = 0; session < index.count; session++) {
    const alike = others.includes(session) || length[session] === 0 ? 0 : shared[session]! / Math.sqrt(length[session]!);
    shared[session] = alike;
    most = Math.max(most, alike);
  }
  return most === 0 ? shared : shared.map((alike) => alike / most);
}

// What a session is about

function termsOf(session: Session): Map<string, number> {
  const absent = new Map<string, number>();
  const put = (key: string, presence: number): void => void absent.set(key, (absent.get(key) ?? 1) * (1 - presence));
  const read = (text: string, presence: number, again = 0): void => {
    const words = wordsIn(text);
    const times = new Map<string, number>();
    words.forEach((word, at) => {
      for (const key of [...(word.hasMeaning ? [word.stem, ...conceptsOf(word.stem)] : []), ...phrasesAt(words, at).map(({ concept }) => concept)]) {
        const time = (times.get(key) ?? 0) + 1;
        times.set(key, time);
        if (time === 1) put(key, presence);
        else if (time === 2 && again > 0) put(key, again);
      }
    });
  };
  for (const text of Object.values(session.title)) read(text, places.title);
  for (const text of Object.values(session.summary)) read(text, places.summary);
  for (const text of Object.values(session.description)) read(text, places.description, places.descriptionAgain);
  read(session.themes.join(' '), places.theme);
  read(session.organisations.join(' '), places.organisation);
  read(`${kinds[session.format]} ${session.level === null ? '' : kinds[session.level]}`, places.kind);
  return new Map([...absent].map(([key, share]) => [key, 1 - share]));
}

/** What people call a format or a level. */
const kinds: Record<Session['format'] | NonNullable<Session['level']>, string> = {
  broadcast: 'uitzending broadcast talkshow',
  webinar: 'webinar',
  workshop: 'workshop oefenen',
  meeting: 'bijeenkomst',
  hybrid: 'hybride',
  tour: 'rondleiding excursie tour',
  podcast: 'podcast luisteren',
  social: 'borrel netwerken kennismaken',
  introductory: 'beginner basis introductie',
  intermediate: '',
  advanced: 'gevorderd expert',
};

// What a word stands for

function standsFor(index: TextIndex, asked: string, by = 1): readonly Stand[] {
  const known = index.asked.get(asked) ?? look(index, asked);
  return by === 1 ? known : known.map((stand) => ({ ...stand, strength: stand.strength * by }));
}

function look(index: TextIndex, asked: string): readonly Stand[] {
  const found = new Map<string, number>();
  const stand = (key: string, by: number): void => void found.set(key, Math.max(found.get(key) ?? 0, by));
  if (index.terms.has(asked)) stand(asked, strength.same);
  for (const concept of conceptsOf(asked)) stand(concept, strength.concept);
  const synonyms = conceptsOf(asked)
    .flatMap((concept) => stemsOfConcept.get(concept)!)
    .filter((synonym) => synonym.length >= 5);
  for (const key of index.terms.keys()) {
    if (key.startsWith('#')) continue;
    const by = kinship(index, asked, key);
    if (by > 0) stand(key, by);
    else if (synonyms.some((synonym) => key.startsWith(synonym) && key !== synonym && isWord(index, key.slice(synonym.length))))
      stand(key, strength.concept * strength.whole);
  }
  // A slip is only looked for when nothing was found: nearly alike is mostly not the same ('boten', 'noten').
  if (found.size === 0 && asked.length >= 4) {
    for (const key of index.terms.keys()) if (asked[0] === key[0] && isOneSlipAway(asked, key)) stand(key, strength.slip);
    for (const [word, of] of conceptOfStem)
      if (word.length >= 4 && isOneSlipAway(asked, word)) for (const concept of of) stand(concept, strength.slip * strength.concept);
  }
  const stands = [...found].flatMap(([key, by]) => standOf(index, key, by));
  if (index.asked.size >= 5000) index.asked.clear();
  index.asked.set(asked, stands);
  return stands;
}

const standOf = (index: TextIndex, key: string, by: number): Stand[] => {
  const term = index.terms.get(key);
  return term ? [{ term, strength: by }] : [];
};

/** In how far a word of the programme is made of the asked one, or the other way round. */
function kinship(index: TextIndex, asked: string, key: string): number {
  if (asked === key) return strength.same;
  if (asked.length < 4 || key.length < 4) return 0;
  const rest = (whole: string, part: string): boolean =>
    isWord(index, whole.startsWith(part) ? whole.slice(part.length) : whole.slice(0, -part.length));
  if (key.startsWith(asked) || key.endsWith(asked)) return rest(key, asked) ? strength.whole : 0;
  // The front of a compound says which, the back says what: an 'inkooptraject' is about 'inkoop' more than about 'traject'.
  if (asked.startsWith(key)) return rest(asked, key) ? strength.front : 0;
  if (asked.endsWith(key)) return rest(asked, key) ? strength.back : 0;
  let alike = 0;
  while (asked[alike] === key[alike]) alike++;
  return alike >= 6 && alike >= 0.6 * Math.max(asked.length, key.length) ? strength.kin : 0;
}

/** What stays of a compound is a word too, with or without the s, e or en that joins them. */
const isWord = (index: TextIndex, rest: string): boolean =>
  [rest, rest.replace(/^(?:s|en?)/, ''), rest.replace(/(?:s|en?)$/, ''), stem(rest)].some(
    (part) => part.length >= 3 && (index.terms.has(part) || conceptOfStem.has(part)),
  );

// Concepts

const conceptOfStem = new Map<string, string[]>();
/** By its first stem: the stems that must follow, and the concept. */
const conceptOfPhrase = new Map<string, { readonly stems: readonly string[]; readonly concept: string }[]>();
concepts.forEach((words, number) => {
  const concept = `#${number}`;
  for (const text of words) {
    const stems = wordsIn(text).map((word) => word.stem);
    const first = stems[0]!;
    if (stems.length === 1) conceptOfStem.set(first, [...new Set([...(conceptOfStem.get(first) ?? []), concept])]);
    else conceptOfPhrase.set(first, [...(conceptOfPhrase.get(first) ?? []), { stems, concept }]);
  }
});

const stemsOfConcept = new Map<string, string[]>();
for (const [word, of] of conceptOfStem) for (const concept of of) stemsOfConcept.set(concept, [...(stemsOfConcept.get(concept) ?? []), word]);

const conceptsOf = (word: string): readonly string[] => conceptOfStem.get(word) ?? [];

/** The concepts whose phrase starts here. */
const phrasesAt = (words: readonly Word[], at: number): { concept: string; length: number }[] =>
  (conceptOfPhrase.get(words[at]!.stem) ?? [])
    .filter(({ stems }) => stems.every((part, step) => words[at + step]?.stem === part))
    .map(({ concept, stems }) => ({ concept, length: stems.length }));

/** Two words written apart that may be one: 'feed back', 'thuis werken'. */
const joined = (words: readonly Word[], at: number): string | null => {
  const [first, second] = [words[at], words[at + 1]];
  return first?.hasMeaning && second?.hasMeaning ? stem(`${first.typed}${second.typed}`.toLowerCase()) : null;
};

function matchOf(index: TextIndex, typed: string, stands: readonly Stand[], share: number): Match {
  const given = new Float64Array(index.count);
  let weight = 0;
  for (const { term, strength: by } of stands) {
    weight = Math.max(weight, term.weight * by);
    term.sessions.forEach((session, at) => {
      given[session] = Math.max(given[session]!, term.weight * by * term.presence[at]!);
    });
  }
  return { typed, weight: weight * share, given: given.map((value) => value * share) };
}
