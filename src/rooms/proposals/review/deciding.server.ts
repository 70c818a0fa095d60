// What the team sees of the reviews, decides, and tells.
import { atOnce } from '#ground/database.server.ts';
import type { PersonId } from '#ground/id.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import * as identity from '#rooms/identity';
import { record, recordAll } from '#rooms/journal';
import { setState } from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import type { Criterion } from '../call.ts';
import type { WhyConflict } from './assign.ts';
import * as queries from './queries.server.ts';
import { isDone, mayDecide, outcomeOf, type Decision, type Outcome, type Scores } from './review.ts';

type Of = Pick<Edition, 'id' | 'slug'>;

export interface Result extends queries.ProposalRow {
  /** How many members were asked and can. */
  readonly asked: number;
  readonly outcome: Outcome;
}

/** Every proposal of an edition with what the committee makes of it; a review of who has a conflict does not count. */
export async function results(visit: Visit, edition: Of): Promise<{ readonly criteria: readonly Criterion[]; readonly items: readonly Result[] }> {
  const [judging, proposals, assignments] = await Promise.all([
    queries.judgingOf(visit.db, edition.id),
    queries.proposalsOf(visit.db, edition.id),
    queries.assignmentsOf(visit.db, edition.id),
  ]);
  const criteria = judging?.criteria ?? [];
  const asked = Map.groupBy(
    assignments.filter(({ conflict }) => conflict === null),
    ({ session }) => session,
  );
  return {
    criteria,
    items: proposals.map((proposal) => {
      const theirs = asked.get(proposal.id) ?? [];
      const written = theirs.flatMap(({ scores }) => (scores === null ? [] : [scores]));
      return { ...proposal, asked: theirs.length, outcome: outcomeOf(criteria, written) };
    }),
  };
}

export interface Told {
  readonly scores: Scores;
  readonly comment: string;
  readonly isDone: boolean;
  readonly conflict: WhyConflict | null;
  /** Null when they are read without names. */
  readonly by: { readonly email: string; readonly organisation: string | null } | null;
}

/** A proposal with all that was written about it, and who was asked; without the names of who wrote unless they are asked for. */
export async function resultOf(visit: Visit, edition: Of, code: string, { isNamed }: { readonly isNamed: boolean }) {
  const found = (await results(visit, edition)).items.find((one) => one.code === code);
  if (!found) return null;
  const [judging, content, names, reviews, assignments, proposers] = [
    await queries.judgingOf(visit.db, edition.id),
    await queries.contentOf(visit.db, found.id),
    await queries.namesIn(visit.db, found.id),
    await queries.reviewsOf(visit.db, found.id),
    await queries.assignmentsOf(visit.db, edition.id),
    await queries.proposersOf(visit.db, [found.id]),
  ];
  const criteria = judging?.criteria ?? [];
  return {
    proposal: found,
    content,
    names,
    proposers: proposers.map(({ email }) => email),
    criteria,
    questions: judging?.questions ?? [],
    reviews: reviews.map(({ scores, comment, conflict, email, organisation }): Told => ({
      ...{ scores, comment, conflict, isDone: isDone(criteria, scores) },
      by: isNamed ? { email, organisation } : null,
    })),
    readers: assignments
      .filter(({ session }) => session === found.id)
      .map(({ person, conflict, scores, isByHand }) => ({ person, conflict, isByHand, hasWritten: scores !== null })),
  };
}

export interface Choice {
  /** Null: it is open again. */
  readonly decision: Decision | null;
  /** In the letter, beside what it always says. */
  readonly text: string;
}
export type WhyNotDecided = 'proposal-unknown' | 'decision-told' | 'changed-meanwhile';

/**
 * Decides on a proposal; nobody hears it yet. `seen` is what the visitor saw to be decided, so that two who decide at
 * once do not undo each other. Answers what it was, so that it can be taken back.
 */
export const decide = (
  visit: Visit,
  edition: Of,
  code: string,
  choice: { readonly decision: Decision | null; readonly text?: string },
  seen: Decision | null,
): Promise<Choice | Refusal<WhyNotDecided>> =>
  atOnce(visit, async (visit) => {
    const found = await queries.proposalWith(visit.db, code);
    if (found?.edition !== edition.slug) return { refused: 'proposal-unknown' };
    await queries.hold(visit.db, [found.id]);
    const now = (await queries.proposalWith(visit.db, code)) ?? found;
    if (!mayDecide(now)) return { refused: 'decision-told' };
    if (now.decision !== seen) return { refused: 'changed-meanwhile' };
    const { decision, text = now.text } = choice;
    const was = { decision: now.decision, text: now.text };
    if (decision === was.decision && text === was.text) return was;
    await queries.setDecision(visit.db, now.id, { decision, text, by: visit.person?.id ?? null }, visit.now);
    await record(visit, { what: 'proposal-decided', edition: edition.id, session: now.id, ...(decision && { details: { decision } }) });
    return was;
  });

export interface Letter {
  readonly proposal: queries.ProposalRow & { readonly decision: Decision };
  readonly to: readonly queries.Proposer[];
  /** What was looked at: when it was decided. */
  readonly seen: string;
}

/** What was decided and not told yet, with to whom it would go. */
export async function toRelease(visit: Visit, edition: Of): Promise<readonly Letter[]> {
  const open = (await queries.proposalsOf(visit.db, edition.id)).filter(isUntold);
  const people = await queries.proposersOf(
    visit.db,
    open.map(({ id }) => id),
  );
  return open.map((proposal) => ({ proposal, to: people.filter(({ session }) => session === proposal.id), seen: seenOf(proposal) }));
}

type Untold = queries.ProposalRow & { readonly decision: Decision };
const isUntold = (proposal: queries.ProposalRow): proposal is Untold => proposal.decision !== null && proposal.releasedAt === null;
const seenOf = ({ code, decision, decidedAt }: queries.ProposalRow): string => `${code}-${decision ?? ''}-${decidedAt?.getTime() ?? ''}`;

/**
 * Tells what was decided, of those that were looked at. The sessions become accepted or declined, who proposed an accepted
 * one hosts it, and letters follow. Answers how many.
 */
export const releaseDecisions = (
  visit: Visit,
  edition: Of,
  seen: readonly string[],
): Promise<number | Refusal<'nothing-to-tell' | 'changed-meanwhile' | 'edition-closed' | WhyNotHost>> =>
  atOnce(visit, async (visit) => {
    const before = (await queries.proposalsOf(visit.db, edition.id)).filter(isUntold);
    await queries.hold(
      visit.db,
      before.map(({ id }) => id),
    );
    const now = (await queries.proposalsOf(visit.db, edition.id)).filter(isUntold);
    const chosen = now.filter((one) => seen.includes(seenOf(one)));
    if (seen.length === 0) return { refused: 'nothing-to-tell' };
    if (chosen.length !== seen.length) return { refused: 'changed-meanwhile' };
    await queries.setReleased(
      visit.db,
      chosen.map(({ id }) => id),
      visit.now,
    );
    await recordAll(
      visit,
      chosen.map(({ id, decision }) => ({ what: 'decisions-released' as const, edition: edition.id, session: id, details: { decision } })),
    );
    for (const one of chosen) {
      const refused = await settle(visit, one);
      if (refused) return refused;
    }
    return chosen.length;
  });

type WhyNotHost = 'no-address' | 'session-unknown' | 'edition-unknown' | 'organisation-unknown';

/** A session that comes has hosts; one that does not come is declined, and stays with who proposed it. */
async function settle(visit: Visit, one: Untold): Promise<void | Refusal<'changed-meanwhile' | 'edition-closed' | WhyNotHost>> {
  if (one.decision === 'waitlist') return;
  const refused = await setState(visit, one, one.decision === 'accept' ? 'accepted' : 'declined');
  if (refused || one.decision === 'decline') return refused;
  for (const { email } of await queries.proposersOf(visit.db, [one.id])) {
    const no = await identity.grant(visit, email, { role: 'host', scope: one.code });
    if (isRefusal(no)) return no;
  }
}

/** What a letter about a decision needs; null when it does not hold any more. */
export async function decisionTold(visit: Visit, session: string, decision: string) {
  const found = await queries.decidedWith(visit.db, session);
  return found && found.releasedAt !== null && found.decision === decision ? { ...found, decision: found.decision } : null;
}

/** Who hears of a decision. */
export const proposersTold = async (visit: Visit, session: queries.ProposalRow['id']): Promise<PersonId[]> =>
  (await queries.proposersOf(visit.db, [session])).map(({ person }) => person);

/** What the committee wrote goes when an edition has been over for so many days. */
export const forgetReviews = (visit: Visit, days: number): Promise<void> => queries.forgetReviews(visit.db, visit.now, days);
