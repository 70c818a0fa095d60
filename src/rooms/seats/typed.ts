// What an organiser types about places, read once.
import type { Problems } from '#ground/problem.ts';
import { attendances, type Attendance } from '#rooms/programme/session.ts';

/** A whole number in bounds; null for anything else. Spaces and the points of thousands may be there. */
export function wholeIn(typed: string, least: number, most: number): number | null {
  const bare = typed.trim().replace(/(?<=\d)[ .,](?=\d{3}\b)/g, '');
  if (!/^\d{1,9}$/.test(bare)) return null;
  const number = Number(bare);
  return number >= least && number <= most ? number : null;
}

export const mostPlaces = 100_000;

/** How many places somebody typed; empty is without limit. */
export const capacityIn = (typed: string): { readonly capacity: number | null } | null => {
  if (typed.trim() === '') return { capacity: null };
  const capacity = wholeIn(typed, 0, mostPlaces);
  return capacity === null ? null : { capacity };
};

export const mostReason = 200;
/** What an organiser may do to somebody's place: give one in the room or online, or take them out. */
export const acts = [...attendances, 'remove'] as const;
export type Act = (typeof acts)[number];

export interface ByHand {
  readonly act: Act;
  readonly reason: string;
}

/** A change by hand, with its reason; or what is not right about it. */
export function byHandIn(form: { readonly act: string; readonly reason: string }): ByHand | { readonly problems: Problems<'act' | 'reason'> } {
  const act = acts.find((one) => one === form.act);
  const reason = form.reason.replace(/\s+/g, ' ').trim();
  if (act && reason !== '' && reason.length <= mostReason) return { act, reason };
  return {
    problems: {
      ...(!act && { act: 'choice-missing' }),
      ...(reason === '' && { reason: 'reason-missing' }),
      ...(reason.length > mostReason && { reason: 'reason-too-long' }),
    },
  };
}

export const attendanceIn = (typed: unknown): Attendance | null => attendances.find((one) => one === typed) ?? null;

/** A group that shares may be about. */
export const groupIn = (typed: string): string | null => (typed.length <= 100 && groupPattern.test(typed) ? typed : null);
export const groupPattern = /^(internal|external|organisation:(\*|[a-z0-9]+(-[a-z0-9]+)*))$/;
