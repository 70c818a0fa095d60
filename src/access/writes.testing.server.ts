// Every write that only a special role may do, so filled in that it changes something, with the words that the journal has
// for it; and the same for the operator's commands. What is not here fails written.test.ts.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { newId, newSecret } from '#ground/chance.server.ts';
import { now as clock } from '#ground/clock.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import { testVisit } from '#ground/testing.server.ts';
import * as identity from '#rooms/identity';
import type { OfferedRole } from '#rooms/identity/offer.ts';
import { record, type What } from '#rooms/journal';
import * as programme from '#rooms/programme';
import * as proposals from '#rooms/proposals';
import { changesToRelease } from '#rooms/schedule';
import * as seats from '#rooms/seats';
import { planWindow, wish } from '#rooms/wishes';
import { mailing, session, signedIn, walkers, type World } from './world.testing.server.ts';

const { db } = testVisit();
const visitOf = (name: string) => testVisit({ now: clock(), person: walkers.find((one) => one.name === name)!.person });
const hour = 3_600_000;
const after = (hours: number): Date => new Date(clock().getTime() + hours * hour);
const typedAfter = (hours: number): string => after(hours).toISOString().slice(0, 16);

/** What stands in the holes of an address. */
export type Holes = Readonly<Record<string, string>>;
export interface Write {
  /** The lines that it writes, in this order: who does it did all of them. */
  readonly says: readonly What[];
  /** Sees to it that there is something to change. */
  readonly first?: () => Promise<Holes>;
  /** Different each turn, so that each changes something. */
  readonly sends?: (holes: Holes, turn: number) => string | FormData;
  /** It is read, and that is written down. */
  readonly isRead?: true;
}

export function writesIn(world: World, dataDir: string): Readonly<Record<string, Write>> {
  const own = { id: world.things.own.id, code: world.things.own.code };
  const guest = world.guest.person.id;

  /** The call of the own edition, open and with a question. */
  const callNow = async (): Promise<Holes> => {
    const question = { key: 'v1', label: { nl: 'Waarom?' }, hint: {}, kind: 'line', options: [], isRequired: false, isForReviewers: true, most: 200 };
    const { rows } = await sql<{ revision: number }>`
      update calls set questions = ${JSON.stringify([question])}, opens_at = ${after(-24)}, closes_at = ${after(240)}
      where edition_id = (select id from editions where slug = 'eigen') returning revision`.execute(db);
    return { revision: String(rows[0]!.revision) };
  };
  const guestOut = async (): Promise<Holes> => {
    await seats.removeByHand(visitOf('admin'), own, guest, 'proef');
    return {};
  };
  const guestIs = async (attendance: 'onSite' | 'online'): Promise<Holes> => {
    await guestOut();
    await seats.placeByHand(visitOf('admin'), own, guest, attendance, 'proef');
    const { rows } = await sql<{ pass: string }>`select pass from seats where session_id = ${own.id} and person_id = ${guest}`.execute(db);
    return { pass: rows[0]!.pass };
  };
  const guestExpected = async () => {
    await starts(48);
    return guestIs('onSite');
  };
  const guestCame = async () => {
    const holes = await guestExpected();
    await seats.checkIn(visitOf('admin'), own, { person: guest }, clock());
    return holes;
  };
  const starts = (hours: number) =>
    sql`update sessions set starts_at = ${after(hours)}, ends_at = ${after(hours + 1)} where id = ${own.id}`.execute(db);
  const guestAbsent = async () => {
    const holes = await guestExpected();
    await starts(-1);
    return holes;
  };
  const material = (removedAt: Date | null) => async (): Promise<Holes> => {
    await starts(48);
    const id = world.materials.get(own.code)!;
    await sql`update materials set removed_at = ${removedAt} where id = ${id}`.execute(db);
    return { id };
  };
  const share = (most: number | null) => async (): Promise<Holes> => {
    await seats.setShares(visitOf('admin'), own, 'onSite', most === null ? [] : [{ group: 'internal', most }]);
    return {};
  };
  const places = async (): Promise<Holes> => {
    await seats.setPlaces(visitOf('admin'), own, 'onSite', 20);
    return {};
  };

  return {
    // What somebody proposes
    '/mijn-voorstellen/[code] bewaar': {
      says: ['session-text-changed'],
      first: toWrite('draft'),
      sends: ({ revision }, turn) => `revision=${revision}&title-nl=Voorstel+${turn}&minutes=60&where=both&onSite=20`,
    },
    '/mijn-voorstellen/[code] indienen': {
      says: ['session-text-changed', 'places-changed', 'proposal-submitted'],
      first: toWrite('draft'),
      sends: ({ revision }) =>
        `revision=${revision}&title-nl=Nieuw&summary-nl=Kort&description-nl=Lang&themes=inkoop&organisation=een&languages=nl&format=talk&minutes=60&where=both&onSite=30`,
    },
    '/mijn-voorstellen/[code] intrekken': { says: ['proposal-withdrawn'], first: toWrite('submitted') },
    '/mijn-voorstellen/[code] terug': { says: ['proposal-reopened'], first: toWrite('withdrawn') },
    '/mijn-voorstellen/[code] uitnodigen': { says: ['proposer-invited'], first: toWrite('draft'), sends: () => 'email=mede@example.org' },
    '/mijn-voorstellen/[code] weg': { says: ['proposer-uninvited'], first: withInvitation, sends: ({ id }) => `id=${id}` },
    '/mijn-voorstellen/[code] stop': { says: ['proposer-left'], first: withAnother },

    // News
    '/organisatie/nieuws/nieuw kijk': { says: [], sends: storyTyped },
    '/organisatie/nieuws/nieuw bewaar': { says: ['story-made'], sends: storyTyped },
    '/organisatie/nieuws/[story] kijk': { says: [], first: aStory('draft'), sends: storyTyped },
    '/organisatie/nieuws/[story] bewaar': { says: ['story-changed'], first: aStory('draft'), sends: () => `revision=0&${storyTyped()}` },
    '/organisatie/nieuws/[story] plaats': { says: ['story-published'], first: aStory('draft') },
    '/organisatie/nieuws/[story] plan': { says: ['story-changed'], first: aStory('draft'), sends: () => `publishAt=${typedAfter(50)}` },
    '/organisatie/nieuws/[story] trekterug': { says: ['story-withdrawn'], first: aStory('published') },

    // What the committee makes of a proposal, and what the team decides
    '/beoordelen/[code] bewaar': { says: ['review-written'], first: toJudge, sends: () => 'revision=0&score-c1=4&comment=Goed' },
    '/beoordelen/[code] conflict': { says: ['conflict-declared'], first: toJudge },
    '/beoordelen/[code] terug': { says: ['conflict-undone'], first: withConflict },
    '/organisatie/voorstellen besluit': { says: ['proposal-decided'], first: toJudge, sends: ({ code }) => `code=${code}&seen=&decision=accept` },
    '/organisatie/voorstellen/[code] besluit': { says: ['proposal-decided'], first: toJudge, sends: () => 'seen=&decision=accept&text=Welkom' },
    '/organisatie/voorstellen/[code] erbij': {
      says: ['reviewers-assigned'],
      first: toAssign,
      sends: () => `person=${visitOf('reviewer').person!.id}`,
    },
    '/organisatie/voorstellen/[code] eraf': { says: ['reviewers-assigned'], first: toJudge, sends: () => `person=${visitOf('reviewer').person!.id}` },
    '/organisatie/voorstellen/brieven verstuur': { says: ['decisions-released'], first: toTell, sends: ({ seen }) => `letter=${seen}` },
    '/organisatie/voorstellen/commissie nodig': { says: ['role-offered'], sends: (_, turn) => `email=lezer-${turn}@example.org` },
    '/organisatie/voorstellen/commissie trekin': { says: ['role-offer-ended'], first: readerAsked, sends: ({ offer }) => `id=${offer}` },
    '/organisatie/voorstellen/commissie neem': { says: ['role-removed'], first: readerThere, sends: () => 'email=lezer@example.org' },
    '/organisatie/voorstellen/commissie verdeel': { says: ['reviewers-assigned'], first: toDivide, sends: ({ seen }) => `seen=${seen}` },

    '/organisatie/oproep bewaar': {
      says: ['call-changed'],
      first: callNow,
      sends: ({ revision }, turn) =>
        `revision=${revision}&opensAt=${typedAfter(-48)}&closesAt=${typedAfter(480)}&text-nl=Doe+mee+${turn}&reviewsEach=3`,
    },
    '/organisatie/oproep open': { says: ['call-changed'], first: callNow },
    '/organisatie/oproep sluit': { says: ['call-changed'], first: callNow },
    '/organisatie/oproep vraag': { says: ['call-changed'], sends: (_, turn) => `kind=line&label-nl=Vraag+${turn}` },
    '/organisatie/oproep criterium': { says: ['call-changed'], sends: (_, turn) => `label-nl=Nut+${turn}&weight=2` },
    '/organisatie/oproep schuif': { says: ['call-changed'], first: callNow, sends: () => 'key=v1&by=down' },
    '/organisatie/oproep weg': { says: ['call-changed'], first: callNow, sends: () => 'key=v1' },

    '/organisatie aannemen': { says: ['edition-changed'], sends: (_, turn) => `how=ask&hours=${12 + turn}` },

    // An edition
    '/organisatie/edities/nieuw default': {
      says: ['edition-made'],
      sends: (_, turn) => `nameNl=Nog+een+${turn}&startsOn=2031-11-01&endsOn=2031-11-30&${ruled}`,
    },
    '/organisatie/editie bewaar': { says: ['edition-changed'], first: revision, sends: typedEdition },
    '/organisatie/editie huidig': { says: ['edition-changed'], first: elsewhereCurrent },
    '/organisatie/editie sluit': { says: ['edition-closed'], first: closed(false) },
    '/organisatie/editie open': { says: ['edition-opened'], first: closed(true) },
    ...themeWrites('/organisatie/editie'),
    '/begin default': { says: ['edition-changed'], first: revision, sends: typedEdition },
    ...themeWrites('/begin/themas'),
    '/begin/regels default': {
      says: ['edition-changed'],
      first: revision,
      sends: ({ revision }, turn) => `revision=${revision}&atLeast=${4 + turn}&fits=2&surprises=1`,
    },
    '/begin/wie default': { says: ['role-offered'], sends: (_, turn) => `email=team-${turn}@example.org` },

    // What stands aside because it failed
    '/organisatie/beheer/mislukt opnieuw': { says: ['failed-again'], first: reactionAside, sends: ({ which }) => `kind=reaction&which=${which}` },
    '/organisatie/beheer/mislukt alles': { says: ['failed-again'], first: letterAside, sends: () => 'kind=letter' },
    '/organisatie/beheer/mislukt weg': {
      says: ['failed-dropped'],
      first: reactionAside,
      sends: ({ which }) => `kind=reaction&which=${which}&reason=proef`,
    },
    '/organisatie/beheer/rollen geef': { says: ['role-granted'], sends: () => 'email=nieuw@example.org&role=team&scope=eigen' },
    '/organisatie/beheer/rollen neem': { says: ['role-removed'], sends: () => 'email=nieuw@example.org&role=team&scope=eigen' },
    '/organisatie/beheer/rollen.csv GET': { says: ['roles-downloaded'], isRead: true },
    '/organisatie/beheer/onderhoud vertel': { says: ['announced'], sends: () => 'text-nl=Let+op' },
    '/organisatie/beheer/onderhoud zwijg': { says: ['announcement-ended'] },
    '/organisatie/beheer/onderhoud sluit': { says: ['read-only-on'], sends: () => 'message-nl=Even+dicht' },
    '/organisatie/beheer/onderhoud open': { says: ['read-only-off'] },

    // Roles by invitation, and organisations
    ...roleWrites('/organisatie/rollen', { role: 'manager', scope: 'twee' }, {}),
    ...roleWrites('/organisatie/sessies/[code]/hosts', { role: 'host', scope: 'EIGEN1' }, {}),
    ...roleWrites('/organisatie/organisaties/[organisation]', { role: 'manager', scope: 'een' }, { organisation: 'een' }),
    '/organisatie/organisaties maak': { says: ['organisation-made'], sends: (_, turn) => `name-nl=Gemeente+${turn}` },
    '/organisatie/organisaties/[organisation] bewaar': {
      says: ['organisation-changed'],
      first: async () => ({ organisation: 'een', revision: String((await identity.organisationOf(visitOf('admin'), 'een'))!.revision) }),
      sends: ({ revision }, turn) => `revision=${revision}&name-nl=Organisatie+een&about-nl=Wij+${turn}`,
    },
    '/organisatie/sessies/nieuw maak': {
      says: ['session-made'],
      sends: () => 'title-nl=Nieuw&languages=nl&organisations=een&onSite=9&online-places=0',
    },
    '/organisatie/sessies/[code]/tekst bewaar': {
      says: ['session-text-changed'],
      first: async () => ({ revision: String((await programme.workingSession(visitOf('admin'), 'EIGEN1'))!.revision) }),
      sends: ({ revision }, turn) =>
        `revision=${revision}&title-nl=eigen1+titel&title-en=eigen1+titel+en&summary-nl=Beurt+${turn}&languages=nl&organisations=een&format=hybrid`,
    },
    '/organisatie/sessies/[code]/tekst publiceer': { says: ['session-published'], first: inState('draft'), sends: () => 'state=draft' },
    '/organisatie/sessies/[code]/tekst terug': { says: ['session-withdrawn'], first: inState('published'), sends: () => 'state=published' },
    '/organisatie/sessies/[code]/tekst annuleer': { says: ['session-cancelled'], first: inState('published'), sends: () => 'state=published' },

    // A session
    '/organisatie/sessies/[code] zoek': { says: [], sends: () => 'q=kanarie' },
    '/organisatie/sessies/[code] erbij': { says: [], sends: () => `email=${encodeURIComponent(world.guest.person.email)}` },
    '/organisatie/sessies/[code]/deelnemers.csv GET': { says: ['roll-downloaded'], isRead: true },
    '/organisatie/sessies/[code]/deelnemers/[person] kijk': { says: [], sends: () => 'act=remove&reason=proef' },
    '/organisatie/sessies/[code]/deelnemers/[person] terug': { says: [], sends: () => 'act=remove&reason=proef' },
    '/organisatie/sessies/[code]/deelnemers/[person] doe': {
      says: ['seat-released'],
      first: guestExpected,
      sends: () => 'act=remove&reason=proef',
    },
    '/organisatie/sessies/[code]/deur in': { says: ['seat-checked-in'], first: guestExpected, sends: ({ pass }) => `pass=${pass}` },
    '/organisatie/sessies/[code]/deur out': { says: ['seat-check-in-undone'], first: guestCame, sends: ({ pass }) => `pass=${pass}` },
    '/organisatie/sessies/[code]/deur typed': { says: ['seat-checked-in'], first: guestExpected, sends: ({ pass }) => `typed=${pass}` },
    '/organisatie/sessies/[code]/deur find': { says: [], sends: () => 'q=kanarie' },
    '/organisatie/sessies/[code]/deur absent': { says: ['seat-no-show'], first: guestAbsent },
    '/organisatie/sessies/[code]/deur/stand POST': {
      says: ['seat-checked-in'],
      first: guestExpected,
      sends: ({ pass }) => JSON.stringify({ told: [{ nr: 0, pass, what: 'in', ago: 0 }], mark: null }),
    },
    '/organisatie/sessies/[code]/materiaal erbij': { says: ['material-added'], sends: paper },
    '/organisatie/sessies/[code]/materiaal weg': { says: ['material-removed'], first: material(null), sends: ({ id }) => `id=${id}` },
    '/organisatie/sessies/[code]/materiaal terug': { says: ['material-restored'], first: material(clock()), sends: ({ id }) => `id=${id}` },
    '/organisatie/sessies/[code]/plaatsen aantal': { says: ['places-changed'], first: places, sends: () => 'way=onSite&capacity=30' },
    '/organisatie/sessies/[code]/plaatsen regel': { says: ['shares-changed'], first: share(null), sends: () => 'way=onSite&group=internal&most=9' },
    '/organisatie/sessies/[code]/plaatsen weg': { says: ['shares-changed'], first: share(9), sends: () => 'way=onSite&group=internal' },
    changePlaces: { says: ['places-changed'], first: places, sends: () => JSON.stringify({ onSite: { capacity: 30 } }) },
    setShares: {
      says: ['shares-changed'],
      first: share(null),
      sends: () => JSON.stringify({ items: [{ attendance: 'onSite', group: 'external', most: 9 }] }),
    },
    placeByHand: { says: ['seat-held'], first: guestOut, sends: () => JSON.stringify({ attendance: 'onSite', reason: 'proef' }) },
    removeByHand: { says: ['seat-released'], first: guestExpected, sends: () => JSON.stringify({ reason: 'proef' }) },
    checkIn: { says: ['seat-checked-in'], first: guestExpected, sends: () => '{}' },
    undoCheckIn: { says: ['seat-check-in-undone'], first: guestCame },

    // The schedule
    '/organisatie/rooster zet': {
      says: ['board-changed'],
      first: onBoard,
      sends: ({ revision }) => `code=EIGEN1&revision=${revision}&day=${typedAfter(50).slice(0, 10)}&from=09:00&until=10:00`,
    },
    '/organisatie/rooster cel': {
      says: ['board-changed'],
      first: onBoard,
      sends: ({ revision }) => `code=EIGEN1&revision=${revision}&start=${+after(70)}&end=${+after(71)}`,
    },
    '/organisatie/rooster vast': {
      says: ['board-changed'],
      first: onBoard,
      sends: ({ revision }) => `code=EIGEN1&revision=${revision}&vast=ja`,
    },
    '/organisatie/rooster terug': { says: ['board-undone'], first: movedBy },
    '/organisatie/rooster opnieuw': { says: ['board-changed'], first: undoneBy },
    '/organisatie/rooster/uitgave default': { says: ['session-changed', 'schedule-released'], first: toRelease, sends: ({ key }) => `key=${key}` },
    '/organisatie/rooster/voorstel vraag': { says: ['optimisation-asked'], first: noProposal },
    '/organisatie/rooster/voorstel neem': { says: ['optimisation-accepted'], first: proposal, sends: ({ id }) => `id=${id}` },
    '/organisatie/rooster/voorstel weg': { says: ['optimisation-dropped'], first: proposal, sends: ({ id }) => `id=${id}` },
    '/organisatie/cijfers doel': { says: ['goals-changed'], sends: () => 'measure=participants&target=1000&by=2026-11-27' },
    '/organisatie/cijfers doel-weg': { says: ['goals-changed'], first: goal, sends: () => 'measure=links' },
    '/organisatie/cijfers/cijfers.csv GET': { says: ['figures-downloaded'], isRead: true },
    '/organisatie/cijfers/cijfers.ods GET': { says: ['figures-downloaded'], isRead: true },
    '/organisatie/ruimtes bewaar': { says: ['venue-made'], sends: () => `name=Zaal+${++named}&kind=onSite` },
    '/organisatie/ruimtes weg': { says: ['venue-removed'], first: room(null), sends: ({ id }) => `id=${id}` },
    '/organisatie/ruimtes terug': { says: ['venue-made'], first: room(clock()), sends: ({ id }) => `id=${id}` },
    '/organisatie/ruimtes tijden': { says: ['slots-changed'], first: noSlots, sends: typedTimes },
    '/organisatie/ruimtes gekozen': { says: ['slots-changed'], first: slot, sends: ({ slot }) => `slot=${slot}&wat=weg` },
    '/organisatie/ruimtes tijden-terug': { says: ['slots-changed'], first: noSlots, sends: () => `span=${+after(80)}-${+after(81)}` },
    '/organisatie/sessies/[code]/wanneer nietdan': {
      says: ['unavailability-changed'],
      first: available(null),
      sends: () => `day=${typedAfter(30).slice(0, 10)}`,
    },
    '/organisatie/sessies/[code]/wanneer weldan': {
      says: ['unavailability-changed'],
      first: available({ start: after(90), end: after(91) }),
      sends: ({ span }) => `span=${span}`,
    },
    '/organisatie/sessies/[code]/wanneer tochniet': {
      says: ['unavailability-changed'],
      first: available(null),
      sends: () => `span=${+after(92)}-${+after(93)}`,
    },
    '/organisatie/sessies/[code]/wanneer kies': { says: ['board-changed', 'slot-chosen'], first: slot, sends: ({ slot }) => `slot=${slot}` },

    // Letters
    '/organisatie/brieven regel': { says: ['letter-rules-changed'], first: rule, sends: () => 'reviews=yes' },
    '/organisatie/brieven gaan': { says: ['letters-released'], first: changeWaits, sends: ({ code }) => `session=${code}` },
    '/organisatie/brieven blijven': { says: ['letters-dropped'], first: changeWaits, sends: ({ code }) => `session=${code}` },
    '/organisatie/brieven terug': { says: ['mailing-written'], first: written({ isRemoved: true }), sends: ({ mailing }) => `id=${mailing}` },
    '/organisatie/brieven/nieuw bekijk': { says: [], sends: () => mailingTyped },
    '/organisatie/brieven/nieuw bewaar': { says: ['mailing-written'], sends: () => mailingTyped },
    '/organisatie/brieven/uit zoek': { says: [], sends: () => 'q=deelnemer@example.org' },
    '/organisatie/brieven/uit opnieuw': { says: ['failed-again'], first: letterFailed, sends: ({ letter }) => `id=${letter}` },
    '/organisatie/brieven/[mailing] bekijk': { says: [], first: written(), sends: () => mailingTyped },
    '/organisatie/brieven/[mailing] bewaar': { says: ['mailing-written'], first: written(), sends: () => `revision=1&${mailingTyped}` },
    '/organisatie/brieven/[mailing] gaan': { says: ['mailing-released'], first: written(), sends: () => 'revision=1' },
    '/organisatie/brieven/[mailing] stop': { says: ['mailing-stopped'], first: written({ isReleased: true }) },
    '/organisatie/brieven/[mailing] verder': { says: ['mailing-resumed'], first: written({ isReleased: true, isStopped: true }) },
    '/organisatie/brieven/[mailing] proef': { says: [], first: written() },
    '/organisatie/brieven/[mailing] weg': { says: ['mailing-written'], first: written() },
    '/organisatie/brieven/woorden/[kind] bekijk': { says: [], sends: () => wordsTyped },
    '/organisatie/brieven/woorden/[kind] bewaar': { says: ['template-changed'], first: ownWords(false), sends: () => `revision=0&${wordsTyped}` },
    '/organisatie/brieven/woorden/[kind] herstel': { says: ['template-restored'], first: ownWords(true), sends: () => 'language=nl&revision=1' },
    '/organisatie/brieven/woorden/[kind] terug': { says: ['template-changed'], first: ownWords(true), sends: () => 'language=nl&revision=1' },

    // Programmes of others
    '/organisatie/uitwisseling proef': { says: [], sends: sheet },
    '/organisatie/uitwisseling neem': {
      says: ['session-published', 'edition-imported'],
      first: trial(dataDir),
      sends: ({ proef }) => `proef=${proef}`,
    },
    '/organisatie/uitwisseling koppel': {
      says: ['import-matched'],
      first: trial(dataDir),
      sends: ({ proef }, turn) => `proef=${proef}&room-Zaal+1=Zaal+${turn}+${proef}`,
    },
    '/organisatie/uitwisseling/verschillen kies': {
      says: ['session-text-changed', 'import-conflict-settled'],
      first: difference(own.id, false),
      sends: ({ code }) => `code=${code}&field=summary&choice=theirs`,
    },
    '/organisatie/uitwisseling/verschillen terug': {
      says: ['import-conflict-settled'],
      first: difference(own.id, true),
      sends: ({ code }) => `code=${code}&field=summary`,
    },

    // Programs that are told
    '/organisatie/webhooks maak': {
      says: ['webhook-made'],
      sends: () => `address=${encodeURIComponent('https://127.0.0.1/haak')}&types=session-changed`,
    },
    '/organisatie/webhooks proef': { says: ['webhook-tried'], first: webhook(), sends: ({ webhook }) => `id=${webhook}` },
    '/organisatie/webhooks geheim': { says: ['webhook-secret-made'], first: webhook(), sends: ({ webhook }) => `id=${webhook}` },
    '/organisatie/webhooks verder': { says: ['webhook-resumed'], first: webhook(clock()), sends: ({ webhook }) => `id=${webhook}` },
    '/organisatie/webhooks opnieuw': {
      says: ['webhook-tried'],
      first: webhook(),
      sends: ({ webhook, delivery }) => `id=${webhook}&delivery=${delivery}`,
    },
    '/organisatie/webhooks stop': { says: ['webhook-ended'], first: webhook(), sends: ({ webhook }) => `id=${webhook}` },
    makeWebhook: { says: ['webhook-made'], sends: () => JSON.stringify({ address: 'https://127.0.0.1/haak', events: ['session-changed'] }) },
    pingWebhook: { says: ['webhook-tried'], first: webhook() },
    rotateWebhook: { says: ['webhook-secret-made'], first: webhook() },
    resumeWebhook: { says: ['webhook-resumed'], first: webhook(clock()) },
    deliverAgain: { says: ['webhook-tried'], first: webhook() },
    endWebhook: { says: ['webhook-ended'], first: webhook() },

    // Wishes and draws
    '/organisatie/wensen/nieuw zoek': { says: [], sends: () => 'q=kanarie' },
    '/organisatie/wensen/nieuw plan': { says: ['window-planned'], first: wishable, sends: typedPlan },
    '/organisatie/wensen/[window]/wijzig zoek': { says: [], first: planned, sends: () => 'q=kanarie' },
    '/organisatie/wensen/[window]/wijzig plan': { says: ['window-changed'], first: planned, sends: typedPlan },
    '/organisatie/wensen/[window] sluit': { says: ['window-changed'], first: opened },
    '/organisatie/wensen/[window] bevestig': { says: ['seat-drawn', 'draw-confirmed'], first: drawn },
    '/organisatie/wensen/[window] opnieuw': { says: ['draw-again'], first: drawnOtherwise },
    '/organisatie/wensen/[window] afblazen': { says: ['window-called-off'], first: opened, sends: () => 'reason=proef' },
    '/organisatie/wensen/[window] controle': { says: ['audit-link-made'], first: drawn },
    '/organisatie/wensen/[window]/bestand GET': { says: ['draw-file-read'], first: drawn, isRead: true },
    planWishWindow: {
      says: ['window-planned'],
      first: wishable,
      sends: ({ code }) => JSON.stringify({ opensAt: after(5), closesAt: after(20), sessions: [code], wanted: 1 }),
    },
    changeWishWindow: { says: ['window-changed'], first: planned, sends: () => JSON.stringify({ closesAt: after(21) }) },
    closeWishWindow: { says: ['window-changed'], first: opened },
    confirmDraw: { says: ['seat-drawn', 'draw-confirmed'], first: drawn },
    drawAgain: { says: ['draw-again'], first: drawnOtherwise },
    callOffWishWindow: { says: ['window-called-off'], first: opened, sends: () => '{"reason":"proef"}' },
    makeAuditLink: { says: ['audit-link-made'], first: drawn },
    getDrawFile: { says: ['draw-file-read'], first: drawn, isRead: true },
  };
}

// Proposals

let handedIn = 0;
/** Something new that was proposed. */
async function toAssign(): Promise<Holes> {
  const code = `B${String(++handedIn).padStart(5, '0')}`;
  const { id } = await session(code, { state: 'submitted' });
  await sql`insert into proposals (session_id, submitted_at) values (${id}, ${clock()})`.execute(db);
  return { code };
}

/** Something that the guest proposes, in the open call. */
const toWrite = (standing: 'draft' | 'submitted' | 'withdrawn') => async (): Promise<Holes> => {
  await closed(false)();
  const code = `V${String(++handedIn).padStart(5, '0')}`;
  const { id } = await session(code, { state: standing === 'submitted' ? 'submitted' : 'draft' });
  const at = (is: boolean) => (is ? clock() : null);
  await sql`insert into proposals (session_id, submitted_at, withdrawn_at)
    values (${id}, ${at(standing !== 'draft')}, ${at(standing === 'withdrawn')})`.execute(db);
  await sql`insert into proposers (session_id, person_id, position, joined_at) values (${id}, ${visitOf('guest').person!.id}, 0, ${clock()})`.execute(
    db,
  );
  await sql`update calls set questions = '[]', opens_at = ${after(-24)}, closes_at = ${after(240)}`.execute(db);
  return { code, session: id, revision: String((await proposals.proposalOf(visitOf('guest'), code))!.revision) };
};
async function withInvitation(): Promise<Holes> {
  const holes = await toWrite('draft')();
  await proposals.inviteProposer(visitOf('guest'), holes['code']!, 'mede@example.org');
  const { invitations } = (await proposals.proposalOf(visitOf('guest'), holes['code']!))!;
  return { ...holes, id: invitations[0]!.id };
}
async function withAnother(): Promise<Holes> {
  const holes = await toWrite('draft')();
  await sql`insert into proposers (session_id, person_id, position, joined_at)
    values (${holes['session']}, ${visitOf('external').person!.id}, 1, ${clock()})`.execute(db);
  return holes;
}

/** The same, for the reviewer to read. */
async function toJudge(): Promise<Holes> {
  const holes = await toAssign();
  await sql`insert into assignments (session_id, person_id, assigned_at)
    select id, ${visitOf('reviewer').person!.id}, ${clock()} from sessions where code = ${holes['code']}`.execute(db);
  return holes;
}

async function withConflict(): Promise<Holes> {
  const holes = await toJudge();
  await proposals.declareConflict(visitOf('reviewer'), holes['code']!);
  return holes;
}

async function theEdition() {
  const edition = await programme.edition(visitOf('admin'), 'eigen');
  if (!edition) throw new Error('the edition is gone');
  return edition;
}

async function toTell(): Promise<Holes> {
  const { code } = await toAssign();
  const edition = await theEdition();
  await proposals.decide(visitOf('admin'), edition, code!, { decision: 'decline' }, null);
  const letter = (await proposals.toRelease(visitOf('admin'), edition)).find(({ proposal }) => proposal.code === code);
  return { seen: letter!.seen };
}

async function readerAsked(): Promise<Holes> {
  const offer = await identity.offerRole(visitOf('admin'), 'gevraagd@example.org', { role: 'reviewer', scope: 'eigen' });
  if (isRefusal(offer)) throw new Error(offer.refused);
  return { offer };
}

async function readerThere(): Promise<Holes> {
  await identity.grant(visitOf('admin'), 'lezer@example.org', { role: 'reviewer', scope: 'eigen' });
  return {};
}

async function toDivide(): Promise<Holes> {
  await toAssign();
  const shown = await proposals.divide(visitOf('admin'), await theEdition(), { isLevelled: false });
  if (isRefusal(shown)) throw new Error(shown.refused);
  return { seen: shown.seen };
}

function paper(): FormData {
  const form = new FormData();
  form.set('title', 'Stuk');
  form.set('credit', 'Maker');
  form.set('file', new File(['%PDF-1.4\n'], 'stuk.pdf', { type: 'application/pdf' }));
  return form;
}

// Programmes of others

const sheetOf = (nr: string): string => `titel;begin;zaal;guid\nProef ${nr};10-11-2026 10:00;Zaal 1;${nr}\n`;
function sheet(): FormData {
  const form = new FormData();
  form.set('file', new File([sheetOf('een')], 'proef.csv', { type: 'text/csv' }));
  return form;
}
/** As the house keeps one between looking and taking in. */
const trial = (dataDir: string) => async (): Promise<Holes> => {
  await closed(false)();
  const id = newSecret();
  const folder = join(dataDir, 'imports');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${id}.file`), sheetOf(id));
  const found = { rows: [], missing: [], remarks: [], newThemes: 0, source: 'csv', words: { columns: [], tracks: [], rooms: ['Zaal 1'] } };
  writeFileSync(
    join(folder, `${id}.json`),
    JSON.stringify({ id, slug: 'eigen', origin: 'proef.csv', at: clock().toISOString(), state: 'tried', found }),
  );
  return { proef: id };
};
const difference = (session: string, isSettled: boolean) => async (): Promise<Holes> => {
  await closed(false)();
  await sql`delete from import_conflicts where session_id = ${session}`.execute(db);
  await sql`insert into import_conflicts (session_id, field, theirs, mine, found_at, choice, settled_at)
    values (${session}, 'summary', ${JSON.stringify({ nl: newSecret() })}, '{}', ${clock()}, ${isSettled ? 'mine' : null}, ${isSettled ? clock() : null})`.execute(
    db,
  );
  return { code: 'EIGEN1' };
};

// Editions

const ruled = 'timeZone=Europe/Amsterdam&languages=nl&atLeast=3&fits=2&surprises=1';
const revision = async (): Promise<Holes> => {
  await closed(false)();
  const { rows } = await sql<{ revision: number; first: string; last: string }>`
    select revision, starts_on as first, ends_on as last from editions where slug = 'eigen'`.execute(db);
  return { revision: String(rows[0]!.revision), first: rows[0]!.first, last: rows[0]!.last };
};
const typedEdition = ({ revision, first, last }: Holes, turn: number): string =>
  `revision=${revision}&nameNl=Editie+eigen&nameEn=Own+${turn}+${revision}&startsOn=${first}&endsOn=${last}&${ruled}`;
const closed = (isClosed: boolean) => async (): Promise<Holes> => {
  await sql`update editions set closed_at = ${isClosed ? clock() : null} where slug = 'eigen'`.execute(db);
  return {};
};
const elsewhereCurrent = async (): Promise<Holes> => {
  await sql`update editions set is_current = false`.execute(db);
  return {};
};

/** Themes that no session has: `vrij` in the middle. */
const themed = (isThere: boolean) => async (): Promise<Holes> => {
  await closed(false)();
  await sql`delete from themes t using editions e where e.id = t.edition_id and e.slug = 'eigen' and t.slug <> 'inkoop'`.execute(db);
  for (const [position, slug] of (isThere ? ['vrij', 'los'] : []).entries())
    await sql`insert into themes (id, edition_id, slug, name, position)
      select ${newId(clock())}, id, ${slug}, ${{ nl: slug }}, ${position + 5} from editions where slug = 'eigen'`.execute(db);
  return {};
};
const themeWrites = (route: string): Record<string, Write> => ({
  [`${route} thema`]: { says: ['theme-made'], first: themed(false), sends: () => 'nl=Nieuw' },
  [`${route} standaard`]: { says: Array<What>(6).fill('theme-made'), first: themed(false) },
  [`${route} noem`]: { says: ['theme-changed'], first: themed(true), sends: () => 'slug=vrij&was-nl=vrij&nl=Vrijer' },
  [`${route} op`]: { says: ['theme-changed'], first: themed(true), sends: () => 'slug=los' },
  [`${route} neer`]: { says: ['theme-changed'], first: themed(true), sends: () => 'slug=vrij' },
  [`${route} weg`]: { says: ['theme-removed'], first: themed(true), sends: () => 'slug=vrij' },
  [`${route} terug`]: { says: ['theme-made'], first: themed(false), sends: () => 'slug=vrij&nl=Vrij&plek=5' },
});

// Roles by invitation

let asked = 0;
function roleWrites(path: string, role: OfferedRole, holes: Holes): Readonly<Record<string, Write>> {
  const email = () => `gevraagd-${++asked}@example.org`;
  const offered = async (): Promise<Holes> => {
    const id = await identity.offerRole(visitOf('admin'), email(), role);
    if (isRefusal(id)) throw new Error(id.refused);
    return { ...holes, id };
  };
  const ended = async (): Promise<Holes> => {
    const made = await offered();
    await identity.endOffer(visitOf('admin'), made['id']!);
    return made;
  };
  const held = async (): Promise<Holes> => {
    const who = email();
    await identity.grant(visitOf('admin'), who, role);
    return { ...holes, who };
  };
  const named = `role=${role.role}&scope=${role.scope}`;
  return {
    [`${path} vraag`]: { says: ['role-offered'], first: async () => holes, sends: () => `email=${email()}&${named}` },
    [`${path} stop`]: { says: ['role-offer-ended'], first: offered, sends: ({ id }) => `id=${id}` },
    [`${path} opnieuw`]: { says: ['role-offered'], first: ended, sends: ({ id }) => `id=${id}` },
    [`${path} neem`]: { says: ['role-removed'], first: held, sends: ({ who }) => `email=${who}&${named}` },
  };
}

// News

const storyTyped = (): string => `titleNl=Nieuws+${++named}&leadNl=Kort&bodyNl=Lang&visibility=public`;
const aStory = (state: 'draft' | 'published') => async (): Promise<Holes> => {
  const id = newId<'story'>(clock());
  await sql`insert into stories (id, edition_id, slug, title, state, publish_at, created_at, updated_at, revision)
    select ${id}, e.id, ${`nieuws-${++named}`}, '{"nl":"Nieuws"}', ${state}, ${state === 'published' ? clock() : null}, ${clock()}, ${clock()}, 0
    from editions e where e.slug = 'eigen'`.execute(db);
  return { story: id };
};

let sessionsMade = 0;
/** A session of its own in a state. */
const inState = (state: 'draft' | 'published') => async (): Promise<Holes> => {
  const code = `T${String(++sessionsMade).padStart(5, '0')}`;
  await session(code, { state, startsIn: 400 });
  return { code };
};

// What failed

async function reactionAside(): Promise<Holes> {
  const visit = testVisit({ now: clock() });
  const which = await atOnce(visit, (visit) => record(visit, { what: 'sign-out' }));
  await sql`insert into pgboss.job (name, source_id) values ('journal-failed', ${which})`.execute(db);
  return { which };
}

async function letterAside(): Promise<Holes> {
  await sql`insert into letters (id, line_id, kind, person_id, recipient, language, created_at, due_at, dropped_at, last_fault)
    values (${newId(clock())}, ${newId(clock())}, 'seats', ${walkers.at(-1)!.person!.id}, 'deelnemer@example.org', 'nl', ${clock()}, ${clock()}, ${clock()}, 'ECONNREFUSED')`.execute(
    db,
  );
  return {};
}

// Letters

const mailingTyped = 'audience=hosts&subject-nl=Dag&body-nl=Dag&subject-en=Hi&body-en=Hi';
const wordsTyped = `language=nl&subject=Dag&body=${encodeURIComponent('{session}')}`;
const written =
  ({ isReleased = false, isStopped = false, isRemoved = false } = {}) =>
  async (): Promise<Holes> => {
    const id = await mailing('eigen', 'proef');
    const at = (is: boolean) => (is ? clock() : null);
    await sql`update mailings set released_at = ${at(isReleased)}, stopped_at = ${at(isStopped)}, removed_at = ${at(isRemoved)} where id = ${id}`.execute(
      db,
    );
    return { mailing: id };
  };
async function rule(): Promise<Holes> {
  await sql`delete from letter_rules`.execute(db);
  return {};
}
async function letterWaits(kind: string, heldFor: string | null, fault: string | null): Promise<Holes> {
  const letter = newId(clock());
  await sql`insert into letters (id, line_id, kind, person_id, recipient, language, details, created_at, due_at, edition_id, held_for, dropped_at, last_fault)
    select ${letter}, ${newId(clock())}, ${kind}, ${visitOf('guest').person!.id}, 'deelnemer@example.org', 'nl', jsonb_build_object('session', s.id),
      ${clock()}, ${clock()}, s.edition_id, ${heldFor}, ${fault === null ? null : clock()}, ${fault} from sessions s where s.code = 'EIGEN1'`.execute(
    db,
  );
  return { letter, code: 'EIGEN1' };
}
const changeWaits = () => letterWaits('session-changed', 'review', null);
const letterFailed = () => letterWaits('session-changed', null, 'ECONNREFUSED');
const ownWords = (isThere: boolean) => async (): Promise<Holes> => {
  await sql`delete from letter_templates`.execute(db);
  if (isThere)
    await sql`insert into letter_templates (id, edition_id, kind, language, subject, body, changed_at)
      select ${newId(clock())}, id, 'session-changed', 'nl', 'x', '{session}', ${clock()} from editions where slug = 'eigen'`.execute(db);
  return { kind: 'session-changed' };
};

// Programs of others

const webhook =
  (pausedAt: Date | null = null) =>
  async (): Promise<Holes> => {
    const [webhook, delivery] = [newId(clock()), newId(clock())];
    // An edition has no more than some.
    await sql`update webhooks set ended_at = ${clock()} where ended_at is null`.execute(db);
    await sql`insert into webhooks (id, edition_id, made_by, address, types, secret, created_at, paused_at)
      select ${webhook}, id, ${visitOf('team').person!.id}, 'https://127.0.0.1/haak', '{session-changed}', ${newSecret()}, ${clock()}, ${pausedAt}
      from editions where slug = 'eigen'`.execute(db);
    await sql`insert into deliveries (id, webhook_id, line_id, type, subject, created_at, due_at, given_up_at)
      values (${delivery}, ${webhook}, ${newId(clock())}, 'session-changed', 'EIGEN1', ${clock()}, ${clock()}, ${clock()})`.execute(db);
    return { webhook, delivery };
  };

// The schedule

let named = 0;
const boardEdition = sql<string>`(select id from editions where slug = 'eigen')`;
const ownSession = sql<string>`(select id from sessions where code = 'EIGEN1')`;

async function onBoard(): Promise<Holes> {
  await sql`delete from board_changes where edition_id = ${boardEdition}`.execute(db);
  await sql`delete from placements where session_id = ${ownSession}`.execute(db);
  return { revision: '0' };
}

/** Everybody who may has moved it, so that each has something to take back: each in their own turn. */
const moved = (isUndone: boolean) => async (): Promise<Holes> => {
  await onBoard();
  for (const { person } of walkers.filter(({ person }) => person?.roles.some(({ role }) => role === 'team' || role === 'admin'))) {
    await sql`insert into board_changes (id, edition_id, made_by, made_at, moves, undone_at)
      select ${newId(clock())}, e.id, ${person!.id}, ${clock()}, jsonb_build_array(jsonb_build_object('session', ${ownSession}, 'before', null, 'after',
        ${isUndone ? sql`jsonb_build_object('startsAt', null, 'endsAt', null, 'venue', null, 'isPinned', true)` : sql`'null'::jsonb`})), ${isUndone ? clock() : null}
      from editions e where e.slug = 'eigen'`.execute(db);
  }
  return {};
};
const movedBy = moved(false);
const undoneBy = moved(true);

async function toRelease(): Promise<Holes> {
  await onBoard();
  // Nothing else has anything to tell.
  await sql`update sessions set state = 'draft' where state = 'scheduled'`.execute(db);
  await sql`insert into placements (session_id, edition_id, starts_at, ends_at, placed_at)
    select ${ownSession}, ${boardEdition}, ${after(200 + ++named)}, ${after(201 + named)}, ${clock()}`.execute(db);
  const edition = await programme.edition(visitOf('admin'), 'eigen');
  const { key } = await changesToRelease(visitOf('admin'), edition!.id);
  return { key };
}

async function noProposal(): Promise<Holes> {
  await sql`delete from optimisations where edition_id = ${boardEdition}`.execute(db);
  return {};
}
async function proposal(): Promise<Holes> {
  await noProposal();
  const id = newId<'optimisation'>(clock());
  await sql`insert into optimisations (id, edition_id, asked_at, settings, moves, finished_at) select ${id}, ${boardEdition}, ${clock()}, '{}', '[]', ${clock()}`.execute(
    db,
  );
  return { id };
}

const room = (removedAt: Date | null) => async (): Promise<Holes> => {
  const id = newId<'venue'>(clock());
  await sql`insert into venues (id, edition_id, name, kind, position, removed_at) select ${id}, ${boardEdition}, ${`Proef ${++named}`}, 'onSite', 0, ${removedAt}`.execute(
    db,
  );
  return { id };
};

async function goal(): Promise<Holes> {
  await sql`insert into goals (edition_id, measure, target, by_day) values (${boardEdition}, 'links', 5, '2026-11-27') on conflict do nothing`.execute(
    db,
  );
  return {};
}
async function noSlots(): Promise<Holes> {
  await sql`delete from slots where edition_id = ${boardEdition}`.execute(db);
  return {};
}
async function slot(): Promise<Holes> {
  await noSlots();
  await onBoard();
  await sql`delete from unavailable where session_id = ${ownSession}`.execute(db);
  const id = newId<'slot'>(clock());
  await sql`insert into slots (id, edition_id, starts_at, ends_at, is_open) select ${id}, ${boardEdition}, ${after(400)}, ${after(401)}, true`.execute(
    db,
  );
  return { slot: id };
}
const typedTimes = (): string => {
  const day = typedAfter(48).slice(0, 10);
  return `first=${day}&last=${day}&times=9:00-10:00${[0, 1, 2, 3, 4, 5, 6].map((nth) => `&weekday=${nth}`).join('')}`;
};

const available = (not: { start: Date; end: Date } | null) => async (): Promise<Holes> => {
  await sql`delete from unavailable where session_id = ${ownSession}`.execute(db);
  if (not) await sql`insert into unavailable (session_id, starts_at, ends_at) select ${ownSession}, ${not.start}, ${not.end}`.execute(db);
  return { span: not ? `${+not.start}-${+not.end}` : '' };
};

// Windows

let made = 0;
/** A session that is nobody's yet, later than the ones before. */
async function wishable(): Promise<Holes> {
  const code = `W${String(++made).padStart(5, '0')}`;
  await session(code, { startsIn: 100 + 2 * made });
  return { code };
}

async function windowFrom(hours: number): Promise<Holes> {
  const { code } = await wishable();
  const visit = visitOf('admin');
  const edition = await programme.edition(visit, 'eigen');
  const window = edition && (await planWindow(visit, edition, { opensAt: after(hours), closesAt: after(20), sessions: [code!], wanted: 1 }));
  if (!window || isRefusal(window)) throw new Error(`no window: ${window?.refused}`);
  return { code: code!, window: window.id };
}
const planned = () => windowFrom(5);

async function opened(): Promise<Holes> {
  const holes = await windowFrom(-1);
  const wished = await wish(visitOf('guest'), holes['code']!, { strength: 'must' });
  if (isRefusal(wished)) throw new Error(`no wish: ${wished.refused}`);
  return holes;
}

/** Each draw is used once, so some are made at the same time and kept. */
const kept: Holes[] = [];
async function drawn(): Promise<Holes> {
  if (kept.length === 0) {
    for (let nth = 0; nth < 20; nth++) kept.push(await opened());
    const ids = kept.map(({ window }) => window);
    await sql`update wish_windows set closes_at = ${clock()} where id = any(${ids}::uuid[])`.execute(db);
    const left = () => sql`select from wish_windows where id = any(${ids}::uuid[]) and drawn_at is null limit 1`.execute(db);
    while ((await left()).rows.length > 0) await new Promise((done) => setTimeout(done, 100));
  }
  return kept.pop()!;
}

async function drawnOtherwise(): Promise<Holes> {
  const holes = await drawn();
  await sql`update places set capacity = 7 where session_id = (select id from sessions where code = ${holes['code']})`.execute(db);
  return holes;
}

const typedPlan = ({ code }: Holes): string => `opensAt=${typedAfter(6)}&closesAt=${typedAfter(22)}&which=some&sessions=${code}&wanted=1`;

// The operator

export interface Order {
  readonly args: readonly string[];
  readonly says: readonly What[];
  readonly first?: () => Promise<unknown>;
  /** Else 0. */
  readonly ends?: number;
}

/** By the name of the command, each way in which it changes something; those that change nothing do so here too. */
export function ordersIn(dataDir: string): Readonly<Record<string, readonly Order[]>> {
  const backup = join(dataDir, 'proef.tar.zst');
  return {
    export: [{ args: ['eigen'], says: [] }],
    config: [{ args: [], says: [] }],
    // It has advice, always.
    doctor: [{ args: [], says: [], ends: 2 }],
    ledger: [{ args: [], says: [] }],
    journal: [
      { args: ['verify'], says: [] },
      { args: ['anchor'], says: [] },
    ],
    allocate: [{ args: ['--verify', join(folder, 'draw.txt')], says: [], first: drawFile }],
    import: [
      { args: [schedule('nieuw', talk), '--edition', 'nieuw'], says: ['edition-imported'] },
      { args: [schedule('meer', talk, { ...talk, id: 2, guid: 'b' }), '--edition', 'nieuw'], says: ['session-published', 'edition-imported'] },
      {
        args: [schedule('later', { ...talk, date: '2026-11-11T10:00:00' }), '--edition', 'nieuw'],
        says: ['session-changed', 'edition-imported'],
      },
    ],
    role: [
      { args: ['gast@example.org', 'team:eigen'], says: ['role-granted', 'invitation-made'] },
      { args: ['gast@example.org', '--invite'], says: ['invitation-made'] },
      { args: ['gast@example.org', 'internal'], says: ['role-granted'] },
      { args: ['gast@example.org', '--remove', 'team:eigen'], says: ['role-removed'] },
    ],
    token: [{ args: ['programma@example.org', '--role', 'internal'], says: ['role-granted', 'token-made'] }],
    failed: [
      { args: ['list'], says: [] },
      { args: ['retry'], says: ['failed-again', 'failed-again'], first: () => Promise.all([reactionAside(), letterAside()]) },
    ],
    erase: [{ args: ['gast@example.org', '--yes'], says: ['erasure-asked', 'person-erased'] }],
    'read-only': [
      { args: ['on', '--message', 'Even dicht'], says: ['read-only-on'] },
      { args: ['off'], says: ['read-only-off'] },
    ],
    backup: [{ args: [backup], says: ['backup-made'] }],
    bounced: [{ args: [join(folder, 'bounce.eml')], says: ['letter-bounced'], first: bounceFile }],
    'sign-out': [{ args: ['moderator@example.org'], says: ['sign-out'], first: () => signedIn(walkers.find(({ name }) => name === 'moderator')!) }],
    verify: [{ args: [backup], says: [] }],
    'restore-drill': [{ args: [backup], says: [] }],
    // Into a database of its own, in a test of its own.
    restore: [],
  };
}

const folder = mkdtempSync(join(tmpdir(), 'innovember-orders-'));
export const forgetOrders = (): void => rmSync(folder, { recursive: true, force: true });

const talk = { id: 1, guid: 'a', title: 'Sneller inkopen', track: 'Inkoop', language: 'nl', date: '2026-11-10T10:00:00', duration: '01:00' };
function schedule(name: string, ...events: readonly object[]): string {
  const days = [{ date: '2026-11-10', rooms: { Studio: events } }];
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ schedule: { conference: { title: 'Proef', time_zone_name: 'Europe/Amsterdam', days } } }));
  return file;
}

/** What a mail server says of a letter to somebody who is not there any more. */
async function bounceFile(): Promise<void> {
  const letter = newId(clock());
  await sql`insert into letters (id, line_id, kind, person_id, recipient, language, created_at, due_at, sent_at)
    select ${letter}, ${newId(clock())}, 'seats', id, email, 'nl', ${clock()}, ${clock()}, ${clock()} from people where email = 'external@example.org'`.execute(
    db,
  );
  const lines = [
    ...['From: mailer-daemon@example.org', 'Subject: Undelivered', 'MIME-Version: 1.0'],
    ...['Content-Type: multipart/report; report-type=delivery-status; boundary=b', '', '--b', 'Content-Type: message/delivery-status', ''],
    ...['Reporting-MTA: dns; mx.example.org', '', 'Final-Recipient: rfc822; external@example.org', 'Action: failed', 'Status: 5.1.1', ''],
    ...['--b', 'Content-Type: message/rfc822', '', `Message-ID: <${letter}@localhost>`, 'Subject: x', '', 'x', '', '--b--', ''],
  ];
  writeFileSync(join(folder, 'bounce.eml'), lines.join('\r\n'));
}

async function drawFile(): Promise<void> {
  const { rows } = await sql<{ content: Buffer }>`select content from draw_files limit 1`.execute(db);
  writeFileSync(join(folder, 'draw.txt'), gunzipSync(rows[0]!.content));
}
