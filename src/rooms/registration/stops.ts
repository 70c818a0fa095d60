import { sentence } from '#words';
import { say } from '#ground/text.ts';
import type { Language } from '#ground/visit.ts';
import { overlapsOf } from '#rooms/itinerary/entry.ts';
import type { Session } from '#rooms/programme/session.ts';
import { standing, type Standing } from '#rooms/programme/stop.ts';
import type { Choice, Draft, Reason } from './draft.ts';

/** A choice of the draft as it is shown: the session as it is now, why it is there, and what to know before confirming. */
export interface ChosenStop {
  readonly session: Session;
  readonly as: Choice['as'];
  readonly reasons: readonly string[];
  readonly standing: Standing;
  /** The titles of what takes place at the same time. */
  readonly overlaps: readonly string[];
}

/** The choices in order of time; `mine` is what stands in the programme already. */
export function stopsOf(draft: Draft, sessions: ReadonlyMap<string, Session>, mine: readonly Session[], now: Date, language: Language): ChosenStop[] {
  const chosen = draft.choices.flatMap((choice) => {
    const session = sessions.get(choice.session);
    return session ? [{ choice, session }] : [];
  });
  const all = [...chosen.map(({ session }) => session), ...mine.filter((one) => !chosen.some(({ session }) => session.code === one.code))];
  return chosen
    .toSorted((a, b) => startOf(a.session) - startOf(b.session))
    .map(({ choice, session }) => ({
      session,
      as: choice.as,
      reasons: choice.reasons.map((reason) => reasonSaid(reason, language)),
      standing: standing(session, now),
      overlaps: overlapsOf(session, all).map((code) => titleOf(sessions.get(code), language)),
    }));
}

export const reasonSaid = ({ code, values }: Reason, language: Language): string =>
  sentence(
    language,
    `compose.${code}`,
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : value.join(', ')])),
  );

export const titleOf = (session: Session | undefined, language: Language): string => (session ? say(session.title, language).text : '');

const startOf = ({ start }: Session): number => start?.getTime() ?? Number.MAX_SAFE_INTEGER;
