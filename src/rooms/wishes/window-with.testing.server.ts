// An edition of its own for tests of wishes, with sessions of which only what the test is about is said.
import { sql } from 'kysely';
import { newId, newSessionCode } from '#ground/chance.server.ts';
import type { EditionId, SessionId } from '#ground/id.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import type { Person, Visit } from '#ground/visit.ts';

export const hour = 3_600_000;
export const after = (hours: number): Date => new Date(testNow.getTime() + hours * hour);

export interface TestEdition {
  readonly id: EditionId;
  readonly slug: string;
}

export async function testEdition(): Promise<TestEdition> {
  const id = newId<'edition'>(testNow);
  const slug = `e-${newSessionCode().toLowerCase()}`;
  await sql`insert into editions (id, slug, name, starts_on, ends_on, time_zone, created_at)
    values (${id}, ${slug}, '{"nl":"Editie"}', '2026-11-02', '2026-11-27', 'Europe/Amsterdam', ${testNow})`.execute(testVisit().db);
  return { id, slug };
}

export interface TestSession {
  readonly id: SessionId;
  readonly code: string;
}

/** A session of an hour, in the room unless said otherwise. */
export async function testSession(
  edition: TestEdition,
  {
    onSite = 1,
    online = 0,
    startsIn = 24,
    visibility = 'public',
  }: { onSite?: number | null; online?: number | null; startsIn?: number; visibility?: 'public' | 'internal' } = {},
): Promise<TestSession> {
  const id = newId<'session'>(testNow);
  const code = newSessionCode();
  const { db } = testVisit();
  await sql`insert into sessions (id, edition_id, code, title, format, visibility, state, starts_at, ends_at, updated_at, created_at)
    values (${id}, ${edition.id}, ${code}, ${JSON.stringify({ nl: `Sessie ${code}` })}::jsonb, 'workshop', ${visibility}, 'published',
      ${after(startsIn)}, ${after(startsIn + 1)}, ${testNow}, ${testNow})`.execute(db);
  await sql`insert into places (session_id, attendance, capacity) values (${id}, 'onSite', ${onSite}), (${id}, 'online', ${online})`.execute(db);
  return { id, code };
}

/** Somebody of the programme team of an edition, external so that it is the role that lets them see. */
export async function testLeader(edition: TestEdition, now = testNow): Promise<Visit & { person: Person }> {
  const person: Person = { ...(await testPerson({ isInternal: false })), roles: [{ role: 'team', scope: edition.slug }] };
  return { ...testVisit({ now }), person };
}

/** The same visit at another moment. */
export const at = <Some extends Visit>(visit: Some, now: Date): Some => ({ ...visit, now });
