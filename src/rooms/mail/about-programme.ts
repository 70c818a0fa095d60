// What letters say about somebody's whole programme in an edition.
import { say, type Text } from '#ground/text.ts';
import type { Entry } from '#rooms/itinerary/entry.ts';
import type { Session } from '#rooms/programme/session.ts';
import type { Seat } from '#rooms/seats/seat.ts';
import { words } from '#words';
import type { Block, Letter } from './letter.ts';
import { link, stop, text, written, type Desk } from './parts.ts';

export function registrationConfirmed(desk: Desk, edition: Named, entries: readonly Entry[]): Letter {
  const t = words(desk.language);
  const waits = entries.some(({ seat }) => seat.standing === 'waiting');
  return written(desk, 'registration-confirmed', valuesOf(desk, edition, entries), {
    sessions: entries.map(({ session, seat }) => stop(desk, session, seat)),
    waiting: waits ? [text(t('mail.waitingNote'))] : [],
    link: [link(desk, t('mail.toMine'), '/mijn-programma', edition.slug)],
  });
}

/** The day before: where somebody has a place tomorrow. */
export const sessionsTomorrow = (desk: Desk, edition: Named, entries: readonly Entry[]): Letter =>
  written(desk, 'sessions-tomorrow', valuesOf(desk, edition, entries), {
    sessions: entries.map(({ session, seat }) => stop(desk, session, seat)),
    link: [link(desk, words(desk.language)('mail.toMine'), '/mijn-programma', edition.slug)],
  });

interface Named {
  readonly slug: string;
  readonly name: Text;
}
const valuesOf = ({ language }: Desk, { name }: Named, { length: count }: readonly Entry[]) => ({ name: say(name, language).text, count });

/** A wish with what came of it: a seat as it is now, or none and why. */
export interface ToldWish {
  readonly session: Session;
  readonly seat: Seat | null;
  readonly why: string;
}

/** What came of somebody's wishes: first what they have, then what they wait for, then what they did not get, with why. */
export function wishesConfirmed(desk: Desk, edition: Named, window: string, wishes: readonly ToldWish[]): Letter {
  const t = words(desk.language);
  const name = say(edition.name, desk.language).text;
  const got = wishes.filter(({ seat }) => seat && seat.standing !== 'waiting');
  const waits = wishes.filter(({ seat }) => seat?.standing === 'waiting');
  const missed = wishes.filter(({ seat }) => !seat);
  const part = (lead: string, of: readonly ToldWish[], about: (wish: ToldWish) => readonly string[]): Block[] =>
    of.length === 0 ? [] : [text(lead), ...of.map((wish) => stop(desk, wish.session, wish.seat, about(wish)))];
  return written(
    desk,
    'wishes-confirmed',
    { name },
    {
      results: [
        text(got.length === 0 ? t('mail.drawnNothing', { name }) : t('mail.drawnLead', { name, count: got.length })),
        ...got.map(({ session, seat }) => stop(desk, session, seat)),
        ...part(t('mail.drawnWaits', { count: waits.length }), waits, ({ why }) => [why]),
        ...part(t('mail.drawnMissed', { count: missed.length }), missed, ({ why }) => [why]),
      ],
      link: [link(desk, t('mail.toMine'), '/mijn-programma', edition.slug)],
      how: [link(desk, t('mail.drawnHow'), `/loting/${window}`, edition.slug)],
    },
  );
}

/** The same letter with a file for a calendar, and a word about it above the greeting at the end. */
export function withCalendar(letter: Letter, content: string | null): Letter {
  if (content === null) return letter;
  const note = text(words(letter.language)('mail.calendarNote'));
  return {
    ...letter,
    blocks: [...letter.blocks.slice(0, -1), note, ...letter.blocks.slice(-1)],
    attachments: [{ name: 'innovember.ics', type: 'text/calendar; charset=utf-8', content }],
  };
}
