// An edition with a call, for tests of proposals and of their review.
import { sql } from 'kysely';
import { newId, newSessionCode } from '#ground/chance.server.ts';
import type { EditionId } from '#ground/id.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import type { Person, Visit } from '#ground/visit.ts';
import type { CallText } from './call.ts';
import { emptyContent, type Content } from './proposal.ts';

export const hoursFromNow = (hours: number): Date => new Date(testNow.getTime() + hours * 3_600_000);

export const testCall: CallText = {
  opensAt: hoursFromNow(-24),
  closesAt: hoursFromNow(240),
  text: { nl: 'Doe mee' },
  questions: [
    { key: 'v1', label: { nl: 'Waarom?' }, hint: {}, kind: 'text', options: [], isRequired: true, isForReviewers: true, most: 500 },
    { key: 'v2', label: { nl: 'Eerder gedaan?' }, hint: {}, kind: 'yes-no', options: [], isRequired: false, isForReviewers: false, most: 10 },
  ],
  criteria: [{ key: 'c1', label: { nl: 'Nut' }, hint: {}, weight: 2 }],
  isAnonymous: false,
  reviewsEach: 3,
  reviewUntil: null,
};

export interface CallingEdition {
  readonly id: EditionId;
  readonly slug: string;
  /** The slugs of two organisations. */
  readonly organisations: readonly [string, string];
}

/** An edition with a theme 'inkoop' and two organisations, without a call. */
export async function callingEdition(): Promise<CallingEdition> {
  const { db } = testVisit();
  const id = newId<'edition'>(testNow);
  const slug = `e-${newSessionCode().toLowerCase()}`;
  await sql`insert into editions (id, slug, name, starts_on, ends_on, time_zone, created_at)
    values (${id}, ${slug}, '{"nl":"Editie"}', '2026-12-01', '2026-12-20', 'Europe/Amsterdam', ${testNow})`.execute(db);
  await sql`insert into themes (id, edition_id, slug, name, position) values (${newId(testNow)}, ${id}, 'inkoop', '{"nl":"Inkoop"}', 0)`.execute(db);
  const organisations = [`${slug}-een`, `${slug}-twee`] as const;
  for (const one of organisations)
    await sql`insert into organisations (id, slug, name) values (${newId(testNow)}, ${one}, ${JSON.stringify({ nl: one })})`.execute(db);
  return { id, slug, organisations };
}

/** Somebody outside the house, at a moment. */
export async function visitor(now = testNow): Promise<Visit & { readonly person: Person }> {
  const person = await testPerson({ isInternal: false });
  return { ...testVisit({ now }), person };
}

/** A proposal that misses nothing. */
export const wholeContent = (edition: CallingEdition, more: Partial<Content> = {}): Content => ({
  ...emptyContent({ nl: 'Slim inkopen' }),
  summary: { nl: 'Kort' },
  description: { nl: 'Lang' },
  themes: ['inkoop'],
  organisations: [edition.organisations[0]],
  languages: ['nl'],
  minutes: 60,
  capacity: { onSite: 20, online: null },
  answers: { v1: 'Daarom' },
  note: 'Voor jullie',
  ...more,
});
