import { expect, test } from 'vitest';
import { testPerson, testVisit, watched } from '#ground/testing.server.ts';
import type { Window } from './window.ts';
import { after, at, testEdition, testLeader, testSession } from './window-with.testing.server.ts';
import { confirm, drawNext, planWindow, published, review, tally, window, wish } from './wishes.server.ts';

const closed = after(3);

/** One open window about an internal and a public session, in which two people wish. */
async function wished() {
  const edition = await testEdition();
  const leader = await testLeader(edition);
  const [open, hidden] = [await testSession(edition, {}), await testSession(edition, { visibility: 'internal' })];
  const made = await planWindow(leader, edition, {
    opensAt: after(-1),
    closesAt: after(2),
    sessions: [open.code, hidden.code],
    wanted: 3,
  });
  if ('refused' in made) throw new Error(made.refused);
  const people = [testVisit({ person: await testPerson() }), testVisit({ person: await testPerson({ isInternal: false }) })];
  for (const visit of people) await wish(visit, open.code, { strength: 'must' });
  await wish(people[0]!, hidden.code, { strength: 'maybe' });
  return { leader, made, open, hidden, people };
}
const codes = (all: readonly { readonly session: string }[]): string[] => all.map(({ session }) => session).sort();

test('who leads the edition sees how many wish, nobody else does', async () => {
  const { leader, made, people } = await wished();
  expect([await tally(leader, made), await tally(people[0]!, made), await tally(testVisit(), made)]).toEqual([
    { people: 2, wishes: 3 },
    { refused: 'not-leading' },
    { refused: 'not-leading' },
  ]);
});

test('what a draw made of each session is told once it is confirmed, to everybody as far as they may see the session', async () => {
  const { leader, made, open, hidden, people } = await wished();
  const now = async (): Promise<Window> => (await window(leader, made.id))!;
  while (await drawNext(() => testVisit({ now: closed })));
  expect(await published(at(leader, closed), { ...(await now()), state: 'drawn' })).toEqual([]);
  await confirm(at(leader, closed), made.id);
  const done = { ...(await now()), state: 'confirmed' as const };
  let counted = 0;
  const watching = watched(testVisit(), (statement) => (statement.includes('from wishes') && counted++, statement));
  for (let nth = 0; nth < 3; nth++) await published(watching, done);
  expect(counted).toBe(1);
  expect([codes(await published(testVisit(), done)), codes(await published(people[0]!, done))]).toEqual([
    [open.code],
    [open.code, hidden.code].sort(),
  ]);
});

test('a page of the review from behind what is no session begins at the start', async () => {
  const { leader, made, open, hidden } = await wished();
  const pages = await Promise.all(['\0', 'NEVER', '%', '\ud800'].map((after) => review(leader, made.id, { after })));
  for (const page of pages) expect('items' in page && codes(page.items)).toEqual([open.code, hidden.code].sort());
});
