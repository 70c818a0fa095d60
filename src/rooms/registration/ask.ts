import { words, type Word } from '#words';
import { hasStarted, isOffered, type Session } from '#rooms/programme/session.ts';
import { dayName, local, weekdayOf } from '#rooms/programme/when.ts';
import type { Language } from '#ground/visit.ts';
import type { Answers, PartOfDay, Way } from './draft.ts';

export const partNames: Record<PartOfDay, Word> = {
  morning: 'registration.morning',
  afternoon: 'registration.afternoon',
  evening: 'registration.evening',
};
export const wayNames: Record<Way, Word> = { either: 'registration.wayEither', online: 'registration.wayOnline', onSite: 'registration.wayOnSite' };

/** What is worth asking about when somebody can come: only what still makes a difference in this edition. */
export interface Ask {
  /** 1 is Monday. */
  readonly weekdays: readonly number[];
  /** The days with a session still to come, as YYYY-MM-DD. */
  readonly days: readonly string[];
  readonly languages: readonly string[];
  /** Some sessions are in a room and some online. */
  readonly hasBothWays: boolean;
}

export function worthAsking(sessions: readonly Session[], now: Date): Ask {
  const open = sessions.filter((session) => session.state === 'published' && session.start !== null && !hasStarted(session, now));
  const days = [...new Set(open.flatMap(({ start, timeZone }) => (start === null ? [] : [local(start, timeZone).day])))].sort();
  return {
    weekdays: [...new Set(days.map((day) => weekdayOf(day) + 1))].sort((a, b) => a - b),
    days,
    languages: [...new Set(open.flatMap(({ languages }) => languages))].sort(),
    hasBothWays: open.some(({ capacity }) => isOffered(capacity.onSite)) && open.some(({ capacity }) => isOffered(capacity.online)),
  };
}

/** A Monday somewhere, to name the days of the week by. */
const monday = '2026-11-02';
export const weekdayName = (weekday: number, language: Language): string =>
  dayName(`${monday.slice(0, 8)}${String(weekday + 1).padStart(2, '0')}`, language, 'long').split(' ')[0] ?? '';

/** A language in a language: 'Nederlands'. */
export const languageName = (tag: string, language: Language): string => {
  const name = new Intl.DisplayNames([language], { type: 'language', fallback: 'code' }).of(tag) ?? tag;
  return name.charAt(0).toUpperCase() + name.slice(1);
};

/** 'dinsdag, donderdag · ochtend · online' */
export function whenInWords(answers: Answers, language: Language): string {
  const t = words(language);
  const said = [
    answers.weekdays.map((day) => weekdayName(day, language)).join(', ') || t('registration.anyDay'),
    answers.parts.map((part) => t(partNames[part]).toLowerCase()).join(', '),
    t(wayNames[answers.way]).toLowerCase(),
    answers.languages.map((tag) => languageName(tag, language)).join(', '),
    answers.notOn.length > 0 ? t('registration.notOnDays', { days: answers.notOn.map((day) => dayName(day, language, 'short')).join(', ') }) : '',
  ];
  return said.filter(Boolean).join(' · ');
}
