import { folded, slugOf } from '#ground/text.ts';
import type { Organisation, Theme } from './edition.ts';
import type { Session } from './session.ts';

/** What a program or a page asks of a list of sessions; absent is everything. */
export interface Question {
  readonly theme?: string | undefined;
  readonly organisation?: string | undefined;
  readonly format?: string | undefined;
  readonly language?: string | undefined;
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  readonly q?: string | undefined;
  readonly visibility?: string | undefined;
}

/** The sessions that answer a question, in the order in which they stood. */
export function matching(sessions: readonly Session[], question: Question, names: Names): Session[] {
  const words = wordsIn(question.q ?? '');
  return sessions.filter(
    (session) =>
      (question.theme === undefined || session.themes.includes(question.theme)) &&
      (question.organisation === undefined || session.organisations.includes(question.organisation)) &&
      (question.format === undefined || session.format === question.format) &&
      (question.language === undefined || session.languages.includes(question.language)) &&
      (question.visibility === undefined || session.visibility === question.visibility) &&
      (question.from === undefined || (session.end !== null && session.end > question.from)) &&
      (question.until === undefined || (session.start !== null && session.start < question.until)) &&
      (words.length === 0 || mentions(session, words, names)),
  );
}

/** Themes and hosts, under whose names a session is found too. */
export interface Names {
  readonly themes: readonly Pick<Theme, 'slug' | 'name'>[];
  readonly organisations: readonly Pick<Organisation, 'slug' | 'name'>[];
}

/** The words of somebody who looks for something, at most so much of it. */
export const wordsIn = (text: string): readonly string[] => slugOf(text.slice(0, 60)).split('-').filter(Boolean);

/** All words somewhere in what the session says, in whatever language; accents and capitals do not matter. */
export function mentions(session: Session, words: readonly string[], { themes, organisations }: Names): boolean {
  const names = [
    ...themes.filter(({ slug }) => session.themes.includes(slug)),
    ...organisations.filter(({ slug }) => session.organisations.includes(slug)),
  ];
  const texts = [session.title, session.summary, session.description, ...names.map(({ name }) => name)];
  const said = folded([...texts.flatMap((text) => Object.values(text)), ...session.speakers, session.location ?? ''].join(' '));
  return words.every((word) => said.includes(word));
}
