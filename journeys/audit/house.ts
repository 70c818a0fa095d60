// A house with something in every room, people of every access class, and the address of every page.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { BrowserContext } from 'playwright-core';
import { hashOf, newId, newSecret } from '#ground/chance.server.ts';
import { signInCookie } from '#rooms/identity/cookie.ts';
import type { Site } from '../browser.ts';
import { toOverview, toProposal } from '../guide.ts';

export const classes = ['visitor', 'external', 'internal', 'host', 'manager', 'moderator', 'team', 'admin'] as const;
export type Class = (typeof classes)[number];

export interface House {
  /** Makes a browser that of somebody of a class, with a half-finished guide. */
  readonly enterAs: (context: BrowserContext, who: Class) => Promise<void>;
  /** Where each page is found, by its route; null when a route is not in the house's list. */
  readonly addressOf: (route: string) => string | null;
}

/** Every route that has a page, as SvelteKit names it. */
export const routes: readonly string[] = readdirSync(join(import.meta.dirname, '../../src/routes'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('+page.svelte'))
  .map((path) => `/${path.replace(/\/?\+page\.svelte$/, '')}`)
  .toSorted();

export async function fill(site: Site): Promise<House> {
  const session = await aSession(site);
  const tokens = await everybody(site, session);
  const window = await aDraw(site);
  const draft = await aDraft(site);
  const seat = await aSeat(site, session.code);
  await somethingEverywhere(site, session.code);
  const params: Readonly<Record<string, string>> = {
    '[code]': session.code,
    '[window]': window,
    '[person]': seat,
    '[chapter]': 'plan',
    '[organisation]': session.organisation,
    '[kind]': 'session-changed',
    ...(await aStory(site)),
    ...(await aMailing(site)),
  };
  const proposals = await aCall(site);
  await aMonthInTheMaking(site, session.code);
  return {
    enterAs: async (context, who) => {
      const token = tokens.get(who);
      const { name } = signInCookie(new URL(site.url));
      if (token !== undefined)
        await context.addCookies([{ name, value: token, url: site.url.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Lax' }]);
      await context.addCookies(draft);
    },
    addressOf: (route) => {
      const code = Object.entries(proposals).find(([start]) => route.startsWith(start))?.[1];
      const its = code === undefined ? params : { ...params, '[code]': code };
      const parts = route.split('/').map((part) => (part.startsWith('[') ? its[part] : part));
      return parts.includes(undefined) ? null : parts.join('/') || '/';
    },
  };
}

/** News with a long word in it; answers where it is read and written. */
async function aStory({ db }: Site): Promise<Readonly<Record<string, string>>> {
  const [id, now] = [newId(new Date()), new Date()];
  await sql`insert into stories (id, edition_id, slug, title, lead, body, byline, state, publish_at, created_at, updated_at)
    select ${id}, id, 'nieuws', '{"nl":"Arbeidsongeschiktheidsverzekeringsmaatschappijen"}', '{"nl":"Kort verteld."}', ${{ nl: '## Kop\n\nTekst.' }}, 'Het programmateam',
      'published', ${now}, ${now}, ${now} from editions where slug = 'voorbeeld'`.execute(db);
  return { '[slug]': 'nieuws', '[story]': id };
}

/** A letter of the team that waits, and the address by which somebody ends such letters. */
async function aMailing({ db }: Site): Promise<Readonly<Record<string, string>>> {
  const [id, secret, now] = [newId(new Date()), newSecret(), new Date()];
  await sql`insert into mailings (id, edition_id, audience, subject, body, written_by, written_at)
    select ${id}, e.id, 'participants', '{"nl":"Arbeidsongeschiktheidsverzekeringsmaatschappijen"}', '{"nl":"Dag. Tot gauw."}', p.id, ${now}
    from editions e, people p where e.slug = 'voorbeeld' and p.email = 'deelnemer-team@example.org'`.execute(db);
  await sql`insert into unsubscribes (secret, person_id, what) select ${secret}, id, 'mailings' from people where email = 'deelnemer-external@example.org'`.execute(
    db,
  );
  return { '[mailing]': id, '[secret]': secret };
}

/** A call that is open, a proposal of the administrator and one that they judge; answers the codes by where they are seen. */
async function aCall(site: Site): Promise<Readonly<Record<string, string>>> {
  const { db } = site;
  const now = new Date();
  await site.tool('role', 'deelnemer-admin@example.org', 'reviewer:voorbeeld');
  await sql`insert into calls (edition_id, opens_at, closes_at, text, questions, criteria)
    select id, ${now}::timestamptz - interval '1 day', ${now}::timestamptz + interval '9 days', '{"nl":"Doe mee met jouw sessie."}', ${JSON.stringify(
      [{ key: 'v1', label: { nl: 'Waarom?' }, hint: {}, kind: 'text', options: [], isRequired: true, isForReviewers: true, most: 500 }],
    )}::jsonb, ${JSON.stringify([{ key: 'c1', label: { nl: 'Nut' }, hint: {}, weight: 2 }])}::jsonb from editions where slug = 'voorbeeld'
    on conflict (edition_id) do nothing`.execute(db);
  const proposed = async (code: string, by: string, state: string) => {
    await sql`with made as (
        insert into sessions (id, edition_id, code, title, summary, format, visibility, state, updated_at, created_at)
        select gen_random_uuid(), id, ${code}, '{"nl":"Verantwoordelijkheidsverdelingsoverzichten vergelijken"}', '{"nl":"Kort."}', 'workshop', 'public', ${state}, ${now}, ${now}
        from editions where slug = 'voorbeeld' returning id),
      places as (insert into places (session_id, attendance, capacity) select id, attendance, 20 from made, unnest('{onSite,online}'::text[]) as attendance),
      proposal as (insert into proposals (session_id, answers, submitted_at) select id, '{"v1":"Omdat"}', ${state === 'draft' ? null : now} from made returning session_id)
      insert into proposers (session_id, person_id, position, joined_at) select session_id, p.id, 0, ${now} from proposal, people p where p.email = ${by}`.execute(
      db,
    );
    return code;
  };
  const own = await proposed('VRSTL1', 'deelnemer-admin@example.org', 'draft');
  const toJudge = await proposed('VRSTL2', 'deelnemer-external@example.org', 'submitted');
  await sql`insert into assignments (session_id, person_id, assigned_at)
    select s.id, p.id, ${now} from sessions s, people p where s.code = ${toJudge} and p.email = 'deelnemer-admin@example.org'`.execute(db);
  return { '/mijn-voorstellen': own, '/beoordelen': toJudge, '/organisatie/voorstellen': toJudge };
}

/** Rooms, times, a move that nobody was told of, what was told before, goals and figures, and an import that differs. */
async function aMonthInTheMaking({ db }: Site, code: string): Promise<void> {
  const now = new Date();
  await sql`insert into venues (id, edition_id, name, kind, capacity, position)
    select gen_random_uuid(), e.id, venue.name, venue.kind, 40, venue.nth from editions e,
      (values ('Vergaderruimtereserveringszaal', 'onSite', 0), ('Uitzending', 'online', 1)) as venue (name, kind, nth) where e.slug = 'voorbeeld'`.execute(
    db,
  );
  await sql`insert into slots (id, edition_id, starts_at, ends_at, is_open)
    select gen_random_uuid(), edition_id, starts_at, ends_at, true from sessions where code = ${code}`.execute(db);
  await sql`insert into placements (session_id, edition_id, starts_at, ends_at, venue_id, placed_at)
    select s.id, s.edition_id, s.starts_at + interval '1 hour', s.ends_at + interval '1 hour', v.id, ${now}
    from sessions s join venues v on v.edition_id = s.edition_id and v.kind = 'onSite' where s.code = ${code}`.execute(db);
  await sql`insert into goals (edition_id, measure, target, by_day) select id, 'participants', 500, ends_on from editions where slug = 'voorbeeld'`.execute(
    db,
  );
  await sql`insert into figures_by_day (edition_id, day, figures, taken_at)
    select id, current_date - nth, json_build_object('participants', 400 - nth * 20, 'organisations', 9, 'signUps', 900, 'attendance', 300, 'three', 60, 'surprises', 200, 'themes', 80, 'links', 20), ${now} from editions, generate_series(1, 9) as nth where slug = 'voorbeeld'
    on conflict do nothing`.execute(db);
  await sql`insert into import_conflicts (session_id, field, theirs, mine, found_at)
    select id, 'place', '"Zaal 2"', '"Zaal 1"', ${now} from sessions where code = ${code}`.execute(db);
}

interface Session {
  readonly code: string;
  readonly organisation: string;
}

/** One of tomorrow or later that everybody may follow in both ways. */
async function aSession({ db }: Site): Promise<Session> {
  const { rows } = await sql<Session>`
    select s.code, o.slug as organisation from sessions s
    join session_organisations so on so.session_id = s.id and so.position = (select min(position) from session_organisations where session_id = s.id)
    join organisations o on o.id = so.organisation_id join editions e on e.id = s.edition_id
    where e.slug = 'voorbeeld' and s.visibility = 'public' and s.state = 'published' and s.starts_at > now() + interval '1 day'
      and (select count(*) from places p where p.session_id = s.id and p.capacity > p.held + 2) = 2
    order by s.starts_at limit 1`.execute(db);
  if (!rows[0]) throw new Error('the example has no session for this');
  return rows[0];
}

/** Somebody of every class but the visitor, signed in with a passkey; answers what their cookie holds. */
async function everybody(site: Site, { code, organisation }: Session): Promise<ReadonlyMap<Class, string>> {
  const roles: Partial<Record<Class, string>> = {
    internal: 'internal',
    host: `host:${code}`,
    manager: `manager:${organisation}`,
    moderator: `moderator:${code}`,
    team: 'team:voorbeeld',
    admin: 'admin',
  };
  const tokens = new Map<Class, string>();
  for (const who of classes.slice(1)) {
    const email = `deelnemer-${who}@example.org`;
    const role = roles[who];
    await (role === undefined ? site.tool('token', email) : site.tool('role', email, role));
    const token = newSecret();
    const now = new Date();
    await sql`insert into sign_ins (id, person_id, token_hash, way, device, created_at, expires_at)
      select ${newId(now)}, id, ${hashOf(token)}, 'passkey', 'Chrome op Windows', ${now}, ${now}::timestamptz + interval '1 day' from people where email = ${email}`.execute(
      site.db,
    );
    tokens.set(who, token);
  }
  return tokens;
}

/** A wish window that is open; answers its number. */
async function aDraw(site: Site): Promise<string> {
  const token = (await site.tool('token', 'deelnemer-team@example.org')).trim();
  const { rows } = await sql<{ code: string }>`select s.code from sessions s join editions e on e.id = s.edition_id
    where e.slug = 'voorbeeld' and s.visibility = 'public' and s.state = 'published' and s.starts_at > now() + interval '3 days' order by s.starts_at desc limit 4`.execute(
    site.db,
  );
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const answer = await fetch(`${site.url}/api/v1/editions/voorbeeld/wish-windows`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': newId(new Date()) },
    body: JSON.stringify({ opensAt: at(-1), closesAt: at(24), sessions: rows.map(({ code }) => code), wanted: 3 }),
  });
  const made: unknown = await answer.json();
  if (answer.status !== 201 || typeof made !== 'object' || made === null || !('window' in made || 'id' in made))
    throw new Error(JSON.stringify(made));
  return String('window' in made ? made.window : made.id);
}

/** The cookie of somebody who stands before the last step of the guide. */
async function aDraft(site: Site) {
  const page = await site.visitor();
  await toProposal(page);
  await toOverview(page, site, 'deelnemer-1@example.org');
  const cookies = await page.context().cookies();
  await page.context().close();
  return cookies.filter(({ name }) => name.endsWith('draft'));
}

/** Who came to the session: everybody has a place, and one of them is answered. */
async function aSeat(site: Site, code: string): Promise<string> {
  const emails = classes.slice(1).map((who) => `deelnemer-${who}@example.org`);
  for (const token of (await site.tool('token', ...emails)).trim().split('\n')) {
    await fetch(`${site.url}/api/v1/me/programme/${code}`, { method: 'PUT', headers: { authorization: `Bearer ${token}` } });
  }
  const { rows } = await sql<{ id: string }>`select id from people where email = 'deelnemer-external@example.org'`.execute(site.db);
  return rows[0]?.id ?? '';
}

/** A passkey that waits for everybody, a webhook with something that was given up, and materials of both kinds. */
async function somethingEverywhere({ db }: Site, code: string): Promise<void> {
  const now = new Date();
  await sql`insert into passkeys (id, person_id, credential, public_key, name, device, created_at, usable_at)
    select gen_random_uuid(), id, 'credential of ' || id, '', 'Een telefoon met een heel lange naam die iemand bedacht', 'Chrome/Android', ${now}, ${now}::timestamptz + interval '1 day'
    from people where email like 'deelnemer-%'`.execute(db);
  await sql`with made as (
      insert into webhooks (id, edition_id, made_by, address, types, secret, created_at, failing_since, paused_at)
      select gen_random_uuid(), e.id, p.id, 'https://ontvanger.example.org/een/heel/lang/adres/van/een/programma/van/anderen', '{session-changed}', 'secret', ${now}, ${now}, ${now}
      from editions e, people p where e.slug = 'voorbeeld' and p.email = 'deelnemer-team@example.org' returning id)
    insert into deliveries (id, webhook_id, line_id, type, subject, created_at, due_at, tries, given_up_at, last_status)
    select gen_random_uuid(), id, gen_random_uuid(), 'session-changed', ${code}, ${now}, ${now}, 9, ${now}, 500 from made`.execute(db);
  await sql`insert into materials (id, session_id, kind, title, file, name, type, bytes, width, height, alternative, added_at)
    select gen_random_uuid(), s.id, kind, 'Verantwoordelijkheidsverdelingsoverzicht', repeat(letter, 43), 'overzicht.' || ending, type, 123456, size, size, said, ${now}
    from sessions s, (values ('picture', 'a', 'webp', 'image/webp', 800, 'Een tekening van de verdeling'), ('document', 'b', 'pdf', 'application/pdf', null, null))
      as material (kind, letter, ending, type, size, said) where s.code = ${code}`.execute(db);
  await sql`insert into pgboss.job (name, data, state, output) values ('journal-failed', '{}', 'created', '{"message":"mail: fault"}')`.execute(db);
}

/** What stands in the tables that people change, but for when somebody was last seen: as one number a table. */
export async function everything({ db }: Site): Promise<Record<string, string>> {
  const tables =
    'people roles passkeys seats places wishes wish_windows sessions editions themes shares materials webhooks consents drafts calendar_feeds erasures';
  const found = await Promise.all(
    tables.split(' ').map(async (table) => {
      const { rows } = await sql<{
        mark: string;
      }>`select md5(coalesce(string_agg(t::text, '' order by t::text), '')) as mark from ${sql.table(table)} t`.execute(db);
      return [table, rows[0]?.mark ?? ''] as const;
    }),
  );
  return Object.fromEntries(found);
}
