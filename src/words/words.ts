import type { Language } from '#ground/visit.ts';
import enShell from './en/shell.json' with { type: 'json' };
import enHome from './en/home.json' with { type: 'json' };
import enRefused from './en/refused.json' with { type: 'json' };
import enProblem from './en/problem.json' with { type: 'json' };
import enIdentity from './en/identity.json' with { type: 'json' };
import enProgramme from './en/programme.json' with { type: 'json' };
import enSeats from './en/seats.json' with { type: 'json' };
import enWishes from './en/wishes.json' with { type: 'json' };
import enDoor from './en/door.json' with { type: 'json' };
import enItinerary from './en/itinerary.json' with { type: 'json' };
import enCompose from './en/compose.json' with { type: 'json' };
import enRegistration from './en/registration.json' with { type: 'json' };
import enCalendar from './en/calendar.json' with { type: 'json' };
import enExchange from './en/exchange.json' with { type: 'json' };
import enMail from './en/mail.json' with { type: 'json' };
import enOrganise from './en/organise.json' with { type: 'json' };
import enAccount from './en/account.json' with { type: 'json' };
import enLibrary from './en/library.json' with { type: 'json' };
import enWebhooks from './en/webhooks.json' with { type: 'json' };
import enPrivacy from './en/privacy.json' with { type: 'json' };
import enUpkeep from './en/upkeep.json' with { type: 'json' };
import enEditions from './en/editions.json' with { type: 'json' };
import enTeam from './en/team.json' with { type: 'json' };
import enProposals from './en/proposals.json' with { type: 'json' };
import enReview from './en/review.json' with { type: 'json' };
import enSchedule from './en/schedule.json' with { type: 'json' };
import enNewsroom from './en/newsroom.json' with { type: 'json' };
import enFigures from './en/figures.json' with { type: 'json' };
import enLetters from './en/letters.json' with { type: 'json' };
import enHandbook from './en/handbook.json' with { type: 'json' };
import enTool from './en/tool.json' with { type: 'json' };
import enApi from './en/api.json' with { type: 'json' };
import nlShell from './nl/shell.json' with { type: 'json' };
import nlHome from './nl/home.json' with { type: 'json' };
import nlRefused from './nl/refused.json' with { type: 'json' };
import nlProblem from './nl/problem.json' with { type: 'json' };
import nlIdentity from './nl/identity.json' with { type: 'json' };
import nlProgramme from './nl/programme.json' with { type: 'json' };
import nlSeats from './nl/seats.json' with { type: 'json' };
import nlWishes from './nl/wishes.json' with { type: 'json' };
import nlDoor from './nl/door.json' with { type: 'json' };
import nlItinerary from './nl/itinerary.json' with { type: 'json' };
import nlCompose from './nl/compose.json' with { type: 'json' };
import nlRegistration from './nl/registration.json' with { type: 'json' };
import nlCalendar from './nl/calendar.json' with { type: 'json' };
import nlExchange from './nl/exchange.json' with { type: 'json' };
import nlMail from './nl/mail.json' with { type: 'json' };
import nlOrganise from './nl/organise.json' with { type: 'json' };
import nlAccount from './nl/account.json' with { type: 'json' };
import nlLibrary from './nl/library.json' with { type: 'json' };
import nlWebhooks from './nl/webhooks.json' with { type: 'json' };
import nlPrivacy from './nl/privacy.json' with { type: 'json' };
import nlUpkeep from './nl/upkeep.json' with { type: 'json' };
import nlEditions from './nl/editions.json' with { type: 'json' };
import nlTeam from './nl/team.json' with { type: 'json' };
import nlProposals from './nl/proposals.json' with { type: 'json' };
import nlReview from './nl/review.json' with { type: 'json' };
import nlSchedule from './nl/schedule.json' with { type: 'json' };
import nlNewsroom from './nl/newsroom.json' with { type: 'json' };
import nlFigures from './nl/figures.json' with { type: 'json' };
import nlLetters from './nl/letters.json' with { type: 'json' };
import nlHandbook from './nl/handbook.json' with { type: 'json' };
import nlTool from './nl/tool.json' with { type: 'json' };
import nlApi from './nl/api.json' with { type: 'json' };

// One sheet a room and language; words/nl/seats.json holds what is said as 'seats.full'.
const nl = {
  shell: nlShell,
  home: nlHome,
  refused: nlRefused,
  problem: nlProblem,
  identity: nlIdentity,
  programme: nlProgramme,
  seats: nlSeats,
  wishes: nlWishes,
  door: nlDoor,
  itinerary: nlItinerary,
  compose: nlCompose,
  registration: nlRegistration,
  calendar: nlCalendar,
  exchange: nlExchange,
  mail: nlMail,
  organise: nlOrganise,
  account: nlAccount,
  library: nlLibrary,
  webhooks: nlWebhooks,
  privacy: nlPrivacy,
  upkeep: nlUpkeep,
  editions: nlEditions,
  team: nlTeam,
  proposals: nlProposals,
  review: nlReview,
  schedule: nlSchedule,
  newsroom: nlNewsroom,
  figures: nlFigures,
  letters: nlLetters,
  handbook: nlHandbook,
  tool: nlTool,
  api: nlApi,
};
const en = {
  shell: enShell,
  home: enHome,
  refused: enRefused,
  problem: enProblem,
  identity: enIdentity,
  programme: enProgramme,
  seats: enSeats,
  wishes: enWishes,
  door: enDoor,
  itinerary: enItinerary,
  compose: enCompose,
  registration: enRegistration,
  calendar: enCalendar,
  exchange: enExchange,
  mail: enMail,
  organise: enOrganise,
  account: enAccount,
  library: enLibrary,
  webhooks: enWebhooks,
  privacy: enPrivacy,
  upkeep: enUpkeep,
  editions: enEditions,
  team: enTeam,
  proposals: enProposals,
  review: enReview,
  schedule: enSchedule,
  newsroom: enNewsroom,
  figures: enFigures,
  letters: enLetters,
  handbook: enHandbook,
  tool: enTool,
  api: enApi,
};
const sheets: Record<Language, Record<string, Record<string, Sentence>>> = { nl, en };

/** A sentence, or one for a single thing and one for several, chosen by the value `count`. */
export type Sentence = string | { readonly one: string; readonly other: string };
export type Values = Readonly<Record<string, string | number>>;
/** The name of a sentence; the Dutch sheets are the list, the English ones must have the same (words.test.ts). */
export type Word = { [Room in keyof typeof nl]: `${Room}.${keyof (typeof nl)[Room] & string}` }[keyof typeof nl];
export type Say = (word: Word, values?: Values) => string;

/** How a language speaks: `const t = words('nl'); t('seats.left', { count: 3 })`. */
export function words(language: Language): Say {
  return (word, values = {}) => sentence(language, word, values);
}

/** The sentence that belongs to a name made at run time, such as a refusal's; the name itself when there is none. */
export function sentence(language: Language, word: string, values: Values = {}): string {
  const dot = word.indexOf('.');
  const found = sheets[language][word.slice(0, dot)]?.[word.slice(dot + 1)];
  if (found === undefined) return word;
  const chosen = typeof found === 'string' ? found : found[values['count'] === 1 ? 'one' : 'other'];
  return chosen.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export const allSheets = sheets;
