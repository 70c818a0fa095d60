// Sessions with so many places, and people, for tests of seats. A test file that imports this has its own database.
import { sql } from 'kysely';
import { newId, newSessionCode } from '#ground/chance.server.ts';
import type { EditionId } from '#ground/id.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import type { Person, Visit } from '#ground/visit.ts';
import * as programme from '#rooms/programme';
import type { Session } from '#rooms/programme/session.ts';

const hour = 3_600_000;

export interface With {
  readonly onSite?: number | null;
  readonly online?: number | null;
  /** Hours from now. */
  readonly startsIn?: number;
  readonly edition?: EditionId;
  readonly acceptHours?: number | null;
}

/** A session of tomorrow with so many places, in an edition of its own unless one is named. */
export async function sessionWith({ onSite = 0, online = 0, startsIn = 24, edition, acceptHours = null }: With): Promise<Session> {
  const { db } = testVisit();
  const id = newId<'session'>(testNow);
  const code = newSessionCode();
  const start = new Date(testNow.getTime() + startsIn * hour);
  await sql`insert into sessions (id, edition_id, code, title, format, visibility, state, starts_at, ends_at, updated_at, created_at)
    values (${id}, ${edition ?? (await newEdition(acceptHours))}, ${code}, '{"nl":"Sessie"}', 'workshop', 'public', 'published', ${start}, ${new Date(start.getTime() + hour)}, ${testNow}, ${testNow})`.execute(
    db,
  );
  await sql`insert into places (session_id, attendance, capacity) values (${id}, 'onSite', ${onSite}), (${id}, 'online', ${online})`.execute(db);
  return (await programme.session(testVisit(), code))!;
}

export async function newEdition(acceptHours: number | null = null): Promise<EditionId> {
  const id = newId<'edition'>(testNow);
  await sql`insert into editions (id, slug, name, starts_on, ends_on, time_zone, accept_hours, created_at)
    values (${id}, ${`e-${id}`}, '{"nl":"Editie"}', '2026-11-02', '2026-11-27', 'Europe/Amsterdam', ${acceptHours}, ${testNow})`.execute(
    testVisit().db,
  );
  return id;
}

/** A visit of somebody new. */
export const asSomebody = async (of: { isInternal?: boolean; organisation?: string; now?: Date } = {}): Promise<Visit & { person: Person }> => {
  const person = { ...(await testPerson({ isInternal: of.isInternal ?? true })), organisation: of.organisation ?? null };
  return { ...testVisit({ person, ...(of.now && { now: of.now }) }), person };
};
