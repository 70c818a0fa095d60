// The hard rules while a schedule is being made: who and what is busy when, so that a session only goes where it may.
import { fits, nowhere, overlapsOf, type Instance, type Placement } from './instance.ts';

export interface Rules {
  /** Notes that a session is where the placement says, or no longer is. */
  readonly enter: (session: number) => void;
  readonly leave: (session: number) => void;
  /** Whether a session that is nowhere may go there. */
  readonly isFree: (session: number, slot: number, venue: number) => boolean;
  /** The venues that a session can have, the smallest first; nowhere when it needs none. */
  readonly venuesOf: readonly Int32Array[];
}

export function rulesOf(instance: Instance, placement: Placement): Rules {
  const { sessions, slots, venues } = instance;
  const overlaps = overlapsOf(slots);
  const hosts = sessions.reduce((most, session) => session.hosts.reduce((most, host) => Math.max(most, host + 1), most), 0);
  const hostBusy = new Uint16Array(hosts * slots.length);
  const venueBusy = new Uint16Array(venues.length * slots.length);
  const note = (session: number, by: 1 | -1): void => {
    const [slot, venue] = [placement.slot[session]!, placement.venue[session]!];
    if (slot === nowhere) return;
    for (const near of overlaps[slot]!) {
      if (venue !== nowhere) venueBusy[venue * slots.length + near]! += by;
      for (const host of sessions[session]!.hosts) hostBusy[host * slots.length + near]! += by;
    }
  };
  const room = (venue: number): number => venues[venue]?.capacity ?? Infinity;
  return {
    enter: (session) => note(session, 1),
    leave: (session) => note(session, -1),
    isFree: (session, slot, venue) => {
      if (sessions[session]!.may[slot] !== 1) return false;
      if (venue !== nowhere && venueBusy[venue * slots.length + slot] !== 0) return false;
      for (const host of sessions[session]!.hosts) if (hostBusy[host * slots.length + slot] !== 0) return false;
      return true;
    },
    venuesOf: sessions.map((_, session) =>
      Int32Array.from([nowhere, ...venues.keys()].filter((venue) => fits(instance, session, venue)).sort((a, b) => room(a) - room(b) || a - b)),
    ),
  };
}
