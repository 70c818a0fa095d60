import { folded } from '#ground/text.ts';
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
export function matching(sessions: readonly Session[], question: Question): Session[] {
  const words = folded(question.q ?? '')
    .split(/\s+/)
    .filter(Boolean);
  return sessions.filter(
    (session) =>
      (question.theme === undefined || session.themes.includes(question.theme)) &&
      (question.organisation === undefined || session.organisations.includes(question.organisation)) &&
      (question.format === undefined || session.format === question.format) &&
      (question.language === undefined || session.languages.includes(question.language)) &&
      (question.visibility === undefined || session.visibility === question.visibility) &&
      (question.from === undefined || (session.end !== null && session.end > question.from)) &&
      (question.until === undefined || (session.start !== null && session.start < question.until)) &&
      (words.length === 0 || saysAll(session, words)),
  );
}

function saysAll(session: Session, words: readonly string[]): boolean {
  const said = folded(
    [session.title, session.summary, session.description]
      .flatMap((text) => Object.values(text))
      .concat(session.speakers)
      .join(' '),
  );
  return words.every((word) => said.includes(word));
}
