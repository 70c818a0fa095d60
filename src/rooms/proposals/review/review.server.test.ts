import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { isRefusal } from '#ground/refusal.ts';
import { testNow, testVisit, watched } from '#ground/testing.server.ts';
import { lines } from '#rooms/journal';
import { workingSession } from '#rooms/programme';
import {
  applyDivision,
  assignByHand,
  committee,
  decide,
  declareConflict,
  divide,
  forgetReviews,
  proposalToReview,
  releaseDecisions,
  resultOf,
  results,
  toRelease,
  toReview,
  unassign,
  undoConflict,
  writeReview,
} from '../proposals.server.ts';
import { asked, editionWithCall, member, organisation, proposed, somebody } from './call-with.testing.server.ts';

const visit = testVisit();
const typed = (scores: Record<string, string>, comment = '') => ({ scores, comment });
const whole = typed({ new: '5', clear: '2' }, 'Graag');
const said = async (session: string) => (await lines(visit, {})).filter((line) => line.session === session).map(({ what }) => what);

test('a reviewer reads what the call lets them read, also the names when it is not anonymous', async () => {
  const edition = await editionWithCall();
  const reviewer = await member(edition);
  const it = await proposed(edition, { organisation: await organisation() });
  await asked(it, reviewer);
  const reading = await proposalToReview(reviewer, it.code);
  expect(reading).toMatchObject({
    is: 'read',
    proposal: {
      title: { nl: 'Sneller inkopen' },
      note: 'Voor jullie',
      names: { speakers: ['Kanariespreker'], organisations: [{ nl: 'Kanarieorganisatie' }] },
      review: null,
      whyNot: null,
    },
  });
  expect(JSON.stringify(reading)).not.toContain('kanariegeheim');
});

test('who reads without names gets none: not of people, not of organisations, not in the list', async () => {
  const edition = await editionWithCall({ isAnonymous: true });
  const reviewer = await member(edition);
  const it = await proposed(edition, { organisation: await organisation() });
  await asked(it, reviewer);
  const all = JSON.stringify([await toReview(reviewer, edition), await proposalToReview(reviewer, it.code)]);
  expect(all).toContain('Sneller inkopen');
  expect(all.match(/kanarie\w*/gi)).toBeNull();
  // The control: with names they are there.
  await sql`update calls set is_anonymous = false where edition_id = ${edition.id}`.execute(visit.db);
  expect(JSON.stringify(await proposalToReview(reviewer, it.code)).match(/kanarie\w*/gi)).toEqual(['Kanariespreker', 'Kanarieorganisatie']);
});

test('with a conflict nothing of a proposal is shown: own, of the same organisation, of who works there too, or declared', async () => {
  const edition = await editionWithCall();
  const lab = await organisation();
  const reviewer = await member(edition, lab);
  const ways = [
    await proposed(edition, { by: reviewer }),
    await proposed(edition, { organisation: lab }),
    await proposed(edition, { by: await somebody(lab) }),
    await proposed(edition),
  ];
  for (const it of ways) await asked(it, reviewer);
  expect(await declareConflict(reviewer, ways[3]!.code)).toBeUndefined();
  const readings = await Promise.all(ways.map(({ code }) => proposalToReview(reviewer, code)));
  expect(readings.map((reading) => reading?.is === 'conflict' && reading.why)).toEqual(['own', 'organisation', 'organisation', 'declared']);
  expect(JSON.stringify(readings)).not.toMatch(/Sneller inkopen|kanarie/i);
  expect((await toReview(reviewer, edition)).map(({ code, standing }) => ({ code, standing }))).toEqual([
    { code: ways[3]!.code, standing: 'conflict' },
  ]);
  for (const { code } of ways) expect(await writeReview(reviewer, code, 0, whole)).toEqual({ refused: 'reviewer-conflict' });
  expect(await undoConflict(reviewer, ways[3]!.code)).toBeUndefined();
  expect(await proposalToReview(reviewer, ways[3]!.code)).toMatchObject({ is: 'read' });
  expect(await undoConflict(reviewer, ways[1]!.code)).toBeUndefined();
  expect(await proposalToReview(reviewer, ways[1]!.code)).toMatchObject({ is: 'conflict', why: 'organisation' });
});

test('who was not asked reads nothing and writes nothing', async () => {
  const edition = await editionWithCall();
  const reviewer = await member(edition);
  const it = await proposed(edition);
  expect(await proposalToReview(reviewer, it.code)).toBeNull();
  expect(await writeReview(reviewer, it.code, 0, whole)).toEqual({ refused: 'proposal-unknown' });
  expect(await declareConflict(reviewer, it.code)).toEqual({ refused: 'proposal-unknown' });
  expect(await proposalToReview(visit, it.code)).toBeNull();
});

test('a review can be begun and finished later; two windows do not write over each other', async () => {
  const edition = await editionWithCall();
  const reviewer = await member(edition);
  const it = await proposed(edition);
  await asked(it, reviewer);
  expect(await writeReview(reviewer, it.code, 0, typed({ new: '4' }))).toEqual({ isDone: false });
  expect((await toReview(reviewer, edition))[0]?.standing).toBe('begun');
  expect(await writeReview(reviewer, it.code, 0, whole)).toEqual({ refused: 'changed-meanwhile' });
  expect(await writeReview(reviewer, it.code, 1, whole)).toEqual({ isDone: true });
  expect(await writeReview(reviewer, it.code, 2, typed({ new: '9' }))).toEqual({ problems: { 'score-new': 'score-unknown' } });
  expect((await toReview(reviewer, edition))[0]?.standing).toBe('done');
  expect(await proposalToReview(reviewer, it.code)).toMatchObject({
    proposal: { review: { scores: { new: 5, clear: 2 }, comment: 'Graag', revision: 2 } },
  });
  expect(await said(it.id)).toEqual(['review-written', 'review-written']);
});

test('after its day, and after the decision, a review stays as it is', async () => {
  const late = await editionWithCall({ reviewUntil: testNow });
  const edition = await editionWithCall();
  const [one, other] = [await proposed(late), await proposed(edition)];
  const [first, second] = [await member(late), await member(edition)];
  await asked(one, first);
  await asked(other, second);
  expect(await writeReview(first, one.code, 0, whole)).toEqual({ refused: 'review-over' });
  await decide(visit, edition, other.code, { decision: 'decline' }, null);
  expect(await writeReview(second, other.code, 0, whole)).toEqual({ refused: 'review-decided' });
});

test('the committee is divided as it was shown; when something changed since, it is shown again', async () => {
  const edition = await editionWithCall();
  const people = [await member(edition), await member(edition), await member(edition)];
  for (let nth = 0; nth < 3; nth++) await proposed(edition);
  const shown = await divide(visit, edition, { isLevelled: false });
  if (isRefusal(shown)) throw new Error(shown.refused);
  expect(shown).toMatchObject({ added: 6, removed: 0, short: [], each: 2, lowestTop: 2 });
  expect(shown.loads.map(({ count, before }) => ({ count, before }))).toEqual(Array.from({ length: 3 }, () => ({ count: 2, before: 0 })));
  await proposed(edition);
  expect(await applyDivision(visit, edition, { isLevelled: false, seen: shown.seen })).toEqual({ refused: 'changed-meanwhile' });
  const again = await divide(visit, edition, { isLevelled: false });
  if (isRefusal(again)) throw new Error(again.refused);
  expect(await applyDivision(visit, edition, { isLevelled: false, seen: again.seen })).toEqual({ added: 8, removed: 0 });
  const rerun = await divide(visit, edition, { isLevelled: true });
  expect(rerun).toMatchObject({ added: 0, removed: 0 });
  expect((await committee(visit, edition)).map(({ asked, done }) => ({ asked, done })).toSorted((a, b) => a.asked - b.asked)).toEqual([
    { asked: 2, done: 0 },
    { asked: 3, done: 0 },
    { asked: 3, done: 0 },
  ]);
  expect(people).toHaveLength(3);
});

test('by hand somebody is added and taken off, never with a conflict, and never who is not in the committee', async () => {
  const edition = await editionWithCall();
  const [reviewer, stranger] = [await member(edition), await somebody()];
  const [it, own] = [await proposed(edition), await proposed(edition, { by: reviewer })];
  expect(await assignByHand(visit, edition, it.code, stranger.person.id)).toEqual({ refused: 'not-in-committee' });
  expect(await assignByHand(visit, edition, own.code, reviewer.person.id)).toEqual({ refused: 'reviewer-conflict' });
  expect(await assignByHand(visit, await editionWithCall(), it.code, reviewer.person.id)).toEqual({ refused: 'not-in-committee' });
  expect(await assignByHand(visit, edition, it.code, reviewer.person.id)).toBeUndefined();
  expect((await toReview(reviewer, edition)).map(({ code }) => code)).toEqual([it.code]);
  expect(await unassign(visit, edition, it.code, reviewer.person.id)).toBeUndefined();
  expect(await toReview(reviewer, edition)).toEqual([]);
  expect(await said(it.id)).toEqual(['reviewers-assigned', 'reviewers-assigned']);
});

test('the team sees means and spread; a review of who has a conflict does not count, and names only when asked', async () => {
  const edition = await editionWithCall();
  const [one, two, three] = [await member(edition), await member(edition), await member(edition)];
  const it = await proposed(edition);
  for (const who of [one, two, three]) await asked(it, who);
  await writeReview(one, it.code, 0, whole);
  await writeReview(two, it.code, 0, typed({ new: '2', clear: '2' }, 'Niet zo'));
  await writeReview(three, it.code, 0, typed({ new: '1', clear: '1' }));
  await declareConflict(three, it.code);
  expect((await results(visit, edition)).items.map(({ asked, outcome }) => ({ asked, outcome }))).toEqual([
    { asked: 2, outcome: { count: 2, mean: 3, spread: 1, means: { new: 3.5, clear: 2 } } },
  ]);
  const [hidden, named] = [await resultOf(visit, edition, it.code, { isNamed: false }), await resultOf(visit, edition, it.code, { isNamed: true })];
  expect(hidden?.reviews.map(({ by }) => by)).toEqual([null, null, null]);
  expect(JSON.stringify(hidden)).not.toContain(one.person.email);
  expect(named?.reviews.map(({ by }) => by?.email).toSorted()).toEqual([one, two, three].map(({ person }) => person.email).toSorted());
});

test('two who decide at once do not undo each other; what is decided can be taken back until it is told', async () => {
  const edition = await editionWithCall();
  const it = await proposed(edition);
  expect(await decide(visit, edition, it.code, { decision: 'accept', text: 'Welkom' }, null)).toEqual({ decision: null, text: '' });
  expect(await decide(visit, edition, it.code, { decision: 'decline' }, null)).toEqual({ refused: 'changed-meanwhile' });
  expect(await decide(visit, edition, it.code, { decision: 'decline' }, 'accept')).toEqual({ decision: 'accept', text: 'Welkom' });
  expect(await decide(visit, edition, it.code, { decision: null }, 'decline')).toEqual({ decision: 'decline', text: 'Welkom' });
  expect(await decide(visit, await editionWithCall(), it.code, { decision: 'accept' }, null)).toEqual({ refused: 'proposal-unknown' });
  expect((await workingSession(visit, it.code))?.state).toBe('submitted');
  expect(await said(it.id)).toEqual(['proposal-decided', 'proposal-decided', 'proposal-decided']);
});

test('decisions are told as they were looked at: states, hosts and lines; a second time only what is new', async () => {
  const edition = await editionWithCall();
  const maker = await somebody();
  const [yes, no, wait, open] = [
    await proposed(edition, { by: maker }),
    await proposed(edition),
    await proposed(edition),
    await proposed(edition, { by: maker }),
  ];
  await decide(visit, edition, yes.code, { decision: 'accept' }, null);
  await decide(visit, edition, no.code, { decision: 'decline' }, null);
  await decide(visit, edition, wait.code, { decision: 'waitlist' }, null);
  const shown = await toRelease(visit, edition);
  expect(shown.map(({ proposal, to }) => ({ code: proposal.code, to: to.length }))).toEqual([yes, no, wait].map(({ code }) => ({ code, to: 1 })));
  // One is left out, another changes after it was looked at.
  const seen = shown.map(({ seen }) => seen);
  expect(await releaseDecisions(visit, edition, [])).toEqual({ refused: 'nothing-to-tell' });
  expect(await releaseDecisions(visit, edition, [...seen, 'other'])).toEqual({ refused: 'changed-meanwhile' });
  expect((await workingSession(visit, yes.code))?.state).toBe('submitted');
  expect(await releaseDecisions(visit, edition, [seen[0]!, seen[2]!])).toBe(2);
  expect(await Promise.all([yes, no, wait, open].map(async ({ code }) => (await workingSession(visit, code))?.state))).toEqual([
    'accepted',
    'submitted',
    'submitted',
    'submitted',
  ]);
  const { rows } = await sql<{ scope: string }>`select scope from roles where person_id = ${maker.person.id}`.execute(visit.db);
  expect(rows).toEqual([{ scope: yes.code }]);
  expect((await toRelease(visit, edition)).map(({ proposal }) => proposal.code)).toEqual([no.code]);
  expect(await decide(visit, edition, yes.code, { decision: 'decline' }, 'accept')).toEqual({ refused: 'decision-told' });
  // Who waits can hear more.
  expect(await decide(visit, edition, wait.code, { decision: 'accept' }, 'waitlist')).toEqual({ decision: 'waitlist', text: '' });
  expect((await toRelease(visit, edition)).map(({ proposal }) => proposal.code)).toEqual([no.code, wait.code]);
  expect(await said(yes.id)).toEqual(['proposal-decided', 'decisions-released']);
});

test('a list asks the database as often with one proposal as with three', async () => {
  const edition = await editionWithCall();
  const count = async () => {
    let asked = 0;
    await results(
      watched(visit, (statement) => {
        asked++;
        return statement;
      }),
      edition,
    );
    return asked;
  };
  await proposed(edition);
  const one = await count();
  await proposed(edition);
  await proposed(edition);
  expect(await count()).toBe(one);
});

test('what the committee wrote goes 180 days after the edition, and the decision stays', async () => {
  const edition = await editionWithCall();
  const reviewer = await member(edition);
  const it = await proposed(edition);
  await asked(it, reviewer);
  await writeReview(reviewer, it.code, 0, whole);
  await declareConflict(reviewer, it.code);
  await decide(visit, edition, it.code, { decision: 'accept' }, null);
  const left = async () =>
    (
      await sql`select (select count(*)::int from reviews where session_id = ${it.id}) as reviews, (select count(*)::int from conflicts where session_id = ${it.id}) as conflicts,
    (select count(*)::int from assignments where session_id = ${it.id}) as assignments, (select decision from proposals where session_id = ${it.id}) as decision`.execute(
        visit.db,
      )
    ).rows[0];
  await forgetReviews(testVisit({ now: new Date('2027-05-26T09:00:00Z') }), 180);
  expect(await left()).toEqual({ reviews: 1, conflicts: 1, assignments: 1, decision: 'accept' });
  await forgetReviews(testVisit({ now: new Date('2027-05-27T09:00:00Z') }), 180);
  expect(await left()).toEqual({ reviews: 0, conflicts: 0, assignments: 0, decision: 'accept' });
});
