// Who reads somebody's mail has every code that is sent there. With a code alone nothing is gained that asks for more.
import { expect, test, vi } from 'vitest';
import { newId, newSecret } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import { testNow, testVisit } from '#ground/testing.server.ts';
import type { Visit } from '#ground/visit.ts';
import * as identity from './identity.server.ts';
import { enter } from './sign-in.server.ts';

await vi.hoisted(() => Object.assign(process.env, { SIGN_IN_INTERNAL: 'passkey,provider', INTERNAL_DOMAINS: 'rijk.example' }));

const visit = testVisit();
const later = (minutes: number): Visit => testVisit({ now: new Date(testNow.getTime() + minutes * 60_000) });

async function inBy(way: 'code' | 'passkey', email: string) {
  await identity.welcome(visit, email);
  const known = (await identity.personCalled(visit, email))!;
  const entered = await atOnce(visit, (visit) => enter(visit, known, { way }));
  if (isRefusal(entered)) throw new Error(entered.refused);
  const { token } = entered;
  return { token, as: async (at = visit): Promise<Visit> => ({ ...at, person: await identity.personOfCookie(at, token) }) };
}

async function keyOf(email: string): Promise<string> {
  const id = newId<'passkey'>(testNow);
  const person_id = (await identity.personCalled(visit, email))!.id;
  const row = { id, person_id, credential: newSecret(), public_key: Buffer.from(''), name: 'sleutel', created_at: testNow, usable_at: testNow };
  await visit.db.insertInto('passkeys').values(row).execute();
  return id;
}

test('where civil servants need a passkey, a code does not remove theirs to make the first one anew', async () => {
  const email = 'ambtenaar-1@rijk.example';
  const [byMail, strong] = [await inBy('code', email), await inBy('passkey', email)];
  const key = await keyOf(email);
  expect(await identity.removePasskey(await byMail.as(), key, byMail.token, { isSure: true })).toEqual({ refused: 'stronger-first' });
  expect(await identity.removePasskey(await strong.as(), key, strong.token, { isSure: true })).toBeUndefined();
});

test('a token is no proof of just now: not when another token made it, and not when an old sign-in did', async () => {
  const email = 'deelnemer-1@example.org';
  const mine = await inBy('code', email);
  const tokenAt = async (at: Visit, asking: Visit): Promise<string> => {
    const made = await identity.makeMyToken({ ...asking, now: at.now }, { name: 'programma', scope: 'write', days: 30 });
    if (isRefusal(made)) throw new Error(made.refused);
    return made.secret;
  };
  const atOnceMade = await tokenAt(visit, await mine.as());
  expect(await identity.isFresh(await mine.as(), { bearer: atOnceMade }, 15)).toBe(true);

  const tomorrow = later(24 * 60);
  const byOldSignIn = await tokenAt(tomorrow, await mine.as(tomorrow));
  expect(await identity.isFresh(await mine.as(tomorrow), { bearer: byOldSignIn }, 15)).toBe(false);
  const program = { ...tomorrow, person: (await identity.personOfToken(tomorrow, byOldSignIn))! };
  expect(
    await identity.isFresh(program, { bearer: await tokenAt(tomorrow, { ...program, person: { ...program.person, tokenUntil: null } }) }, 15),
  ).toBe(false);
});
