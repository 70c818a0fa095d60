// What a member of the committee reads and writes. What they may not know is not asked of the database.
import { atOnce } from '#ground/database.server.ts';
import type { PersonId, SessionId } from '#ground/id.ts';
import { hasProblems, type Problems } from '#ground/problem.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Text } from '#ground/text.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import type { Edition } from '#rooms/programme/edition.ts';
import type { Criterion, Question } from '../call.ts';
import type { WhyConflict } from './assign.ts';
import * as queries from './queries.server.ts';
import { isDone, scoresIn, whyNotReview, type Review, type TypedReview } from './review.ts';

export interface ToReview {
  readonly code: string;
  readonly title: Text;
  readonly themes: readonly string[];
  readonly standing: 'open' | 'begun' | 'done' | 'decided' | 'conflict';
}

/** What the visitor was asked to read in an edition. What they cannot judge for their organisation is not in it. */
export async function toReview(visit: Visit, edition: Pick<Edition, 'id'>): Promise<readonly ToReview[]> {
  const me = visit.person?.id;
  if (!me) return [];
  const [judging, rows] = [await queries.judgingOf(visit.db, edition.id), await queries.toRead(visit.db, edition.id, me)];
  const criteria = judging?.criteria ?? [];
  return rows
    .filter(({ conflict }) => conflict === null || conflict === 'declared')
    .map(({ code, title, themes, conflict, decision, scores }) => ({
      code,
      title,
      themes,
      standing: standingOf(criteria, conflict, decision, scores),
    }));
}

function standingOf(
  criteria: readonly Criterion[],
  conflict: WhyConflict | null,
  decision: string | null,
  scores: Review['scores'] | null,
): ToReview['standing'] {
  if (conflict !== null) return 'conflict';
  if (scores !== null && isDone(criteria, scores)) return 'done';
  if (decision !== null) return 'decided';
  return scores === null ? 'open' : 'begun';
}

/** Until when the visitor can write, for the page with their list. */
export const reviewUntil = async (visit: Visit, edition: Pick<Edition, 'id'>): Promise<Date | null> =>
  (await queries.judgingOf(visit.db, edition.id))?.reviewUntil ?? null;

/** What the call asked, with what was answered. */
export interface Answered {
  readonly question: Question;
  readonly answer: string;
}

/** A proposal as its reader has it. */
export interface ToRead extends Omit<queries.Content, 'answers'> {
  /** What the call asked, as far as reviewers may read it. */
  readonly answers: readonly Answered[];
  /** Null while the committee reads without names. */
  readonly names: queries.Names | null;
  readonly criteria: readonly Criterion[];
  readonly review: Review | null;
  readonly whyNot: 'review-over' | 'review-decided' | null;
}

export type Reading =
  | { readonly is: 'conflict'; readonly why: WhyConflict; readonly edition: string; readonly readers: readonly PersonId[] }
  | { readonly is: 'read'; readonly edition: string; readonly readers: readonly PersonId[]; readonly proposal: ToRead };

/** A proposal for the visitor to judge: without names when the call says so, and nothing of it when they have a conflict. */
export async function proposalToReview(visit: Visit, code: string): Promise<Reading | null> {
  const me = visit.person?.id;
  const it = me ? await queries.standing(visit.db, code, me) : null;
  if (!me || !it) return null;
  const { edition, readers } = it;
  if (it.conflict !== null) return { is: 'conflict', why: it.conflict, edition, readers };
  const judging = await queries.judgingOf(visit.db, it.editionId);
  if (!judging || !readers.includes(me)) return null;
  const [content, names, review] = [
    await queries.contentOf(visit.db, it.id),
    judging.isAnonymous ? null : await queries.namesIn(visit.db, it.id),
    await queries.reviewBy(visit.db, it.id, me),
  ];
  const answers = judging.questions
    .filter(({ isForReviewers }) => isForReviewers)
    .map((question) => ({ question, answer: content.answers[question.key] ?? '' }))
    .filter(({ answer }) => answer !== '');
  return {
    ...{ is: 'read', edition, readers },
    proposal: {
      ...{ ...content, answers, names, criteria: judging.criteria },
      review: review && { scores: review.scores, comment: review.comment, writtenAt: review.writtenAt, revision: review.revision },
      whyNot: whyNotReview(judging, it, visit.now),
    },
  };
}

export type WhyNotWritten = 'proposal-unknown' | 'reviewer-conflict' | 'review-over' | 'review-decided' | 'changed-meanwhile';

/**
 * Keeps what the visitor makes of a proposal; a part may come later. `revision` is of what they began with, 0 for a first
 * time: what they wrote in another window is not lost.
 */
export async function writeReview(
  visit: Visit,
  code: string,
  revision: number,
  typed: TypedReview,
): Promise<{ readonly isDone: boolean } | Refusal<WhyNotWritten> | { readonly problems: Problems }> {
  const mine = await held(visit, code);
  if (mine === null) return { refused: 'proposal-unknown' };
  const { problems, scores } = scoresIn(mine.judging.criteria, typed);
  if (hasProblems(problems)) return { problems };
  return atOnce(visit, async (visit): Promise<{ readonly isDone: boolean } | Refusal<WhyNotWritten>> => {
    await queries.hold(visit.db, [mine.session]);
    const now = await held(visit, code);
    if (now === null) return { refused: 'proposal-unknown' };
    if (now.conflict !== null) return { refused: 'reviewer-conflict' };
    const whyNot = whyNotReview(now.judging, now, visit.now);
    if (whyNot !== null) return { refused: whyNot };
    const of = { session: mine.session, person: now.person, revision };
    if (!(await queries.putReview(visit.db, of, { scores, comment: typed.comment }, visit.now))) return { refused: 'changed-meanwhile' };
    await record(visit, { what: 'review-written', session: mine.session });
    return { isDone: isDone(now.judging.criteria, scores) };
  });
}

/** How the visitor stands to a proposal that they were asked to read; null when they were not. */
async function held(visit: Visit, code: string) {
  const person = visit.person?.id;
  const it = person ? await queries.standing(visit.db, code, person) : null;
  const judging = it && (await queries.judgingOf(visit.db, it.editionId));
  if (!person || !it || !judging || !it.readers.includes(person)) return null;
  return { person, session: it.id, conflict: it.conflict, decision: it.decision, judging };
}

/** The visitor says that they cannot judge a proposal fairly: nothing of it is shown to them any more. */
export const declareConflict = (visit: Visit, code: string): Promise<void | Refusal<'proposal-unknown'>> =>
  said(visit, code, 'conflict-declared', (visit, session, person) => queries.declare(visit.db, session, person, visit.now));

/** They take that back; a conflict from their organisation stays. */
export const undoConflict = (visit: Visit, code: string): Promise<void | Refusal<'proposal-unknown'>> =>
  said(visit, code, 'conflict-undone', (visit, session, person) => queries.undeclare(visit.db, session, person));

const said = (
  visit: Visit,
  code: string,
  what: 'conflict-declared' | 'conflict-undone',
  change: (visit: Visit, session: SessionId, person: PersonId) => Promise<boolean>,
): Promise<void | Refusal<'proposal-unknown'>> =>
  atOnce(visit, async (visit) => {
    const mine = await held(visit, code);
    if (mine === null) return { refused: 'proposal-unknown' };
    if (await change(visit, mine.session, mine.person)) await record(visit, { what, session: mine.session, person: mine.person });
  });
