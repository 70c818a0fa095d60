// The door of the wishes: first everybody says what they would like, then a fair draw gives the places away. What only
// who leads the edition may do is refused here to everybody else.
import type { EditionId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import type { Attendance } from '#rooms/programme/session.ts';
import type { Outcome, Plan, Report, Reviewed, Window, WindowId } from './window.ts';
import type { Strength, Wish } from './wish.ts';

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
const later = (): never => {
  throw new Error('not there yet');
};

/** The windows of an edition, the latest first. */
export const windows = (_visit: Visit, _edition: Led): Promise<Window[]> => later();

/** One window, when the visitor may see something of it. */
export const window = (_visit: Visit, _id: string): Promise<Window | null> => later();

/** The window that a session's places wait for. */
export const windowOf = (_visit: Visit, _session: string): Promise<Window | null> => later();

/** Makes a window; from now on its sessions give no places by themselves. */
export const planWindow = (_visit: Visit, _edition: Led, _plan: Plan): Promise<Window | NoPlan> => later();

/** Changes a window that is not open yet; of an open one only the closing. */
export const changeWindow = (
  _visit: Visit,
  _id: string,
  _change: Partial<Plan>,
): Promise<Window | NoPlan | NotLeading | Refusal<'window-open' | 'window-closed'>> => later();

/** Ends a window without giving places; its sessions take people by themselves again. */
export const callOff = (_visit: Visit, _id: string): Promise<Window | NotLeading | Refusal<'draw-confirmed'>> => later();

/** Closes an open window now, so that the draw begins. */
export const drawNow = (_visit: Visit, _id: string): Promise<Window | NotLeading | Refusal<'window-not-open'>> => later();

/** Draws again, with the same seed, when something changed that it depends on. */
export const drawAgain = (_visit: Visit, _id: string): Promise<Window | NotLeading | Refusal<'not-drawn' | 'draw-confirmed' | 'draw-the-same'>> =>
  later();

/** Gives everybody what the draw gave them, makes the lines, and lets everybody know; a second time changes nothing. */
export const confirm = (_visit: Visit, _id: string): Promise<Window | NotLeading | Refusal<'not-drawn' | 'places-changed'>> => later();

/** Writes down a wish, or changes it. */
export const wish = (
  _visit: Visit,
  _session: string,
  _how: { readonly strength: Strength; readonly attendance?: Attendance | null },
): Promise<(Wish & { readonly isNew: boolean }) | NoWish> => later();

/** Takes a wish back; also right when there was none. */
export const unwish = (_visit: Visit, _session: string): Promise<void | NoWish> => later();

/** The visitor's wish for one session, in the window that its places wait for. */
export const wishFor = (_visit: Visit, _session: string): Promise<Wish | null> => later();

/** The visitor's wishes in an edition whose draw is not confirmed yet, by time of the session. */
export const wishesOf = (_visit: Visit, _edition: EditionId): Promise<Wish[]> => later();

/** What came of the visitor's wishes; null until the draw is confirmed, and for who wished nothing. */
export const myOutcome = (_visit: Visit, _id: string): Promise<Outcome | null> => later();

/** Per session how much it is wished and what the draw makes of it, by time; for who leads the edition. */
export const review = (
  _visit: Visit,
  _id: string,
  _page: { readonly after?: string | null; readonly limit?: number },
): Promise<{ readonly items: readonly Reviewed[]; readonly next: string | null } | NotLeading> => later();

/** What everybody may know of a draw; null until it is done. */
export const publicReport = (
  _visit: Visit,
  _id: string,
): Promise<{
  readonly window: Window;
  readonly report: Report;
  readonly seed: string;
  readonly seedHash: string;
  readonly fileHash: string;
} | null> => later();

/** A secret by which an auditor reads the file, for 30 days; replaces the earlier one. */
export const makeAuditLink = (
  _visit: Visit,
  _id: string,
): Promise<{ readonly secret: string; readonly until: Date } | NotLeading | Refusal<'not-drawn'>> => later();

/** The file by which the draw is repeated: for who leads the edition, or for who has the auditor's secret. */
export const auditFile = (
  _visit: Visit,
  _which: { readonly window: string } | { readonly secret: string },
): Promise<{ readonly window: WindowId; readonly text: string; readonly hash: string } | NotLeading | Refusal<'not-drawn'>> => later();
