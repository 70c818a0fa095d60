// Where somebody wants a session, as a form sends it.
import { momentIn, typedMoment } from '#rooms/programme/moment.ts';
import { fieldIn } from '#ui/field.ts';
import type { Spot, Venue, VenueId } from './board.ts';

export interface TypedSpot {
  readonly code: string;
  readonly revision: number;
  readonly day: string;
  readonly from: string;
  readonly until: string;
  readonly venue: string;
}

export function typedSpot(form: Pick<FormData, 'get'>): TypedSpot {
  return {
    code: fieldIn(form, 'code', 6),
    revision: Math.trunc(Number(fieldIn(form, 'revision', 10))) || 0,
    day: fieldIn(form, 'day', 10),
    from: fieldIn(form, 'from', 5),
    until: fieldIn(form, 'until', 5),
    venue: fieldIn(form, 'venue', 36),
  };
}

export type SpotProblem = 'day-missing' | 'time-missing' | 'ends-before-start' | 'venue-gone';

/** Nothing filled in is nowhere (null). */
export function spotIn(
  typed: TypedSpot,
  venues: readonly Pick<Venue, 'id'>[],
  timeZone: string,
): { readonly spot: Spot | null } | { readonly problems: Readonly<Record<string, SpotProblem>> } {
  if (typed.day === '' && typed.from === '' && typed.until === '') return { spot: null };
  const [start, end] = [momentIn(`${typed.day}T${clockIn(typed.from)}`, timeZone), momentIn(`${typed.day}T${clockIn(typed.until)}`, timeZone)];
  const venue = typed.venue === '' ? null : (venues.find(({ id }) => id === typed.venue)?.id ?? 'gone');
  const problems: Record<string, SpotProblem> = {
    ...(momentIn(`${typed.day}T12:00`, timeZone) === null && { day: 'day-missing' }),
    ...(start === null && typed.day !== '' && { from: 'time-missing' }),
    ...(end === null && typed.day !== '' && { until: 'time-missing' }),
    ...(start && end && end <= start && { until: 'ends-before-start' }),
    ...(venue === 'gone' && { venue: 'venue-gone' }),
  };
  if (Object.keys(problems).length > 0 || start === null || end === null || venue === 'gone') return { problems };
  return { spot: { start, end, venue } };
}

/** 9.30, 9:30 and 09:30 are the same. */
export const clockIn = (typed: string): string => {
  const found = /^(\d{1,2})[.:](\d{2})$/.exec(typed.trim());
  return found ? `${found[1]!.padStart(2, '0')}:${found[2]}` : typed;
};

/** What the form begins with. */
export function typedOf(session: { readonly code: string; readonly revision: number; readonly spot: Spot | null }, timeZone: string): TypedSpot {
  const { code, revision, spot } = session;
  if (spot === null) return { code, revision, day: '', from: '', until: '', venue: '' };
  const [day = '', from = ''] = typedMoment(spot.start, timeZone).split('T');
  return { code, revision, day, from, until: typedMoment(spot.end, timeZone).slice(11), venue: spot.venue ?? ('' satisfies string | VenueId) };
}
