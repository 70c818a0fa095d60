// What letters say about one session and somebody's place in it.
import { say, type Text } from '#ground/text.ts';
import type { Session } from '#rooms/programme/session.ts';
import type { Seat } from '#rooms/seats/seat.ts';
import { words } from '#words';
import type { Letter } from './letter.ts';
import { letter, link, moment, stop, text, type Desk } from './parts.ts';

export function seatMovedUp(desk: Desk, session: Session, seat: Seat): Letter {
  const t = words(desk.language);
  return letter(desk, t('mail.movedUpSubject', { title: say(session.title, desk.language).text }), [
    text(t('mail.movedUp')),
    stop(desk, session, seat),
    link(desk, t('mail.toMine'), '/mijn-programma', session.edition),
    text(t('mail.movedUpNot')),
  ]);
}

/** The link leads to the page with the button; only the button takes the place. `meanwhile`: where they have a place at that time. */
export function seatOffered(desk: Desk, session: Session, seat: Seat & { readonly offeredUntil: Date }, meanwhile: readonly Text[]): Letter {
  const t = words(desk.language);
  const until = moment(desk, seat.offeredUntil, session.timeZone);
  const titles = meanwhile.map((title) => `‘${say(title, desk.language).text}’`).join(', ');
  return letter(desk, t('mail.offeredSubject', { title: say(session.title, desk.language).text }), [
    text(t('mail.offered', { until })),
    stop(desk, session, seat),
    ...(titles ? [text(t('mail.offeredOverlap', { titles }))] : []),
    link(desk, t('mail.offeredLink'), '/mijn-programma', session.edition),
    text(t('mail.offeredElse')),
  ]);
}

export function seatOfferExpired(desk: Desk, session: Session): Letter {
  const t = words(desk.language);
  return letter(desk, t('mail.expiredSubject', { title: say(session.title, desk.language).text }), [
    text(t('mail.expired')),
    stop(desk, session, null),
    link(desk, t('mail.expiredLink'), `/programma/${session.code}`, session.edition),
  ]);
}

/** By hand. The reason stays in the journal: it was written for who runs the session, not for the participant. */
export function seatPlaced(desk: Desk, session: Session, seat: Seat): Letter {
  const t = words(desk.language);
  return letter(desk, t('mail.placedSubject', { title: say(session.title, desk.language).text }), [
    text(t('mail.placed')),
    stop(desk, session, seat),
    link(desk, t('mail.toMine'), '/mijn-programma', session.edition),
    text(t('mail.movedUpNot')),
  ]);
}

export function seatRemoved(desk: Desk, session: Session): Letter {
  const t = words(desk.language);
  return letter(desk, t('mail.removedSubject', { title: say(session.title, desk.language).text }), [
    text(t('mail.removed')),
    stop(desk, session, null),
    text(t('mail.removedAsk')),
    link(desk, t('mail.toProgramme'), '/programma', session.edition),
  ]);
}

export function sessionChanged(desk: Desk, session: Session, seat: Seat): Letter {
  const t = words(desk.language);
  return letter(desk, t('mail.changedSubject', { title: say(session.title, desk.language).text }), [
    text(t('mail.changed')),
    stop(desk, session, seat),
    link(desk, t('mail.toMine'), '/mijn-programma', session.edition),
    text(t('mail.changedNot')),
  ]);
}

export function sessionCancelled(desk: Desk, session: Session): Letter {
  const t = words(desk.language);
  return letter(desk, t('mail.cancelledSubject', { title: say(session.title, desk.language).text }), [
    text(t('mail.cancelled')),
    stop(desk, session, null),
    link(desk, t('mail.toProgramme'), '/programma', session.edition),
  ]);
}
