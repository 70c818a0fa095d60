// The door of the wishes: first everybody says what they would like, then a fair draw gives the places away. What only
// who leads the edition may do is refused here to everybody else.
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import pg from 'pg';
import { hashOf, idFrom, newId, newPseudonym, newSecret, newSeed } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { isId, type EditionId, type PersonId } from '#ground/id.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import { seesInternal, type Visit } from '#ground/visit.ts';
import { mayLead } from '#rooms/identity/may.ts';
import { record } from '#rooms/journal';
import { isCode, type Attendance } from '#rooms/programme/session.ts';
import * as seats from '#rooms/seats';
import { groupsOf } from '#rooms/seats/seat.ts';
import { collect, inputHashOf, wakeDrawer } from './draw.server.ts';
import {
  sessionsIn,
  stateOf,
  whyNotPlan,
  whyNotWish,
  type Answered,
  type Outcome,
  type Plan,
  type Report,
  type Reviewed,
  type Window,
  type WindowId,
} from './window.ts';
import { mostWishes, waysOf, type Strength, type Wish } from './wish.ts';
import * as queries from './queries.server.ts';
import type { Candidate, Eyes, WindowRow } from './queries.server.ts';

export { allocate, engine } from './allocate/allocate.server.ts';
export { repeatDraw } from './allocate/repeat.server.ts';
export { drawNext, startDrawing, type Drawer } from './draw.server.ts';
export { published, tally } from './overview.server.ts';

export type NoWish = Refusal<
  'not-signed-in' | 'session-unknown' | 'session-cancelled' | 'not-offered' | 'no-window' | 'window-not-open' | 'window-closed' | 'too-many-wishes'
>;
export type NotLeading = Refusal<'window-unknown' | 'not-leading'>;
export type NoPlan = Refusal<
  | 'not-leading'
  | 'closes-before-opening'
  | 'closes-in-the-past'
  | 'wanted-too-many'
  | 'session-unknown'
  | 'no-sessions'
  | 'starts-before-closing'
  | 'in-other-window'
>;
type Led = { readonly id: EditionId; readonly slug: string };

// Looking

/** The windows of an edition, the latest first. */
export async function windows(visit: Visit, edition: Pick<Led, 'id'>): Promise<Window[]> {
  return (await queries.windowsOf(visit.db, edition.id, eyesOf(visit))).map((row) => seen(row, visit.now));
}

/** One window, when the visitor may see something of it. */
export async function window(visit: Visit, id: string): Promise<Window | null> {
  const row = await rowOf(visit, id);
  return row && seen(row, visit.now);
}

/** The window that a session's places wait for. */
export async function windowOf(visit: Visit, session: string): Promise<Window | null> {
  const row = isCode(session) ? await queries.windowOfSession(visit.db, session, eyesOf(visit)) : null;
  return row && seen(row, visit.now);
}

/** What everybody may know of a draw; null until it is done. */
export async function publicReport(
  visit: Visit,
  id: string,
): Promise<{
  readonly window: Window;
  readonly report: Report;
  readonly seed: string;
  readonly seedHash: string;
  readonly fileHash: string;
} | null> {
  const found = await window(visit, id);
  if (!found) return null;
  const { report, seed, seedHash, fileHash } = found;
  return report && seed && seedHash && fileHash ? { window: found, report, seed, seedHash, fileHash } : null;
}

const rowOf = async (visit: Visit, id: string): Promise<WindowRow | null> => (isId(id) ? queries.windowById(visit.db, id, eyesOf(visit)) : null);

function eyesOf(visit: Visit): Eyes {
  const leads = (visit.person?.roles ?? []).flatMap(({ role, scope }) => (role === 'admin' ? ['*'] : role === 'team' ? [scope] : []));
  return { internal: seesInternal(visit), leads };
}

/** A window as it is told: the seed only when it can change nothing any more. */
function seen(row: WindowRow, now: Date): Window {
  const { id, edition, sessions, opensAt, closesAt, wanted, progress, drawnAt, confirmedAt, calledOffAt } = row;
  const state = stateOf(row, now);
  const drawn = drawnAt === null ? null : row;
  return {
    id,
    edition,
    state,
    opensAt,
    closesAt,
    sessions,
    wanted,
    seedHash: now < opensAt && drawn === null ? null : row.seedHash,
    seed: drawn?.seed ?? null,
    fileHash: drawn?.fileHash ?? null,
    progress,
    drawnAt,
    confirmedAt,
    calledOffAt,
    report: drawn?.report ?? null,
  };
}

// Planning

/** Makes a window; from now on its sessions give no places by themselves. Who asks twice with the same key makes one. */
export function planWindow(visit: Visit, edition: Led, plan: Plan, key: string | null = null): Promise<Window | NoPlan> {
  return atOnce(visit, async (visit): Promise<Window | NoPlan> => {
    if (!mayLead(visit.person, edition.slug)) return { refused: 'not-leading' };
    const id: WindowId = key === null ? newId(visit.now) : idFrom(`${visit.person?.id} ${edition.id} ${key} ${JSON.stringify(written(plan))}`);
    const made = key && (await window(visit, id));
    if (made) return made;
    const no = whyNotPlan(plan, visit.now);
    if (no) return { refused: no };
    const sessions = await sessionsFor(visit, edition.id, id, plan);
    if (isRefusal(sessions)) return sessions;
    const seed = newSeed();
    const isNew = await queries.insertWindow(
      visit.db,
      { id, edition: edition.id, ...plan, isAll: plan.sessions === null },
      seed,
      hashOf(seed),
      visit.now,
    );
    if (!isNew) return told(visit, id);
    const kept = await take(visit, id, sessions);
    if (isRefusal(kept)) return kept;
    await record(visit, { what: 'window-planned', edition: edition.id, details: { window: id, ...written(plan) } });
    return told(visit, id);
  });
}

/** Changes a window that is not open yet; of an open one only the closing. */
export function changeWindow(
  visit: Visit,
  id: string,
  change: Partial<Plan>,
): Promise<Window | NoPlan | NotLeading | Refusal<'window-open' | 'window-closed'>> {
  return led(visit, id, async (visit, row) => {
    const state = stateOf(row, visit.now);
    const plan: Plan = { opensAt: row.opensAt, closesAt: row.closesAt, sessions: row.isAll ? null : row.sessions, wanted: row.wanted, ...change };
    if (state !== 'planned' && state !== 'open') return { refused: 'window-closed' as const };
    if (state === 'open' && Object.keys(change).some((what) => what !== 'closesAt')) return { refused: 'window-open' as const };
    const no = whyNotPlan(plan, visit.now);
    if (no) return { refused: no };
    if (state === 'open') {
      const first = await queries.firstStart(visit.db, row.id);
      if (first && first <= plan.closesAt) return { refused: 'starts-before-closing' as const };
      await queries.setClosing(visit.db, row.id, plan.closesAt);
    } else {
      const sessions = await sessionsFor(visit, row.editionId, row.id, plan);
      if (isRefusal(sessions)) return sessions;
      await queries.updateWindow(visit.db, { id: row.id, ...plan, isAll: plan.sessions === null });
      // What stays in the window is not given to who waits on the way.
      await seats.letGo(
        visit,
        row.id,
        sessions.map(({ id }) => id),
      );
      const kept = await take(visit, row.id, sessions);
      if (isRefusal(kept)) return kept;
    }
    await record(visit, { what: 'window-changed', edition: row.editionId, details: { window: row.id, ...written(plan) } });
    return told(visit, row.id);
  });
}

/** Ends a window without giving places; its sessions take people by themselves again. The reason stays in the journal. */
export function callOff(visit: Visit, id: string, reason?: string): Promise<Window | NotLeading | Refusal<'draw-confirmed'>> {
  return led(visit, id, async (visit, row) => {
    if (row.confirmedAt) return { refused: 'draw-confirmed' as const };
    if (row.calledOffAt) return seen(row, visit.now);
    await queries.setCalledOff(visit.db, row.id, visit.now);
    await seats.letGo(visit, row.id);
    await record(visit, { what: 'window-called-off', edition: row.editionId, details: { window: row.id, ...(reason !== undefined && { reason }) } });
    return told(visit, row.id);
  });
}

/** Which sessions a plan is about, or why it cannot be about them. */
async function sessionsFor(
  visit: Visit,
  edition: EditionId,
  window: WindowId,
  { sessions: codes, closesAt }: Plan,
): Promise<readonly Candidate[] | NoPlan> {
  const found = await queries.candidates(visit.db, edition, codes);
  if (codes !== null && new Set(codes).size !== found.length) return { refused: 'session-unknown' };
  if (codes !== null && found.some(({ start }) => start <= closesAt)) return { refused: 'starts-before-closing' };
  const elsewhere = new Set(
    await queries.inOtherWindows(
      visit.db,
      found.map(({ id }) => id),
      window,
    ),
  );
  if (codes !== null && elsewhere.size > 0) return { refused: 'in-other-window' };
  const sessions = found.filter(({ id, start }) => start > closesAt && !elsewhere.has(id));
  return sessions.length === 0 ? { refused: 'no-sessions' } : sessions;
}

/** The sessions' places wait for this window from now on; two who plan the same ones at once are told apart here. */
async function take(visit: Visit, window: WindowId, sessions: readonly Candidate[]): Promise<void | Refusal<'in-other-window'>> {
  const ids = sessions.map(({ id }) => id);
  const kept = await seats.keepFor(visit, window, ids);
  if (isRefusal(kept)) return { refused: 'in-other-window' };
  await queries.setSessions(visit.db, window, ids);
}

const written = ({ opensAt, closesAt, sessions, wanted }: Plan) => ({
  opensAt: opensAt.toISOString(),
  closesAt: closesAt.toISOString(),
  sessions: sessions && [...sessions],
  wanted,
});

/** What only who leads the edition does with a window, one at a time. */
function led<T>(visit: Visit, id: string, work: (visit: Visit, row: WindowRow) => Promise<T>): Promise<T | NotLeading> {
  return atOnce(visit, async (visit): Promise<T | NotLeading> => {
    if (isId(id)) await queries.lockWindow(visit.db, id);
    const row = await rowOf(visit, id);
    if (!row) return { refused: 'window-unknown' };
    return mayLead(visit.person, row.edition) ? work(visit, row) : { refused: 'not-leading' };
  });
}

async function told(visit: Visit, id: WindowId): Promise<Window> {
  const found = await window(visit, id);
  if (!found) throw new Error('the window went while it was held');
  return found;
}

// Wishing

/** Writes down a wish, or changes it. */
export async function wish(
  visit: Visit,
  session: string,
  { strength, attendance = null }: { readonly strength: Strength; readonly attendance?: Attendance | null },
): Promise<(Wish & { readonly isNew: boolean }) | NoWish> {
  const person = visit.person?.id;
  if (!person) return { refused: 'not-signed-in' };
  const found = isCode(session) ? await queries.wishable(visit.db, session, person, seesInternal(visit)) : null;
  if (!found) return { refused: 'session-unknown' };
  if (found.state === 'cancelled') return { refused: 'session-cancelled' };
  if (!found.window) return { refused: 'no-window' };
  const no = whyNotWish(stateOf(found.window, visit.now));
  if (no) return { refused: no };
  if (waysOf({ attendance }, found).length === 0) return { refused: 'not-offered' };
  if (found.strength === null && found.count >= mostWishes) return { refused: 'too-many-wishes' };
  const written = await writeWish(visit, {
    window: found.window.id,
    person,
    session: found.session,
    strength,
    attendance,
    pseudonym: newPseudonym(),
  });
  return isRefusal(written) ? written : { session, strength, attendance, isNew: written.isNew };
}

/** The window is held while it is written, so that no draw begins without a wish that somebody was told is there. */
async function writeWish(visit: Visit, wish: queries.NewWish): Promise<{ readonly isNew: boolean } | Refusal<'window-closed' | 'too-many-wishes'>> {
  try {
    return (await queries.putWish(visit.db, wish, visit.now)) ?? { refused: 'window-closed' };
  } catch (fault) {
    // Somebody with two browsers can pass the count above.
    if (fault instanceof pg.DatabaseError && fault.constraint === 'not_too_many_wishes') return { refused: 'too-many-wishes' };
    throw fault;
  }
}

/** Takes a wish back; also right when there was none. */
export async function unwish(visit: Visit, session: string): Promise<void | NoWish> {
  const person = visit.person?.id;
  if (!person) return { refused: 'not-signed-in' };
  const found = isCode(session) ? await queries.wishable(visit.db, session, person, seesInternal(visit)) : null;
  if (!found?.window || found.strength === null) return;
  const no = whyNotWish(stateOf(found.window, visit.now));
  if (no) return { refused: no };
  const isDone = await queries.deleteWish(visit.db, found.window.id, person, found.session, visit.now);
  if (!isDone) return { refused: 'window-closed' };
}

/** The visitor's wish for one session, in the window that its places wait for. */
export async function wishFor(visit: Visit, session: string): Promise<Wish | null> {
  const person = visit.person?.id;
  if (!person || !isCode(session)) return null;
  const found = await queries.wishable(visit.db, session, person, seesInternal(visit));
  return found && found.strength && { session, strength: found.strength, attendance: found.attendance };
}

/** The visitor's wishes in an edition whose draw is not confirmed yet, by time of the session. */
export const wishesOf = async (visit: Visit, edition: EditionId): Promise<Wish[]> =>
  visit.person ? queries.wishesOfPerson(visit.db, edition, visit.person.id, seesInternal(visit)) : [];

// The draw

/** Closes an open window now, so that the draw begins. */
export async function drawNow(visit: Visit, id: string): Promise<Window | NotLeading | Refusal<'window-not-open'>> {
  const closed = await led(visit, id, async (visit, row) => {
    const state = stateOf(row, visit.now);
    if (state === 'planned' || state === 'called-off') return { refused: 'window-not-open' as const };
    if (state !== 'open') return seen(row, visit.now);
    await queries.setClosing(visit.db, row.id, visit.now);
    await record(visit, { what: 'window-changed', edition: row.editionId, details: { window: row.id, closesAt: visit.now.toISOString() } });
    return told(visit, row.id);
  });
  wakeDrawer();
  return closed;
}

/** Draws again, with the same seed, when something changed that it depends on. */
export async function drawAgain(visit: Visit, id: string): Promise<Window | NotLeading | Refusal<'not-drawn' | 'draw-confirmed' | 'draw-the-same'>> {
  const again = await led(visit, id, async (visit, row) => {
    const no = whyNotConfirmable(row, visit.now);
    if (no) return { refused: no };
    if (inputHashOf(await collect(visit, row)) === row.inputHash) return { refused: 'draw-the-same' as const };
    await queries.setUndrawn(visit.db, row.id);
    await record(visit, { what: 'draw-again', edition: row.editionId, details: { window: row.id } });
    return told(visit, row.id);
  });
  wakeDrawer();
  return again;
}

const whyNotConfirmable = (row: WindowRow, now: Date): 'draw-confirmed' | 'not-drawn' | null => {
  const state = stateOf(row, now);
  return state === 'drawn' ? null : state === 'confirmed' ? 'draw-confirmed' : 'not-drawn';
};

/** Gives everybody what the draw gave them, makes the lines, and lets everybody know; a second time changes nothing. */
export function confirm(visit: Visit, id: string): Promise<Window | NotLeading | Refusal<'not-drawn' | 'places-changed'>> {
  return led(visit, id, async (visit, row) => {
    const no = whyNotConfirmable(row, visit.now);
    if (no === 'draw-confirmed') return seen(row, visit.now);
    if (no) return { refused: no };
    const withGroups = ({ isInternal, organisation, ...drawn }: queries.DrawnRow) => ({ ...drawn, groups: groupsOf({ isInternal, organisation }) });
    const given = (await queries.drawnPlaces(visit.db, row.id)).map(withGroups);
    const lines = (await queries.drawnLines(visit.db, row.id)).map(withGroups);
    const seated = await seats.seatDrawn(visit, row.id, { given, lines });
    if (isRefusal(seated)) return seated;
    await queries.setConfirmed(visit.db, row.id, visit.now);
    await seats.letGo(visit, row.id);
    await record(visit, { what: 'draw-confirmed', edition: row.editionId, details: { window: row.id } });
    return told(visit, row.id);
  });
}

/** Everybody who wished in a window, for those who let them know. */
export const wishersOf = (visit: Visit, window: string): Promise<PersonId[]> => queries.wishersOf(visit.db, window);

/** What came of the visitor's wishes; null until the draw is confirmed, and for who wished nothing. */
export async function myOutcome(visit: Visit, id: string): Promise<Outcome | null> {
  const row = await rowOf(visit, id);
  if (!visit.person || !row?.confirmedAt) return null;
  const found = await queries.outcomeOfPerson(visit.db, row.id, visit.person.id);
  if (!found) return null;
  const visible = await queries.visibleAmong(visit.db, sessionsIn(found.why), seesInternal(visit));
  const wishes = found.why.filter(({ session }) => visible.has(session)).map((answered) => withoutHidden(answered, visible));
  return { pseudonym: found.pseudonym, share: found.share, wishes };
}

/** A reason that names a session which is hidden by now does not name it. */
function withoutHidden(answered: Answered, visible: ReadonlySet<string>): Answered {
  const { session, ...values } = answered.why.values;
  return session === undefined || visible.has(String(session)) ? answered : { ...answered, why: { ...answered.why, values } };
}

/** Per session how much it is wished and what the draw makes of it, by time; for who leads the edition. */
export async function review(
  visit: Visit,
  id: string,
  { after = null, limit = 50 }: { readonly after?: string | null; readonly limit?: number } = {},
): Promise<{ readonly items: readonly Reviewed[]; readonly next: string | null } | NotLeading> {
  const row = await rowOf(visit, id);
  if (!row) return { refused: 'window-unknown' };
  if (!mayLead(visit.person, row.edition)) return { refused: 'not-leading' };
  const most = Math.min(limit, 200);
  const found = await queries.reviewOf(visit.db, row.id, after !== null && isCode(after) ? after : null, most + 1);
  const items = found.slice(0, most);
  return { items, next: found.length > most ? items.at(-1)!.session : null };
}

// The file

const linkDays = 30;
const day = 24 * 3_600_000;

/** A secret by which an auditor reads the file, for 30 days; replaces the earlier one. */
export function makeAuditLink(
  visit: Visit,
  id: string,
): Promise<{ readonly secret: string; readonly until: Date } | NotLeading | Refusal<'not-drawn'>> {
  return led(visit, id, async (visit, row) => {
    if (!row.drawnAt) return { refused: 'not-drawn' as const };
    const secret = newSecret();
    const until = new Date(visit.now.getTime() + linkDays * day);
    await queries.setAuditLink(visit.db, row.id, hashOf(secret), until);
    await record(visit, { what: 'audit-link-made', edition: row.editionId, details: { window: row.id, until: until.toISOString() } });
    return { secret, until };
  });
}

/** The file by which the draw is repeated: for who leads the edition, or for who has the auditor's secret. Who reads it is written down. */
export function auditFile(
  visit: Visit,
  which: { readonly window: string } | { readonly secret: string },
): Promise<{ readonly window: WindowId; readonly text: string; readonly hash: string } | NotLeading | Refusal<'not-drawn'>> {
  return atOnce(visit, async (visit) => {
    const row = await rowForFile(visit, which);
    if (isRefusal(row)) return row;
    const content = await queries.fileOf(visit.db, row.id);
    if (!content || !row.fileHash) return { refused: 'not-drawn' as const };
    const text = (await unzipped(content)).toString('utf8');
    await record(visit, { what: 'draw-file-read', edition: row.editionId, details: { window: row.id, by: 'secret' in which ? 'auditor' : 'team' } });
    return { window: row.id, text, hash: row.fileHash };
  });
}
const unzipped = promisify(gunzip);

async function rowForFile(visit: Visit, which: { readonly window: string } | { readonly secret: string }): Promise<WindowRow | NotLeading> {
  if ('secret' in which) {
    const id = await queries.windowOfAuditLink(visit.db, hashOf(which.secret), visit.now);
    const row = id && (await queries.windowById(visit.db, id, { internal: true, leads: ['*'] }));
    return row ?? { refused: 'window-unknown' };
  }
  const row = await rowOf(visit, which.window);
  if (!row) return { refused: 'window-unknown' };
  return mayLead(visit.person, row.edition) ? row : { refused: 'not-leading' };
}

/** Forgets which line of a draw's file is whose, so many days after it was confirmed; the worker asks for it every hour. */
export const forgetPseudonyms = (visit: Visit, days: number): Promise<void> => queries.forgetPseudonyms(visit.db, visit.now, days);
