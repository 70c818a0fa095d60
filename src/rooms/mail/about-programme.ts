// What letters say about somebody's whole programme in an edition.
import { say, type Text } from '#ground/text.ts';
import type { Entry } from '#rooms/itinerary/entry.ts';
import type { Session } from '#rooms/programme/session.ts';
import type { Seat } from '#rooms/seats/seat.ts';
import { words } from '#words';
import type { Block, Letter } from './letter.ts';
import { letter, link, stop, text, type Desk } from './parts.ts';

export function registrationConfirmed(desk: Desk, edition: { readonly slug: string; readonly name: Text }, entries: readonly Entry[]): Letter {
  const t = words(desk.language);
  const name = say(edition.name, desk.language).text;
  const waits = entries.some(({ seat }) => seat.standing === 'waiting');
  return letter(desk, t('mail.confirmedSubject', { name }), [
    text(t('mail.confirmedLead', { name, count: entries.length })),
    ...entries.map(({ session, seat }) => stop(desk, session, seat)),
    ...(waits ? [text(t('mail.waitingNote'))] : []),
    link(desk, t('mail.toMine'), '/mijn-programma', edition.slug),
    text(t('mail.confirmedChange')),
  ]);
}

/** A wish with what came of it: a seat as it is now, or none and why. */
export interface ToldWish {
  readonly session: Session;
  readonly seat: Seat | null;
  readonly why: string;
}

/** What came of somebody's wishes: first what they have, then what they wait for, then what they did not get, with why. */
export function wishesConfirmed(
  desk: Desk,
  edition: { readonly slug: string; readonly name: Text },
  window: string,
  wishes: readonly ToldWish[],
): Letter {
  const t = words(desk.language);
  const name = say(edition.name, desk.language).text;
  const got = wishes.filter(({ seat }) => seat && seat.standing !== 'waiting');
  const waits = wishes.filter(({ seat }) => seat?.standing === 'waiting');
  const missed = wishes.filter(({ seat }) => !seat);
  const part = (lead: string, of: readonly ToldWish[], about: (wish: ToldWish) => readonly string[]): Block[] =>
    of.length === 0 ? [] : [text(lead), ...of.map((wish) => stop(desk, wish.session, wish.seat, about(wish)))];
  return letter(desk, t('mail.drawnSubject', { name }), [
    text(got.length === 0 ? t('mail.drawnNothing', { name }) : t('mail.drawnLead', { name, count: got.length })),
    ...got.map(({ session, seat }) => stop(desk, session, seat)),
    ...part(t('mail.drawnWaits', { count: waits.length }), waits, ({ why }) => [why]),
    ...part(t('mail.drawnMissed', { count: missed.length }), missed, ({ why }) => [why]),
    link(desk, t('mail.toMine'), '/mijn-programma', edition.slug),
    link(desk, t('mail.drawnHow'), `/loting/${window}`, edition.slug),
    text(t('mail.drawnMore')),
  ]);
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
