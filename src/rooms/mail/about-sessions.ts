// What letters say about one session and somebody's place in it.
import { say, type Text } from '#ground/text.ts';
import type { Session } from '#rooms/programme/session.ts';
import type { Seat } from '#rooms/seats/seat.ts';
import { words, type Values, type Word } from '#words';
import type { Changeable } from './forms.ts';
import type { Letter } from './letter.ts';
import { link, moment, stop, text, written, type Desk } from './parts.ts';

export const seatMovedUp = (desk: Desk, session: Session, seat: Seat): Letter =>
  about(desk, 'seat-moved-up', session, seat, 'mail.toMine', '/mijn-programma');

/** The link leads to the page with the button; only the button takes the place. `meanwhile`: where they have a place at that time. */
export function seatOffered(desk: Desk, session: Session, seat: Seat & { readonly offeredUntil: Date }, meanwhile: readonly Text[]): Letter {
  const titles = meanwhile.map((title) => `‘${say(title, desk.language).text}’`).join(', ');
  const until = moment(desk, seat.offeredUntil, session.timeZone);
  const overlap = titles ? [text(words(desk.language)('mail.offeredOverlap', { titles }))] : [];
  return about(desk, 'seat-offered', session, seat, 'mail.offeredLink', '/mijn-programma', { until }, { overlap });
}

export const seatOfferExpired = (desk: Desk, session: Session): Letter =>
  about(desk, 'seat-offer-expired', session, null, 'mail.expiredLink', `/programma/${session.code}`);

/** By hand. The reason stays in the journal: it was written for who runs the session, not for the participant. */
export const seatPlaced = (desk: Desk, session: Session, seat: Seat): Letter =>
  about(desk, 'seat-placed', session, seat, 'mail.toMine', '/mijn-programma');

export const seatRemoved = (desk: Desk, session: Session): Letter => about(desk, 'seat-removed', session, null, 'mail.toProgramme', '/programma');

export const sessionChanged = (desk: Desk, session: Session, seat: Seat): Letter =>
  about(desk, 'session-changed', session, seat, 'mail.toMine', '/mijn-programma');

export const sessionCancelled = (desk: Desk, session: Session): Letter =>
  about(desk, 'session-cancelled', session, null, 'mail.toProgramme', '/programma');

function about(
  desk: Desk,
  kind: Changeable,
  session: Session,
  seat: Seat | null,
  leads: Word,
  to: string,
  values: Values = {},
  parts: Parameters<typeof written>[3] = {},
): Letter {
  const { language } = desk;
  return written(
    desk,
    kind,
    { title: say(session.title, language).text, name: desk.edition ? say(desk.edition, language).text : '', ...values },
    { session: [stop(desk, session, seat)], link: [link(desk, words(language)(leads), to, session.edition)], ...parts },
  );
}
