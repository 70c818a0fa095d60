// Who is told what. A reaction only writes the outbox, which is quick; the postman takes it from there, so that a slow
// mail server holds nobody up.
import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { PersonId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import { codeToSend, offerWith, personCalled, personWith } from '#rooms/identity';
import type { Line, Reaction } from '#rooms/journal';
import { invitation } from '#rooms/proposals';
import * as seats from '#rooms/seats';
import * as wishes from '#rooms/wishes';
import { arrivesAgain } from './bounces.server.ts';
import type { Kind } from './kinds.ts';
import { wakePostman } from './postman.server.ts';
import { toldIn } from './decision-letters.server.ts';
import { proposersIn } from './proposal-letters.server.ts';
import * as queries from './queries.server.ts';

export const reactions: readonly Reaction[] = [
  { name: 'a letter brings the sign-in code', to: ['sign-in-code-asked'], run: letterWithCode },
  {
    name: 'a letter confirms the registration',
    to: ['registration-confirmed'],
    run: (visit, line) => letterTo(visit, line, 'registration-confirmed', { edition: line.edition }),
  },
  {
    name: 'a letter tells who moved up',
    to: ['seat-moved-up'],
    run: (visit, line) => (isByHand(line) ? Promise.resolve() : letterTo(visit, line, 'seat-moved-up', { session: line.session })),
  },
  {
    name: 'a letter asks whether somebody takes the place',
    to: ['seat-offered'],
    run: (visit, line) => letterTo(visit, line, 'seat-offered', { session: line.session }),
  },
  {
    name: 'a letter tells that an offer was not answered',
    to: ['seat-offer-expired'],
    run: (visit, line) => letterTo(visit, line, 'seat-offer-expired', { session: line.session }),
  },
  {
    name: 'a letter tells what an organiser did by hand',
    to: ['seat-held', 'seat-moved-up', 'seat-changed', 'seat-released'],
    run: (visit, line) =>
      isByHand(line)
        ? letterTo(visit, line, line.what === 'seat-released' ? 'seat-removed' : 'seat-placed', { session: line.session })
        : Promise.resolve(),
  },
  {
    name: 'a letter tells everybody who comes that a session changed',
    to: ['session-changed'],
    run: (visit, line) => letterToHolders(visit, line, 'session-changed'),
  },
  {
    name: 'a letter tells everybody who comes that a session is cancelled',
    to: ['session-cancelled'],
    run: (visit, line) => letterToHolders(visit, line, 'session-cancelled'),
  },
  {
    name: 'a letter tells that an account ends which nobody uses',
    to: ['account-unused'],
    run: (visit, line) => letterTo(visit, line, 'account-unused', { days: String(line.details['days']) }),
  },
  {
    name: 'a letter tells somebody that there is a new passkey of theirs',
    to: ['passkey-added'],
    run: (visit, line) => letterTo(visit, line, 'passkey-added', { passkey: String(line.details['passkey']) }),
  },
  {
    name: 'a letter tells somebody that a passkey of theirs is gone',
    to: ['passkey-removed', 'passkey-refused'],
    run: (visit, line) => letterTo(visit, line, 'passkey-removed', {}),
  },
  { name: 'a letter asks somebody to take a role', to: ['role-offered'], run: letterWithOffer },
  { name: 'a letter asks somebody to propose a session together', to: ['proposer-invited'], run: letterWithInvitation },
  {
    name: 'a letter tells the proposers that their proposal came in',
    to: ['proposal-submitted'],
    run: async (visit, line) => write(visit, line, 'proposal-submitted', await proposersIn(visit, line), { session: line.session }),
  },
  {
    name: 'a letter reminds who has a draft that the call closes',
    to: ['proposal-reminded'],
    run: async (visit, line) => write(visit, line, 'proposal-reminder', await proposersIn(visit, line), { session: line.session }),
  },
  {
    name: 'a letter tells the proposers what was decided',
    to: ['decisions-released'],
    run: async (visit, line) =>
      write(visit, line, 'proposal-decided', await toldIn(visit, line), { session: line.session, decision: String(line.details['decision']) }),
  },
  {
    name: 'a letter tells somebody that they have a role, or have it no more',
    to: ['role-granted', 'role-removed'],
    run: (visit, line) =>
      letterTo(visit, line, line.what === 'role-granted' ? 'role-granted' : 'role-removed', {
        role: String(line.details['role']),
        scope: String(line.details['scope'] ?? ''),
      }),
  },
  {
    name: 'a letter tells somebody that there is a new token of theirs',
    to: ['token-made'],
    run: (visit, line) =>
      line.byPerson === line.person ? letterTo(visit, line, 'token-made', { token: String(line.details['token']) }) : Promise.resolve(),
  },
  {
    name: 'a letter tells who made a webhook that it is out of reach',
    to: ['webhook-paused'],
    run: (visit, line) => letterTo(visit, line, 'webhook-paused', { edition: line.edition, webhook: String(line.details['webhook']) }),
  },
  {
    name: 'mail arrives again for who read a code that came by it',
    to: ['sign-in'],
    run: async (visit, { person, details }) => {
      if (person !== null && details['way'] === 'code') await arrivesAgain(visit, person);
    },
  },
  { name: 'a letter tells everybody who wished what came of it', to: ['draw-confirmed'], run: letterToWishers },
];

async function letterWithCode(visit: Visit, { id, details }: Line): Promise<void> {
  const code = String(details['code']);
  const asked = await codeToSend(visit, code);
  if (asked === null) return;
  // Which code, not the code: it stays where its browser's hash guards it, and is read when the letter leaves.
  await queries.insertLetter(
    visit.db,
    { id: newId(visit.now), line: id, kind: 'sign-in-code', details: { code } },
    asked.email,
    details['language'] === 'en' ? 'en' : 'nl',
    visit.now,
  );
  wakePostman();
}

/** To whoever is asked, known here or not. */
async function letterWithOffer(visit: Visit, { id, details }: Line): Promise<void> {
  const offer = await offerWith(visit, String(details['offer']));
  if (!offer?.isOpen) return;
  const known = await personCalled(visit, offer.email);
  const language = known ? (await personWith(visit, known.id))?.language : undefined;
  await queries.insertLetter(
    visit.db,
    { id: newId(visit.now), line: id, kind: 'role-offered', details: { offer: offer.id } },
    offer.email,
    language ?? (details['language'] === 'en' ? 'en' : 'nl'),
    visit.now,
  );
  wakePostman();
}

/** To whoever is asked, known here or not; who is not reads what who asks them reads. */
async function letterWithInvitation(visit: Visit, { id, byPerson, details }: Line): Promise<void> {
  const asked = await invitation(visit, String(details['offer']));
  if (!asked) return;
  const reader = (await personCalled(visit, asked.email))?.id ?? byPerson;
  const language = reader ? (await personWith(visit, reader))?.language : undefined;
  const letter = { id: newId(visit.now), line: id, kind: 'proposer-invited', details: { offer: asked.id } } as const;
  await queries.insertLetter(visit.db, letter, asked.email, language ?? 'nl', visit.now);
  wakePostman();
}

/** What is done to somebody's place by hand has a reason. */
const isByHand = ({ details }: Line): boolean => typeof details['reason'] === 'string';

const letterTo = (visit: Visit, line: Line, kind: Kind, details: Readonly<Record<string, string | null>>): Promise<void> =>
  write(visit, line, kind, line.person === null ? [] : [line.person], details);

async function letterToHolders(visit: Visit, line: Line, kind: Kind): Promise<void> {
  if (line.session) await write(visit, line, kind, await seats.holders(visit, { id: line.session }), { session: line.session });
}

async function letterToWishers(visit: Visit, line: Line): Promise<void> {
  const window = String(line.details['window']);
  await write(visit, line, 'wishes-confirmed', await wishes.wishersOf(visit, window), { window });
}

async function write(
  visit: Visit,
  line: Line,
  kind: Kind,
  people: readonly PersonId[],
  details: Readonly<Record<string, string | null>>,
): Promise<void> {
  if (people.length === 0) return;
  const letters = people.map((person) => ({ letter: newId<'letter'>(visit.now), person }));
  await atOnce(visit, (visit) =>
    queries.insertLettersTo(visit.db, letters, { line: line.id, kind, details, edition: line.edition, session: line.session }, visit.now),
  );
  wakePostman();
}
