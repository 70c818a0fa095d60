/**
 * Ordinary words, in Dutch, English or whatever is close: how a text falls into words and what two spellings have in common.
 * One light stemmer serves all languages of a text, because people and programmes mix them ('onze pilot met AI-tools').
 */

/** A word as it was typed, and the key under which its other forms are found too. */
export interface Word {
  readonly typed: string;
  readonly stem: string;
  /** False for words that say nothing about a subject: 'ik', 'wil', 'hoe', 'mijn'. */
  readonly hasMeaning: boolean;
  /** True for words that say how, and hardly what: 'sneller', 'beter', 'samen'. */
  readonly isManner: boolean;
}

/** The words of a text in order. */
export function wordsIn(text: string): Word[] {
  return (text.match(/[\p{L}\p{N}]+(?:[’'][\p{L}]+)?/gu) ?? []).map((typed) => {
    const plain = plainly(typed);
    return { typed, stem: stem(plain), hasMeaning: plain.length > 1 && !empty.has(plain), isManner: manner.has(plain) };
  });
}

/** The key of a word: 'inkoop', 'inkopen' and 'inkoper' have the same; so have 'policy' and 'policies'. Not meant for reading. */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const found = stemmed(word);
  if (stems.size > 50_000) stems.clear();
  stems.set(word, found);
  return found;
}

/** Lower case, without accents and apostrophes. */
export const plainly = (word: string): string =>
  word
    .normalize('NFKD')
    .replace(/\p{M}|[’'](?:s\b)?/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase();

/** One letter more, less or different, or two neighbours swapped (Damerau 1964). */
export function isOneSlipAway(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let from = 0;
  while (from < short.length && short[from] === long[from]) from++;
  const rest = (word: string, skip: number): string => word.slice(from + skip);
  if (short.length < long.length) return rest(short, 0) === rest(long, 1);
  if (rest(short, 1) === rest(long, 1)) return true;
  return short[from] === long[from + 1] && short[from + 1] === long[from] && rest(short, 2) === rest(long, 2);
}

const manner = new Set(
  (
    'snel snelle sneller snelste vlug vlotter beter betere best beste goed goede slim slimme slimmer makkelijk makkelijke makkelijker gemakkelijk gemakkelijker moeilijk ' +
    'handig handiger leuk leuker echt echte groot grote groter klein kleine kleiner nieuw nieuwe eenvoudig eenvoudige eenvoudiger efficient efficienter effectief effectiever ' +
    'fast faster quick quicker quickly better best good smart smarter easy easier hard harder real big bigger small smaller new simple simpler efficient effective'
  ).split(' '),
);

// A word always has the same stem, so remembering it changes nothing but the time it takes.
const stems = new Map<string, string>();

// Each ending is taken off once, in this order, if so many letters stay.
const endings: readonly (readonly [RegExp, number])[] = [
  [/(?:etjes?|tjes?|pjes?)$/, 4],
  [/(?:heden|heid)$/, 4],
  [/(?:ies)$/, 3],
  [/s$/, 3],
  [/(?:en|ed|e)$/, 3],
  [/(?:ing|ly)$/, 4],
  [/(?:end|er)$/, 4],
  [/st$/, 5],
];

function stemmed(plain: string): string {
  let word = spelled(plain);
  for (const [ending, stays] of endings) {
    const without = word.replace(ending, '');
    if (without.length >= stays) word = without;
  }
  // A participle: gehackt, gelukt, gewerkt.
  if (/^ge.{3,}[dt]$/.test(word)) word = word.slice(2, -1);
  return word
    .replace(/([^aeiou])\1/g, '$1')
    .replace(/([aeou])\1/g, '$1')
    .replace(/v$/, 'f')
    .replace(/z$/, 's')
    .replace(/[yi]$/, 'i');
}

/** One spelling for what sounds alike: bureau and buro, procedure and prosedure stay apart, contact and kontakt do not. */
const spelled = (word: string): string =>
  word
    .replace(/eau/g, 'o')
    .replace(/ph/g, 'f')
    .replace(/c(?=[aoukrtl])/g, 'k')
    .replace(/isati/g, 'izati')
    .replace(/isering/g, 'izering');

// What says nothing about the subject, however often or rarely a programme uses it.
const empty = new Set(
  `de het een en of maar want dus als dan dat die dit deze wat wie waar wanneer waarom hoe welke welk er hier daar nu nog al ook niet geen wel niks niets iets iemand niemand
  ik jij je u hij zij ze wij we jullie hen hun hem haar mij me mijn jouw uw ons onze zijn zich zelf eigen mezelf jezelf men
  ben bent is was waren wees geweest word wordt worden werd geworden heb hebt heeft hebben had hadden gehad
  kan kun kunt kunnen kon konden zal zul zult zullen zou zouden wil wilt willen wilde wilden moet moeten moest mag mogen mocht ga gaat gaan ging gegaan gaande
  doe doet doen deed gedaan maak maakt maken houd houdt houden lang lange half nieuw nieuwe kom komt komen kwam gekomen krijg krijgt krijgen laat laten geef geeft geven zie ziet zien weet weten vind vindt vinden denk denkt denken zeg zegt zeggen
  aan af bij binnen boven buiten door in langs met na naar naast om onder op over per rond sinds te tegen ten ter tot tijdens tussen uit van vanaf vanuit via volgens voor voorbij zonder toe mee heen terug samen
  veel vele meer meest weinig minder erg heel zeer te zo zoals alleen allemaal alles alle elke elk ieder iedere beide andere ander anders straks altijd nooit vaak soms even eens weer toch eigenlijk gewoon gewone echt graag beter best goed goede liefst
  omdat terwijl hoewel zodat toen tenzij indien mits hoeveel hoelang waarmee waarvoor waarop waarbij ervoor ermee eraan erop zulke zo'n dingen ding manier manieren gebied vraag vragen hulp help helpen helpt tips
  the a an and or but if then that this these those what who whom whose where when why how which there here now still also not no none
  i you he she it we they them him her me my your his its our their us myself yourself
  am is are was were be been being have has had having do does did doing done can could will would shall should may might must
  about above after again against at before below between by down during for from in into of off on onto out over through to toward towards under until up upon via with within without as than so
  want wants need needs like keep keeps keeping kept use uses using used try tries trying take takes taking put make makes making get gets getting go goes going let lets give gives see know find think say more less most least much many few some any all each every both other another same such only own too very just really better best good well
  way ways thing things things something someone anyone help helps
  der die das den dem des ein eine einer einem einen und oder aber nicht kein keine ich du er sie es wir ihr mein dein sein unser wie was wo wann warum mit von zu im am auf fur aus bei nach uber ist sind war kann konnen will wollen muss mussen soll haben hat werden wird`
    .split(/\s+/)
    .map((word) => plainly(word)),
);
