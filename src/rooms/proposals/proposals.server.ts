// The door of proposals: the call for sessions, what is proposed, and what the committee makes of it. A proposal is a
// session in one of its first states; to everybody but its proposers, reviewers and the team of its edition it is not there.
import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { isId, type EditionId, type PersonId, type SessionId } from '#ground/id.ts';
import { hasProblems, type Problems } from '#ground/problem.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import { same } from '#ground/three-way.ts';
import type { Text } from '#ground/text.ts';
import type { Visit } from '#ground/visit.ts';
import { readEmail } from '#rooms/identity/email.ts';
import { record } from '#rooms/journal';
import * as programme from '#rooms/programme';
import type { WorkingSession } from '#rooms/programme';
import { attendances, isCode } from '#rooms/programme/session.ts';
import * as seats from '#rooms/seats';
import { callState, type Call, type CallText } from './call.ts';
import * as nouns from './proposal.ts';
import { answersTo, emptyContent, limits, missingIn, standingOf, type Content, type InvitationId, type Proposal } from './proposal.ts';
import * as queries from './queries.server.ts';
import type { Asked, Counts, ProposalRow } from './queries.server.ts';

export type { Asked, Counts };

type Of = { readonly id: EditionId };
export type NotMine = Refusal<'not-signed-in' | 'proposal-unknown'>;
export type NotNow = NotMine | Refusal<nouns.WhyNot>;
type NotWritten = Refusal<
  'theme-unknown' | 'organisation-unknown' | 'session-unknown' | 'changed-meanwhile' | 'edition-closed' | 'below-held' | 'still-waiting'
>;

const day = 24 * 60 * 60 * 1000;

// The call

/** What a team asks people to propose; null when it asks nothing. */
export const callOf = (visit: Visit, edition: Of): Promise<Call | null> => queries.callOf(visit.db, edition.id);

/** Makes the call of an edition, or says it differently. Who calls this has made sure that the visitor may. */
export const changeCall = (
  visit: Visit,
  edition: Of,
  revision: number,
  call: CallText,
): Promise<Call | Refusal<'changed-meanwhile' | 'call-closes-first'>> =>
  atOnce(visit, async (visit) => {
    if (call.closesAt <= call.opensAt) return { refused: 'call-closes-first' };
    const isChanged =
      revision === 0 ? await queries.insertCall(visit.db, edition.id, call) : await queries.updateCall(visit.db, edition.id, revision, call);
    if (!isChanged) return { refused: 'changed-meanwhile' };
    await record(visit, { what: 'call-changed', edition: edition.id });
    return (await queries.callOf(visit.db, edition.id))!;
  });

/** The call of another edition, so many days later; nothing when that had none. Who calls this has made sure that the visitor may. */
export const copyCall = (visit: Visit, from: Of, to: Of, days: number): Promise<void> =>
  atOnce(visit, async (visit) => {
    const call = await queries.callOf(visit.db, from.id);
    if (!call) return;
    const later = (at: Date): Date => new Date(at.getTime() + days * day);
    const copied = {
      ...call,
      opensAt: later(call.opensAt),
      closesAt: later(call.closesAt),
      reviewUntil: call.reviewUntil && later(call.reviewUntil),
    };
    if (await queries.insertCall(visit.db, to.id, copied)) await record(visit, { what: 'call-changed', edition: to.id });
  });

/** How many proposals there are so far, by theme and organisation. Who calls this has made sure that the visitor may. */
export const counts = (visit: Visit, edition: Of): Promise<Counts> => queries.countsOf(visit.db, edition.id);

// Looking

/** One's own proposals in an edition, or in all of them, the latest first. */
export async function myProposals(visit: Visit, edition: Of | null = null): Promise<Proposal[]> {
  if (!visit.person) return [];
  const rows = await queries.proposalsOfPerson(visit.db, visit.person.id, edition?.id ?? null);
  return (await joined(visit, rows)).map(untold).toReversed();
}

/** A proposal, for its proposers; to everybody else it is not there. */
export async function proposalOf(visit: Visit, code: string): Promise<Proposal | null> {
  const row = isCode(code) ? await queries.proposalByCode(visit.db, code) : null;
  if (!row || !isMine(visit, row)) return null;
  const [proposal] = await joined(visit, [row]);
  return proposal ? untold(proposal) : null;
}

/** A proposal with what is decided and not told yet. Who calls this has made sure that the visitor may know. */
export async function proposalToJudge(visit: Visit, code: string): Promise<Proposal | null> {
  const row = isCode(code) ? await queries.proposalByCode(visit.db, code) : null;
  return row ? ((await joined(visit, [row]))[0] ?? null) : null;
}

/** All proposals of an edition, with what is decided and not told yet. Who calls this has made sure that the visitor may know. */
export const proposalsToJudge = async (visit: Visit, edition: Of): Promise<Proposal[]> =>
  joined(visit, await queries.proposalsOfEdition(visit.db, edition.id));

/** Who proposed a session, for who may know. */
export const proposersOf = (visit: Visit, session: SessionId): Promise<PersonId[]> => queries.proposersOf(visit.db, session);

/** What others ask the visitor to propose with them. */
export const myInvitations = async (visit: Visit): Promise<Asked[]> =>
  visit.person ? queries.invitationsOf(visit.db, visit.person.email, visit.now) : [];

/** An invitation that waits, for the letter that tells of it. */
export const invitation = (visit: Visit, id: string): Promise<Asked | null> => queries.invitationById(visit.db, id, visit.now);

/** Sessions and proposals of one's own from other editions, to begin a proposal with; the latest first. */
export async function reusable(visit: Visit, edition: Of): Promise<WorkingSession[]> {
  if (!visit.person) return [];
  const ids = await queries.earlierOf(visit.db, visit.person.id, edition.id);
  return (await programme.workingSessionsWith(visit, ids)).toReversed();
}

// Writing

/** Begins a proposal as a draft, of which only the title has to be known. */
export const propose = (
  visit: Visit,
  edition: Of,
  title: Text,
): Promise<Proposal | NotNow | NotWritten | Refusal<'too-many-proposals' | 'title-missing'>> =>
  atOnce(visit, (visit) => begin(visit, edition, emptyContent(title), null));

/** Begins a proposal with what a session or proposal of one's own of another edition said. */
export const copyFrom = (
  visit: Visit,
  edition: Of,
  code: string,
): Promise<Proposal | NotNow | NotWritten | Refusal<'too-many-proposals' | 'title-missing'>> =>
  atOnce(visit, async (visit) => {
    const source = (await reusable(visit, edition)).find((one) => one.code === code);
    if (!source) return { refused: 'proposal-unknown' };
    const known = new Set((await programme.themes(visit, edition.id)).map(({ slug }) => slug));
    const before = await queries.proposalByCode(visit.db, code);
    const minutes = source.start && source.end ? Math.round((source.end.getTime() - source.start.getTime()) / 60_000) : null;
    const content: Content = {
      ...contentOf(source, { answers: before?.answers ?? {}, note: before?.note ?? '', minutes: before?.minutes ?? minutes }),
      themes: source.themes.filter((slug) => known.has(slug)),
    };
    return begin(visit, edition, content, source.id);
  });

async function begin(
  visit: Visit,
  edition: Of,
  content: Content,
  copiedFrom: SessionId | null,
): Promise<Proposal | NotNow | NotWritten | Refusal<'too-many-proposals' | 'title-missing'>> {
  const { person } = visit;
  if (!person) return { refused: 'not-signed-in' };
  const call = await callOf(visit, edition);
  const no = nouns.whyNot('write', 'draft', callState(call, visit.now));
  if (no) return { refused: no };
  if (!Object.values(content.title).some((said) => said.trim() !== '')) return { refused: 'title-missing' };
  if ((await myProposals(visit, edition)).length >= limits.proposals) return { refused: 'too-many-proposals' };
  const made = await programme.makeSession(visit, edition.id, { ...writtenIn(content), capacity: content.capacity }, 'draft');
  if (isRefusal(made)) return made;
  await queries.insertProposal(visit.db, made.id, { ...content, answers: answersTo(call?.questions ?? [], content.answers), copiedFrom });
  await queries.insertProposer(visit.db, made.id, person.id, visit.now);
  return (await proposalOf(visit, made.code))!;
}

export type Saved = Proposal | NotNow | NotWritten | { readonly problems: Problems };

/**
 * Keeps what was written. A draft may miss everything but its title; what was submitted has to stay whole. `revision` is
 * of what the visitor began with: when a fellow proposer saved meanwhile, it is refused and the page shows both.
 */
export const saveProposal = (visit: Visit, code: string, revision: number, content: Content): Promise<Saved> =>
  changing(visit, code, 'write', async (visit, session, proposal, call) => {
    if (proposal.revision !== revision) return { refused: 'changed-meanwhile' };
    const problems = proposal.submittedAt === null ? {} : missingIn(content, call);
    if (hasProblems(problems)) return { problems };
    const written = await programme.writeSession(visit, code, session.revision, {
      ...session,
      ...writtenIn(content),
      online: session.online,
      deepens: session.deepens,
    });
    if (isRefusal(written)) return written;
    for (const attendance of attendances) {
      const no = await seats.setPlaces(visit, session, attendance, content.capacity[attendance]);
      if (no) return no;
    }
    const asked = { answers: answersTo(call.questions, content.answers), note: content.note, minutes: content.minutes };
    const isSame = same(asked, { answers: proposal.answers, note: proposal.note, minutes: proposal.minutes });
    if (!isSame || !same(content.capacity, session.capacity)) await queries.updateAsked(visit.db, session.id, asked);
    // The text of the session stayed as it was, so that nothing is written down yet.
    if (!isSame && written.revision === session.revision)
      await record(visit, { what: 'session-text-changed', edition: session.editionId, session: session.id });
    return (await proposalOf(visit, code))!;
  });

/** Hands a proposal in, when nothing is missing. */
export const submit = (visit: Visit, code: string): Promise<Saved> =>
  changing(visit, code, 'submit', async (visit, session, proposal, call) => {
    if (standingOf(proposal) === 'submitted') return proposal;
    const problems = missingIn(proposal, call);
    if (hasProblems(problems)) return { problems };
    return stand(visit, session, 'proposal-submitted', { submittedAt: visit.now, withdrawnAt: null });
  });

/** Takes a proposal back; `reopen` undoes it. */
export const withdraw = (visit: Visit, code: string): Promise<Saved> =>
  changing(visit, code, 'withdraw', async (visit, session, proposal) =>
    proposal.withdrawnAt === null
      ? stand(visit, session, 'proposal-withdrawn', { submittedAt: proposal.submittedAt, withdrawnAt: visit.now })
      : proposal,
  );

/** Puts a proposal that was withdrawn back as it was: submitted, or a draft. */
export const reopen = (visit: Visit, code: string): Promise<Saved> =>
  changing(visit, code, 'reopen', (visit, session, proposal) =>
    stand(visit, session, 'proposal-reopened', { submittedAt: proposal.submittedAt, withdrawnAt: null }),
  );

async function stand(
  visit: Visit,
  session: WorkingSession,
  what: 'proposal-submitted' | 'proposal-withdrawn' | 'proposal-reopened',
  at: { readonly submittedAt: Date | null; readonly withdrawnAt: Date | null },
): Promise<Proposal | Refusal<'changed-meanwhile' | 'edition-closed'>> {
  const state = at.withdrawnAt === null && at.submittedAt !== null ? 'submitted' : 'draft';
  if (session.state !== state) {
    const no = await programme.setState(visit, session, state);
    if (no) return no;
  }
  await queries.updateStanding(visit.db, session.id, at);
  await record(visit, { what, edition: session.editionId, session: session.id });
  return (await proposalOf(visit, session.code))!;
}

type Work = (visit: Visit, session: WorkingSession, proposal: Proposal, call: Call) => Promise<Saved>;
/** One step of a proposal of the visitor's own, which nobody else changes meanwhile. */
const changing = (visit: Visit, code: string, step: nouns.Step, work: Work): Promise<Saved> =>
  mine(visit, code, async (visit, session, proposal) => {
    const call = await callOf(visit, { id: session.editionId });
    if (!call) return { refused: 'proposal-unknown' };
    const no = nouns.whyNot(step, standingOf(proposal), callState(call, visit.now), proposal.submittedAt !== null);
    // What is so already needs no deadline.
    if (no && !(step === 'submit' && standingOf(proposal) === 'submitted')) return { refused: no };
    return work(visit, session, proposal, call);
  });

const mine = <T>(visit: Visit, code: string, work: (visit: Visit, session: WorkingSession, proposal: Proposal) => Promise<T>): Promise<T | NotMine> =>
  atOnce<T | NotMine>(visit, async (visit) => {
    if (!visit.person) return { refused: 'not-signed-in' };
    if (!isCode(code) || !(await queries.hold(visit.db, code))) return { refused: 'proposal-unknown' };
    const proposal = await proposalOf(visit, code);
    const session = proposal && (await programme.workingSession(visit, code));
    return session && proposal ? work(visit, session, proposal) : { refused: 'proposal-unknown' };
  });

// Together

const daysToAnswer = 30;

/** Asks somebody to propose it too: a letter to their address leads them to it. */
export const inviteProposer = (
  visit: Visit,
  code: string,
  typed: string,
): Promise<{ readonly email: string } | NotNow | Refusal<'no-address' | 'proposer-already' | 'too-many-proposers'>> =>
  mine(visit, code, async (visit, session, proposal) => {
    const email = readEmail(typed);
    if (email === null) return { refused: 'no-address' };
    if (isTold(proposal)) return { refused: 'proposal-decided' };
    if (proposal.proposers.some((one) => one.email === email)) return { refused: 'proposer-already' };
    const others = proposal.invitations.filter((one) => one.email !== email);
    if (proposal.proposers.length + others.length >= limits.proposers) return { refused: 'too-many-proposers' };
    const id = newId<'proposer invitation'>(visit.now);
    const expiresAt = new Date(visit.now.getTime() + daysToAnswer * day);
    await queries.insertInvitation(visit.db, { id, session: session.id, email, by: visit.person!.id, now: visit.now, expiresAt });
    await record(visit, { what: 'proposer-invited', edition: session.editionId, session: session.id, details: { offer: id } });
    return { email };
  });

/** Takes an invitation back that was not answered. */
export const uninviteProposer = (visit: Visit, code: string, id: string): Promise<void | NotMine> =>
  mine(visit, code, async (visit, session): Promise<void> => {
    if (!isId<'proposer invitation'>(id) || !(await queries.deleteInvitation(visit.db, session.id, id))) return;
    await record(visit, { what: 'proposer-uninvited', edition: session.editionId, session: session.id });
  });

/** Says yes or no to an invitation to one's own address. */
export const answerInvitation = (
  visit: Visit,
  id: string,
  isYes: boolean,
): Promise<{ readonly code: string } | Refusal<'not-signed-in' | 'invitation-gone'>> =>
  atOnce(visit, async (visit) => {
    const { person } = visit;
    if (!person) return { refused: 'not-signed-in' };
    const asked = isId<'proposer invitation'>(id) ? await queries.invitationById(visit.db, id, visit.now) : null;
    if (!asked || asked.email !== person.email) return { refused: 'invitation-gone' };
    await queries.hold(visit.db, asked.code);
    await queries.answerInvitation(visit.db, id, isYes, visit.now);
    if (isYes) await queries.insertProposer(visit.db, asked.session, person.id, visit.now);
    const what = isYes ? 'proposer-joined' : 'proposer-declined';
    await record(visit, { what, session: asked.session, person: person.id });
    return { code: asked.code };
  });

/** The visitor proposes it no longer; the last one withdraws it instead. */
export const leave = (visit: Visit, code: string): Promise<void | NotMine | Refusal<'last-proposer'>> =>
  mine(visit, code, async (visit, session, proposal): Promise<void | Refusal<'last-proposer'>> => {
    if (proposal.proposers.length === 1) return { refused: 'last-proposer' };
    await queries.deleteProposer(visit.db, session.id, visit.person!.id);
    await record(visit, { what: 'proposer-left', edition: session.editionId, session: session.id, person: visit.person!.id });
  });

// What the house does by itself

const daysBefore = 3;
/** Reminds, once, who has a draft and three days left; the worker asks for it every hour. */
export const remind = (visit: Visit): Promise<number> =>
  atOnce(visit, async (visit) => {
    const late = await queries.takeUnreminded(visit.db, visit.now, new Date(visit.now.getTime() + daysBefore * day));
    for (const { session, edition } of late) await record(visit, { what: 'proposal-reminded', edition, session });
    return late.length;
  });

/** What somebody who is erased proposed alone goes with them, unless it was accepted. */
export async function forgetProposals(visit: Visit, person: PersonId): Promise<void> {
  const alone = await queries.ofNobodyElse(visit.db, person);
  if (alone.length > 0) await queries.deleteSessions(visit.db, alone);
}

// A session and what only the call asks, as one

const isMine = (visit: Visit, row: ProposalRow): boolean => row.proposers.some(({ person }) => person === visit.person?.id);
const isTold = (proposal: Proposal): boolean => ['accepted', 'waitlisted', 'declined'].includes(standingOf(proposal));

async function joined(visit: Visit, rows: readonly ProposalRow[]): Promise<Proposal[]> {
  const sessions = new Map(
    (
      await programme.workingSessionsWith(
        visit,
        rows.map(({ session }) => session),
      )
    ).map((session) => [session.id, session]),
  );
  return rows.flatMap((row) => {
    const session = sessions.get(row.session);
    return session ? [proposalIn(session, row)] : [];
  });
}

const proposalIn = (session: WorkingSession, row: ProposalRow): Proposal => ({
  ...contentOf(session, row),
  code: session.code,
  edition: session.edition,
  state: session.state,
  submittedAt: row.submittedAt,
  withdrawnAt: row.withdrawnAt,
  decision: row.decision,
  decisionText: row.decisionText,
  releasedAt: row.releasedAt,
  copiedFrom: row.copiedFrom,
  updatedAt: session.updatedAt,
  // Both only go up, so that an edit of either is seen.
  revision: session.revision + row.revision,
  proposers: row.proposers,
  invitations: row.invitations,
});

const untold = (proposal: Proposal): Proposal => {
  if (proposal.releasedAt !== null) return proposal;
  // From its state nobody learns what is decided and not told.
  const state = proposal.submittedAt !== null && proposal.withdrawnAt === null ? 'submitted' : 'draft';
  return { ...proposal, decision: null, decisionText: null, state };
};

const contentOf = (session: WorkingSession, asked: Pick<Content, 'answers' | 'note' | 'minutes'>): Content => ({
  title: session.title,
  summary: session.summary,
  description: session.description,
  themes: session.themes,
  organisations: session.organisations,
  speakers: session.speakers,
  format: session.format,
  level: session.level,
  languages: session.languages,
  visibility: session.visibility,
  capacity: session.capacity,
  answers: asked.answers,
  note: asked.note,
  minutes: asked.minutes,
});

const writtenIn = ({ answers: _a, note: _n, minutes: _m, capacity: _c, ...written }: Content) => ({ ...written, online: null, deepens: [] });

export type { InvitationId };

// Reviewing and deciding
export { applyDivision, assignByHand, committee, divide, unassign, type Division, type Member } from './review/committee.server.ts';
export {
  decide,
  decisionTold,
  forgetReviews,
  proposersTold,
  releaseDecisions,
  resultOf,
  results,
  toRelease,
  type Letter,
  type Result,
} from './review/deciding.server.ts';
export {
  declareConflict,
  proposalToReview,
  reviewUntil,
  toReview,
  undoConflict,
  writeReview,
  type Reading,
  type ToReview,
} from './review/reading.server.ts';
