// Which operation of the access table (rooms/identity/access.ts) stands behind every page, form, program's question, file
// and live channel. A test fails when something is asked here that is not there, or is there and not here.
import type { Answer, Operation } from '#rooms/identity/access.ts';

/** Where somebody asks, and how a no is said there: pages send to sign-in, and never say that there is something for others. */
export const statuses = {
  page: { 'sign-in': 303, 'not-yours': 404, 'not-here': 404 },
  program: { 'sign-in': 401, 'not-yours': 403, 'not-here': 404 },
  /** A calendar cannot sign in. */
  feed: { 'sign-in': 404, 'not-yours': 404, 'not-here': 404 },
  live: { 'sign-in': 401, 'not-yours': 403, 'not-here': 404 },
  /** A phone at the door: it has its page already, and tells by these what it may do next. */
  phone: { 'sign-in': 401, 'not-yours': 403, 'not-here': 403 },
} as const satisfies Record<string, Record<Exclude<Answer, 'yes'>, number>>;

/** By route: what is read (GET), what a program of ours posts (POST), and each form by its name. */
export const pages: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  '/': { GET: 'programme.read' },
  '/aanmelden': { GET: 'own.draft', default: 'own.draft' },
  '/aanmelden/1-vraag': { GET: 'own.draft', default: 'own.draft' },
  '/aanmelden/2-themas': { GET: 'own.draft', default: 'own.draft' },
  '/aanmelden/3-wanneer': { GET: 'own.draft', default: 'own.draft' },
  '/aanmelden/4-voorstel': { GET: 'own.draft', swap: 'own.draft', remove: 'own.draft', more: 'own.draft', undo: 'own.draft', next: 'own.draft' },
  '/aanmelden/5-wie-ben-je': { GET: 'own.draft', who: 'own.draft', enter: 'sign-in', again: 'sign-in', other: 'sign-in' },
  '/aanmelden/6-overzicht': { GET: 'own.draft', default: 'own.draft' },
  '/edities': { GET: 'edition.read' },
  '/inloggen': { GET: 'sign-in', ask: 'sign-in', enter: 'sign-in', again: 'sign-in', other: 'sign-in' },
  '/loting': { GET: 'programme.read' },
  '/loting/[window]': { GET: 'window.read' },
  '/loting/[window]/stand.json': { GET: 'window.read' },
  '/loting/controle/[secret]': { GET: 'window.audit' },
  '/mijn-programma': {
    GET: 'own.look',
    drop: 'own.programme',
    restore: 'own.programme',
    accept: 'own.programme',
    attend: 'own.programme',
    more: 'own.programme',
    feed: 'own.calendar',
    endFeed: 'own.calendar',
  },
  '/mijn-programma/pas/[code]': { GET: 'own.pass', name: 'own.details' },
  '/mijn-programma/wensen': { GET: 'own.look', bewaar: 'own.wishes', weg: 'own.wishes', terug: 'own.wishes' },
  '/organisatie': { GET: 'arrangements.enter', aannemen: 'edition.lead' },
  '/organisatie/sessies': { GET: 'arrangements.enter' },
  '/organisatie/sessies/[code]': { GET: 'session.roll', zoek: 'session.roll', erbij: 'session.roll' },
  '/organisatie/sessies/[code]/deelnemers.csv': { GET: 'session.roll' },
  '/organisatie/sessies/[code]/deelnemers/[person]': { GET: 'session.roll', kijk: 'session.roll', terug: 'session.roll', doe: 'session.roll' },
  '/organisatie/sessies/[code]/deur': {
    GET: 'session.door',
    in: 'session.door',
    out: 'session.door',
    typed: 'session.door',
    find: 'session.door',
    absent: 'session.door',
  },
  '/organisatie/sessies/[code]/deur/stand': { POST: 'session.door' },
  '/organisatie/sessies/[code]/logboek': { GET: 'session.journal' },
  '/organisatie/sessies/[code]/plaatsen': { GET: 'session.places', aantal: 'session.places', regel: 'session.places', weg: 'session.places' },
  '/organisatie/wensen': { GET: 'window.plan' },
  '/organisatie/wensen/nieuw': { GET: 'window.plan', plan: 'window.plan', zoek: 'window.plan' },
  '/organisatie/wensen/[window]': {
    GET: 'window.draw',
    sluit: 'window.draw',
    bevestig: 'window.draw',
    opnieuw: 'window.draw',
    afblazen: 'window.draw',
    controle: 'window.draw',
  },
  '/organisatie/wensen/[window]/bestand': { GET: 'window.file' },
  '/organisatie/wensen/[window]/wijzig': { GET: 'window.plan', plan: 'window.plan', zoek: 'window.plan' },
  '/privacy': { GET: 'house.read' },
  '/programma': { GET: 'programme.read', wens: 'session.wish' },
  '/programma/[code]': {
    GET: 'session.read',
    kies: 'session.choose',
    neem: 'session.choose',
    'laat-los': 'session.choose',
    wens: 'session.wish',
    'wens-weg': 'session.wish',
  },
  '/toegankelijkheid': { GET: 'house.read' },
  '/uitloggen': { GET: 'sign-out', default: 'sign-out' },
  '/wachtlijst': { GET: 'house.read' },
};

/** By operationId of the OpenAPI document. */
export const programs: Readonly<Record<string, Operation>> = {
  getDocument: 'house.read',
  listEditions: 'edition.read',
  getEdition: 'edition.read',
  listThemes: 'edition.read',
  listOrganisations: 'programme.read',
  listSessions: 'programme.read',
  getSession: 'session.read',
  suggest: 'programme.compose',
  getMe: 'own.details',
  getMyProgramme: 'own.programme',
  choose: 'session.choose',
  accept: 'session.choose',
  drop: 'own.programme',
  makeFeed: 'own.calendar',
  endFeed: 'own.calendar',
  getPlaces: 'session.places',
  changePlaces: 'session.places',
  listShares: 'session.places',
  setShares: 'session.places',
  listSeats: 'session.roll',
  placeByHand: 'session.roll',
  removeByHand: 'session.roll',
  listCheckIns: 'session.door',
  checkIn: 'session.door',
  undoCheckIn: 'session.door',
  getMyWishes: 'own.wishes',
  getMyWish: 'own.wishes',
  wish: 'session.wish',
  unwish: 'own.wishes',
  getMyOutcome: 'own.wishes',
  listWishWindows: 'programme.read',
  getWishWindow: 'window.read',
  planWishWindow: 'window.plan',
  changeWishWindow: 'window.plan',
  reviewDraw: 'window.draw',
  getDrawFile: 'window.file',
  closeWishWindow: 'window.draw',
  confirmDraw: 'window.draw',
  drawAgain: 'window.draw',
  callOffWishWindow: 'window.draw',
  makeAuditLink: 'window.draw',
};

/** By address, as feeds/feeds.ts knows them. */
export const files: Readonly<Record<string, Operation>> = {
  '/agenda/{edition}.ics': 'programme.read',
  '/agenda/mijn/{secret}.ics': 'own.calendar-feed',
  '/agenda/{edition}/{code}.ics': 'session.read',
  '/uitwisseling/{edition}/{file}': 'programme.read',
  '/sitemap.xml': 'programme.read',
  '/robots.txt': 'house.read',
  '/.well-known/security.txt': 'house.read',
  '/.well-known/security-policy.txt': 'house.read',
};

/** By address, as live/live.ts knows them. */
export const channels: Readonly<Record<string, Operation>> = {
  '/live/{code}/events': 'session.follow',
  '/live/{code}/changes': 'session.follow',
};
