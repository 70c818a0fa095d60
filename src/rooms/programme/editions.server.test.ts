import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { isOfClosedEdition } from '#ground/database.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import * as seats from '#rooms/seats';
import type { Edition } from './edition.ts';
import { usual, type WrittenEdition } from './edition-form.ts';
import type { NewSession } from './make.ts';
import * as programme from './programme.server.ts';

const visit = testVisit();
const written = (name: string, more: Partial<WrittenEdition> = {}): WrittenEdition => ({
  name: { nl: name },
  startsOn: '2027-11-01',
  endsOn: '2027-11-30',
  ...usual,
  ...more,
});
async function made(name: string): Promise<Edition> {
  const edition = await programme.makeEdition(visit, written(name));
  if (isRefusal(edition)) throw new Error(edition.refused);
  return edition;
}
const linesOf = async ({ id }: Edition) =>
  (await sql<{ what: string }>`select what from journal where edition_id = ${id} order by id`.execute(visit.db)).rows.map(({ what }) => what);
const session: NewSession = {
  title: { nl: 'Sneller inkopen' },
  summary: {},
  description: {},
  themes: [],
  organisations: [],
  speakers: ['Spreker'],
  format: 'webinar',
  level: null,
  languages: ['nl'],
  online: null,
  visibility: 'public',
  deepens: [],
  capacity: { onSite: 5, online: null },
};
async function publishedIn(edition: Edition, more: Partial<NewSession> = {}): Promise<string> {
  const one = await programme.makeSession(visit, edition.id, { ...session, ...more }, 'accepted');
  if (isRefusal(one)) throw new Error(one.refused);
  await sql`update sessions set starts_at = ${new Date('2027-11-10T09:00:00Z')}, ends_at = ${new Date('2027-11-10T10:00:00Z')} where id = ${one.id}`.execute(
    visit.db,
  );
  await programme.setState(visit, one, 'published');
  return one.code;
}

test('the first edition is the current one; its address is its name, and a name that is taken is refused', async () => {
  const first = await made('Innovatiemaand 2027: begin!');
  expect([first.slug, first.isCurrent, first.revision, first.closedAt]).toEqual(['innovatiemaand-2027-begin', true, 0, null]);
  expect(await programme.makeEdition(visit, written('innovatiemaand 2027 BEGIN'))).toEqual({ refused: 'edition-name-taken' });
  const second = await made('Tweede');
  expect(second.isCurrent).toBe(false);
  await programme.makeCurrent(visit, second);
  expect((await programme.currentEdition(visit))?.slug).toBe('tweede');
  expect(await linesOf(second)).toEqual(['edition-made', 'edition-changed']);
});

test('who saves upon what somebody else changed meanwhile is told, and nothing is overwritten', async () => {
  const edition = await made('Samen');
  const theirs = await programme.changeEdition(visit, edition.slug, 0, written('Samen anders'));
  expect([isRefusal(theirs), await programme.changeEdition(visit, edition.slug, 0, written('Te laat'))]).toEqual([
    false,
    { refused: 'changed-meanwhile' },
  ]);
  expect((await programme.edition(visit, edition.slug))?.name).toEqual({ nl: 'Samen anders' });
  // The same once more changes nothing and writes nothing.
  await programme.changeEdition(visit, edition.slug, 1, written('Samen anders'));
  expect([(await programme.edition(visit, edition.slug))?.revision, await linesOf(edition)]).toEqual([1, ['edition-made', 'edition-changed']]);
});

test('themes are added, renamed, moved, and taken away and put back where they were', async () => {
  const { id, slug } = await made('Lijnen');
  for (const name of ['Inkoop', 'Data', 'Mensen']) await programme.addTheme(visit, slug, { nl: name });
  expect(await programme.addTheme(visit, slug, { nl: 'inkoop' })).toEqual({ refused: 'theme-taken' });
  await programme.renameTheme(visit, slug, 'data', { nl: 'Data' }, { nl: 'Data en AI', en: 'Data and AI' });
  expect(await programme.renameTheme(visit, slug, 'data', { nl: 'Data' }, { nl: 'Cijfers' })).toEqual({ refused: 'changed-meanwhile' });
  await programme.moveTheme(visit, slug, 'mensen', -1);
  await programme.moveTheme(visit, slug, 'inkoop', -1);
  const themes = async () => (await programme.themes(testVisit(), id)).map((theme) => [theme.slug, theme.name['nl'], theme.position]);
  const all = [
    ['inkoop', 'Inkoop', 0],
    ['mensen', 'Mensen', 1],
    ['data', 'Data en AI', 2],
  ];
  expect(await themes()).toEqual(all);
  const gone = await programme.removeTheme(visit, slug, 'mensen');
  if (isRefusal(gone)) throw new Error(gone.refused);
  expect(await themes()).toEqual([all[0], all[2]]);
  await programme.addTheme(visit, slug, gone.name, gone);
  expect(await themes()).toEqual(all);
});

test('a theme that a session has is not taken away', async () => {
  const edition = await made('In gebruik');
  await programme.addTheme(visit, edition.slug, { nl: 'Inkoop' });
  await publishedIn(edition, { themes: ['inkoop'] });
  expect(await programme.removeTheme(visit, edition.slug, 'inkoop')).toEqual({ refused: 'theme-used' });
  expect(await programme.themeUse(visit, edition.id)).toEqual(new Map([['inkoop', 1]]));
});

test('of a closed edition everything is read and nothing changes; opened again, it does', async () => {
  const edition = await made('Voorbij');
  await programme.addTheme(visit, edition.slug, { nl: 'Inkoop' });
  const code = await publishedIn(edition);
  const person = testVisit({ person: await testPerson() });
  const working = (await programme.workingSession(visit, code))!;
  // One after another: what writes and what publishes are of one session, and together one of them is told "changed-meanwhile".
  const asked = [
    () => programme.changeEdition(visit, edition.slug, edition.revision, written('Anders')),
    () => programme.addTheme(visit, edition.slug, { nl: 'Nieuw' }),
    () => programme.makeSession(visit, edition.id, session, 'draft'),
    () => programme.writeSession(visit, code, working.revision, { ...working, title: { nl: 'Anders' } }),
    () => seats.claim(person, { code }, 'onSite', 'own'),
    () => programme.setState(visit, working, 'cancelled'),
  ];
  const tries = async () => {
    const answers: unknown[] = [];
    for (const ask of asked) answers.push(await ask());
    return answers;
  };
  await programme.closeEdition(visit, edition);
  const no = { refused: 'edition-closed' };
  expect(await tries()).toEqual([no, no, no, no, no, no]);
  expect((await programme.session(person, code))?.title).toEqual({ nl: 'Sneller inkopen' });

  // What does not ask is stopped by the database itself.
  const unasked = async (statement: ReturnType<typeof sql>) => statement.execute(visit.db).then(() => 'done', isOfClosedEdition);
  const writes = [
    sql`update sessions set title = '{"nl":"Stil"}' where id = ${working.id}`,
    sql`insert into placements (session_id, edition_id, placed_at) values (${working.id}, ${edition.id}, ${testNow})`,
    sql`insert into proposals (session_id) values (${working.id})`,
    sql`delete from themes where edition_id = ${edition.id}`,
  ];
  for (const write of writes) expect(await unasked(write)).toBe(true);

  await programme.openEdition(visit, edition);
  expect((await tries()).filter((answer) => isRefusal(answer))).toEqual([]);
  expect(await unasked(writes[1]!)).toBe('done');
});

test('a copy begins with themes and, when asked, with the sessions as drafts: no people, no times, no places taken', async () => {
  const from = await made('Vorig jaar');
  await programme.addTheme(visit, from.slug, { nl: 'Inkoop' });
  await publishedIn(from, { themes: ['inkoop'] });
  const [bare, full] = [await made('Zonder sessies'), await made('Met sessies')];
  expect(await programme.copyInto(visit, from, bare, { themes: true, sessions: false })).toBe(0);
  expect(await programme.copyInto(visit, from, full, { themes: true, sessions: true })).toBe(1);
  expect((await programme.workingSessions(visit, bare.id, ['draft'])).length).toBe(0);
  const [copy] = await programme.workingSessions(visit, full.id, ['draft']);
  expect(copy).toMatchObject({
    title: { nl: 'Sneller inkopen' },
    themes: ['inkoop'],
    speakers: [],
    start: null,
    online: null,
    capacity: { onSite: 5 },
  });
  expect((await programme.workingSessions(visit, from.id, ['published'])).length).toBe(1);
});
