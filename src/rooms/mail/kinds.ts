// What each kind of letter says, from what is true at the moment it leaves.
import { address } from '#ground/address.ts';
import { say, type Text } from '#ground/text.ts';
import type { Language } from '#ground/visit.ts';
import { deviceSaid } from '#rooms/identity/device.ts';
import type { Entry } from '#rooms/itinerary/entry.ts';
import type { Session } from '#rooms/programme/session.ts';
import { clock, dayName, hours, local } from '#rooms/programme/when.ts';
import type { Seat } from '#rooms/seats/seat.ts';
import { sentence, words } from '#words';
import type { Block, Letter } from './letter.ts';

export const kinds = [
  'sign-in-code',
  'registration-confirmed',
  'seat-moved-up',
  'seat-offered',
  'seat-offer-expired',
  'seat-placed',
  'seat-removed',
  'session-changed',
  'session-cancelled',
  'wishes-confirmed',
  'passkey-added',
  'passkey-removed',
  'role-granted',
  'role-removed',
  'token-made',
  'webhook-paused',
  'account-unused',
  'erased',
] as const;
export type Kind = (typeof kinds)[number];

/** In whose language, and where our pages are. */
export interface Desk {
  readonly language: Language;
  readonly baseUrl: URL;
}

/** The link opens a page and uses nothing up: mail scanners may follow it as often as they like. */
export function signInCode(desk: Desk, { code, minutes }: { readonly code: string; readonly minutes: number }): Letter {
  const t = words(desk.language);
  return letter(desk, t('mail.codeSubject', { code }), [
    text(t('mail.codeLead')),
    { is: 'code', code },
    text(t('mail.codeUse', { minutes, count: minutes })),
    link(desk, t('mail.codeLink'), '/inloggen'),
    text(t('mail.codeNotYou')),
  ]);
}

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

/** To somebody who was not here for long: what happens when they do not come. */
export function accountUnused(desk: Desk, days: number): Letter {
  const t = words(desk.language);
  return letter(desk, t('mail.unusedSubject'), [
    text(t('mail.unused', { count: days })),
    link(desk, t('mail.unusedLink'), '/mijn-gegevens'),
    text(t('mail.unusedElse')),
  ]);
}

/** The last one: nothing of them is kept, this address neither. */
export function erased(desk: Desk): Letter {
  const t = words(desk.language);
  return letter(desk, t('mail.erasedSubject'), [text(t('mail.erased')), text(t('mail.erasedStays')), link(desk, t('mail.erasedLink'), '/privacy')]);
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

/** To the owner of a new passkey, so that they notice one that is not theirs; `waits`: they can still refuse it. */
export function passkeyAdded(
  desk: Desk,
  {
    device,
    createdAt,
    usableAt,
    waits,
  }: { readonly device: string | null; readonly createdAt: Date; readonly usableAt: Date; readonly waits: boolean },
): Letter {
  const t = words(desk.language);
  const at = (time: Date): string => moment(desk, time, 'Europe/Amsterdam');
  return letter(desk, t('mail.passkeySubject'), [
    text(t('mail.passkey', { when: at(createdAt), device: deviceSaid(device, desk.language) })),
    text(waits ? t('mail.passkeyWaits', { when: at(usableAt) }) : t('mail.passkeyCounts')),
    text(waits ? t('mail.passkeyRefuse') : t('mail.passkeyNotYou')),
    link(desk, t('mail.passkeyLink'), '/mijn-gegevens/inloggen'),
  ]);
}

/** To somebody of whom a passkey was removed or refused. */
export function passkeyRemoved(desk: Desk, left: number): Letter {
  const t = words(desk.language);
  return letter(desk, t('mail.passkeyGoneSubject'), [
    text(t('mail.passkeyGone', { count: left })),
    text(t('mail.passkeyNotYou')),
    link(desk, t('mail.passkeyLink'), '/mijn-gegevens/inloggen'),
  ]);
}

/** To somebody whose role changed; `of` is the session, organisation or edition that it is about. */
export function roleChanged(desk: Desk, isGranted: boolean, role: string, of: Text | null): Letter {
  const t = words(desk.language);
  const named = sentence(desk.language, `identity.role-${role}`);
  const whole = of === null ? named : `${named}: ${say(of, desk.language).text}`;
  return letter(desk, t(isGranted ? 'mail.roleSubject' : 'mail.roleGoneSubject', { role: named }), [
    text(t(isGranted ? 'mail.role' : 'mail.roleGone', { role: whole })),
    ...(isGranted && role !== 'internal' ? [text(t('mail.roleStrong')), link(desk, t('mail.passkeyLink'), '/mijn-gegevens/inloggen')] : []),
    text(t('mail.roleAsk')),
  ]);
}

/** To who made a token, so that somebody else who did is noticed. */
export function tokenMade(desk: Desk, { name, until }: { readonly name: string; readonly until: Date }): Letter {
  const t = words(desk.language);
  return letter(desk, t('mail.tokenSubject'), [
    text(t('mail.tokenMade', { name, until: moment(desk, until, 'Europe/Amsterdam') })),
    text(t('mail.tokenNotYou')),
    link(desk, t('mail.tokenLink'), '/mijn-gegevens/tokens'),
  ]);
}

/** To who made a webhook that could not be reached for days. */
export function webhookPaused(desk: Desk, edition: { readonly slug: string; readonly name: Text }, host: string): Letter {
  const t = words(desk.language);
  const name = say(edition.name, desk.language).text;
  return letter(desk, t('mail.webhookSubject', { host }), [
    text(t('mail.webhookPaused', { host, name })),
    text(t('mail.webhookAgain')),
    link(desk, t('mail.webhookLink'), '/organisatie/webhooks', edition.slug),
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

/** A letter without the lines that are the same in all of them. */
const letter = ({ language }: Desk, subject: string, blocks: readonly Block[]): Letter => ({
  language,
  subject,
  blocks: [text(words(language)('mail.hello')), ...blocks, text(words(language)('mail.regards'))],
});

const text = (text: string): Block => ({ is: 'text', text });
const link = (desk: Desk, text: string, path: string, edition: string | null = null): Block => ({
  is: 'link',
  text,
  href: hrefOf(desk, path, edition),
});
const hrefOf = ({ language, baseUrl }: Desk, path: string, edition: string | null): string =>
  new URL(address({ language, edition }, path), baseUrl).href;

function stop(desk: Desk, session: Session, seat: Seat | null, more: readonly string[] = []): Block {
  const t = words(desk.language);
  const title = say(session.title, desk.language);
  const place = seat?.attendance === 'online' ? t('mail.online') : session.location;
  const standing =
    seat &&
    (seat.standing === 'waiting'
      ? t('mail.waiting', { position: seat.position ?? '?' })
      : seat.standing === 'held'
        ? t('mail.held')
        : t('mail.offeredShort'));
  return {
    is: 'stop',
    when: whenOf(desk, session),
    title: title.text,
    lang: title.lang,
    href: hrefOf(desk, `/programma/${session.code}`, session.edition),
    about: [place, standing, ...more].filter((about) => about !== null),
  };
}

function whenOf({ language }: Desk, { start, end, timeZone }: Session): string {
  if (start === null || end === null) return words(language)('mail.timeUnknown');
  return `${dayName(local(start, timeZone).day, language, 'full')}, ${hours(start, end, timeZone, language)}${zoneOf(timeZone)}`;
}

const moment = ({ language }: Desk, at: Date, timeZone: string): string =>
  `${dayName(local(at, timeZone).day, language, 'long')} ${clock(at, timeZone, language)}${zoneOf(timeZone)}`;

/** The zone is named where it is not the one that everybody here expects. */
const zoneOf = (timeZone: string): string => (timeZone === 'Europe/Amsterdam' ? '' : ` (${timeZone.replaceAll('_', ' ')})`);
