// The door of the guide: what somebody answers, what is proposed to them, and the moment they confirm. A draft is found
// by a secret in the browser's cookie; nothing is claimed before somebody has signed in and confirms.
import { atOnce } from '#ground/database.server.ts';
import { hashOf, newDigits, newSecret } from '#ground/chance.server.ts';
import type { PersonId } from '#ground/id.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Problems } from '#ground/problem.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import * as identity from '#rooms/identity';
import * as programme from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import type { Attendance } from '#rooms/programme/session.ts';
import * as wishes from '#rooms/wishes';
import { isLive } from '#rooms/wishes/window.ts';
import * as itinerary from '#rooms/itinerary';
import * as compose from '#rooms/compose';
import { draftDays } from './cookie.ts';
import * as drafts from './draft.ts';
import type { Choice, Draft, FilledIn, Form, Outcome, Step, Wanted } from './draft.ts';
import { availability, suits } from './when.ts';
import * as queries from './queries.server.ts';

export { draftIn, keepDraftIn } from './cookies.server.ts';

/** A draft with the secret by which its browser finds it again. */
export interface Kept {
  readonly secret: string;
  readonly draft: Draft;
  /** The draft the browser knew had gone (30 days), and this one was begun instead. */
  readonly isAnew: boolean;
  /** Something else was changed in the meantime, in another tab. */
  readonly isBehind: boolean;
}

/** What this browser has told so far; null when there is nothing, or nothing any more. */
export async function draft(
  visit: Visit,
  secret: string | null,
  edition: Edition,
): Promise<{ readonly draft: Draft; readonly isConfirmed: boolean } | null> {
  const row = secret === null ? null : await queries.draftOf(visit.db, hashOf(secret), edition.id, visit.now);
  return row && { draft: row.draft, isConfirmed: row.submittedAt !== null };
}

/** Whether this browser had a draft here that is no more; asked when it has none. */
export const isGone = (visit: Visit, secret: string | null, edition: Edition): Promise<boolean> =>
  secret === null ? Promise.resolve(false) : queries.hasRunOut(visit.db, hashOf(secret), edition.id, visit.now);

/** Keeps what somebody filled in at a step, or says what is wrong with it. */
export async function answer(
  visit: Visit,
  secret: string | null,
  edition: Edition,
  step: FilledIn,
  form: Form,
): Promise<Kept | { readonly problems: Problems }> {
  const read = drafts.readForm(step, form);
  if ('problems' in read) return read;
  return change(visit, secret, edition, (draft) => Promise.resolve(drafts.apply(draft, step, read.said, edition.rules)), versionIn(form));
}

/** Two that fit and one surprise: the same at every look, and only what can no longer be followed is replaced. */
export async function proposal(visit: Visit, secret: string, edition: Edition): Promise<Draft | null> {
  const known = await draft(visit, secret, edition);
  if (!known || known.isConfirmed) return known?.draft ?? null;
  const looked = await looking(visit, edition, known.draft);
  if (looked === known.draft) return looked;
  const kept = await change(visit, secret, edition, (draft, visit) => looking(visit, edition, draft));
  return kept.draft;
}

async function looking(visit: Visit, edition: Edition, draft: Draft): Promise<Draft> {
  const sessions = new Map((await programme.sessions(visit, edition.id)).map((session) => [session.code, session]));
  const times = availability(draft.answers, edition);
  const mine = [
    ...(await itinerary.mine(visit, edition.id)).map(({ session }) => session.code),
    ...(await wishes.wishesOf(visit, edition.id)).map(({ session }) => session),
  ];
  const settled = drafts.settle(drafts.leaveOut(draft, mine), sessions, visit.now, (session) => suits(session, draft.answers, times));
  const found = settled.wanted.fits + settled.wanted.surprises === 0 ? [] : await find(visit, edition, settled, settled.wanted);
  const filled = settled.wanted.fits + settled.wanted.surprises === 0 ? settled : drafts.fill(settled, found);
  return drafts.reach(filled, '4-voorstel');
}

async function find(visit: Visit, edition: Edition, draft: Draft, wanted: Wanted): Promise<Choice[]> {
  const { answers, choices, seed, not } = draft;
  const wished = (await wishes.wishesOf(visit, edition.id)).map(({ session }) => session);
  const found = await compose.suggest(visit, edition, {
    question: answers.question,
    themes: [...answers.themes],
    availability: availability(answers, edition),
    attendance: answers.way,
    languages: [...answers.languages],
    organisation: answers.organisation ?? visit.person?.organisation ?? null,
    chosen: choices.map(({ session }) => session),
    ...wanted,
    seed,
    not: [...not, ...wished],
  });
  return [
    ...found.fits.map(({ session, attendance, reasons }) => ({ session, as: 'fit' as const, attendance, reasons })),
    ...found.surprises.map(({ session, attendance, reasons }) => ({ session, as: 'surprise' as const, attendance, reasons })),
  ];
}

/** Another one in its place, of the same kind. */
export function swap(visit: Visit, secret: string | null, edition: Edition, session: string, version: number | null = null): Promise<Kept> {
  return change(
    visit,
    secret,
    edition,
    async (draft, visit) => {
      const gone = draft.choices.find((choice) => choice.session === session);
      if (!gone) return draft;
      const others = { ...draft, choices: draft.choices.filter((choice) => choice !== gone), not: [...draft.not, session] };
      const [found = null] = await find(visit, edition, others, gone.as === 'surprise' ? { fits: 0, surprises: 1 } : { fits: 1, surprises: 0 });
      return drafts.swap(draft, session, found);
    },
    version,
  );
}

/** Takes a session out of the proposal. */
export function remove(visit: Visit, secret: string | null, edition: Edition, session: string, version: number | null = null): Promise<Kept> {
  return change(visit, secret, edition, (draft) => Promise.resolve(drafts.remove(draft, session)), version);
}

/** One more that fits, or one more surprise. */
export function more(visit: Visit, secret: string | null, edition: Edition, kind: 'fit' | 'surprise', version: number | null = null): Promise<Kept> {
  return change(
    visit,
    secret,
    edition,
    async (draft, visit) => {
      const [found = null] = await find(visit, edition, draft, kind === 'fit' ? { fits: 1, surprises: 0 } : { fits: 0, surprises: 1 });
      return drafts.add(draft, found);
    },
    version,
  );
}

/** Takes the last change of the proposal back. */
export function undo(visit: Visit, secret: string | null, edition: Edition, version: number | null = null): Promise<Kept> {
  return change(visit, secret, edition, (draft) => Promise.resolve(drafts.undo(draft)), version);
}

/** Keeps a session that a visitor without an account found, for when the account follows. */
export function choose(visit: Visit, secret: string | null, edition: Edition, session: string, attendance: Attendance | null = null): Promise<Kept> {
  return change(visit, secret, edition, async (draft, visit) => {
    const found = await programme.session(visit, session);
    if (!found || found.edition !== edition.slug) return draft;
    return drafts.add(draft, { session, as: 'own', attendance, reasons: [] });
  });
}

/** Opens a step for who need not fill in the ones before it, such as the code for who has signed in. */
export function reach(visit: Visit, secret: string | null, edition: Edition, step: Step): Promise<Kept> {
  return change(visit, secret, edition, (draft) => Promise.resolve(drafts.reach(draft, step)));
}

/** So many more are looked for: with the answers of this browser, else with those that somebody confirmed last. */
export function lookFor(visit: Visit, secret: string | null, edition: Edition, wanted: Wanted): Promise<Kept> {
  return change(visit, secret, edition, async (draft, visit) => {
    const before = visit.person && draft.version === 0 ? await queries.lastConfirmedOf(visit.db, visit.person.id, edition.id, visit.now) : null;
    return drafts.lookFor(before ? drafts.reopen(before.draft, wanted) : draft, wanted);
  });
}

/** Forgets this browser's answers and begins with an empty draft. */
export function startAnew(visit: Visit, secret: string | null, edition: Edition): Promise<Kept> {
  return change(visit, secret, edition, (draft) => Promise.resolve({ ...fresh(edition), version: draft.version + 1 }));
}

export interface Confirmed {
  readonly outcomes: readonly Outcome[];
  /** False when it had been confirmed before: a double click, a retry. */
  readonly isNew: boolean;
}
export type NotConfirmed = Refusal<'draft-gone' | 'not-signed-in' | 'nothing-chosen' | 'draft-changed'>;

/**
 * Confirms: every choice becomes a place, a place in line or a wish, once, however often it is asked. `seen` is the version that
 * stood on the overview.
 */
export function submit(visit: Visit, secret: string | null, edition: Edition, seen: number | null = null): Promise<Confirmed | NotConfirmed> {
  return atOnce(visit, async (visit): Promise<Confirmed | NotConfirmed> => {
    const row = secret === null ? null : await queries.lockDraft(visit.db, hashOf(secret), edition.id, visit.now);
    if (secret === null || !row) return { refused: 'draft-gone' };
    if (row.submittedAt) return { outcomes: row.draft.outcomes, isNew: false };
    if (!visit.person) return { refused: 'not-signed-in' };
    if (row.draft.choices.length === 0) return { refused: 'nothing-chosen' };
    if (seen !== null && seen !== row.draft.version) return { refused: 'draft-changed' };
    const { organisation, accessNeeds, agreed } = row.draft.answers;
    await identity.welcome(visit, visit.person.email, {
      ...(organisation !== null && { organisation }),
      ...(accessNeeds !== '' && agreed && { accessNeeds }),
    });
    const outcomes = await settle(visit, edition, row.draft.choices);
    await keep(visit, secret, edition, drafts.confirmed(row.draft, outcomes), visit.now);
    await record(visit, { what: 'registration-confirmed', person: visit.person.id, edition: edition.id });
    return { outcomes, isNew: true };
  });
}

/** A wish where places are shared out later, a place or the next one in line everywhere else. */
async function settle(visit: Visit, edition: Edition, choices: readonly Choice[]): Promise<Outcome[]> {
  const wished = await wish(visit, edition, choices);
  const claimed = await claim(
    visit,
    choices.filter(({ session }) => !wished.some((outcome) => outcome.session === session)),
  );
  const outcomes = new Map([...wished, ...claimed].map((outcome) => [outcome.session, outcome]));
  return choices.map(({ session }) => outcomes.get(session)!);
}

/** Before any desk is taken: who changes a window holds the window first and then the desks, too. */
async function wish(visit: Visit, edition: Edition, choices: readonly Choice[]): Promise<Outcome[]> {
  if (!(await wishes.windows(visit, edition)).some(isLive)) return [];
  const before = (await wishes.wishesOf(visit, edition.id)).map(({ session }) => session);
  const outcomes: Outcome[] = [];
  for (const { session, attendance } of choices) {
    const said = before.includes(session) ? null : await wishes.wish(visit, session, { strength: 'want', attendance });
    if (!isRefusal(said)) outcomes.push({ session, standing: 'wished', position: null, refused: null });
    else if (said.refused !== 'no-window' && said.refused !== 'session-unknown')
      outcomes.push({ session, standing: 'refused', position: null, refused: said.refused });
  }
  return outcomes;
}

/** All at once: the desks of all these sessions are taken in one order, so that no two people hold each other up. */
async function claim(visit: Visit, choices: readonly Choice[]): Promise<Outcome[]> {
  const seats = await itinerary.addAll(
    visit,
    choices.map(({ session, attendance, as }) => ({ code: session, attendance, as })),
  );
  return choices.map(({ session }, nth): Outcome => {
    const seat = seats[nth]!;
    return isRefusal(seat)
      ? { session, standing: 'refused', position: null, refused: seat.refused }
      : { session, standing: seat.standing, position: seat.position, refused: null };
  });
}

/** Forgets the answers of somebody, also those that they gave before they signed in. */
export const forgetDrafts = (visit: Visit, person: PersonId, email: string): Promise<void> => queries.deleteDraftsOf(visit.db, person, email);

/** Forgets what somebody needs from the answers that are kept for them. */
export const forgetNeedsIn = (visit: Visit, person: PersonId): Promise<void> => queries.wipeNeedsOf(visit.db, person);

/** Changes a draft while nobody else does; begins one when there is none, and a new round when it was confirmed. */
async function change(
  visit: Visit,
  secret: string | null,
  edition: Edition,
  work: (draft: Draft, visit: Visit) => Promise<Draft>,
  version: number | null = null,
): Promise<Kept> {
  const own = secret ?? newSecret();
  return atOnce(visit, async (visit) => {
    const row = await queries.lockDraft(visit.db, hashOf(own), edition.id, visit.now);
    const isAnew = row === null && (await isGone(visit, secret, edition));
    const before = row === null ? fresh(edition) : row.submittedAt === null ? row.draft : drafts.reopen(row.draft, edition.rules);
    const after = await work(before, visit);
    if (after !== row?.draft) await keep(visit, own, edition, after, null);
    return {
      secret: own,
      draft: after,
      isAnew,
      isBehind: row !== null && version !== null && version !== row.draft.version,
    };
  });
}

const fresh = (edition: Edition): Draft => drafts.begin(Number(newDigits()), { fits: edition.rules.fits, surprises: edition.rules.surprises });

function keep(visit: Visit, secret: string, edition: Edition, draft: Draft, submitted: Date | null): Promise<void> {
  const expires = new Date(visit.now.getTime() + draftDays * 86_400_000);
  return queries.keepDraft(visit.db, hashOf(secret), edition.id, draft, { now: visit.now, expires, submitted, person: visit.person?.id ?? null });
}

/** The version that a form was made from, so that a tab that is behind is told. */
export function versionIn(form: Form): number | null {
  const said = form.get('version');
  return typeof said === 'string' && /^\d{1,9}$/.test(said) ? Number(said) : null;
}
