import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import { expect, test } from 'vitest';
import { newSecret } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import { testNow, testVisit, watched } from '#ground/testing.server.ts';
import type { Person, Visit } from '#ground/visit.ts';
import { lines } from '#rooms/journal';
import { here, newDevice, withoutVerification, type Device, type Wrong } from './authenticator.testing.server.ts';
import * as identity from '../identity.server.ts';
import { enter } from '../sign-in.server.ts';

process.env['BASE_URL'] = here.origin;

const visit = testVisit();
const at = (minutes: number, person: Person | null = null): Visit => testVisit({ now: new Date(testNow.getTime() + minutes * 60_000), person });
const day = 24 * 60;

let people = 0;
interface Somebody {
  readonly email: string;
  readonly token: string;
  readonly as: (minutes?: number) => Promise<Visit>;
}
/** Somebody signed in with a code by mail, perhaps with a role. */
async function somebody(role?: 'admin', email = `sleutel-${++people}@example.org`): Promise<Somebody> {
  await identity.welcome(visit, email);
  if (role) await identity.grant(visit, email, { role, scope: '' });
  return { email, ...(await inBy('code', email)) };
}
async function inBy(way: 'code' | 'passkey', email: string, minutes = 0) {
  const known = (await identity.personCalled(visit, email))!;
  const entered = await atOnce(at(minutes), (visit) => enter(visit, known, { way, device: 'Chrome/Windows' }));
  if (isRefusal(entered)) throw new Error(entered.refused);
  return { token: entered.token, as: async (minutes = 0) => at(minutes, await identity.personOfCookie(at(minutes), entered.token)) };
}
const passed = <Answer>(answer: Answer): Exclude<Answer, { readonly refused: string }> => {
  if (isRefusal(answer)) throw new Error(answer.refused);
  return answer as Exclude<Answer, { readonly refused: string }>;
};

async function make(who: Somebody, { device = newDevice(), minutes = 0, invitation = '', wrong = {} as Wrong, name = '' } = {}) {
  const browser = newSecret();
  const mine = await who.as(minutes);
  const asked = await identity.askNewPasskey(mine, browser, invitation);
  if (isRefusal(asked)) return asked;
  return identity.addPasskey(mine, device.make(asked, wrong), browser, { name, token: who.token, device: 'Chrome/Windows' });
}
/** Somebody with a passkey that counts. */
async function withPasskey(role?: 'admin') {
  const who = await somebody(role);
  const device = newDevice();
  const invitation = role ? passed(await identity.invite(visit, who.email)) : '';
  passed(await make(who, { device, invitation }));
  return { who, device };
}
async function signIn(device: Device, wrong: Wrong = {}, asking: Visit = visit) {
  const browser = newSecret();
  const asked = passed(await identity.askPasskey(asking, browser));
  return identity.signInByPasskey(asking, device.prove(asked, wrong), browser);
}
const isIn = (answer: unknown) => typeof answer === 'object' && answer !== null && 'token' in answer;

test('whoever has a passkey signs in with it, and types no address', async () => {
  const { who, device } = await withPasskey();
  expect(await signIn(device)).toMatchObject({ person: { email: who.email, way: 'passkey' } });
  expect(await signIn(device)).toMatchObject({ person: { email: who.email } });
});

test('what is asked of a browser says nothing of anybody', async () => {
  const { allowCredentials, userVerification, rpId } = passed(await identity.askPasskey(visit, newSecret()));
  expect({ allowCredentials, userVerification, rpId }).toEqual({ allowCredentials: [], userVerification: 'required', rpId: 'localhost' });
});

// Each of these is a right answer with one thing wrong. With that one guard taken away it is taken for right.
const attacks: Readonly<Record<string, { readonly wrong: Wrong; readonly allowed: object }>> = {
  'another challenge': { wrong: { challenge: 'AAAA' }, allowed: { expectedChallenge: 'AAAA' } },
  'another origin': { wrong: { origin: 'https://elsewhere.example' }, allowed: { expectedOrigin: 'https://elsewhere.example' } },
  'another site in the device': { wrong: { rpID: 'elsewhere.example' }, allowed: { expectedRPID: 'elsewhere.example' } },
  'an owner whom the device did not recognise': { wrong: { flags: withoutVerification }, allowed: { requireUserVerification: false } },
  'an answer for something else': { wrong: { type: 'payment.get' }, allowed: { expectedType: 'payment.get' } },
};
for (const [name, { wrong, allowed }] of Object.entries(attacks))
  test(`${name} is refused; without that guard it would be taken for right`, async () => {
    const { device } = await withPasskey();
    expect(await signIn(device, wrong)).toEqual({ refused: 'passkey-refused' });
    const row = await visit.db.selectFrom('passkeys').selectAll().where('credential', '=', device.credential().id).executeTakeFirstOrThrow();
    const taken = await verifyAuthenticationResponse({
      ...{ expectedChallenge: 'BBBB', expectedOrigin: here.origin, expectedRPID: here.rpID },
      response: JSON.parse(device.prove({ challenge: 'BBBB' }, wrong)),
      credential: { id: row.credential, publicKey: new Uint8Array(row.public_key), counter: 0 },
      ...allowed,
    });
    expect(taken.verified).toBe(true);
  });

test('a signature of another device is refused', async () => {
  const [{ device }, other] = [await withPasskey(), await withPasskey()];
  expect(await signIn(device, { signedBy: other.device })).toEqual({ refused: 'passkey-refused' });
});

test('a device that does not say whose passkey it is, or says another, is refused', async () => {
  const [{ device }, other] = [await withPasskey(), await withPasskey()];
  for (const userHandle of [null, '', other.device.credential().userHandle])
    expect(await signIn(device, { userHandle })).toEqual({ refused: 'passkey-refused' });
  expect(isIn(await signIn(device))).toBe(true);
});

test('a passkey that nobody has is refused', async () => {
  const { device } = await withPasskey();
  await visit.db.deleteFrom('passkeys').where('credential', '=', device.credential().id).execute();
  expect(await signIn(device)).toEqual({ refused: 'passkey-refused' });
});

test('what is no answer at all is refused', async () => {
  const browser = newSecret();
  for (const typed of ['', '{', 'null', '[]', '{"id":"x"}', JSON.stringify({ id: 'x'.repeat(30_000) })]) {
    await identity.askPasskey(visit, browser);
    expect(await identity.signInByPasskey(visit, typed, browser)).toEqual({ refused: 'passkey-refused' });
  }
});

test('an answer is used once, also when it is sent ten times at the same moment', async () => {
  const { device } = await withPasskey();
  const browser = newSecret();
  const answer = device.prove(passed(await identity.askPasskey(visit, browser)));
  const answers = await Promise.all(Array.from({ length: 10 }, () => identity.signInByPasskey(visit, answer, browser)));
  expect(answers.filter(isIn)).toHaveLength(1);
  expect(await identity.signInByPasskey(visit, answer, browser)).toEqual({ refused: 'passkey-late' });
});

test('negative control: a challenge that is only looked at would let an answer in twice', async () => {
  const { device } = await withPasskey();
  const browser = newSecret();
  const keeping = watched(visit, (statement) =>
    statement.replace(/delete from challenges (where secret_hash = .*) returning .*/, 'select person_id as person, asked from challenges $1'),
  );
  const answer = device.prove(passed(await identity.askPasskey(visit, browser)), { counter: 0 });
  expect([isIn(await identity.signInByPasskey(keeping, answer, browser)), isIn(await identity.signInByPasskey(keeping, answer, browser))]).toEqual([
    true,
    true,
  ]);
});

test('an answer of another browser is refused, and one that took longer than five minutes', async () => {
  const { device } = await withPasskey();
  const [mine, theirs] = [newSecret(), newSecret()];
  const asked = passed(await identity.askPasskey(visit, mine));
  await identity.askPasskey(visit, theirs);
  expect(await identity.signInByPasskey(visit, device.prove(asked), theirs)).toEqual({ refused: 'passkey-refused' });
  expect(await identity.signInByPasskey(at(5), device.prove(asked), mine)).toEqual({ refused: 'passkey-late' });
  expect(isIn(await identity.signInByPasskey(at(4.9), device.prove(asked), mine))).toBe(true);
});

test('a counter that does not go up is a copy of a passkey, and is refused', async () => {
  const { device } = await withPasskey();
  expect(isIn(await signIn(device, { counter: 7 }))).toBe(true);
  expect(await signIn(device, { counter: 7 })).toEqual({ refused: 'passkey-refused' });
  expect(await signIn(device, { counter: 3 })).toEqual({ refused: 'passkey-refused' });
  expect(isIn(await signIn(device, { counter: 8 }))).toBe(true);
});

test('somebody who is here proves to be themselves, not to be another', async () => {
  const [mine, other] = [await withPasskey(), await withPasskey()];
  const here = await (await inBy('code', mine.who.email)).as();
  expect(await signIn(other.device, {}, here)).toEqual({ refused: 'passkey-refused' });
  expect(isIn(await signIn(mine.device, {}, here))).toBe(true);
});

// Making one

const badMakings: Readonly<Record<string, Wrong>> = {
  'another challenge': { challenge: 'AAAA' },
  'another origin': { origin: 'https://elsewhere.example' },
  'another site in the device': { rpID: 'elsewhere.example' },
  'an owner whom the device did not recognise': { flags: withoutVerification },
  'an answer for something else': { type: 'webauthn.get' },
};
test('a passkey is only kept when it was made here, for us, by its owner', async () => {
  const who = await somebody();
  for (const wrong of Object.values(badMakings)) expect(await make(who, { wrong })).toEqual({ refused: 'passkey-not-made' });
  expect(await identity.myPasskeys(await who.as())).toEqual([]);
});

test('a passkey is kept for whoever it was asked for, and for nobody else', async () => {
  const [mine, other] = [await somebody(), await somebody()];
  const browser = newSecret();
  const asked = passed(await identity.askNewPasskey(await mine.as(), browser, ''));
  const made = { name: '', token: other.token, device: null };
  expect(await identity.addPasskey(await other.as(), newDevice().make(asked), browser, made)).toEqual({ refused: 'not-signed-in' });
  expect(await identity.askNewPasskey(visit, browser, '')).toEqual({ refused: 'not-signed-in' });
});

test('the first passkey of a participant counts at once, and is a new sign-in in the place of the old', async () => {
  const who = await somebody();
  const added = passed(await make(who, { name: ' Mijn telefoon ' }));
  expect(added.passkey).toMatchObject({ name: 'Mijn telefoon', usableAt: testNow });
  expect(await identity.personOfCookie(visit, added.in!.token)).toMatchObject({ email: who.email, way: 'passkey' });
  expect(await identity.personOfCookie(visit, who.token)).toBe(null);
});

test('nobody gets more than ten, also not side by side', async () => {
  const { email } = await somebody();
  const strong = { email, ...(await inBy('passkey', email)) };
  const made = await Promise.all(Array.from({ length: 14 }, () => make(strong)));
  expect(made.filter((one) => !isRefusal(one))).toHaveLength(10);
  expect(await make(strong)).toEqual({ refused: 'too-many-passkeys' });
});

// When it counts

test('a passkey that mail alone brings to somebody with a role waits a day; meanwhile they see it, and it does nothing', async () => {
  const who = await somebody('admin');
  const device = newDevice();
  const { passkey, in: entered } = passed(await make(who, { device }));
  expect({ usableAt: passkey.usableAt, entered }).toEqual({ usableAt: at(day).now, entered: null });
  expect(await signIn(device)).toEqual({ refused: 'passkey-waits' });
  expect((await who.as(60)).person).toMatchObject({ roles: [], newPasskey: { id: passkey.id, usableAt: passkey.usableAt } });
  expect(await signIn(device, {}, at(day - 1))).toEqual({ refused: 'passkey-waits' });
  expect(await signIn(device, {}, at(day))).toMatchObject({ person: { roles: [{ role: 'admin' }] } });
});

test('negative control: without the wait, whoever reads the mail would be administrator', async () => {
  const who = await somebody('admin');
  const device = newDevice();
  passed(await make(who, { device }));
  const browser = newSecret();
  const careless = watched(visit, (statement) => statement.replace('usable_at <= ', 'now() > '));
  const asked = passed(await identity.askPasskey(visit, browser));
  expect(await identity.signInByPasskey(careless, device.prove(asked), browser)).toMatchObject({ person: { roles: [{ role: 'admin' }] } });
});

test('a second passkey waits too when it is made after a code by mail, and counts at once after a passkey', async () => {
  const { who } = await withPasskey();
  const byMail = { ...who, ...(await inBy('code', who.email)) };
  expect(passed(await make(byMail)).passkey.usableAt).toEqual(at(day).now);
  const strong = { ...who, ...(await inBy('passkey', who.email)) };
  expect(passed(await make(strong)).passkey.usableAt).toEqual(testNow);
  expect(passed(await make(strong, { minutes: 12 * 60 })).passkey.usableAt).toEqual(at(day + 12 * 60).now);
});

test('its owner refuses it: it is gone, and so is the sign-in in which it was made', async () => {
  const owner = await somebody('admin');
  const thief = { ...owner, ...(await inBy('code', owner.email)) };
  const device = newDevice();
  const { passkey } = passed(await make(thief, { device }));
  expect(await identity.refusePasskey(await (await somebody()).as(), passkey.id)).toEqual({ refused: 'passkey-unknown' });
  expect(await identity.refusePasskey(await owner.as(60), passkey.id)).toBeUndefined();
  expect([(await thief.as(60)).person, (await owner.as(60)).person?.email]).toEqual([null, owner.email]);
  expect(await signIn(device, {}, at(2 * day))).toEqual({ refused: 'passkey-refused' });
  const told = await lines(visit, { person: (await owner.as()).person!.id });
  expect(told.map(({ what }) => what).filter((what) => what.startsWith('passkey'))).toEqual(['passkey-added', 'passkey-refused']);
});

test('a passkey that counts is not refused but removed', async () => {
  const { who } = await withPasskey();
  const mine = { ...who, ...(await inBy('code', who.email)) };
  const [passkey] = await identity.myPasskeys(await mine.as());
  expect(await identity.refusePasskey(await mine.as(), passkey!.id)).toEqual({ refused: 'passkey-unknown' });
});

// Invitations

test('with an invitation a passkey counts at once, and once', async () => {
  const who = await somebody('admin');
  const invitation = passed(await identity.invite(visit, who.email));
  expect(invitation).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  expect(passed(await make(who, { invitation: invitation.toLowerCase() })).in).toMatchObject({ person: { roles: [{ role: 'admin' }] } });
  const again = { ...who, ...(await inBy('code', who.email)) };
  expect(await make(again, { invitation })).toEqual({ refused: 'invitation-wrong' });
});

test('a passkey that waits is made anew on the same device, one that counts is not', async () => {
  const who = await somebody('admin');
  const device = newDevice();
  passed(await make(who, { device }));
  const known = async (minutes: number) => passed(await identity.askNewPasskey(await who.as(minutes), newSecret(), '')).excludeCredentials;
  expect(await known(day - 1)).toEqual([]);
  expect(await known(day)).toMatchObject([{ id: device.credential().id }]);
});

test("an invitation is its owner's, for seven days, and a new one takes its place", async () => {
  const [who, other] = [await somebody('admin'), await somebody('admin')];
  const old = passed(await identity.invite(visit, who.email));
  const invitation = passed(await identity.invite(visit, who.email));
  expect(await make(other, { invitation })).toEqual({ refused: 'invitation-wrong' });
  expect(await make(who, { invitation: old })).toEqual({ refused: 'invitation-wrong' });
  expect(await make(who, { invitation, minutes: 7 * day })).toEqual({ refused: 'invitation-wrong' });
  expect(passed(await make(who, { invitation, minutes: 7 * day - 1 })).in).not.toBe(null);
});

test('after five wrong guesses an invitation is over, also side by side; what is no invitation is not counted', async () => {
  const who = await somebody('admin');
  const invitation = passed(await identity.invite(visit, who.email));
  const mine = await who.as();
  const guess = (typed: string) => identity.askNewPasskey(mine, newSecret(), typed);
  for (let time = 0; time < 9; time++) expect(await guess('ABCD')).toEqual({ refused: 'invitation-malformed' });
  await Promise.all(Array.from({ length: 4 }, () => guess('AAAA-AAAA-AAAA')));
  expect(isRefusal(await guess(invitation))).toBe(false);
  await guess('AAAA-AAAA-AAAA');
  expect(await guess(invitation)).toEqual({ refused: 'invitation-wrong' });
});

test('negative control: without the count, guessing would go on', async () => {
  const who = await somebody('admin');
  const invitation = passed(await identity.invite(visit, who.email));
  const mine = watched(await who.as(), (statement) => statement.replace('then 0 else 1 end', 'then 0 else 0 end'));
  for (let time = 0; time < 20; time++) await identity.askNewPasskey(mine, newSecret(), 'AAAA-AAAA-AAAA');
  expect(isRefusal(await identity.askNewPasskey(mine, newSecret(), invitation))).toBe(false);
});

test('of an invitation only a hash is kept', async () => {
  const who = await somebody('admin');
  const invitation = passed(await identity.invite(visit, who.email));
  const kept = JSON.stringify([
    await visit.db.selectFrom('invitations').selectAll().execute(),
    await visit.db.selectFrom('journal').selectAll().execute(),
  ]);
  expect([kept.includes(invitation), kept.includes(invitation.replaceAll('-', ''))]).toEqual([false, false]);
});

// What somebody has

test('somebody names, renames and removes their own', async () => {
  const { who } = await withPasskey();
  const mine = { ...who, ...(await inBy('code', who.email)) };
  const [passkey] = await identity.myPasskeys(await mine.as());
  expect(passkey).toMatchObject({ name: 'Chrome op Windows', device: 'Chrome/Windows' });
  const other = await (await somebody()).as();
  expect(await identity.renamePasskey(other, passkey!.id, 'Van mij')).toEqual({ refused: 'passkey-unknown' });
  expect(await identity.renamePasskey(await mine.as(), passkey!.id, ' ')).toEqual({ refused: 'name-malformed' });
  expect(await identity.renamePasskey(await mine.as(), 'geen', 'Van mij')).toEqual({ refused: 'passkey-unknown' });
  expect(await identity.renamePasskey(await mine.as(), passkey!.id, 'Telefoon')).toBeUndefined();
  expect((await identity.myPasskeys(await mine.as())).map(({ name }) => name)).toEqual(['Telefoon']);
  expect(await identity.removePasskey(other, passkey!.id, mine.token, { isSure: true })).toEqual({ refused: 'passkey-unknown' });
  expect(await identity.removePasskey(await mine.as(), passkey!.id, mine.token, { isSure: false })).toBeUndefined();
  expect(await identity.myPasskeys(await mine.as())).toEqual([]);
});

test('who has a special role removes a passkey after a strong sign-in, and the last one only when sure', async () => {
  const { who } = await withPasskey('admin');
  const [byMail, strong] = [await inBy('code', who.email), await inBy('passkey', who.email)];
  const [passkey] = await identity.myPasskeys(await strong.as());
  expect(await identity.removePasskey(await byMail.as(), passkey!.id, byMail.token, { isSure: true })).toEqual({ refused: 'stronger-first' });
  expect(await identity.removePasskey(await strong.as(), passkey!.id, strong.token, { isSure: false })).toEqual({ refused: 'last-passkey' });
  expect(await identity.removePasskey(await strong.as(), passkey!.id, strong.token, { isSure: true })).toBeUndefined();
});

// The first administrator

test('the code of the console makes one first administrator, signed in strongly', async () => {
  await visit.db.deleteFrom('roles').where('role', '=', 'admin').execute();
  const old = (await identity.inviteFirst(visit))!;
  const invitation = (await identity.inviteFirst(visit))!;
  const email = 'eerste@example.org';
  const ask = (typed: string, browser = newSecret(), address = email) =>
    identity.askFirstPasskey(visit, browser, { invitation: typed, email: address });
  expect(await ask(old)).toEqual({ refused: 'invitation-wrong' });
  expect(await ask(invitation, newSecret(), 'geen adres')).toEqual({ refused: 'no-address' });
  expect(await identity.personCalled(visit, email)).toBe(null);
  const browsers = [newSecret(), newSecret()];
  const asked = [passed(await ask(invitation, browsers[0])), passed(await ask(invitation, browsers[1], 'tweede@example.org'))];
  const made = { name: '', token: null, device: 'Firefox/Linux' };
  const outcomes = await Promise.all(browsers.map((browser, nth) => identity.addPasskey(visit, newDevice().make(asked[nth]!), browser, made)));
  expect(outcomes.filter(isRefusal)).toEqual([{ refused: 'passkey-late' }]);
  const added = outcomes.find((one) => !isRefusal(one));
  expect(added).toMatchObject({ in: { person: { way: 'passkey', roles: [{ role: 'admin', scope: '' }] } } });
  expect(await ask(invitation)).toEqual({ refused: 'invitation-wrong' });
  expect(await identity.inviteFirst(visit)).toBe(null);
});

// Sign-ins

test('somebody sees where they are signed in, and ends it there: the next request knows nobody', async () => {
  const { email } = await somebody();
  const [phone, desk, other] = [await inBy('code', email), await inBy('passkey', email), await inBy('code', email)];
  const mine = await identity.mySignIns(await desk.as(), desk.token);
  expect(mine.map(({ way, device, isThis }) => [way, device, isThis])).toEqual([
    ['code', 'Chrome/Windows', false],
    ['passkey', 'Chrome/Windows', true],
    ['code', 'Chrome/Windows', false],
    ['code', 'Chrome/Windows', false],
  ]);
  const stranger = await (await somebody()).as();
  expect(await identity.endSignIn(stranger, mine[0]!.id)).toEqual({ refused: 'sign-in-unknown' });
  expect((await other.as()).person).not.toBe(null);
  expect(await identity.endSignIn(await desk.as(), mine[0]!.id)).toBeUndefined();
  expect((await other.as()).person).toBe(null);
  expect(await identity.endOtherSignIns(await desk.as(), desk.token)).toBe(2);
  expect([(await phone.as()).person, (await desk.as()).person?.email]).toEqual([null, email]);
});

test('the operator ends every sign-in of somebody, or of everybody', async () => {
  const { email } = await somebody();
  const { email: another } = await somebody();
  const [phone, desk, other] = [await inBy('code', email), await inBy('passkey', email), await inBy('code', another)];
  const { id } = (await phone.as()).person!;
  expect(await identity.endSignInsOf(visit, id)).toBe(3);
  expect([(await phone.as()).person, (await desk.as()).person, (await other.as()).person?.email]).toEqual([null, null, another]);
  expect(await identity.endSignInsOf(visit, id)).toBe(0);
  expect(await identity.endSignInsOf(visit, 'everybody')).toBeGreaterThan(0);
  expect((await other.as()).person).toBe(null);
});
