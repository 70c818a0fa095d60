// Who is in the committee of an edition, and who reads what.
import { hashOf } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { PersonId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import type { Edition } from '#rooms/programme/edition.ts';
import { assign, keyOf, lowestTop, type Assigned, type Pair, type ToAssign } from './assign.ts';
import * as queries from './queries.server.ts';
import { isDone } from './review.ts';

type Of = Pick<Edition, 'id' | 'slug'>;

export interface Member extends queries.MemberRow {
  /** What they were asked to read and can, and how much of that is done. */
  readonly asked: number;
  readonly done: number;
  /** What they were asked, and cannot because of a conflict. */
  readonly conflicts: number;
}

/** The committee, with how far everybody is. */
export async function committee(visit: Visit, edition: Of): Promise<Member[]> {
  const [judging, members, assignments] = await Promise.all([
    queries.judgingOf(visit.db, edition.id),
    queries.membersOf(visit.db, edition.slug),
    queries.assignmentsOf(visit.db, edition.id),
  ]);
  return members.map((member) => {
    const theirs = assignments.filter(({ person }) => person === member.id);
    const able = theirs.filter(({ conflict }) => conflict === null);
    const done = able.filter(({ scores }) => scores !== null && isDone(judging?.criteria ?? [], scores));
    return { ...member, asked: able.length, done: done.length, conflicts: theirs.length - able.length };
  });
}

export interface Division {
  readonly added: number;
  readonly removed: number;
  readonly loads: readonly { readonly reviewer: string; readonly count: number; readonly before: number }[];
  /** Proposals that get fewer reviews than asked. */
  readonly short: readonly { readonly code: string; readonly count: number }[];
  readonly each: number;
  /** The lowest that the highest load could be without any conflict. */
  readonly lowestTop: number;
  /** What was seen, so that this is what is applied. */
  readonly seen: string;
}

/** How the work would be divided. `isLevelled`: what nobody began with may go to somebody who has less. */
export async function divide(visit: Visit, edition: Of, { isLevelled }: { readonly isLevelled: boolean }): Promise<Division | Refusal<'no-call'>> {
  const asked = await toAssign(visit, edition, isLevelled);
  if (asked === null) return { refused: 'no-call' };
  const done = assign(asked);
  const codes = new Map((await queries.proposalsOf(visit.db, edition.id)).map(({ id, code }) => [id as string, code]));
  const before = new Map<string, number>();
  for (const { reviewer } of asked.given) before.set(reviewer, (before.get(reviewer) ?? 0) + 1);
  return {
    added: done.added.length,
    removed: done.removed.length,
    loads: done.loads.map((load) => ({ ...load, before: before.get(load.reviewer) ?? 0 })),
    short: done.short.map(({ proposal, count }) => ({ code: codes.get(proposal) ?? '', count })),
    each: asked.each,
    lowestTop: lowestTop(done.pairs.length, asked.reviewers.length),
    seen: seenOf(done),
  };
}

/** Divides the work as it was seen; refused when something changed since. */
export const applyDivision = (
  visit: Visit,
  edition: Of,
  { isLevelled, seen }: { readonly isLevelled: boolean; readonly seen: string },
): Promise<{ readonly added: number; readonly removed: number } | Refusal<'no-call' | 'changed-meanwhile'>> =>
  atOnce(visit, async (visit) => {
    await queries.holdCall(visit.db, edition.id);
    const asked = await toAssign(visit, edition, isLevelled);
    if (asked === null) return { refused: 'no-call' };
    const done = assign(asked);
    if (seenOf(done) !== seen) return { refused: 'changed-meanwhile' };
    await queries.deleteAssignments(visit.db, done.removed);
    await queries.insertAssignments(visit.db, done.added, false, visit.now);
    const count = done.added.length + done.removed.length;
    if (count > 0) await record(visit, { what: 'reviewers-assigned', edition: edition.id, details: { count } });
    return { added: done.added.length, removed: done.removed.length };
  });

const seenOf = ({ added, removed }: Assigned): string => hashOf(JSON.stringify([added.map(keyOf), removed.map(keyOf)]));

/** Any number: the same each time, so that what is seen is what is applied. */
const seed = 1;

/** Everything that was not decided yet, and the committee as it is now. */
async function toAssign(visit: Visit, edition: Of, isLevelled: boolean): Promise<ToAssign | null> {
  const [judging, proposals, members, assignments, declared] = await Promise.all([
    queries.judgingOf(visit.db, edition.id),
    queries.proposalsOf(visit.db, edition.id),
    queries.membersOf(visit.db, edition.slug),
    queries.assignmentsOf(visit.db, edition.id),
    queries.declaredOf(visit.db, edition.id),
  ]);
  if (judging === null) return null;
  const open = proposals.filter(({ decision }) => decision === null);
  const isOpen = new Set<string>(open.map(({ id }) => id));
  return {
    proposals: open.map(({ id, organisations, proposersOf, proposers }) => ({ id, organisations: [...organisations, ...proposersOf], proposers })),
    reviewers: members.map(({ id, organisation }) => ({ id, organisation })),
    declared,
    given: assignments
      .filter(({ session }) => isOpen.has(session))
      .map(({ session, person, isByHand, scores }) => ({
        proposal: session,
        reviewer: person,
        isFixed: !isLevelled || isByHand || scores !== null,
      })),
    each: judging.reviewsEach,
    seed,
  };
}

export type WhyNotAssigned = 'proposal-unknown' | 'not-in-committee' | 'reviewer-conflict';

/** Asks somebody of the committee to read a proposal too. */
export const assignByHand = (visit: Visit, edition: Of, code: string, person: string): Promise<void | Refusal<WhyNotAssigned>> =>
  atOnce(visit, async (visit) => {
    const member = (await queries.membersOf(visit.db, edition.slug)).find(({ id }) => id === person);
    if (!member) return { refused: 'not-in-committee' };
    const proposal = await queries.standing(visit.db, code, member.id);
    if (proposal?.edition !== edition.slug) return { refused: 'proposal-unknown' };
    if (proposal.conflict !== null) return { refused: 'reviewer-conflict' };
    const count = await queries.insertAssignments(visit.db, [pairOf(proposal.id, member.id)], true, visit.now);
    if (count > 0)
      await record(visit, { what: 'reviewers-assigned', edition: edition.id, session: proposal.id, person: member.id, details: { count } });
  });

/** Somebody does not have to read a proposal any more. What they wrote stays, and is not lost. */
export const unassign = (visit: Visit, edition: Of, code: string, person: PersonId): Promise<void | Refusal<'proposal-unknown'>> =>
  atOnce(visit, async (visit) => {
    const proposal = await queries.standing(visit.db, code, person);
    if (proposal?.edition !== edition.slug) return { refused: 'proposal-unknown' };
    const count = await queries.deleteAssignments(visit.db, [pairOf(proposal.id, person)]);
    if (count > 0) await record(visit, { what: 'reviewers-assigned', edition: edition.id, session: proposal.id, person, details: { count } });
  });

const pairOf = (proposal: string, reviewer: string): Pair => ({ proposal, reviewer });
