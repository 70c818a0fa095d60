// Wishes as somebody weighs them: by time, with what they count for and what stands in each other's way.
import type { Text } from '#ground/text.ts';
import { hasStarted, isOffered, overlap, type Attendance, type Session } from '#rooms/programme/session.ts';
import { isLive, type Window } from './window.ts';
import { strengths, waysOf, weightOf, type Strength, type Wish } from './wish.ts';

export interface Weighed {
  readonly session: Session;
  readonly strength: Strength;
  readonly attendance: Attendance | null;
  /** The ways of taking part that there are; with one there is nothing to choose. */
  readonly ways: readonly Attendance[];
  /** Which part of everything that somebody has to divide goes to it: 0 to 1. */
  readonly part: number;
  /** The titles of other wishes at the same time. */
  readonly besides: readonly Text[];
  /** The titles of what somebody has a place in at the same time: then it cannot be granted. */
  readonly held: readonly Text[];
}

/** Somebody's wishes by time; long descriptions stay at home. `held` is what they have a place in already. */
export function weighed(wishes: readonly Wish[], sessions: readonly Session[], held: readonly Session[] = []): Weighed[] {
  const byCode = new Map(wishes.map((wish) => [wish.session, wish]));
  const wished = sessions.filter(({ code }) => byCode.has(code));
  const total = wished.reduce((sum, { code }) => sum + weightOf[byCode.get(code)!.strength], 0);
  const besides = (session: Session, others: readonly Session[]): Text[] =>
    others.filter((other) => other.code !== session.code && overlap(other, session)).map(({ title }) => title);
  return wished.map((session) => {
    const { strength, attendance } = byCode.get(session.code)!;
    return {
      session: { ...session, description: {} },
      strength,
      attendance,
      ways: waysOf({ attendance: null }, session.capacity),
      part: weightOf[strength] / total,
      besides: besides(session, wished),
      held: besides(session, held),
    };
  });
}

/** The window that a session belongs to, as far as somebody who sees both can tell: the one that names it comes first. */
export const windowAbout = <One extends Pick<Window, 'sessions' | 'closesAt'>>(
  windows: readonly One[],
  { code, start }: Pick<Session, 'code' | 'start'>,
): One | null =>
  windows.find(({ sessions }) => sessions?.includes(code)) ??
  windows.find(({ sessions, closesAt }) => sessions === null && start !== null && start > closesAt) ??
  null;

/** How places are had in the sessions that wait for a draw: by a wish now, or not now. Others are had as usual. */
export function waitingFor(windows: readonly Window[], sessions: readonly Session[]): ReadonlyMap<string, 'wish' | 'not-now'> {
  const live = windows.filter(isLive);
  return new Map(
    sessions.flatMap((session) => {
      const window = windowAbout(live, session);
      return window ? [[session.code, window.state === 'open' ? 'wish' : 'not-now']] : [];
    }),
  );
}

/** The sessions for which somebody can give a wish now, by code, each with its window. */
export function wishable(windows: readonly Window[], sessions: readonly Session[], now: Date): ReadonlyMap<string, Window> {
  const live = windows.filter(isLive);
  return new Map(
    sessions.flatMap((session) => {
      const can =
        session.state !== 'cancelled' && !hasStarted(session, now) && (isOffered(session.capacity.onSite) || isOffered(session.capacity.online));
      const window = can ? windowAbout(live, session) : null;
      return window?.state === 'open' ? [[session.code, window]] : [];
    }),
  );
}

export const strengthIn = (typed: unknown): Strength | null => strengths.find((one) => one === typed) ?? null;

/** How somebody would take part, as a form says it: 'either' is null. Undefined when it says nothing that we know. */
export const wayIn = (typed: unknown): Attendance | null | undefined =>
  typed === 'either' ? null : typed === 'onSite' || typed === 'online' ? typed : undefined;
