import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId, newSessionCode } from '#ground/chance.server.ts';
import type { EditionId } from '#ground/id.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import * as programme from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import { claim } from '#rooms/seats';
import { suggest } from './compose.server.ts';
import type { Asking } from './asking.ts';

const visit = testVisit();
const hour = 3_600_000;
const nobody: Asking = {
  question: '',
  themes: [],
  availability: [],
  attendance: 'either',
  languages: [],
  organisation: null,
  chosen: [],
  fits: 10,
  surprises: 0,
  seed: 0,
};

async function editionOf(slug: string): Promise<Edition> {
  const id = newId<'edition'>(testNow);
  await sql`insert into editions (id, slug, name, starts_on, ends_on, time_zone, created_at)
    values (${id}, ${slug}, '{"nl":"Editie"}', '2026-11-02', '2026-11-27', 'Europe/Amsterdam', ${testNow})`.execute(visit.db);
  return (await programme.edition(visit, slug))!;
}

async function sessionIn(
  edition: EditionId,
  { title, startsIn, online = null, visibility = 'public' }: { title: string; startsIn: number; online?: number | null; visibility?: string },
): Promise<string> {
  const id = newId<'session'>(testNow);
  const code = newSessionCode();
  const start = new Date(testNow.getTime() + startsIn * hour);
  await sql`insert into sessions (id, edition_id, code, title, format, visibility, state, starts_at, ends_at, updated_at, created_at)
    values (${id}, ${edition}, ${code}, ${JSON.stringify({ nl: title })}, 'webinar', ${visibility}, 'published', ${start}, ${new Date(start.getTime() + hour)}, ${testNow}, ${testNow})`.execute(
    visit.db,
  );
  await sql`insert into places (session_id, attendance, capacity) values (${id}, 'onSite', 0), (${id}, 'online', ${online})`.execute(visit.db);
  return code;
}

const codes = async (who: typeof visit, edition: Edition, asking: Partial<Asking> = {}): Promise<string[]> =>
  (await suggest(who, edition, { ...nobody, ...asking })).fits.map(({ session }) => session).sort();

test('only what the visitor may see, of this edition, in the future, is suggested', async () => {
  const [edition, other] = [await editionOf('deze'), await editionOf('andere')];
  const open = await sessionIn(edition.id, { title: 'Inkopen', startsIn: 24 });
  const internal = await sessionIn(edition.id, { title: 'Inkopen onder ons', startsIn: 48, visibility: 'internal' });
  await sessionIn(edition.id, { title: 'Inkopen vandaag', startsIn: -0.5 });
  await sessionIn(other.id, { title: 'Inkopen elders', startsIn: 24 });
  expect(await codes(visit, edition)).toEqual([open]);
  expect(await codes(testVisit({ person: await testPerson() }), edition)).toEqual([open, internal].sort());
});

test('what somebody has already is not suggested, nor what overlaps it', async () => {
  const edition = await editionOf('eigen');
  const mine = await sessionIn(edition.id, { title: 'Van mij', startsIn: 24 });
  await sessionIn(edition.id, { title: 'Tegelijk', startsIn: 24.5 });
  const later = await sessionIn(edition.id, { title: 'Later', startsIn: 30 });
  const me = testVisit({ person: await testPerson() });
  await claim(me, (await programme.session(me, mine))!, 'online', 'own');
  expect(await codes(me, edition)).toEqual([later]);
  expect(await codes(visit, edition, { chosen: [mine] })).toEqual([later]);
});

test('a reason names the words that were typed', async () => {
  const edition = await editionOf('woorden');
  const session = await sessionIn(edition.id, { title: 'Sneller inkopen', startsIn: 24 });
  await sessionIn(edition.id, { title: 'Bomen planten', startsIn: 48 });
  const { fits } = await suggest(visit, edition, { ...nobody, fits: 1, question: 'ik wil beter aanbesteden' });
  expect(fits).toMatchObject([{ session, attendance: 'online', reasons: [{ values: { words: ['aanbesteden'] } }] }]);
});
