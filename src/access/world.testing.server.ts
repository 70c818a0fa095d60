// A small world in which everything that can be hidden is there, each with a word of its own ('kanarie...') in every text:
// where such a word is read by somebody for whom it is not, something leaks. A test file that imports this has its own database.
import { sql } from 'kysely';
import { hashOf, newId, newSecret } from '#ground/chance.server.ts';
import { now as clock } from '#ground/clock.server.ts';
import type { EditionId, OrganisationId, PersonId, SessionId } from '#ground/id.ts';
import { isRefusal } from '#ground/refusal.ts';
import { testVisit } from '#ground/testing.server.ts';
import type { Person, Role } from '#ground/visit.ts';
import { feedAddress } from '#rooms/calendar';
import { answerTo, sees, type Thing } from '#rooms/identity/access.ts';
import { sessionOfHolder } from '#rooms/programme';
import { begin, noAnswers } from '#rooms/registration/draft.ts';
import * as seats from '#rooms/seats';
import { wish } from '#rooms/wishes';

const { db } = testVisit();
export const now = clock();
const hour = 3_600_000;
const after = (hours: number): Date => new Date(now.getTime() + hours * hour);
const day = (at: Date): string => at.toISOString().slice(0, 10);

/** Somebody who asks, in a browser or as a program. */
export interface Walker {
  readonly name: string;
  readonly person: Person | null;
  readonly bearer: string | null;
  readonly cookies: readonly string[];
}

export interface TestThing extends Thing {
  readonly id: SessionId;
  readonly code: string;
  readonly edition: string;
}

/** Who may read a word. */
export type Canaries = Readonly<Record<string, (walker: Walker) => boolean>>;

export const editions = { own: 'eigen', other: 'ander' } as const;
const editionIds = { eigen: newId<'edition'>(now), ander: newId<'edition'>(now) } satisfies Record<string, EditionId>;
const organisationIds: Record<string, OrganisationId> = { een: newId(now), twee: newId(now) };
for (const [slug, id] of Object.entries(organisationIds))
  await sql`insert into organisations (id, slug, name) values (${id}, ${slug}, ${{ nl: `Organisatie ${slug}` }})`.execute(db);
for (const [slug, id] of Object.entries(editionIds)) {
  await sql`insert into editions (id, slug, name, starts_on, ends_on, time_zone, is_current, created_at)
    values (${id}, ${slug}, ${{ nl: `Editie ${slug}` }}, ${day(after(-72))}, ${day(after(600))}, 'Europe/Amsterdam', ${slug === editions.own}, ${now})`.execute(
    db,
  );
  await sql`insert into themes (id, edition_id, slug, name, position) values (${newId(now)}, ${id}, 'inkoop', '{"nl":"Inkoop"}', 0)`.execute(db);
}

interface With {
  readonly edition?: keyof typeof editionIds;
  readonly organisation?: string;
  readonly visibility?: 'public' | 'internal';
  readonly state?: 'published' | 'draft' | 'submitted' | 'scheduled' | 'cancelled';
  /** In every text. */
  readonly word?: string;
  readonly online?: string;
  readonly startsIn?: number;
}

export async function session(
  code: string,
  {
    edition = editions.own,
    organisation = 'een',
    visibility = 'public',
    state = 'published',
    word = code.toLowerCase(),
    online = word,
    startsIn = 48,
  }: With,
): Promise<TestThing> {
  const id = newId<'session'>(now);
  const text = (part: string) => ({ nl: `${word} ${part}`, en: `${word} ${part} en` });
  await sql`insert into sessions (id, edition_id, code, title, summary, description, speakers, format, visibility, state, starts_at, ends_at, location, online, updated_at, created_at, languages, cancelled_at)
    values (${id}, ${editionIds[edition]}, ${code}, ${text('titel')}, ${text('samenvatting')}, ${text('beschrijving')}, ${[`${word} spreker`]}, 'hybrid', ${visibility}, ${state},
      ${after(startsIn)}, ${after(startsIn + 1)}, ${`${word} zaal`}, ${`https://example.org/${online}`}, ${now}, ${now}, '{nl}', ${state === 'cancelled' ? now : null})`.execute(
    db,
  );
  await sql`insert into places (session_id, attendance, capacity) values (${id}, 'onSite', 20), (${id}, 'online', null)`.execute(db);
  await sql`insert into session_organisations (session_id, organisation_id, position) values (${id}, ${organisationIds[organisation]!}, 0)`.execute(
    db,
  );
  await sql`insert into session_themes (session_id, theme_id, position) select ${id}, id, 0 from themes where edition_id = ${editionIds[edition]}`.execute(
    db,
  );
  return { id, code, edition, organisations: [organisation], visibility };
}

/** A file beside a session; answers its number. What is in it stands in a folder of the server. */
async function material(of: TestThing, word: string): Promise<string> {
  const id = newId<'material'>(now);
  await sql`insert into materials (id, session_id, kind, title, file, name, type, bytes, credit, added_at)
    values (${id}, ${of.id}, 'document', ${`${word} stuk`}, ${newSecret()}, ${`${word}.pdf`}, 'application/pdf', 4, ${`${word} maker`}, ${now})`.execute(
    db,
  );
  return id;
}
export async function materialFiles(): Promise<readonly string[]> {
  const { rows } = await sql<{
    file: string;
  }>`select file from materials union all select photo_file from stories where photo_file is not null`.execute(db);
  return rows.map(({ file }) => file);
}

/** News, with its word in every text. */
async function news(slug: string, word: string, state: 'published' | 'draft', visibility: 'public' | 'internal') {
  const id = newId<'story'>(now);
  await sql`insert into stories (id, edition_id, slug, title, lead, body, byline, photo_file, photo_width, photo_height, photo_alternative, photo_credit, visibility, state, publish_at, created_at, updated_at)
    values (${id}, ${editionIds.eigen}, ${slug}, ${{ nl: `${word} titel` }}, ${{ nl: `${word} begin` }}, ${{ nl: `${word} tekst` }}, ${`${word} schrijver`}, ${newSecret()}, 4, 3,
      ${`${word} beeld`}, ${`${word} maker`}, ${visibility}, ${state}, ${state === 'published' ? now : null}, ${now}, ${now})`.execute(db);
  return { id, slug, edition: editions.own, visibility };
}

/** Something of another program that is told what happens in an edition. */
async function webhook(edition: keyof typeof editionIds, by: Person, word: string): Promise<{ id: string; delivery: string }> {
  const [id, delivery] = [newId<'webhook'>(now), newId<'delivery'>(now)];
  await sql`insert into webhooks (id, edition_id, made_by, address, types, secret, created_at)
    values (${id}, ${editionIds[edition]}, ${by.id}, ${`https://127.0.0.1/${word}`}, '{session-changed}', ${newSecret()}, ${now})`.execute(db);
  await sql`insert into deliveries (id, webhook_id, line_id, type, subject, created_at, due_at, given_up_at)
    values (${delivery}, ${id}, ${newId(now)}, 'session-changed', ${word}, ${now}, ${now}, ${now})`.execute(db);
  return { id, delivery };
}

/** The call of an edition, open now. */
async function call(edition: keyof typeof editionIds): Promise<void> {
  const question = { key: 'v1', label: { nl: 'Waarom?' }, hint: {}, kind: 'line', options: [], isRequired: false, isForReviewers: true, most: 200 };
  const criterion = { key: 'c1', label: { nl: 'Nut' }, hint: {}, weight: 1 };
  await sql`insert into calls (edition_id, opens_at, closes_at, text, questions, criteria, revision)
    values (${editionIds[edition]}, ${after(-24)}, ${after(240)}, '{"nl":"Doe mee"}', ${JSON.stringify([question])}, ${JSON.stringify([criterion])}, 1)`.execute(
    db,
  );
}

/** Makes a session something that somebody proposed and handed in. */
async function proposed(one: TestThing, by: Person, word: string): Promise<TestThing> {
  await sql`insert into proposals (session_id, answers, note, minutes, submitted_at)
    values (${one.id}, ${JSON.stringify({ v1: `${word} antwoord` })}, ${`${word} toelichting`}, 60, ${now})`.execute(db);
  await sql`insert into proposers (session_id, person_id, position, joined_at) values (${one.id}, ${by.id}, 0, ${now})`.execute(db);
  const reader = walkers.find(({ name }) => name === 'reviewer')!.person!.id;
  await sql`insert into assignments (session_id, person_id, assigned_at) values (${one.id}, ${reader}, ${now})`.execute(db);
  return { ...one, proposers: [by.id], readers: [reader] };
}

async function deepens(deeper: TestThing, on: TestThing): Promise<void> {
  await sql`insert into deepenings (deeper_id, session_id) values (${deeper.id}, ${on.id})`.execute(db);
}

async function window(edition: keyof typeof editionIds, of: readonly TestThing[]): Promise<string> {
  const id = newId<'wish window'>(now);
  await sql`insert into wish_windows (id, edition_id, is_all, opens_at, closes_at, wanted, seed, seed_hash, created_at)
    values (${id}, ${editionIds[edition]}, false, ${after(-1)}, ${after(30)}, 3, ${'ab'.repeat(32)}, ${hashOf('ab'.repeat(32))}, ${now})`.execute(db);
  for (const one of of) await sql`insert into wish_window_sessions (window_id, session_id) values (${id}, ${one.id})`.execute(db);
  return id;
}

// What everybody may know

const own = await session('EIGEN1', { online: 'kanarielink' });
const another = await session('ANDER1', { organisation: 'twee' });
const elsewhere = await session('ELDERS', { edition: editions.other, organisation: 'twee' });
const cancelled = await session('GAATNT', { state: 'cancelled' });
const wished = await session('WENS01', { startsIn: 72 });
const wishedElsewhere = await session('WENS02', { edition: editions.other, organisation: 'twee', startsIn: 72 });
/** A letter of a team that nobody released yet. */
export async function mailing(edition: keyof typeof editionIds, word: string): Promise<string> {
  const id = newId<'mailing'>(clock());
  const text = { nl: word, en: word };
  await sql`insert into mailings (id, edition_id, audience, subject, body, written_at)
    values (${id}, ${editionIds[edition]}, 'hosts', ${text}, ${text}, ${clock()})`.execute(db);
  return id;
}
const mailings = { own: await mailing(editions.own, 'kanariebrief'), elsewhere: await mailing(editions.other, 'elders') };
const windows = { own: await window(editions.own, [wished]), elsewhere: await window(editions.other, [wishedElsewhere]) };

// Who comes by

async function somebody(
  name: string,
  { isInternal = false, roles = [], email = `${name}@example.org` }: { isInternal?: boolean; roles?: Role[]; email?: string } = {},
) {
  const id = newId<'person'>(now) satisfies PersonId;
  await sql`insert into people (id, email, is_internal, created_at) values (${id}, ${email}, ${isInternal}, ${now})`.execute(db);
  for (const { role, scope } of roles)
    await sql`insert into roles (person_id, role, scope, granted_at) values (${id}, ${role}, ${scope}, ${now})`.execute(db);
  const bearer = newSecret();
  await sql`insert into access_tokens (id, person_id, token_hash, created_at) values (${newId(now)}, ${id}, ${hashOf(bearer)}, ${now})`.execute(db);
  return { name, person: { id, email, isInternal, organisation: null, roles } satisfies Person, bearer, cookies: [] as string[] };
}

/** What the browser of somebody who signed in just now sends along. */
export async function signedIn({ person, cookies }: Walker): Promise<string> {
  if (person === null) return cookies.join('; ');
  const token = newSecret();
  await sql`insert into sign_ins (id, person_id, token_hash, way, created_at, expires_at)
    values (${newId(now)}, ${person.id}, ${hashOf(token)}, 'passkey', ${clock()}, ${after(48)})`.execute(db);
  return [...cookies, `__Host-sign-in=${token}`].join('; ');
}

const hidden = ['INTERN', 'CONCPT', 'PLAN01'];
const scoped = (role: 'host' | 'moderator'): Role[] => ['EIGEN1', ...hidden].map((scope) => ({ role, scope }));
const guest = await somebody('guest', { isInternal: true, email: 'kanariemail@example.org' });
const draftSecret = newSecret();
guest.cookies.push(`__Host-draft=${draftSecret}`);
export const walkers: readonly Walker[] = [
  { name: 'visitor', person: null, bearer: null, cookies: [] },
  await somebody('external'),
  await somebody('internal', { isInternal: true }),
  await somebody('moderator', { roles: scoped('moderator') }),
  await somebody('host', { roles: scoped('host') }),
  await somebody('manager', { roles: [{ role: 'manager', scope: 'een' }] }),
  await somebody('reviewer', { roles: [{ role: 'reviewer', scope: editions.own }] }),
  await somebody('reviewer elsewhere', { roles: [{ role: 'reviewer', scope: editions.other }] }),
  await somebody('team', { roles: [{ role: 'team', scope: editions.own }] }),
  await somebody('admin', { roles: [{ role: 'admin', scope: '' }] }),
  await somebody('host elsewhere', { roles: [{ role: 'host', scope: 'ELDERS' }] }),
  await somebody('team elsewhere', { roles: [{ role: 'team', scope: editions.other }] }),
  guest,
];

const visit = testVisit({ now, person: guest.person });
async function takePart(one: TestThing, person: Person = guest.person): Promise<void> {
  const visit = testVisit({ now, person });
  const found = await sessionOfHolder(visit, one.code);
  if (!found || isRefusal(await seats.claim(visit, found, 'onSite', 'own'))) throw new Error(`no place in ${one.code}`);
}
for (const one of [own, another]) await takePart(one);
await wish(visit, wished.code, { strength: 'must' });
const walkerNamed = (name: string): Walker & { person: Person } => {
  const found = walkers.find((one) => one.name === name);
  if (!found?.person) throw new Error(`there is no ${name}`);
  return { ...found, person: found.person };
};
const byHand = { id: own.id, code: own.code };
const organiser = testVisit({ now, person: walkerNamed('host').person });
await seats.placeByHand(organiser, byHand, walkerNamed('admin').person.id, 'onSite', 'kanariereden');
await seats.removeByHand(organiser, byHand, walkerNamed('admin').person.id, 'kanariereden');

const materials = new Map<string, string>();
for (const one of [own, another, elsewhere, cancelled]) materials.set(one.code, await material(one, 'openbaar'));
const webhooks = {
  [editions.own]: await webhook(editions.own, walkerNamed('team').person, 'kanariehaak'),
  [editions.other]: await webhook(editions.other, walkerNamed('team elsewhere').person, 'haak'),
};

const openStory = await news('open', 'openbaar', 'published', 'public');

/** Somebody who asks nothing. What is theirs must be the same, whatever others try. */
const bystander = await somebody('bystander', { isInternal: true });
await signedIn(bystander);
await takePart(another, bystander.person);
const bystandersToken = await sql<{ id: string }>`select id from access_tokens where person_id = ${bystander.person.id}`.execute(db);
export async function bystanders(): Promise<unknown> {
  const tables = ['access_tokens', 'sign_ins', 'calendar_feeds', 'passkeys', 'seats', 'roles'];
  const { id } = bystander.person;
  const rows = tables.map((table) => sql`select to_jsonb(t) as row from ${sql.table(table)} t where person_id = ${id} order by 1`.execute(db));
  const person = sql`select to_jsonb(p) as row from people p where id = ${id}`.execute(db);
  return (await Promise.all([...rows, person])).map(({ rows }) => rows);
}

for (const edition of [editions.own, editions.other]) await call(edition);

/** What is there for some and not for all. Comes later, so that a test can see what it changes for the others: nothing. */
export async function hide() {
  const internal = await session('INTERN', { visibility: 'internal', word: 'kanarieintern' });
  const internalOfOthers = await session('INTERB', { visibility: 'internal', organisation: 'twee', word: 'kanariebuiten' });
  const draft = await session('CONCPT', { state: 'draft', word: 'kanarieconcept' });
  const planned = await session('PLAN01', { state: 'scheduled', visibility: 'internal', word: 'kanarieplan' });
  const wishedInternal = await session('WENS03', { visibility: 'internal', organisation: 'twee', word: 'kanariewens', startsIn: 72 });
  const proposal = await proposed(
    await session('VOORST', { state: 'submitted', organisation: 'twee', word: 'kanarievoorstel' }),
    guest.person,
    'kanarievoorstel',
  );
  const deleted = await session('WEGWEG', { word: 'kanarieweg' });
  for (const one of [internal, internalOfOthers, draft, planned]) {
    await deepens(one, own);
    await deepens(another, one);
  }
  for (const table of ['places', 'session_organisations', 'session_themes'])
    await sql`delete from ${sql.table(table)} where session_id = ${deleted.id}`.execute(db);
  await sql`delete from sessions where id = ${deleted.id}`.execute(db);
  const windowInternal = await window(editions.own, [wishedInternal]);

  await sql`update people set name = 'Kanarienaam', access_needs = 'kanarienood' where id = ${guest.person.id}`.execute(db);
  for (const one of [internal, internalOfOthers]) await takePart(one);
  await wish(visit, wishedInternal.code, { strength: 'must' });
  for (const [one, word] of [
    [internal, 'kanarieintern'],
    [internalOfOthers, 'kanariebuiten'],
    [draft, 'kanarieconcept'],
    [planned, 'kanarieplan'],
  ] as const)
    materials.set(one.code, await material(one, word));
  const answers = {
    ...noAnswers,
    question: 'kanarievraag',
    themes: ['inkoop'],
    email: 'kanarieconceptmail@example.org',
    accessNeeds: 'kanarieconceptnood',
  };
  await sql`insert into drafts (secret_hash, edition_id, answers, created_at, updated_at, expires_at)
    values (${hashOf(draftSecret)}, ${editionIds.eigen}, ${JSON.stringify({ ...begin(1, { fits: 2, surprises: 1 }), reached: 5, answers })}, ${now}, ${now}, ${after(48)})`.execute(
    db,
  );
  const stories = {
    open: openStory,
    internal: await news('intern', 'kanarienieuws', 'published', 'internal'),
    draft: await news('klad', 'kanarieklad', 'draft', 'public'),
  };
  const feed = await feedAddress(visit);
  if (isRefusal(feed)) throw new Error(feed.refused);
  const pass = await passesOf(guest.person.id);
  return {
    things: { own, another, elsewhere, cancelled, internal, internalOfOthers, draft, planned },
    proposal,
    mailings,
    windows: { ...windows, internal: windowInternal },
    guest,
    pass,
    materials,
    stories,
    webhooks,
    bystander: { id: bystander.person.id, token: bystandersToken.rows[0]!.id },
    feed: new URL(feed).pathname,
    canaries: canariesFor({ own, internal, internalOfOthers, another, wishedInternal, draft, planned }),
  };
}
export type World = Awaited<ReturnType<typeof hide>>;

async function passesOf(person: PersonId): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ code: string; pass: string }>`
    select s.code, t.pass from seats t join sessions s on s.id = t.session_id where t.person_id = ${person}`.execute(db);
  return new Map(rows.map(({ code, pass }) => [code, pass]));
}

function canariesFor({ own, internal, internalOfOthers, another, wishedInternal, draft, planned }: Readonly<Record<string, TestThing>>): Canaries {
  const isGuest = ({ person }: Walker) => person?.id === guest.person.id;
  const runs = (thing: TestThing | undefined) => (walker: Walker) => thing !== undefined && answerTo(walker.person, 'session.run', thing) === 'yes';
  const reads = (thing: TestThing | undefined) => (walker: Walker) => thing !== undefined && (sees(walker.person, thing) || runs(thing)(walker));
  const works = (thing: TestThing | undefined) => (walker: Walker) =>
    thing !== undefined && answerTo(walker.person, 'session.write', thing) === 'yes';
  const nobody = () => false;
  /** Who runs a session that the guest has a place in. */
  const receives = (walker: Walker) => isGuest(walker) || [own, internal, another, internalOfOthers].some((thing) => runs(thing)(walker));
  return {
    kanarieintern: reads(internal),
    kanariebuiten: reads(internalOfOthers),
    kanariewens: reads(wishedInternal),
    /** Its proposers, the committee and the team. */
    kanarievoorstel: (walker) =>
      isGuest(walker) || (own !== undefined && answerTo(walker.person, 'review.enter', { edition: own.edition }) === 'yes'),
    kanarienieuws: (walker) => sees(walker.person, { visibility: 'internal' }) || answerTo(walker.person, 'edition.lead', own) === 'yes',
    kanarieklad: ({ person }) => answerTo(person, 'edition.lead', own) === 'yes',
    kanarieconcept: works(draft),
    kanarieplan: works(planned),
    kanarieweg: nobody,
    kanarielink: (walker) => isGuest(walker) || runs(own)(walker),
    kanariemail: receives,
    kanarienaam: receives,
    kanarienood: isGuest,
    kanarievraag: isGuest,
    kanarieconceptmail: isGuest,
    kanarieconceptnood: isGuest,
    kanariereden: runs(own),
    kanariebrief: ({ person }) => answerTo(person, 'letters.arrange', own) === 'yes',
    kanariehaak: ({ person }) => answerTo(person, 'edition.lead', own) === 'yes',
  };
}

/** The own edition is the current one, and all are open. */
export async function putEditionsBack(): Promise<void> {
  await sql`update editions set closed_at = null where closed_at is not null`.execute(db);
  await sql`update editions set is_current = false where is_current and slug <> ${editions.own}`.execute(db);
  await sql`update editions set is_current = true where not is_current and slug = ${editions.own}`.execute(db);
}

/** Everybody may see everything: what a forgotten condition would do. */
export async function publishAll(): Promise<void> {
  await sql`update sessions set state = 'published', visibility = 'public' where state in ('draft', 'scheduled') or visibility = 'internal'`.execute(
    db,
  );
  await sql`update stories set state = 'published', visibility = 'public', publish_at = ${now}`.execute(db);
}

/**
 * The same, behind the back of every query: what they read about a session's state or visibility, or about somebody's
 * roles, is not what was written. So a guard is out and nothing else changes.
 */
export async function takeOut(guard: 'visibility' | 'roles'): Promise<() => Promise<void>> {
  const table = guard === 'visibility' ? 'sessions' : 'roles';
  const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
    where table_name = ${table} and table_schema = 'public' order by ordinal_position`.execute(db);
  const lies: Readonly<Record<string, string>> = {
    visibility: `'public'::text`,
    state: `case when state = 'cancelled' then state else 'published' end`,
  };
  const columns = rows.map(({ name }) => (name in lies ? `${lies[name]} as ${name}` : `"${name}"`)).join(', ');
  const from =
    guard === 'visibility'
      ? `select ${columns} from sessions_as_written`
      : `select id as person_id, 'team'::text as role, '${editions.own}'::text as scope, now() as granted_at from people`;
  await sql
    .raw(`alter table ${table} rename to ${table}_as_written; create view ${table} as ${from}; update editions set version = version + 1`)
    .execute(db);
  return async () => {
    await sql.raw(`drop view ${table}; alter table ${table}_as_written rename to ${table}; update editions set version = version + 1`).execute(db);
  };
}
