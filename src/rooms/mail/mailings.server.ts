// Letters of a team to a group of its edition: written, looked at, released by somebody, stopped on their way and resumed.
// Who calls these has made sure that the visitor leads the edition.
import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { isId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { record, type What } from '#rooms/journal';
import type { Edition } from '#rooms/programme/edition.ts';
import type { Session } from '#rooms/programme/session.ts';
import * as programme from '#rooms/programme';
import * as queries from './mailing-queries.server.ts';
import type { MailingRow } from './mailing-queries.server.ts';
import { problemsInDraft, type Audience, type Draft, type DraftProblems } from './mailing.ts';
import { wakePostman } from './postman.server.ts';
import { insertLettersTo } from './queries.server.ts';

export type { MailingRow, State as OutboxState } from './mailing-queries.server.ts';
type NoMailing = Refusal<'mailing-gone' | 'mailing-released' | 'changed-meanwhile'>;

export const mailingsOf = ({ db }: Visit, edition: Edition): Promise<readonly MailingRow[]> => queries.mailingsOf(db, edition.id);

export async function mailingIn({ db }: Visit, edition: Edition, id: string): Promise<MailingRow | null> {
  const found = isId(id) ? await queries.mailing(db, id) : null;
  return found?.edition === edition.id ? found : null;
}

/** How many people a letter to this group would reach now. */
export async function reach(visit: Visit, edition: Edition, audience: Audience, session: string | null): Promise<number> {
  const found = session === null ? null : await sessionIn(visit, edition, session);
  return (await queries.peopleIn(visit.db, { audience, edition: edition.id, sessionId: found?.id ?? null })).length;
}

const sessionIn = async (visit: Visit, edition: Edition, code: string) => {
  const session = await programme.sessionOfHolder(visit, code);
  return session?.edition === edition.slug ? session : null;
};

/** Writes a letter that waits until somebody releases it. */
export const writeMailing = (visit: Visit, edition: Edition, draft: Draft): Promise<{ readonly id: string } | { readonly problems: DraftProblems }> =>
  atOnce(visit, async (visit) => {
    const checked = await check(visit, edition, draft);
    if ('problems' in checked) return checked;
    const id = newId<'mailing'>(visit.now);
    await queries.insert(visit.db, newBy(visit, edition, id), draft, checked.session?.id ?? null);
    await record(visit, { what: 'mailing-written', edition: edition.id, details: { mailing: id } });
    return { id };
  });

/** Changes a letter that was not released; who began with an older revision hears so. */
export const changeMailing = (
  visit: Visit,
  edition: Edition,
  { id, revision }: { readonly id: string; readonly revision: number },
  draft: Draft,
): Promise<void | NoMailing | { readonly problems: DraftProblems }> =>
  atOnce(visit, async (visit) => {
    const now = await locked(visit, edition, id);
    if ('refused' in now) return now;
    if (now.releasedAt !== null) return { refused: 'mailing-released' };
    const checked = await check(visit, edition, draft);
    if ('problems' in checked) return checked;
    const isWritten = await queries.update(visit.db, id, revision, draft, checked.session?.id ?? null, newBy(visit, edition, id));
    if (!isWritten) return { refused: 'changed-meanwhile' };
    await record(visit, { what: 'mailing-written', edition: edition.id, details: { mailing: id } });
  });

/** Puts a letter away that was not released, or takes it back. */
export const removeMailing = (visit: Visit, edition: Edition, id: string, isGone = true): Promise<void | NoMailing> =>
  doing(visit, edition, id, 'mailing-written', async (visit, { releasedAt, removedAt }) => {
    if (releasedAt !== null) return { refused: 'mailing-released' };
    if ((removedAt !== null) === isGone) return 'as it was';
    await queries.markRemoved(visit.db, id, isGone ? visit.now : null);
  });

/** From now on it leaves, to everybody who belongs to the group at this moment. Only what somebody saw is released: `revision`. */
export const releaseMailing = (visit: Visit, edition: Edition, id: string, revision: number): Promise<void | NoMailing> =>
  atOnce(visit, async (visit) => {
    const now = await locked(visit, edition, id);
    if ('refused' in now) return now;
    if (now.releasedAt !== null) return;
    if (now.revision !== revision) return { refused: 'changed-meanwhile' };
    await queries.markReleased(visit.db, id, visit.person?.id ?? null, visit.now);
    const people = await queries.peopleIn(visit.db, now);
    const line = await record(visit, { what: 'mailing-released', edition: edition.id, details: { mailing: id, count: people.length } });
    const letters = people.map((person) => ({ letter: newId<'letter'>(visit.now), person }));
    await insertLettersTo(visit.db, letters, { line, kind: 'mailing', details: {}, edition: edition.id, mailing: id }, visit.now);
    wakePostman();
  });

/** What did not leave yet stays here; who has it, has it. */
export const stopMailing = (visit: Visit, edition: Edition, id: string): Promise<void | NoMailing> =>
  doing(visit, edition, id, 'mailing-stopped', async (visit, { releasedAt, stoppedAt }) =>
    releasedAt === null || stoppedAt !== null ? 'as it was' : queries.stop(visit.db, id, visit.now),
  );

export const resumeMailing = (visit: Visit, edition: Edition, id: string): Promise<void | NoMailing> =>
  doing(visit, edition, id, 'mailing-resumed', async (visit, { stoppedAt }) => {
    if (stoppedAt === null) return 'as it was';
    await queries.resume(visit.db, id, visit.now);
    wakePostman();
  });

// Letters about changed sessions that somebody looks at first

export const forReview = ({ db }: Visit, edition: Edition): Promise<queries.ForReview[]> => queries.forReview(db, edition.id);
export const reviewsChanges = ({ db }: Visit, edition: Edition): Promise<boolean> => queries.reviewsChanges(db, edition.id);

export const setReviewsChanges = (visit: Visit, edition: Edition, reviews: boolean): Promise<void> =>
  atOnce(visit, async (visit) => {
    if ((await queries.reviewsChanges(visit.db, edition.id)) === reviews) return;
    await queries.setReviewsChanges(visit.db, edition.id, reviews);
    await record(visit, { what: 'letter-rules-changed', edition: edition.id });
  });

/** Lets the letters about one changed session leave, or keeps them back; answers how many there were. */
export const reviewed = (visit: Visit, edition: Edition, code: string, goes: boolean): Promise<number> =>
  atOnce(visit, async (visit) => {
    const session = await sessionIn(visit, edition, code);
    if (!session) return 0;
    const act = goes ? queries.letGo : queries.keepBack;
    const count = await act(visit.db, edition.id, session.id, visit.now);
    if (count === 0) return 0;
    await record(visit, { what: goes ? 'letters-released' : 'letters-dropped', edition: edition.id, session: session.id, details: { count } });
    if (goes) wakePostman();
    return count;
  });

// The outbox

export const outbox = (
  { db }: Visit,
  edition: Edition,
  asked: { readonly which: queries.State | null; readonly recipient: string | null; readonly from: number; readonly limit: number },
): Promise<queries.OutboxRow[]> => queries.outboxOf(db, edition.id, asked);
export const outboxCounts = ({ db }: Visit, edition: Edition): Promise<Readonly<Partial<Record<queries.State, number>>>> =>
  queries.outboxCounts(db, edition.id);

/** Tries a letter of this edition again that nobody could carry; whether it still holds is looked at then. */
export const tryLetterAgain = (visit: Visit, edition: Edition, id: string): Promise<void | Refusal<'letter-gone'>> =>
  atOnce(visit, async (visit) => {
    if (!isId(id) || !(await queries.tryAgain(visit.db, edition.id, id, visit.now))) return { refused: 'letter-gone' };
    await record(visit, { what: 'failed-again', edition: edition.id, details: { kind: 'letter', which: id } });
    wakePostman();
  });

async function check(
  visit: Visit,
  edition: Edition,
  draft: Draft,
): Promise<{ readonly problems: DraftProblems } | { readonly session: Session | null }> {
  const session = draft.audience === 'session' && draft.session !== null ? await sessionIn(visit, edition, draft.session) : null;
  const problems = problemsInDraft({ ...draft, session: session?.code ?? null });
  return Object.keys(problems).length > 0 ? { problems } : { session };
}

const newBy = ({ person, now }: Visit, edition: Edition, id: string): queries.New => ({ id, edition: edition.id, by: person?.id ?? null, now });

async function locked(visit: Visit, edition: Edition, id: string): Promise<MailingRow | Refusal<'mailing-gone'>> {
  const found = isId(id) && (await queries.lock(visit.db, edition.id, id)) ? await queries.mailing(visit.db, id) : null;
  return found ?? { refused: 'mailing-gone' };
}

/** One step of a letter; what is so already is not written down again. */
const doing = (
  visit: Visit,
  edition: Edition,
  id: string,
  what: What,
  act: (visit: Visit, mailing: MailingRow) => Promise<void | 'as it was' | NoMailing>,
): Promise<void | NoMailing> =>
  atOnce(visit, async (visit) => {
    const found = await locked(visit, edition, id);
    if ('refused' in found) return found;
    const no = await act(visit, found);
    if (no === 'as it was') return;
    if (no) return no;
    await record(visit, { what, edition: edition.id, details: { mailing: id } });
  });
