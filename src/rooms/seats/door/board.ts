// What a host sees at the door of a session: who is expected, who is in, and what this phone still has to tell.
import { folded, type Text } from '#ground/text.ts';

/** Somebody who is expected, or who waits for a place, as far as a host needs to know. */
export interface Guest {
  readonly pass: string;
  /** How they want to be called, else their mail address. */
  readonly name: string;
  /** The name of where they work. */
  readonly organisation: string | null;
  readonly standing: 'held' | 'offered' | 'waiting';
  /** Their place in the line, when they wait. */
  readonly position: number | null;
  /** Milliseconds since 1970; null: not here yet. */
  readonly checkedInAt: number | null;
}

/** The list at the door as the server last knew it. Moments are milliseconds since 1970. */
export interface Board {
  readonly code: string;
  readonly title: Text;
  readonly start: number | null;
  readonly timeZone: string;
  /** Until when a phone may keep it. */
  readonly until: number;
  /** Places on site; null is without limit. */
  readonly capacity: number | null;
  readonly guests: readonly Guest[];
  /** Two lists with the same mark say the same. */
  readonly mark: string;
}

/** What was done at the door and still has to be told to the server. */
export interface Told {
  /** Counts up on this phone: the order in which things were done. */
  readonly nr: number;
  readonly pass: string;
  readonly what: 'in' | 'out';
  /** On the clock of this phone. */
  readonly at: number;
}

/** Whether it is worth telling: a second scan of the same pass, which still waits to be told, is not. */
export const isNews = (told: readonly Told[], pass: string, what: Told['what']): boolean => told.findLast((one) => one.pass === pass)?.what !== what;

/** The list as it will be when everything that waits has been told. The first moment that somebody came in counts. */
export function seenHere(guests: readonly Guest[], told: readonly Told[]): readonly (Guest & { readonly isWaiting: boolean })[] {
  const last = new Map(told.map((one) => [one.pass, one]));
  return guests.map((guest) => {
    const one = last.get(guest.pass);
    if (!one) return { ...guest, isWaiting: false };
    return { ...guest, checkedInAt: one.what === 'in' ? (guest.checkedInAt ?? one.at) : null, isWaiting: true };
  });
}

/** How many are in, how many have a place, and how many places nobody has; free null is without limit. */
export function counted(
  guests: readonly Guest[],
  capacity: number | null,
): { readonly came: number; readonly expected: number; readonly free: number | null } {
  const hasPlace = guests.filter((guest) => guest.standing !== 'waiting' || guest.checkedInAt !== null).length;
  return {
    came: guests.filter((guest) => guest.checkedInAt !== null).length,
    expected: hasPlace,
    free: capacity === null ? null : Math.max(0, capacity - hasPlace),
  };
}

export const shows = ['all', 'expected', 'in'] as const;
export type Show = (typeof shows)[number];

/** Who is meant by some letters of their name or organisation, by name; who waits stands last, in the order of the line. */
export function found<One extends Guest>(guests: readonly One[], asked: string, show: Show): readonly One[] {
  const words = folded(asked).split(/\s+/).filter(Boolean);
  return guests
    .filter((guest) => show === 'all' || (guest.checkedInAt !== null) === (show === 'in'))
    .filter((guest) => words.every((word) => folded(`${guest.name} ${guest.organisation ?? ''}`).includes(word)))
    .toSorted((a, b) => inLine(a) - inLine(b) || folded(a.name).localeCompare(folded(b.name)) || a.pass.localeCompare(b.pass));
}
const inLine = ({ standing, position, checkedInAt }: Guest): number => (standing === 'waiting' && checkedInAt === null ? (position ?? Infinity) : 0);

/** How long to wait before trying again after so many times in vain: a second, two, four, never more than half a minute. */
export const againIn = (times: number): number => Math.min(30_000, 1000 * 2 ** Math.max(0, times - 1));
