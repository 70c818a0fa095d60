// Organisations, one list for all editions: made, found and written here. Who calls these has made sure that the visitor may.
import { sql, type RawBuilder } from 'kysely';
import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { OrganisationId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import { isSlug, slugOf, type Text } from '#ground/text.ts';
import { same } from '#ground/three-way.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import type { AboutOrganisation, Organisation } from './organisation.ts';

/** An organisation with what it says of itself. */
export interface OrganisationPage extends Organisation, AboutOrganisation {
  readonly id: OrganisationId;
  readonly domains: readonly string[];
  readonly revision: number;
}

/** By its short name, also by one that it had before it went together with another; null when there is none. */
export async function organisationOf(visit: Visit, slug: string): Promise<OrganisationPage | null> {
  if (!isSlug(slug)) return null;
  const [found] = await organisationsWhere(visit, sql`o.id = (select coalesce(merged_into, id) from organisations where slug = ${slug})`, {
    from: 0,
    limit: 1,
  });
  return found ?? null;
}

/** Some of all organisations, by name, and how many there are that say this. */
export async function listOrganisations(
  visit: Visit,
  { q, ...part }: { readonly q: string; readonly from: number; readonly limit: number },
): Promise<{ readonly items: OrganisationPage[]; readonly count: number }> {
  const like = `%${q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const which = sql`o.merged_into is null and (${q} = '' or o.slug ilike ${like} or exists (select 1 from jsonb_each_text(o.name) n where n.value ilike ${like}))`;
  const { rows } = await sql<{ count: number }>`select count(*) as count from organisations o where ${which}`.execute(visit.db);
  return { items: await organisationsWhere(visit, which, part), count: rows[0]?.count ?? 0 };
}

/** Makes an organisation; its short name comes of its name, and stays. */
export const makeOrganisation = (visit: Visit, name: Text): Promise<string | Refusal<'organisation-name-missing' | 'organisation-taken'>> =>
  atOnce(visit, async (visit) => {
    const slug = slugOf(name['nl'] ?? name['en'] ?? '');
    if (slug === '') return { refused: 'organisation-name-missing' };
    const { rows } =
      await sql`insert into organisations (id, slug, name) values (${newId<'organisation'>(visit.now)}, ${slug}, ${JSON.stringify(name)})
      on conflict (slug) do nothing returning id`.execute(visit.db);
    if (rows.length === 0) return { refused: 'organisation-taken' };
    await record(visit, { what: 'organisation-made', details: { scope: slug } });
    return slug;
  });

/** Changes what an organisation says of itself, from the revision that the visitor began with. */
export const writeOrganisation = (
  visit: Visit,
  slug: string,
  revision: number,
  written: AboutOrganisation,
): Promise<void | Refusal<'organisation-unknown' | 'changed-meanwhile'>> =>
  atOnce(visit, async (visit) => {
    await sql`select 1 from organisations where slug = ${slug} for no key update`.execute(visit.db);
    const before = await organisationOf(visit, slug);
    if (before === null) return { refused: 'organisation-unknown' };
    if (before.revision !== revision) return { refused: 'changed-meanwhile' };
    const { name, about, website } = before;
    if (same({ name, about, website }, written)) return;
    await sql`update organisations set name = ${JSON.stringify(written.name)}, about = ${JSON.stringify(written.about)}, website = ${written.website}, revision = revision + 1
      where id = ${before.id}`.execute(visit.db);
    // What pages remember of an edition says its name too.
    await sql`update editions e set version = version + 1 where exists (
      select 1 from session_organisations so join sessions s on s.id = so.session_id where s.edition_id = e.id and so.organisation_id = ${before.id})`.execute(
      visit.db,
    );
    await record(visit, { what: 'organisation-changed', details: { scope: before.slug } });
  });

async function organisationsWhere(
  { db }: Visit,
  which: RawBuilder<unknown>,
  { from, limit }: { readonly from: number; readonly limit: number },
): Promise<OrganisationPage[]> {
  const { rows } = await sql<OrganisationPage>`
    select o.id, o.slug, o.name, o.about, o.website, o.domains, o.revision from organisations o where ${which}
    order by coalesce(o.name ->> 'nl', o.name ->> 'en', o.slug) collate "und-x-icu", o.slug offset ${from} limit ${limit}`.execute(db);
  return rows;
}
