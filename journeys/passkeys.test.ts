// Who comes in, and how sure we are of it: passkeys on a real device in software, from the first administrator on.
import type { Page } from 'playwright-core';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAccessible, newAddress, openSite, withPasskeys, type Site } from './browser.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 240_000);
afterAll(() => site?.close());

const journey = (name: string, run: () => Promise<void>) => test(name, { timeout: 240_000 }, run);
const press = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name, exact: true }).click();
const isAt = (page: Page, title: string) => page.getByRole('heading', { level: 1, name: title }).waitFor();
const usePasskey = (page: Page) => press(page, 'Log in met een toegangssleutel');
const mine = '/mijn-gegevens/inloggen';

async function byCode(page: Page, email: string, to = mine): Promise<void> {
  await page.goto(`/inloggen?naar=${encodeURIComponent(to)}`);
  await page.getByLabel('Je mailadres').fill(email);
  await press(page, 'Stuur mij een code');
  await page.getByLabel('Code uit de mail').fill(await site.codeFor(email));
  await press(page, 'Log in');
  await page.waitForURL((url) => !url.pathname.endsWith('/inloggen') || url.pathname === mine);
}
/** Signs out here; the device keeps its passkeys. */
const signOut = (page: Page) => page.context().clearCookies();

journey('whoever sees the console becomes the first administrator, once', async () => {
  const [, code = ''] = /with this code: (\S+)/.exec(site.said()) ?? [];
  expect(site.said()).toContain(`Nobody is administrator yet. Become it at ${site.url}/inloggen/beheerder with this code: `);
  const [page, late] = [await site.visitor(), await site.visitor()];
  await withPasskeys(page);
  await withPasskeys(late);
  await page.goto('/inloggen/beheerder');
  await page.getByRole('button', { name: 'Maak een toegangssleutel' }).waitFor();
  await isAccessible(page);
  await page.getByLabel('Code van het scherm van de server').fill('AAAA-AAAA-AAAA');
  await page.getByLabel('Je mailadres').fill('beheerder@example.org');
  await press(page, 'Maak een toegangssleutel');
  await page.getByRole('alert').getByText('Deze code klopt niet, of werkt niet meer.').waitFor();
  expect(await page.getByLabel('Je mailadres').inputValue()).toBe('beheerder@example.org');
  await isAccessible(page);
  await page.getByLabel('Code van het scherm van de server').fill(code.toLowerCase());
  await press(page, 'Maak een toegangssleutel');
  await isAt(page, 'Inloggen en toegangssleutels');
  await page.getByText('Je toegangssleutel is gemaakt.').waitFor();
  await site.letterTo('beheerder@example.org', 'Je bent nu beheerder');
  await site.letterTo('beheerder@example.org', 'Nieuwe toegangssleutel');
  expect((await page.goto('/organisatie'))?.status()).toBe(200);
  await isAt(page, 'Organisatie');

  await late.goto('/inloggen/beheerder');
  await late.getByLabel('Code van het scherm van de server').fill(code);
  await late.getByLabel('Je mailadres').fill('te-laat@example.org');
  await press(late, 'Maak een toegangssleutel');
  await late.getByRole('alert').getByText('Deze code klopt niet, of werkt niet meer.').waitFor();
});

journey('a participant makes a passkey, signs out, and comes in with it, typing nothing', async () => {
  const page = await site.visitor({ viewport: { width: 320, height: 640 }, colorScheme: 'dark' });
  const { device, authenticatorId } = await withPasskeys(page);
  const email = newAddress();
  await byCode(page, email);
  await page.getByText('Je hebt nog geen toegangssleutel.').waitFor();
  await page.getByLabel('Naam van de toegangssleutel').fill('Mijn telefoon');
  await isAccessible(page);
  await press(page, 'Maak een toegangssleutel');
  await page.getByRole('heading', { name: 'Mijn telefoon' }).waitFor();
  await isAccessible(page);
  expect(await site.letterTo(email, 'Nieuwe toegangssleutel')).toContain('De sleutel werkt meteen.');

  await signOut(page);
  await page.goto('/inloggen?naar=%2Fprogramma');
  await page.getByRole('button', { name: 'Log in met een toegangssleutel' }).waitFor();
  await isAccessible(page);
  await usePasskey(page);
  await page.waitForURL('**/programma');
  await page.goto(mine);
  await page.getByText('Met een toegangssleutel.').first().waitFor();

  // The device does not recognise its owner.
  await signOut(page);
  await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await page.goto('/inloggen');
  await usePasskey(page);
  await page.getByRole('alert').getByText('Het lukte niet met je toegangssleutel.').waitFor();
  await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });

  // A passkey that we do not know any more.
  await sql`delete from passkeys where person_id = (select id from people where email = ${email})`.execute(site.db);
  await usePasskey(page);
  await page.getByRole('alert').getByText('Met deze toegangssleutel kom je hier niet binnen.').waitFor();
  await isAccessible(page);
});

journey('an answer that was overheard does nothing a second time, nor in another browser', async () => {
  const page = await site.visitor();
  await withPasskeys(page);
  await byCode(page, newAddress());
  await press(page, 'Maak een toegangssleutel');
  await page.getByText('Je toegangssleutel is gemaakt.').waitFor();
  await signOut(page);
  await page.goto('/inloggen');
  const sent = page.waitForRequest((request) => request.url().endsWith('/inloggen?/passkey'));
  await usePasskey(page);
  const body = (await sent).postData() ?? '';
  await page.waitForURL('**/mijn-programma');
  const browser = (await page.context().cookies()).find(({ name }) => name.endsWith('browser'))!;
  for (const cookie of [`${browser.name}=${browser.value}`, `${browser.name}=${'a'.repeat(43)}`]) {
    const headers = { origin: site.url, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', cookie };
    const again = await fetch(`${site.url}/inloggen?/passkey`, { method: 'POST', headers, body, redirect: 'manual' });
    expect([again.status, again.headers.getSetCookie().some((one) => one.includes('sign-in='))]).toEqual([409, false]);
    expect(await again.text()).toContain('Dat duurde te lang.');
  }
});

journey('who arranges something is asked for more than a code, and gets it with the code that was handed over', async () => {
  const email = newAddress();
  const [said, invitation = ''] = (await site.tool('role', email, 'team:voorbeeld')).split('\n');
  expect([said, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/.test(invitation)]).toEqual([`${email} is team:voorbeeld.`, true]);
  const page = await site.visitor();
  await withPasskeys(page);
  await byCode(page, email, '/organisatie');
  await isAt(page, 'Log in met een toegangssleutel');
  await page.getByText('Daarom is een code per mail niet genoeg.').waitFor();
  expect(new URL(page.url()).pathname).toBe('/inloggen/sterker');
  await isAccessible(page);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Organisatie' }).waitFor();
  for (const path of ['/organisatie/sessies', '/organisatie/wensen', '/organisatie/wensen/nieuw']) {
    const answer = await page.request.get(path, { maxRedirects: 0 });
    expect([answer.status(), answer.headers()['location']]).toEqual([303, `/inloggen/sterker?naar=${encodeURIComponent(path)}`]);
  }
  await page.getByLabel('Code van wie jou de rol gaf').fill(invitation);
  await press(page, 'Maak een toegangssleutel');
  await page.waitForURL('**/organisatie');
  await isAt(page, 'Organisatie');

  // Half a day later the same sign-in is not fresh enough any more; the passkey makes it so again.
  await sql`update sign_ins set created_at = created_at - interval '12 hours' where person_id = (select id from people where email = ${email})`.execute(
    site.db,
  );
  await page.goto('/organisatie');
  await isAt(page, 'Log in met een toegangssleutel');
  await usePasskey(page);
  await page.waitForURL('**/organisatie');
  await isAt(page, 'Organisatie');

  // The last passkey is removed after a question.
  await page.goto(mine);
  await press(page, /^Haal .* weg$/);
  await page.getByRole('alert').getByText('Dit is je laatste toegangssleutel').waitFor();
  await isAccessible(page);
  await press(page, 'Ja, haal mijn laatste toegangssleutel weg');
  await page.getByText('De toegangssleutel is weg.').waitFor();
  await site.letterTo(email, 'Een toegangssleutel is weg');
});

journey('somebody who reads the mail of an administrator gets nowhere, and is put out by the owner', async () => {
  const email = newAddress();
  await site.signInStrongly(await site.visitor(), email, 'admin');
  const [thief, owner] = [await site.visitor(), await site.visitor()];
  await withPasskeys(thief);
  await comesInAgain(thief, email);
  await thief.goto(mine);
  await press(thief, 'Maak een toegangssleutel');
  await thief.getByText('Je kunt hem nog niet gebruiken.').waitFor();
  await expect.poll(() => site.letterTo(email, 'Nieuwe toegangssleutel'), { timeout: 20_000 }).toContain('Tot die tijd kun je hem weigeren.');
  await thief.goto('/organisatie');
  await isAt(thief, 'Log in met een toegangssleutel');
  const intruder = await thief.context().cookies();
  await signOut(thief);
  await thief.goto('/inloggen');
  await usePasskey(thief);
  await thief.getByRole('alert').getByText('Deze toegangssleutel werkt nog niet.').waitFor();
  await thief
    .context()
    .addCookies(
      intruder.filter(({ name }) => name.endsWith('sign-in')).map(({ name, value }) => ({ name, value, url: site.url.replace('http:', 'https:') })),
    );

  await comesInAgain(owner, email);
  await owner.goto('/programma');
  await owner.getByText('Er is een nieuwe toegangssleutel voor je account').waitFor();
  await isAccessible(owner);
  await owner.getByRole('button', { name: 'Weiger deze toegangssleutel' }).first().click();
  await owner.getByText('De toegangssleutel is geweigerd.').waitFor();
  expect((await thief.request.get(mine, { maxRedirects: 0 })).status()).toBe(303);
});

journey('somebody ends a sign-in elsewhere, and the next page there knows nobody', async () => {
  const email = newAddress();
  const [here, there] = [await site.visitor(), await site.visitor()];
  await byCode(there, email);
  await comesInAgain(here, email);
  await here.goto(mine);
  await here.getByText('Deze browser').waitFor();
  await isAccessible(here);
  await press(here, /^Log hier uit: /);
  await here.getByText('Je bent daar uitgelogd.').waitFor();
  await there.goto(mine);
  await isAt(there, 'Inloggen');
});

journey('without script the pages say what is needed', async () => {
  const page = await site.visitor({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  for (const path of ['/inloggen', '/inloggen/beheerder', '/en/inloggen/beheerder']) {
    await page.goto(path);
    await page.getByText(path.startsWith('/en') ? 'A passkey only works when' : 'Een toegangssleutel werkt alleen als').waitFor();
  }
});

/** The code of a letter that is newer than another one. */
async function nextCode(email: string, before: string): Promise<string> {
  for (let turn = 0; turn < 200; turn++) {
    const code = await site.codeFor(email);
    if (code !== before) return code;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('No newer code came');
}

/** Somebody who came in before comes in once more, with a new code. */
async function comesInAgain(page: Page, email: string): Promise<void> {
  const before = await site.codeFor(email);
  await page.goto('/inloggen');
  await page.getByLabel('Je mailadres').fill(email);
  await press(page, 'Stuur mij een code');
  await page.getByLabel('Code uit de mail').fill(await nextCode(email, before));
  await press(page, 'Log in');
  await page.waitForURL('**/mijn-programma');
}
