// Sessions to choose from: those that answer the words and the theme, and those that stay chosen though they do not.
import { folded, say, type Text } from '#ground/text.ts';
import type { Language } from '#ground/visit.ts';
import type { TypedPlan } from './plan-form.ts';

export interface Choosable {
  readonly code: string;
  readonly title: Text;
  readonly start: Date | null;
  readonly themes: readonly string[];
  readonly timeZone: string;
}

export const mostShown = 100;

export interface Picking {
  /** How many answer. */
  readonly found: number;
  /** The first of them, by time. */
  readonly shown: readonly Choosable[];
  /** Chosen, and not among those shown. */
  readonly beside: readonly string[];
}

export function pickFrom(all: readonly Choosable[], typed: Pick<TypedPlan, 'q' | 'theme' | 'sessions'>, language: Language): Picking {
  const sought = folded(typed.q).split(/\s+/).filter(Boolean);
  const answers = ({ title, code, themes }: Choosable): boolean => {
    const text = folded(`${say(title, language).text} ${code}`);
    return (typed.theme === '' || themes.includes(typed.theme)) && sought.every((word) => text.includes(word));
  };
  const found = all.filter(answers);
  const shown = found.slice(0, mostShown);
  return { found: found.length, shown, beside: typed.sessions.filter((code) => !shown.some((one) => one.code === code)) };
}

/** All that answer are chosen too. */
export const withFound = (all: readonly Choosable[], typed: TypedPlan, language: Language): TypedPlan => {
  const none = pickFrom(all, { ...typed, sessions: [] }, language);
  const found = none.found > none.shown.length ? all.filter((one) => pickFrom([one], typed, language).found > 0) : none.shown;
  return { ...typed, which: 'some', sessions: [...new Set([...typed.sessions, ...found.map(({ code }) => code)])] };
};
