import { strFromU8, unzipSync } from 'fflate';
import sharp from 'sharp';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { isRefusal } from '#ground/refusal.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import { makeEdition } from '#rooms/programme';
import { usual } from '#rooms/programme/edition-form.ts';
import * as newsroom from './newsroom.server.ts';
import type { Story, WrittenStory } from './story.ts';

const visit = testVisit({ person: await testPerson() });
const edition = await makeEdition(visit, { name: { nl: 'Nieuws' }, startsOn: '2026-11-02', endsOn: '2026-11-27', ...usual });
if (isRefusal(edition)) throw new Error(edition.refused);
const at = { id: edition.id };
const written: WrittenStory = {
  title: { nl: 'Een vraag & een antwoord' },
  lead: { nl: 'Kort.' },
  body: { nl: '## Waarom\n\nOmdat het **kan**. Zie [de brief](https://example.org).\n\n- een\n- twee' },
  byline: 'Het programmateam',
  visibility: 'public',
  sessions: [],
  photoAlternative: 'Een groene zaal',
  photoCredit: 'Maker',
};
async function made(more: Partial<WrittenStory> = {}): Promise<Story> {
  const story = await newsroom.makeStory(visit, at, { ...written, ...more }, { file: 'f'.repeat(43), width: 40, height: 20 });
  if (isRefusal(story)) throw new Error(story.refused);
  return story;
}

const slugs = async (as = testVisit()) => (await newsroom.news(as, at)).map(({ slug }) => slug);

test('a draft is read by nobody, a published story by everybody, a withdrawn one by nobody again', async () => {
  const story = await made();
  const same = await made();
  expect([story.slug, same.slug, await slugs()]).toEqual(['een-vraag-een-antwoord', 'een-vraag-een-antwoord-2', []]);
  await newsroom.publish(visit, at, story.id);
  expect([await slugs(), (await newsroom.story(testVisit(), at, story.slug))?.title]).toEqual([[story.slug], written.title]);
  await newsroom.withdraw(visit, at, story.id);
  expect([await slugs(), await newsroom.story(testVisit(), at, story.slug)]).toEqual([[], null]);
  await newsroom.publish(visit, at, story.id);
  expect(await slugs()).toEqual([story.slug]);
  await newsroom.withdraw(visit, at, story.id);
});

test('what is internal is read by civil servants only; with the visibility taken out of the answer it would leak', async () => {
  const story = await made({ title: { nl: 'Binnen' }, visibility: 'internal' });
  await newsroom.publish(visit, at, story.id);
  const outsider = testVisit({ person: await testPerson({ isInternal: false }) });
  expect([await slugs(), await slugs(outsider), await slugs(visit)]).toEqual([[], [], ['binnen']]);
  await sql`update stories set visibility = 'public' where id = ${story.id}`.execute(visit.db);
  expect(await slugs()).toEqual(['binnen']);
  await newsroom.withdraw(visit, at, story.id);
});

test('a story that is planned is published at its time, once, and that is written down', async () => {
  const story = await made({ title: { nl: 'Straks' } });
  const later = new Date(testNow.getTime() + 3_600_000);
  await newsroom.publish(visit, at, story.id, later);
  const house = (now: Date) => testVisit({ now });
  expect([await newsroom.publishDue(house(testNow)), await slugs()]).toEqual([0, []]);
  expect([await newsroom.publishDue(house(later)), await newsroom.publishDue(house(later)), await slugs()]).toEqual([1, 0, ['straks']]);
  const { rows } = await sql<{ what: string }>`select what from journal where details ->> 'story' = ${story.id} order by id`.execute(visit.db);
  expect(rows.map(({ what }) => what)).toEqual(['story-made', 'story-changed', 'story-published']);
});

test('who saves upon what somebody else saved meanwhile is told', async () => {
  const story = await made({ title: { nl: 'Samen' } });
  await newsroom.writeStory(visit, at, story.id, 0, { ...written, byline: 'Een ander' }, null);
  expect(await newsroom.writeStory(visit, at, story.id, 0, written, null)).toEqual({ refused: 'changed-meanwhile' });
  expect(await newsroom.makeStory(visit, at, { ...written, sessions: ['NIETS1'] }, null)).toEqual({ refused: 'session-unknown' });
});

test('the document has the headings, the language and what the photo shows', async () => {
  const story = await made({ title: { nl: 'Document' } });
  const photo = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#0a6' } })
    .webp()
    .toBuffer();
  const files = unzipSync(await newsroom.documentOf(story, 'nl', { photo, byline: 'Het team, 3 november', credit: 'Foto: Maker' }));
  const read = (name: string) => strFromU8(files[name]!);
  expect(Object.keys(files)[0]).toBe('mimetype');
  expect(read('mimetype')).toBe('application/vnd.oasis.opendocument.text');
  const content = read('content.xml').replace(/\n/g, '');
  expect([...content.matchAll(/text:outline-level="(\d)">([^<]*)</g)].map(([, level, text]) => [level, text])).toEqual([
    ['1', 'Document'],
    ['2', 'Waarom'],
  ]);
  expect(content).toContain('<svg:title>Een groene zaal</svg:title>');
  expect(content).toContain('svg:width="10cm" svg:height="5.00cm"');
  expect(content).toContain('xlink:href="https://example.org"');
  expect(read('styles.xml')).toContain('fo:language="nl" fo:country="NL"');
  expect(read('meta.xml')).toContain('<dc:language>nl</dc:language>');
});
