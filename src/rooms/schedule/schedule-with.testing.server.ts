// A month in the making, for tests of the schedule. A test file that imports this has its own database.
import { sql } from 'kysely';
import { newId, newSessionCode } from '#ground/chance.server.ts';
import type { EditionId, SessionId } from '#ground/id.ts';
import { isRefusal } from '#ground/refusal.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import type { Person, Visit } from '#ground/visit.ts';
import type { Span, VenueId } from './board.ts';
import { makeVenue } from './schedule.server.ts';

const hour = 3_600_000;
/** So many hours after 9 o'clock (UTC) on the day that the tests are. */
export const at = (hours: number): Date => new Date(testNow.getTime() + hours * hour);
export const span = (hours: number, lasting = 1): Span => ({ start: at(hours), end: at(hours + lasting) });

export async function testEdition(): Promise<{ readonly id: EditionId; readonly slug: string }> {
  const id = newId<'edition'>(testNow);
  const slug = `e-${newSessionCode().toLowerCase()}`;
  await sql`insert into editions (id, slug, name, starts_on, ends_on, time_zone, created_at)
    values (${id}, ${slug}, '{"nl":"Editie"}', '2026-11-02', '2026-11-27', 'Europe/Amsterdam', ${testNow})`.execute(testVisit().db);
  return { id, slug };
}

export async function testSession(
  edition: { readonly id: EditionId },
  it: {
    readonly state?: 'accepted' | 'scheduled' | 'published' | 'cancelled' | 'submitted';
    readonly told?: Span;
    readonly location?: string;
    readonly onSite?: number | null;
    readonly visibility?: 'public' | 'internal';
    readonly title?: string;
    readonly speakers?: readonly string[];
  } = {},
): Promise<{ readonly id: SessionId; readonly code: string; readonly editionId: EditionId }> {
  const { state = 'accepted', told = null, onSite = null } = it;
  const id = newId<'session'>(testNow);
  const code = newSessionCode();
  const { db } = testVisit();
  await sql`insert into sessions (id, edition_id, code, title, format, visibility, state, starts_at, ends_at, location, speakers, cancelled_at, updated_at, created_at)
    values (${id}, ${edition.id}, ${code}, ${JSON.stringify({ nl: it.title ?? `Sessie ${code}` })}::jsonb, 'workshop', ${it.visibility ?? 'public'}, ${state},
      ${told?.start ?? null}, ${told?.end ?? null}, ${it.location ?? null}, ${it.speakers ?? []}, ${state === 'cancelled' ? testNow : null}, ${testNow}, ${testNow})`.execute(
    db,
  );
  await sql`insert into places (session_id, attendance, capacity) values (${id}, 'onSite', ${onSite}), (${id}, 'online', 0)`.execute(db);
  return { id, code, editionId: edition.id };
}

export async function testVenue(visit: Visit, edition: { readonly id: EditionId }, name: string, capacity: number | null = null): Promise<VenueId> {
  return granted(await makeVenue(visit, edition.id, { name, kind: 'onSite', capacity, address: '', isStepFree: null }));
}

/** Somebody of the programme team. */
export async function testEditor(edition: { readonly slug: string }, email?: string): Promise<Visit & { person: Person }> {
  const person: Person = { ...(await testPerson({ isInternal: true, ...(email && { email }) })), roles: [{ role: 'team', scope: edition.slug }] };
  return { ...testVisit({ person }), person };
}

export function granted<T>(value: T): Exclude<T, { refused: string }> {
  if (isRefusal(value)) throw new Error(value.refused);
  return value as Exclude<T, { refused: string }>;
}
