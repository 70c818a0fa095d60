import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { SessionId } from '#ground/id.ts';
import { isRefusal } from '#ground/refusal.ts';
import { testNow, testVisit, watched } from '#ground/testing.server.ts';
import type { Visit } from '#ground/visit.ts';
import { lines } from '#rooms/journal';
import * as programme from '#rooms/programme';
import { callingEdition, hoursFromNow, testCall, visitor, wholeContent, type CallingEdition } from './call-with.testing.server.ts';
import {
  answerInvitation,
  callOf,
  changeCall,
  copyCall,
  copyFrom,
  counts,
  forgetProposals,
  inviteProposer,
  leave,
  myInvitations,
  myProposals,
  proposalOf,
  proposalToJudge,
  propose,
  remind,
  reopen,
  reusable,
  saveProposal,
  submit,
  uninviteProposer,
  withdraw,
} from './proposals.server.ts';
import { standingOf, type Content, type Proposal } from './proposal.ts';

const given = <T>(value: T): Exclude<T, { refused: string } | { problems: object }> => {
  if (isRefusal(value)) throw new Error(value.refused);
  if (typeof value === 'object' && value !== null && 'problems' in value) throw new Error(JSON.stringify(value.problems));
  return value as Exclude<T, { refused: string } | { problems: object }>;
};
const at = <V extends Visit>(visit: V, hours: number): V => ({ ...visit, now: hoursFromNow(hours) });
const idOf = async (code: string): Promise<SessionId> => (await programme.workingSession(testVisit(), code))!.id;

async function calling(call = testCall): Promise<CallingEdition> {
  const edition = await callingEdition();
  given(await changeCall(testVisit(), edition, 0, call));
  return edition;
}

async function proposed(edition: CallingEdition, visit: Visit, more: Partial<Content> = {}): Promise<Proposal> {
  const begun = given(await propose(visit, edition, { nl: 'Slim inkopen' }));
  return given(await saveProposal(visit, begun.code, begun.revision, wholeContent(edition, more)));
}

test('a team makes a call and changes it; who changes an older one is refused', async () => {
  const edition = await callingEdition();
  expect(await callOf(testVisit(), edition)).toBeNull();
  const call = given(await changeCall(testVisit(), edition, 0, testCall));
  expect(call).toEqual({ ...testCall, edition: edition.id, revision: 1 });
  given(await changeCall(testVisit(), edition, 1, { ...testCall, isAnonymous: true }));
  expect(await changeCall(testVisit(), edition, 1, testCall)).toEqual({ refused: 'changed-meanwhile' });
  expect(await changeCall(testVisit(), edition, 0, testCall)).toEqual({ refused: 'changed-meanwhile' });
  expect(await changeCall(testVisit(), edition, 2, { ...testCall, closesAt: testCall.opensAt })).toEqual({ refused: 'call-closes-first' });
  expect(await callOf(testVisit(), edition)).toEqual({ ...testCall, isAnonymous: true, edition: edition.id, revision: 2 });
});

test('a call is copied so many days later', async () => {
  const [edition, next] = [await calling(), await callingEdition()];
  await copyCall(testVisit(), edition, next, 10);
  expect(await callOf(testVisit(), next)).toEqual({
    ...testCall,
    opensAt: hoursFromNow(216),
    closesAt: hoursFromNow(480),
    edition: next.id,
    revision: 1,
  });
});

test('a draft may miss everything but its title, and keeps what is half filled in', async () => {
  const edition = await calling();
  const me = await visitor();
  const begun = given(await propose(me, edition, { nl: 'Slim inkopen' }));
  expect(standingOf(begun)).toBe('draft');
  const half = {
    ...wholeContent(edition),
    summary: {},
    themes: [],
    organisations: [],
    minutes: null,
    capacity: { onSite: 0, online: 0 },
    answers: { v2: 'no' },
  };
  const kept = given(await saveProposal(me, begun.code, begun.revision, half));
  expect(kept).toMatchObject({ ...half, state: 'draft' });
  expect(kept.revision).toBeGreaterThan(begun.revision);
  expect(await submit(me, begun.code)).toEqual({
    problems: {
      summary: 'proposal-summary-missing',
      themes: 'proposal-theme-missing',
      organisation: 'proposal-organisation-missing',
      minutes: 'proposal-minutes-missing',
      where: 'proposal-where-missing',
      'answer-v1': 'answer-missing',
    },
  });
  expect(await propose(me, edition, { nl: ' ' })).toEqual({ refused: 'title-missing' });
});

test('what is submitted is withdrawn and put back as it was, and the journal says so', async () => {
  const edition = await calling();
  const me = await visitor();
  const { code } = await proposed(edition, me);
  expect(standingOf(given(await submit(me, code)))).toBe('submitted');
  expect((await programme.workingSession(testVisit(), code))?.state).toBe('submitted');
  expect(standingOf(given(await submit(me, code)))).toBe('submitted');
  expect(await saveProposal(me, code, given(await submit(me, code)).revision, { ...wholeContent(edition), themes: [] })).toEqual({
    problems: { themes: 'proposal-theme-missing' },
  });
  expect(standingOf(given(await withdraw(me, code)))).toBe('withdrawn');
  expect((await programme.workingSession(testVisit(), code))?.state).toBe('draft');
  expect(await submit(me, code)).toEqual({ refused: 'proposal-is-withdrawn' });
  // Also when the call has closed: who takes back that they took it back has it as it was.
  expect(standingOf(given(await reopen(at(me, 300), code)))).toBe('submitted');
  const what = (await lines(testVisit(), { session: await idOf(code) })).map((line) => line.what);
  expect(what.filter((one) => one.startsWith('proposal-'))).toEqual(['proposal-submitted', 'proposal-withdrawn', 'proposal-reopened']);
});

test('an answer that changes is in the journal, also when the text stays; what stays as it was is not', async () => {
  const edition = await calling();
  const me = await visitor();
  const { code, revision } = await proposed(edition, me);
  const said = async () => (await lines(testVisit(), { session: await idOf(code) })).map((line) => line.what);
  const before = await said();
  const content = { ...wholeContent(edition), note: 'Liever in de ochtend' };
  const kept = given(await saveProposal(me, code, revision, content));
  expect((await said()).length).toBe(before.length + 1);
  expect((await said()).filter((one) => one === 'session-text-changed').length).toBe(
    before.filter((one) => one === 'session-text-changed').length + 1,
  );
  await saveProposal(me, code, kept.revision, content);
  expect((await said()).length).toBe(before.length + 1);
});

test('before the call opens and after it closes nothing is begun, written or submitted', async () => {
  const edition = await calling();
  const me = await visitor();
  const { code, revision } = await proposed(edition, me);
  expect([
    await propose(at(me, -30), edition, { nl: 'x' }),
    await propose(at(me, 240), edition, { nl: 'x' }),
    await saveProposal(at(me, 240), code, revision, wholeContent(edition)),
    await submit(at(me, 240), code),
    await propose(me, await callingEdition(), { nl: 'x' }),
    await propose({ ...me, person: null }, edition, { nl: 'x' }),
  ]).toEqual([
    { refused: 'call-not-open' },
    { refused: 'call-closed' },
    { refused: 'call-closed' },
    { refused: 'call-closed' },
    { refused: 'call-not-open' },
    { refused: 'not-signed-in' },
  ]);
});

test('to everybody but its proposers a proposal is not there', async () => {
  const edition = await calling();
  const [me, other] = [await visitor(), await visitor()];
  const { code, revision } = await proposed(edition, me);
  const tries = async (visit: Visit) => [
    await proposalOf(visit, code),
    await saveProposal(visit, code, revision, wholeContent(edition)),
    await submit(visit, code),
    await withdraw(visit, code),
    await inviteProposer(visit, code, 'x@example.org'),
    await leave(visit, code),
  ];
  const unknown = { refused: 'proposal-unknown' };
  expect(await tries(other)).toEqual([null, unknown, unknown, unknown, unknown, unknown]);
  expect(await tries({ ...me, person: null })).toEqual([null, ...Array<object>(5).fill({ refused: 'not-signed-in' })]);
  expect([await programme.session(me, code), await myProposals(other), (await programme.sessions(me, edition.id)).length]).toEqual([null, [], 0]);
  // Negative control: it could have been found.
  expect((await proposalOf(me, code))?.code).toBe(code);
});

test('who saves upon an older one is refused, also when the team wrote in between', async () => {
  const edition = await calling();
  const me = await visitor();
  const { code, revision } = await proposed(edition, me);
  const mine = given(await saveProposal(me, code, revision, wholeContent(edition, { note: 'Anders' })));
  expect(await saveProposal(me, code, revision, wholeContent(edition))).toEqual({ refused: 'changed-meanwhile' });
  const session = (await programme.workingSession(testVisit(), code))!;
  given(await programme.writeSession(testVisit(), code, session.revision, { ...session, title: { nl: 'Van het team' } }));
  expect(await saveProposal(me, code, mine.revision, wholeContent(edition))).toEqual({ refused: 'changed-meanwhile' });
  expect(await proposalOf(me, code)).toMatchObject({ title: { nl: 'Van het team' }, note: 'Anders' });
});

test('negative control: without the lock on the proposal, two who save at once upon the same both win', async () => {
  const race = async (change: (statement: string) => string) => {
    const edition = await calling();
    const me = await visitor();
    const { code, revision } = await proposed(edition, me);
    const visit = watched(me, change);
    const both = await Promise.all(
      ['Een', 'Twee'].map((note) => saveProposal(visit, code, revision, wholeContent(edition, { note, minutes: note.length * 10 }))),
    );
    return both.filter((one) => !isRefusal(one)).length;
  };
  expect(await race((statement) => statement)).toBe(1);
  const without = [];
  for (let turn = 0; turn < 5; turn++) without.push(await race((statement) => statement.replace('for update of p', '')));
  expect(Math.max(...without)).toBe(2);
});

test('who is asked by mail says yes and proposes it too, says no, or leaves again; the last one cannot leave', async () => {
  const edition = await calling();
  const [me, friend, other] = [await visitor(), await visitor(), await visitor()];
  const { code } = await proposed(edition, me);
  expect(await leave(me, code)).toEqual({ refused: 'last-proposer' });
  expect(given(await inviteProposer(me, code, friend.person.email.toUpperCase()))).toEqual({ email: friend.person.email });
  expect([await inviteProposer(me, code, 'geen adres'), await inviteProposer(me, code, me.person.email)]).toEqual([
    { refused: 'no-address' },
    { refused: 'proposer-already' },
  ]);
  const [asked] = await myInvitations(friend);
  expect(asked).toMatchObject({ code, title: { nl: 'Slim inkopen' }, by: me.person.email });
  expect([await answerInvitation(other, asked!.id, true), await proposalOf(friend, code)]).toEqual([{ refused: 'invitation-gone' }, null]);
  expect(await answerInvitation(friend, asked!.id, true)).toEqual({ code });
  expect((await proposalOf(friend, code))?.proposers.map(({ email }) => email)).toEqual([me.person.email, friend.person.email]);
  expect(await answerInvitation(friend, asked!.id, true)).toEqual({ refused: 'invitation-gone' });
  await leave(friend, code);
  expect(await proposalOf(friend, code)).toBeNull();
  // Asked again, and taken back before they answered.
  given(await inviteProposer(me, code, friend.person.email));
  const again = (await proposalOf(me, code))!.invitations[0]!;
  await uninviteProposer(me, code, again.id);
  expect(await myInvitations(friend)).toEqual([]);
  given(await inviteProposer(me, code, friend.person.email));
  expect(await answerInvitation(friend, (await myInvitations(friend))[0]!.id, false)).toEqual({ code });
  expect([(await proposalOf(me, code))!.invitations, await myInvitations(at(friend, 1))]).toEqual([[], []]);
});

test('an invitation that nobody answered ends after thirty days', async () => {
  const edition = await calling();
  const [me, friend] = [await visitor(), await visitor()];
  const { code } = await proposed(edition, me);
  given(await inviteProposer(me, code, friend.person.email));
  const [asked] = await myInvitations(friend);
  expect([(await myInvitations(at(friend, 720))).length, await answerInvitation(at(friend, 720), asked!.id, true)]).toEqual([
    0,
    { refused: 'invitation-gone' },
  ]);
});

test('what is decided and not told is not known to proposers; withdrawing forgets it', async () => {
  const edition = await calling();
  const me = await visitor();
  const { code } = await proposed(edition, me);
  given(await submit(me, code));
  const id = await idOf(code);
  await sql`update proposals set decision = 'accept', decided_at = ${testNow}, decision_text = 'Mooi' where session_id = ${id}`.execute(me.db);
  await sql`update sessions set state = 'accepted' where id = ${id}`.execute(me.db);
  expect(await proposalOf(me, code)).toMatchObject({ decision: null, decisionText: null, state: 'submitted' });
  expect(await proposalToJudge(me, code)).toMatchObject({ decision: 'accept', decisionText: 'Mooi', state: 'accepted' });
  await sql`update proposals set released_at = ${testNow} where session_id = ${id}`.execute(me.db);
  const told = (await proposalOf(me, code))!;
  expect([standingOf(told), told.decisionText]).toEqual(['accepted', 'Mooi']);
  expect([await withdraw(me, code), await saveProposal(me, code, told.revision, wholeContent(edition))]).toEqual([
    { refused: 'proposal-decided' },
    { refused: 'proposal-decided' },
  ]);
  await sql`update proposals set released_at = null where session_id = ${id}`.execute(me.db);
  given(await withdraw(me, code));
  expect(await proposalToJudge(me, code)).toMatchObject({ decision: null, state: 'draft' });
});

test('one’s own proposal of an earlier edition is a beginning, of which a theme that is gone stays behind', async () => {
  const [earlier, edition] = [await calling(), await calling()];
  const [me, other] = [await visitor(), await visitor()];
  const before = await proposed(earlier, me);
  await sql`update themes set slug = 'anders' where edition_id = ${edition.id}`.execute(me.db);
  expect((await reusable(me, edition)).map(({ code }) => code)).toEqual([before.code]);
  expect(await copyFrom(other, edition, before.code)).toEqual({ refused: 'proposal-unknown' });
  const copy = given(await copyFrom(me, edition, before.code));
  expect(copy).toMatchObject({ ...wholeContent(earlier), themes: [], copiedFrom: before.code, edition: edition.slug, submittedAt: null });
});

test('counts are of what is submitted, by theme and organisation', async () => {
  const edition = await calling();
  const [me, other] = [await visitor(), await visitor()];
  given(await submit(me, (await proposed(edition, me)).code));
  given(await withdraw(other, (await proposed(edition, other)).code));
  await proposed(edition, other);
  expect(await counts(testVisit(), edition)).toEqual({
    drafts: 1,
    submitted: 1,
    withdrawn: 1,
    themes: [{ slug: 'inkoop', name: { nl: 'Inkoop' }, count: 1 }],
    organisations: [{ slug: edition.organisations[0], name: { nl: edition.organisations[0] }, count: 1 }],
  });
});

test('a list asks the database equally often with one proposal and with three', async () => {
  const edition = await calling();
  const me = await visitor();
  const asked = async (): Promise<number> => {
    let count = 0;
    await myProposals(
      watched(me, (statement) => (count++, statement)),
      edition,
    );
    return count;
  };
  await proposed(edition, me);
  const one = await asked();
  await proposed(edition, me);
  await proposed(edition, me);
  expect(await asked()).toBe(one);
});

test('who has a draft is reminded once, from three days before the deadline', async () => {
  const edition = await calling();
  const me = await visitor();
  const draft = await proposed(edition, me);
  given(await submit(me, (await proposed(edition, me)).code));
  const reminded = async (hours: number): Promise<number> => {
    await remind(at(testVisit(), hours));
    return (await lines(testVisit(), { session: await idOf(draft.code) })).filter(({ what }) => what === 'proposal-reminded').length;
  };
  expect([await reminded(240 - 73), await reminded(240 - 72), await reminded(200)]).toEqual([0, 1, 1]);
  const { rows } = await sql<{
    count: number;
  }>`select count(*) as count from journal where what = 'proposal-reminded' and edition_id = ${edition.id}`.execute(me.db);
  expect(rows[0]!.count).toBe(1);
});

test('what somebody proposed alone goes with them; what was accepted or has others stays', async () => {
  const edition = await calling();
  const [me, friend] = [await visitor(), await visitor()];
  const [alone, together, accepted] = [await proposed(edition, me), await proposed(edition, me), await proposed(edition, me)];
  given(await inviteProposer(me, together.code, friend.person.email));
  given(await answerInvitation(friend, (await myInvitations(friend))[0]!.id, true));
  await sql`update sessions set state = 'accepted' where code = ${accepted.code}`.execute(me.db);
  await forgetProposals(testVisit(), me.person.id);
  expect(
    await Promise.all([alone, together, accepted].map(async ({ code }) => (await programme.workingSession(testVisit(), code)) !== null)),
  ).toEqual([false, true, true]);
});
