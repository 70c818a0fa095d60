// An edition with a call, proposals and a committee, for tests of reviewing and deciding. A test file that imports this has its own database.
import { sql } from 'kysely';
import { newId, newSessionCode } from '#ground/chance.server.ts';
import type { EditionId, SessionId } from '#ground/id.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import type { Person, Visit } from '#ground/visit.ts';

export interface Called {
  readonly id: EditionId;
  readonly slug: string;
}

export async function editionWithCall({ isAnonymous = false, each = 2, reviewUntil = null as Date | null } = {}): Promise<Called> {
  const { db } = testVisit();
  const id = newId<'edition'>(testNow);
  const slug = `e-${id}`;
  await sql`insert into editions (id, slug, name, starts_on, ends_on, time_zone, created_at)
    values (${id}, ${slug}, '{"nl":"Editie"}', '2026-11-02', '2026-11-27', 'Europe/Amsterdam', ${testNow})`.execute(db);
  for (const [nth, theme] of ['inkoop', 'data'].entries())
    await sql`insert into themes (id, edition_id, slug, name, position) values (${newId(testNow)}, ${id}, ${theme}, ${{ nl: theme }}, ${nth})`.execute(
      db,
    );
  const questions = [
    { key: 'why', label: { nl: 'Waarom' }, hint: {}, kind: 'line', options: [], isRequired: false, isForReviewers: true, most: 200 },
    { key: 'secret', label: { nl: 'Voor het team' }, hint: {}, kind: 'line', options: [], isRequired: false, isForReviewers: false, most: 200 },
  ];
  const criteria = [
    { key: 'new', label: { nl: 'Nieuw' }, hint: {}, weight: 2 },
    { key: 'clear', label: { nl: 'Helder' }, hint: {}, weight: 1 },
  ];
  await sql`insert into calls (edition_id, opens_at, closes_at, questions, criteria, is_anonymous, reviews_each, review_until, revision)
    values (${id}, '2026-09-01', '2026-10-01', ${JSON.stringify(questions)}, ${JSON.stringify(criteria)}, ${isAnonymous}, ${each}, ${reviewUntil}, 1)`.execute(
    db,
  );
  return { id, slug };
}

/** An organisation, and its slug. */
export async function organisation(): Promise<string> {
  const id = newId<'organisation'>(testNow);
  await sql`insert into organisations (id, slug, name) values (${id}, ${`kanarieorg-${id}`}, '{"nl":"Kanarieorganisatie"}')`.execute(testVisit().db);
  return `kanarieorg-${id}`;
}

/** Somebody who works for an organisation, with a visit of theirs. */
export async function somebody(of: string | null = null, email?: string): Promise<Visit & { person: Person }> {
  const person = { ...(await testPerson(email ? { email } : {})), organisation: of };
  await sql`update people set organisation_id = (select id from organisations where slug = ${of}) where id = ${person.id}`.execute(testVisit().db);
  return { ...testVisit({ person }), person };
}

export async function member(edition: Called, of: string | null = null): Promise<Visit & { person: Person }> {
  const visit = await somebody(of);
  await sql`insert into roles (person_id, role, scope, granted_at) values (${visit.person.id}, 'reviewer', ${edition.slug}, ${testNow})`.execute(
    visit.db,
  );
  return visit;
}

export interface Proposed {
  readonly id: SessionId;
  readonly code: string;
}

/** A proposal that was handed in, with a canary in every name. */
export async function proposed(
  edition: Called,
  { by, organisation = null, theme = 'inkoop' }: { by?: Visit & { person: Person }; organisation?: string | null; theme?: string } = {},
): Promise<Proposed> {
  const { db } = testVisit();
  const maker = by ?? (await somebody(null, `kanariemaker-${newId(testNow)}@example.org`));
  const [id, code] = [newId<'session'>(testNow), newSessionCode()];
  await sql`insert into sessions (id, edition_id, code, title, summary, description, speakers, format, visibility, state, online, made_by, updated_at, created_at)
    values (${id}, ${edition.id}, ${code}, '{"nl":"Sneller inkopen"}', '{"nl":"Kort"}', '{"nl":"Lang"}', '{Kanariespreker}', 'workshop', 'public', 'submitted',
      'https://kanarieadres.example.org', ${maker.person.id}, ${testNow}, ${testNow})`.execute(db);
  await sql`insert into places (session_id, attendance, capacity) values (${id}, 'onSite', 20), (${id}, 'online', 0)`.execute(db);
  await sql`insert into proposals (session_id, answers, note, submitted_at) values (${id}, '{"why":"Omdat","secret":"kanariegeheim"}', 'Voor jullie', ${testNow})`.execute(
    db,
  );
  await sql`insert into proposers (session_id, person_id, position, joined_at) values (${id}, ${maker.person.id}, 0, ${testNow})`.execute(db);
  await sql`insert into session_themes (session_id, theme_id, position) select ${id}, id, 0 from themes where edition_id = ${edition.id} and slug = ${theme}`.execute(
    db,
  );
  if (organisation)
    await sql`insert into session_organisations (session_id, organisation_id, position) select ${id}, id, 0 from organisations where slug = ${organisation}`.execute(
      db,
    );
  return { id, code };
}

/** Somebody was asked to read something. */
export async function asked({ id }: Proposed, { person }: { person: Person }): Promise<void> {
  await sql`insert into assignments (session_id, person_id, assigned_at) values (${id}, ${person.id}, ${testNow})`.execute(testVisit().db);
}
