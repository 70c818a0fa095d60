// Looks what is true at the moment a letter leaves, and writes it from that; nobody is told what no longer holds.
import { config } from '#ground/config.server.ts';
import { hasStarted, type Session } from '#rooms/programme/session.ts';
import type { Seat } from '#rooms/seats/seat.ts';
import type { Text } from '#ground/text.ts';
import type { Person, Visit } from '#ground/visit.ts';
import * as calendar from '#rooms/calendar';
import * as identity from '#rooms/identity';
import * as itinerary from '#rooms/itinerary';
import { placedThen } from '#rooms/itinerary/view.ts';
import * as programme from '#rooms/programme';
import * as seats from '#rooms/seats';
import * as wishes from '#rooms/wishes';
import { whySaid } from '#rooms/wishes/told.ts';
import { sessionsIn } from '#rooms/wishes/window.ts';
import * as account from './about-account.ts';
import * as aboutProgramme from './about-programme.ts';
import * as about from './about-sessions.ts';
import { roleOffered } from './about-roles.ts';
import { aboutDecision } from './decision-letters.server.ts';
import { aboutInvitation, aboutProposal } from './proposal-letters.server.ts';
import { newSecret } from '#ground/chance.server.ts';
import type { PersonId } from '#ground/id.ts';
import { local } from '#rooms/programme/when.ts';
import { sessionsTomorrow } from './about-programme.ts';
import { mailing as mailingLetter, withEnding } from './about-mailing.ts';
import { choicesOf, secretFor } from './choice-queries.server.ts';
import { isChangeable } from './forms.ts';
import type { Letter } from './letter.ts';
import * as mailingQueries from './mailing-queries.server.ts';
import type { MailingRow } from './mailing-queries.server.ts';
import { wordingFor } from './template-queries.server.ts';
import { topicOf, unreachable, unwanted, type Ending } from './topics.ts';
import type { Wording } from './wording.ts';
import * as queries from './queries.server.ts';
import { hrefOf, type Desk } from './parts.ts';
import type { Waiting } from './queries.server.ts';

/** Why a letter is not sent any more. */
export interface Not {
  readonly not: string;
}

/** `tried`: words that somebody tries out, in place of those that are kept. */
export async function write(visit: Visit, waiting: Waiting, tried?: Wording | null): Promise<Letter | Not> {
  const desk = { language: waiting.language, baseUrl: config().baseUrl, ...(tried !== undefined && { wording: tried }) };
  if (waiting.kind === 'sign-in-code') return code(visit, await inWords(visit, desk, waiting.kind, null), String(waiting.details['code']));
  if (waiting.kind === 'role-offered') return aboutOffer(visit, desk, String(waiting.details['offer']));
  if (waiting.kind === 'proposer-invited') return aboutInvitation(visit, desk, String(waiting.details['offer']));
  if (waiting.kind === 'erased') return account.erased(desk);
  const person = waiting.person && (await identity.personWith(visit, waiting.person));
  if (!person) return { not: 'nobody' };
  const theirs = { ...visit, person, language: person.language };
  const theirDesk = { ...desk, language: person.language };
  const unfit = tried === undefined && waiting.details['test'] !== true ? await whyNotTo(visit, person, waiting) : null;
  if (unfit) return unfit;
  if (waiting.kind === 'proposal-decided') return aboutDecision(theirs, theirDesk, waiting);
  if (waiting.kind === 'proposal-submitted' || waiting.kind === 'proposal-reminder') return aboutProposal(theirs, theirDesk, waiting);
  if (waiting.kind === 'mailing') return aboutMailing(theirs, theirDesk, waiting);
  if (waiting.kind === 'sessions-tomorrow') return tomorrow(theirs, theirDesk, waiting);
  if (waiting.kind === 'account-unused')
    return account.accountUnused(await inWords(visit, theirDesk, waiting.kind, null), Number(waiting.details['days']));
  if (waiting.kind === 'passkey-added') return aboutPasskey(theirs, theirDesk, waiting);
  if (waiting.kind === 'passkey-removed') return account.passkeyRemoved(theirDesk, (await identity.myPasskeys(theirs)).length);
  if (waiting.kind === 'role-granted' || waiting.kind === 'role-removed') return aboutRole(theirs, person, theirDesk, waiting);
  if (waiting.kind === 'token-made') return aboutToken(theirs, theirDesk, waiting);
  if (waiting.kind === 'webhook-paused') return aboutWebhook(theirs, theirDesk, waiting);
  if (waiting.kind === 'registration-confirmed') return confirmation(theirs, theirDesk, waiting);
  return waiting.kind === 'wishes-confirmed' ? aboutWishes(theirs, theirDesk, waiting) : aboutSession(theirs, theirDesk, waiting);
}

/** What somebody chose to hear less of, or what cannot arrive; never a letter that they must have. */
async function whyNotTo({ db }: Visit, person: Person, { kind }: Waiting): Promise<Not | null> {
  const topic = topicOf(kind);
  if (topic === null && kind !== 'digest') return null;
  if (topic !== null && (await choicesOf(db, person.id))[topic] === 'never') return { not: unwanted };
  return (await queries.hasBounced(db, person.id)) ? { not: unreachable } : null;
}

/** The desk with the words of the edition's team, or of the administrators, where there are any. */
async function inWords<D extends Desk>(visit: Visit, desk: D, kind: Waiting['kind'], edition: string | null): Promise<D> {
  if (!isChangeable(kind) || desk.wording !== undefined) return desk;
  return { ...desk, wording: await wordingFor(visit.db, edition, kind, desk.language) };
}

/** A letter of the team to who still belongs to the group that it is for; `isAlong`: within the letter of that day. */
export async function aboutMailing(visit: Visit, desk: Desk, { mailing: id, person, details }: Waiting, isAlong = false): Promise<Letter | Not> {
  const isTest = details['test'] === true;
  const mailing = await mailingQueries.mailing(visit.db, id ?? String(details['mailing']));
  if (!mailing || person === null) return { not: 'the letter is gone' };
  if (!isTest && !(await mailingQueries.isIn(visit.db, mailing, person))) return { not: 'they are not in this group any more' };
  const letter = await fillMailing(visit, desk, mailing);
  if ('not' in letter || isAlong) return letter;
  return withEnding(desk, letter, await unsubscribeHref(visit, desk, person, 'mailings'));
}

/** What a mailing says to the visitor. */
export async function fillMailing(visit: Visit, desk: Desk, mailing: Mailed): Promise<Letter | Not> {
  const edition = await programme.edition(visit, mailing.editionSlug);
  if (!edition) return { not: 'the edition is gone' };
  const session = mailing.session === null ? null : await programme.session(visit, mailing.session);
  if (mailing.session !== null && (!session || session.state === 'cancelled')) return { not: 'the session does not take place' };
  return mailingLetter(desk, { edition, session, entries: await itinerary.mine(visit, edition.id) }, mailing);
}
type Mailed = Pick<MailingRow, 'editionSlug' | 'session' | 'subject' | 'body'>;

export async function unsubscribeHref({ db }: Visit, desk: Desk, person: PersonId, ending: Ending): Promise<string> {
  return hrefOf(desk, `/afmelden/${await secretFor(db, person, ending, newSecret())}`, null);
}

async function tomorrow(visit: Visit, desk: Desk, waiting: Waiting): Promise<Letter | Not> {
  const edition = (await programme.editions(visit)).find(({ id }) => id === waiting.details['edition']);
  if (!edition || waiting.person === null) return { not: 'the edition is gone' };
  const day = String(waiting.details['day']);
  const entries = (await itinerary.mine(visit, edition.id)).filter(
    ({ session, seat }) =>
      seat.standing === 'held' && session.start !== null && local(session.start, edition.timeZone).day === day && !whyOver(visit, session),
  );
  if (entries.length === 0) return { not: 'nothing is left for that day' };
  const letter = sessionsTomorrow(await inWords(visit, desk, waiting.kind, edition.slug), edition, entries);
  return { ...letter, unsubscribe: await unsubscribeHref(visit, desk, waiting.person, 'tomorrow') };
}

async function code(visit: Visit, desk: Desk, id: string): Promise<Letter | Not> {
  const asked = await identity.codeToSend(visit, id);
  if (asked === null) return { not: 'the code is of no use any more' };
  return account.signInCode(desk, { code: asked.code, minutes: Math.max(1, Math.round((asked.expiresAt.getTime() - visit.now.getTime()) / 60_000)) });
}

async function aboutOffer(visit: Visit, desk: Desk, id: string): Promise<Letter | Not> {
  const offer = await identity.offerWith(visit, id);
  if (!offer?.isOpen) return { not: 'the offer is over' };
  return roleOffered(desk, { role: offer.role, of: await scopeOf(visit, offer.role, offer.scope), until: offer.expiresAt });
}

async function aboutPasskey(visit: Visit, desk: Desk, { details }: Waiting): Promise<Letter | Not> {
  const passkey = (await identity.myPasskeys(visit)).find(({ id }) => id === details['passkey']);
  return passkey ? account.passkeyAdded(desk, { ...passkey, waits: passkey.usableAt > visit.now }) : { not: 'the passkey is gone' };
}

async function aboutRole(visit: Visit, person: Person, desk: Desk, { kind, details }: Waiting): Promise<Letter | Not> {
  const [name, scope] = [String(details['role']), String(details['scope'])];
  const has = name === 'internal' ? person.isInternal : person.roles.some((one) => one.role === name && one.scope === scope);
  const isGranted = kind === 'role-granted';
  if (has !== isGranted) return { not: 'it changed again' };
  return account.roleChanged(desk, isGranted, name, await scopeOf(visit, name, scope));
}

async function scopeOf(visit: Visit, role: string, scope: string): Promise<Text | null> {
  if (scope === '') return null;
  if (role === 'team' || role === 'reviewer') return (await programme.edition(visit, scope))?.name ?? { nl: scope };
  if (role === 'manager') return (await identity.organisationNamed(visit, scope))?.name ?? { nl: scope };
  // Also of a draft: who is asked for it, or has it, works on it.
  return (await programme.workingSession(visit, scope))?.title ?? { nl: scope };
}

async function aboutToken(visit: Visit, desk: Desk, { details }: Waiting): Promise<Letter | Not> {
  const token = (await identity.myTokens(visit)).find(({ id }) => id === details['token']);
  if (!token?.expiresAt) return { not: 'the token has ended' };
  return account.tokenMade(desk, { name: token.name ?? '', until: token.expiresAt });
}

async function aboutWebhook(visit: Visit, desk: Desk, { details }: Waiting): Promise<Letter | Not> {
  const edition = (await programme.editions(visit)).find(({ id }) => id === details['edition']);
  const host = await queries.hostOfWebhook(visit.db, String(details['webhook']));
  return edition && host !== null ? account.webhookPaused(desk, edition, host) : { not: 'the edition or the webhook is gone' };
}

async function confirmation(visit: Visit, desk: Desk, { details }: Waiting): Promise<Letter | Not> {
  const edition = (await programme.editions(visit)).find(({ id }) => id === details['edition']);
  if (!edition) return { not: 'the edition is gone' };
  const entries = (await itinerary.mine(visit, edition.id)).filter(({ session }) => session.state !== 'cancelled');
  if (entries.length === 0) return { not: 'nothing is left in the programme' };
  return aboutProgramme.withCalendar(
    aboutProgramme.registrationConfirmed(desk, edition, entries),
    await calendar.programmeCalendar(visit, edition, entries),
  );
}

async function aboutWishes(visit: Visit, desk: Desk, { details }: Waiting): Promise<Letter | Not> {
  const window = await wishes.window(visit, String(details['window']));
  const outcome = window && (await wishes.myOutcome(visit, window.id));
  const edition = window && (await programme.edition(visit, window.edition));
  if (!outcome || !edition) return { not: 'there is no outcome' };
  const sessions = new Map((await programme.sessionsWith(visit, sessionsIn(outcome.wishes))).map((session) => [session.code, session]));
  const titles = new Map([...sessions].map(([code, { title }]) => [code, title]));
  const entries = await itinerary.mine(visit, edition.id);
  const told = outcome.wishes.flatMap(({ session: code, given, why }): aboutProgramme.ToldWish[] => {
    const session = sessions.get(code);
    const seat = entries.find((entry) => entry.session.code === code)?.seat ?? null;
    // What was given and is gone again, somebody knows; what does not take place has a letter of its own.
    if (!session || whyOver(visit, session) || (given && !seat)) return [];
    return [{ session, seat, why: whySaid(why, titles, desk.language) }];
  });
  if (told.length === 0) return { not: 'nothing is left to tell' };
  const mine = entries.filter(({ session, seat }) => seat.standing === 'held' && told.some((wish) => wish.session.code === session.code));
  const letter = aboutProgramme.wishesConfirmed(await inWords(visit, desk, 'wishes-confirmed', edition.slug), edition, window.id, told);
  return mine.length === 0 ? letter : aboutProgramme.withCalendar(letter, await calendar.programmeCalendar(visit, edition, mine));
}

async function aboutSession(visit: Visit, plain: Desk, { kind, details }: Waiting): Promise<Letter | Not> {
  const known = await queries.codeOfSession(visit.db, String(details['session']));
  const session = known && (await programme.session(visit, known));
  if (!session) return { not: 'the session is gone' };
  const name = (await programme.edition(visit, session.edition))?.name;
  const desk = { ...(await inWords(visit, plain, kind, session.edition)), ...(name && { edition: name }) };
  const seat = await seats.seatIn(visit, session);
  const letter = seat ? await letterAbout(visit, desk, kind, session, seat) : letterWithout(visit, desk, kind, session);
  return 'not' in letter || !seat ? letter : aboutProgramme.withCalendar(letter, await calendar.sessionCalendar(visit, session, seat));
}

/** To somebody who has a seat in the session. */
async function letterAbout(visit: Visit, desk: Desk, kind: Waiting['kind'], session: Session, seat: Seat): Promise<Letter | Not> {
  if (kind === 'session-cancelled') return session.state === 'cancelled' ? about.sessionCancelled(desk, session) : { not: 'the session goes on' };
  const over = whyOver(visit, session);
  if (over) return over;
  switch (kind) {
    case 'session-changed':
      return about.sessionChanged(desk, session, seat);
    case 'seat-offered':
      return offer(visit, desk, session, seat);
    case 'seat-offer-expired':
    case 'seat-removed':
      return { not: 'there is a seat again' };
    default:
      if (seat.standing !== 'held') return { not: 'the seat is waited for again' };
      return kind === 'seat-placed' ? about.seatPlaced(desk, session, seat) : about.seatMovedUp(desk, session, seat);
  }
}

async function offer(visit: Visit, desk: Desk, session: Session, seat: Seat): Promise<Letter | Not> {
  const { offeredUntil } = seat;
  if (seat.standing !== 'offered' || offeredUntil === null || offeredUntil <= visit.now) return { not: 'the offer is over' };
  const edition = await programme.edition(visit, session.edition);
  const mine = edition ? await itinerary.mine(visit, edition.id) : [];
  const entry = mine.find((one) => one.session.code === session.code);
  return about.seatOffered(desk, session, { ...seat, offeredUntil }, entry ? placedThen(entry, mine) : []);
}

/** To somebody whose seat is gone; only some letters are about that. */
function letterWithout(visit: Visit, desk: Desk, kind: Waiting['kind'], session: Session): Letter | Not {
  if (kind !== 'seat-offer-expired' && kind !== 'seat-removed') return { not: 'the seat was given back' };
  const over = whyOver(visit, session);
  if (over) return over;
  return kind === 'seat-removed' ? about.seatRemoved(desk, session) : about.seatOfferExpired(desk, session);
}

function whyOver(visit: Visit, session: Session): Not | null {
  if (session.state === 'cancelled') return { not: 'the session was cancelled' };
  return hasStarted(session, visit.now) ? { not: 'the session has started' } : null;
}
