import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAccessible, newAddress, openSite, type Site } from './browser.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site?.close());

const journey = (name: string, run: () => Promise<void>) => test(name, { timeout: 120_000 }, run);
const main = (page: Page) => page.getByRole('main');
const press = (page: Page, name: string) => main(page).getByRole('button', { name, exact: true }).click();
const isAt = (page: Page, title: string) => page.getByRole('heading', { level: 1, name: title }).waitFor();
const problemsIn = (page: Page) => page.getByRole('alert').getByRole('listitem').allInnerTexts();

/** Asks for a code, and answers what the letter says. */
async function ask(page: Page, email: string, path = '/inloggen'): Promise<string> {
  await page.goto(path);
  await page.getByLabel('Je mailadres').fill(email);
  await press(page, 'Stuur mij een code');
  await isAt(page, 'Vul de code in');
  return site.codeFor(email);
}
const wrong = (code: string): string => (code === '000000' ? '000001' : '000000');

for (const javaScriptEnabled of [false, true]) {
  journey(`somebody comes in and goes out again, ${javaScriptEnabled ? 'with' : 'without'} script`, async () => {
    const page = await site.visitor({ javaScriptEnabled, viewport: { width: 320, height: 800 } });
    const email = newAddress();
    await page.goto('/inloggen?naar=%2Fprogramma%3Fx%3D1');
    await page.getByLabel('Je mailadres').fill(` ${email.toUpperCase()}`);
    await press(page, 'Stuur mij een code');
    await isAt(page, 'Vul de code in');
    const code = await site.codeFor(email);
    await page.reload();
    await isAt(page, 'Vul de code in');
    const tab = await page.context().newPage();
    await tab.goto('/en/inloggen');
    await isAt(tab, 'Fill in the code');
    await page.getByLabel('Code uit de mail').fill(` ${code.slice(0, 3)} ${code.slice(3)}`);
    await press(page, 'Log in');
    expect(page.url()).toBe(`${site.url}/programma?x=1`);
    const signIn = (await page.context().cookies()).find(({ name }) => name === '__Host-sign-in');
    expect(signIn).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax', path: '/', domain: 'localhost' });
    await tab.reload();
    await isAt(tab, 'You are signed in');
    await tab.goto('/uitloggen');
    await isAt(tab, 'Uitloggen');
    await page.reload();
    await page.getByRole('button', { name: 'Uitloggen' }).waitFor();
    await press(tab, 'Uitloggen');
    await isAt(tab, 'Je bent uitgelogd');
    await page.goBack();
    await page.goto('/inloggen');
    await isAt(page, 'Inloggen');
  });
}

journey('what is not right is said beside the field, in the summary and in the title, and what was typed stays', async () => {
  const page = await site.visitor();
  await page.goto('/inloggen');
  await page.getByLabel('Je mailadres').fill('geen adres');
  await press(page, 'Stuur mij een code');
  expect(await page.title()).toBe('(1 fout) Inloggen · INNOvember');
  expect(await page.getByLabel('Je mailadres').inputValue()).toBe('geen adres');
  expect(await problemsIn(page)).toEqual(['Dit is geen mailadres. Schrijf het zoals naam@organisatie.nl.']);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert');
  await isAccessible(page);
  const code = await ask(page, newAddress());
  await isAccessible(page);
  await page.getByLabel('Code uit de mail').fill(wrong(code));
  await press(page, 'Log in');
  expect(await problemsIn(page)).toEqual(['Deze code klopt niet. Kijk nog eens in je mail.']);
  await isAccessible(page);
});

journey('after five wrong codes somebody starts again, with their address kept', async () => {
  const page = await site.visitor();
  const email = newAddress();
  const code = await ask(page, email);
  for (let guess = 0; guess < 5; guess++) {
    await page.getByLabel('Code uit de mail').fill(wrong(code));
    await press(page, 'Log in');
  }
  await isAt(page, 'Inloggen');
  expect(await page.getByRole('alert').innerText()).toBe('Er is te vaak een verkeerde code ingevuld. Vraag een nieuwe.');
  expect(await page.getByLabel('Je mailadres').inputValue()).toBe(email);
});

journey('a code does nothing in another browser, nor for whoever follows the link in the letter', async () => {
  const [mine, scanner] = [await site.visitor(), await site.visitor()];
  const code = await ask(mine, newAddress());
  await scanner.goto('/inloggen');
  await isAt(scanner, 'Inloggen');
  const answer = await scanner.request.post('/inloggen?/enter', {
    form: { code },
    headers: { origin: site.url, accept: 'text/html' },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(409);
  await mine.getByLabel('Code uit de mail').fill(code);
  await press(mine, 'Log in');
  await mine.getByRole('button', { name: 'Uitloggen' }).first().waitFor();
});

journey('nobody is sent to another site', async () => {
  const page = await site.visitor();
  for (const elsewhere of ['//elsewhere.example', '/\\elsewhere.example', '/.//elsewhere.example', 'https://elsewhere.example']) {
    const code = await ask(page, newAddress(), `/inloggen?naar=${encodeURIComponent(elsewhere)}`);
    const path = `/inloggen?/enter&naar=${encodeURIComponent(elsewhere)}`;
    const answer = await page.request.post(path, { form: { code }, headers: { origin: site.url, accept: 'text/html' }, maxRedirects: 0 });
    expect([answer.status(), answer.headers()['location']]).toEqual([303, '/mijn-programma']);
    await page.context().clearCookies();
  }
});

journey('who asks too often is told how long to wait', async () => {
  const page = await site.visitor();
  await page.goto('/inloggen');
  const answers: number[] = [];
  for (let time = 0; time < 6; time++) {
    const answer = await page.request.post('/inloggen?/ask', {
      form: { email: 'te-vaak@example.org' },
      headers: { origin: site.url, accept: 'text/html' },
      maxRedirects: 0,
    });
    answers.push(answer.status());
    if (answer.status() === 429) {
      expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(3000);
      expect(await answer.text()).toMatch(/Wacht \d+ minuten\./);
    }
  }
  expect(answers).toEqual([303, 303, 303, 303, 303, 429]);
});
