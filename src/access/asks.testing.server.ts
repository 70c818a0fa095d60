// Everything that can be asked of the house, made from the map: every page, form, program's question, file and channel,
// about every thing there is. What the answer must be is for access.ts to say.
import { newId } from '#ground/chance.server.ts';
import { answerTo, type Operation, type Thing } from '#rooms/identity/access.ts';
import * as map from './map.ts';
import { editions, now, type TestThing, type Walker, type World } from './world.testing.server.ts';

export interface Ask {
  /** What is asked, as one finds it in the map. */
  readonly name: string;
  readonly surface: keyof typeof map.statuses;
  readonly operation: Operation;
  /** Null: there is nothing there, for nobody. */
  readonly thing: Thing | null;
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly type?: string;
  /** The address is a secret: who knows it, may. */
  readonly isBySecret?: boolean;
}

/** What the document of the API says of an operation. */
export interface Documented {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
}

/** The status that somebody must get; null: any that is not a no. */
export function statusFor({ surface, operation, thing }: Ask, { person }: Walker): number | null {
  const answer = answerTo(person, operation, thing);
  return answer === 'yes' ? null : map.statuses[surface][answer];
}

export const asksOf = (world: World, documented: readonly Documented[]): readonly Ask[] => [
  ...pages(world),
  ...programs(world, documented),
  ...files(world),
  ...channels(world),
];

/** Something that an address can be about, and where it stands. */
interface About {
  readonly edition: string;
  readonly thing: Thing | null;
  readonly fill: Readonly<Record<string, string>>;
}

const nobody = '00000000-0000-7000-8000-000000000000';
const noSecret = 'x'.repeat(43);

function sessions({ things, pass, materials }: World): readonly About[] {
  const filling = (code: string) => ({ code, pass: pass.get(code) ?? nobody, id: materials.get(code) ?? nobody });
  const there = (one: TestThing): About => ({ edition: one.edition, thing: one, fill: filling(one.code) });
  const not = (code: string): About => ({ edition: editions.own, thing: null, fill: filling(code) });
  const { own, another, elsewhere, cancelled, internal, internalOfOthers, draft, planned } = things;
  return [
    ...[own, another, elsewhere, cancelled, internal, internalOfOthers].map(there),
    not(draft.code),
    not(planned.code),
    not('WEGWEG'),
    not('NIETS1'),
  ];
}

/** Also what is a draft: for who works on it. */
function worked(world: World): readonly About[] {
  const { draft, planned } = world.things;
  const there = (one: TestThing): About => ({ edition: one.edition, thing: one, fill: { code: one.code } });
  return [...sessions(world).filter(({ fill }) => fill['code'] !== draft.code && fill['code'] !== planned.code), there(draft), there(planned)];
}

const organisationsThere: readonly About[] = [
  { edition: editions.own, thing: { edition: editions.own, organisations: ['een'] }, fill: { organisation: 'een' } },
  { edition: editions.own, thing: { edition: editions.own, organisations: ['twee'] }, fill: { organisation: 'twee' } },
  { edition: editions.other, thing: { edition: editions.other, organisations: ['twee'] }, fill: { organisation: 'twee' } },
  { edition: editions.own, thing: null, fill: { organisation: 'niets' } },
];

/** What somebody proposed; and sessions, drafts and nothing, which nobody proposed. */
function proposalsOf({ proposal, things }: World): readonly About[] {
  const not = (code: string): About => ({ edition: editions.own, thing: null, fill: { code } });
  return [{ edition: proposal.edition, thing: proposal, fill: { code: proposal.code } }, not(things.own.code), not(things.draft.code), not('NIETS1')];
}

const windowsOf = ({ windows }: World): readonly About[] => [
  { edition: editions.own, thing: { edition: editions.own }, fill: { window: windows.own } },
  { edition: editions.other, thing: { edition: editions.other }, fill: { window: windows.elsewhere } },
  { edition: editions.own, thing: { edition: editions.own, visibility: 'internal' }, fill: { window: windows.internal } },
  { edition: editions.own, thing: null, fill: { window: nobody } },
];

/** Stories: for everybody, for civil servants, one that is being written, and none. */
const storiesOf = ({ stories }: World): readonly About[] => [
  ...[stories.open, stories.internal].map((one) => ({ edition: one.edition, thing: one, fill: { slug: one.slug, story: one.id } })),
  { edition: editions.own, thing: null, fill: { slug: stories.draft.slug, story: stories.draft.id } },
  { edition: editions.own, thing: null, fill: { slug: 'niets', story: nobody } },
];

const mailingsOf = ({ mailings }: World): readonly About[] => [
  { edition: editions.own, thing: { edition: editions.own }, fill: { mailing: mailings.own } },
  { edition: editions.other, thing: { edition: editions.other }, fill: { mailing: mailings.elsewhere } },
  { edition: editions.own, thing: null, fill: { mailing: nobody } },
];

function editionsThere({ webhooks }: World, absent: boolean): readonly About[] {
  const there = (edition: keyof typeof webhooks): About => {
    const { id: webhook, delivery } = webhooks[edition];
    return { edition, thing: { edition }, fill: { webhook, delivery, kind: 'session-changed' } };
  };
  const none = { edition: 'niets', thing: null, fill: { webhook: nobody, delivery: nobody } };
  return [there(editions.own), there(editions.other), ...(absent ? [none] : [])];
}

/** All that an address with these holes can be about. */
function aboutIn(world: World, path: string, operation: Operation): readonly About[] {
  if (/[[{]code[\]}]/.test(path) && /^(proposal|review)\./.test(operation)) return proposalsOf(world);
  if (/^(session\.(write|cancel)|role\.offer-host)$/.test(operation)) return worked(world);
  // When a draft is to be has nobody thought of yet.
  if (operation === 'session.state-times')
    return worked(world).map((about) => (about.fill['code'] === world.things.draft.code ? { ...about, thing: null } : about));
  if (path.includes('[organisation]')) return organisationsThere;
  // A session is made for an organisation: the own one of who manages one.
  if (operation === 'session.make')
    return editionsThere(world, false).map((about) => ({ ...about, thing: { ...about.thing, organisations: ['een'] } }));
  if (/[[{]code[\]}]/.test(path)) return sessions(world).map((about) => ownedBy(world, about, operation));
  if (path.includes('[slug]')) return storiesOf(world);
  // Who writes sees all of them, whoever else may read them.
  if (path.includes('[story]'))
    return storiesOf(world).map((about) => (about.fill['story'] === nobody ? about : { ...about, thing: { edition: about.edition } }));
  if (/[[{]window[\]}]/.test(path)) return operation === 'own.wishes' ? [nothing] : windowsOf(world);
  if (/[[{]secret[\]}]/.test(path)) return [nothing];
  if (path.includes('[mailing]')) return mailingsOf(world);
  if (path.includes('{token}')) return [{ edition: editions.own, thing: { of: world.bystander.id }, fill: { token: world.bystander.token } }];
  // What is one's own is the same in every edition.
  if (/^(own\.|sign-)/.test(operation)) return [{ edition: editions.own, thing: {}, fill: {} }];
  return editionsThere(world, path.includes('{edition}')).map((about) => ({ ...about, fill: { ...about.fill, chapter: 'plan' } }));
}
const nothing: About = { edition: editions.own, thing: null, fill: { secret: noSecret, window: nobody } };

/** One's own is asked for by the code of a session, and is there for who has it. */
function ownedBy({ guest, pass }: World, about: About, operation: Operation): About {
  if (!operation.startsWith('own.')) return about;
  const has = about.fill['code'] !== undefined && pass.has(about.fill['code']);
  return { ...about, thing: has ? { of: guest.person.id } : null };
}

export const filled = (path: string, fill: Readonly<Record<string, string>>): string =>
  path.replace(/[[{](\w+)[\]}]/g, (hole, name: string) => encodeURIComponent(fill[name] ?? hole));

// Pages and their forms

/** What is one's own whatever the address says: a name that is kept, a place or a wish that is given up. */
const aboutOneself: readonly string[] = [
  '/mijn-programma/pas/[code] name',
  '/programma/[code] laat-los',
  '/programma/[code] wens-weg',
  'drop',
  'unwish',
];
/** What nobody has here: the file of a draw that was not done, a wish about what is not wished for, a sign-in provider. */
const notYet: readonly string[] = ['/organisatie/wensen/[window]/bestand GET', 'getMyWish', '/inloggen/provider GET', '/.well-known/jwks.json'];

function thingOf(said: string, { thing, fill }: About): Thing | null {
  if (notYet.includes(said)) return null;
  // Somebody with whom nothing was ever the matter at a session is nobody there.
  if (said.includes('[person]') && fill['pass'] === nobody) return null;
  return aboutOneself.includes(said) ? {} : thing;
}

function pages(world: World): Ask[] {
  return Object.entries(map.pages).flatMap(([route, asked]) =>
    Object.entries(asked).flatMap(([name, operation]) =>
      aboutIn(world, route, operation).flatMap((about) => {
        const at = about.edition === editions.own ? '' : `/edities/${about.edition}`;
        const path = at + (route === '/' && at !== '' ? '' : filled(route, { ...about.fill, person: world.guest.person.id }));
        const said = `${route} ${name}`;
        const surface = route.endsWith('/deur/stand') ? ('phone' as const) : ('page' as const);
        const ask = { name: said, surface, operation, thing: thingOf(said, about), path };
        if (name === 'GET') return [{ ...ask, path: path + (questions(about.edition)[route] ?? ''), method: 'GET' }];
        if (name === 'POST') return [{ ...ask, method: 'POST', type: 'application/json', body: JSON.stringify({ told: [], mark: null }) }];
        const form = { method: 'POST', type: 'application/x-www-form-urlencoded', body: forms[said] ?? '' };
        return [{ ...ask, ...form, path: name === 'default' ? path : `${path}?/${name}` }];
      }),
    ),
  );
}

/** What an address must ask for to be there. */
const questions = (edition: string): Readonly<Record<string, string>> => ({
  '/organisatie/rooster/botsingen': `?sessie=${edition === editions.other ? 'ELDERS' : 'EIGEN1'}`,
});

/** What a form must hold to come as far as the question who may. */
const forms: Readonly<Record<string, string>> = {
  '/organisatie/sessies/[code]/plaatsen aantal': 'way=onSite&capacity=x',
  '/organisatie/sessies/[code]/plaatsen regel': 'way=onSite&group=internal&most=500',
  '/organisatie/sessies/[code]/plaatsen weg': 'way=onSite&group=external',
  '/organisatie/wensen/[window] afblazen': 'reason=proef',
};

// What programs ask

function programs(world: World, documented: readonly Documented[]): Ask[] {
  return documented.flatMap(({ method, path, operationId }) => {
    const operation = map.programs[operationId];
    if (operation === undefined) return [];
    const hasBody = ['POST', 'PUT', 'PATCH'].includes(method);
    return aboutIn(world, path, operation).map((about) => ({
      name: operationId,
      surface: 'program' as const,
      operation,
      thing: thingOf(operationId, about),
      method,
      path: `${base}${filled(path.replace(base, ''), { ...about.fill, edition: about.edition, person: world.guest.person.id })}`,
      ...(hasBody && { body: JSON.stringify(bodies(about.edition)[operationId] ?? {}), type: 'application/json' }),
    }));
  });
}

const base = '/api/v1';
const at = (hours: number): string => new Date(now.getTime() + hours * 3_600_000).toISOString();
const bodies = (edition: string): Readonly<Record<string, unknown>> => ({
  setShares: { items: [] },
  placeByHand: { attendance: 'onSite', reason: 'proef' },
  removeByHand: { reason: 'proef' },
  wish: { strength: 'want' },
  planWishWindow: { opensAt: at(1), closesAt: at(2), sessions: [edition === editions.other ? 'WENS02' : 'WENS01'], wanted: 1 },
  callOffWishWindow: { reason: 'proef' },
  makeWebhook: { address: 'https://127.0.0.1/haak', events: ['session-changed'] },
});

// Files and channels

function files(world: World): Ask[] {
  return Object.entries(map.files).flatMap(([address, operation]) => {
    const known = address.includes('{secret}')
      ? [nothing, { edition: editions.own, thing: {}, fill: { secret: /([^/]+)\.ics$/.exec(world.feed)![1]! } }]
      : aboutIn(world, address, operation);
    return known.flatMap((about) =>
      (address.includes('{file}') ? ['schedule.json', 'schedule.xml'] : ['']).map((file) => ({
        name: address,
        surface: 'feed' as const,
        operation,
        thing: thingOf(address, about),
        method: 'GET',
        path: filled(address, { ...about.fill, edition: about.edition, file }),
        isBySecret: address.includes('{secret}'),
      })),
    );
  });
}

const channels = (world: World): Ask[] =>
  Object.entries(map.channels).flatMap(([address, operation]) =>
    aboutIn(world, address, operation).map((about) => ({
      name: address,
      surface: 'live' as const,
      operation,
      thing: about.thing,
      method: 'GET',
      path: filled(address, about.fill),
    })),
  );

/** Another key for each question, so that none is taken for an earlier one. */
export const newKey = (): string => newId(now);
