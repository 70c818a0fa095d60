import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { isAccessible, newAddress, openSite, type Site } from './browser.ts';
import { confirm, press, titles, toOverview, toProposal } from './guide.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site?.close());

const journey = (name: string, run: () => Promise<void>) => test(name, { timeout: 120_000 }, run);

/** Every page of the guide, looked at on the way. */
async function wholeGuide(page: Page): Promise<void> {
  await page.goto('/aanmelden');
  await isAccessible(page);
  await page.getByLabel('Vertel het in je eigen woorden').fill('ik wil sneller inkopen');
  await press(page, 'Verder');
  await page.getByRole('heading', { level: 1, name: 'Welke thema’s trekken je?' }).waitFor();
  await isAccessible(page);
  await page.getByRole('checkbox', { name: 'Technologie en data' }).check();
  await press(page, 'Verder');
  await page.getByRole('heading', { level: 1, name: 'Wanneer kun je?' }).waitFor();
  await page.getByText('Op een paar dagen kan ik niet').click();
  await isAccessible(page);
  await page.getByRole('checkbox', { name: 'Ochtend' }).check();
  await page.getByRole('checkbox', { name: 'Middag' }).check();
  await press(page, 'Maak mijn voorstel');
  await page.getByRole('heading', { level: 1, name: 'Dit is jouw lijn' }).waitFor();
  await isAccessible(page);
  const proposed = await titles(page);
  expect(proposed).toHaveLength(3);
  expect(await page.getByRole('button', { name: /^Een andere verrassing/ }).count()).toBe(1);
  await press(page, /^Wissel/);
  await page.getByText('Gewisseld:').waitFor();
  await isAccessible(page);
  expect((await titles(page)).filter((title) => proposed.includes(title))).toHaveLength(2);
  await press(page, 'Maak ongedaan');
  await page.getByText('De laatste verandering is teruggedraaid.').waitFor();
  expect(await titles(page)).toEqual(proposed);
  const email = newAddress();
  await press(page, 'Verder met deze 3');
  await page.getByRole('heading', { level: 1, name: 'Wie ben je?' }).waitFor();
  await isAccessible(page);
  await press(page, 'Stuur mij een code');
  await page.getByRole('heading', { name: 'Er is 1 ding dat nog niet klopt' }).waitFor();
  expect(await page.title()).toMatch(/^\(1 fout\) /);
  await isAccessible(page);
  await page.getByLabel('Je mailadres').fill(email);
  await page.getByLabel(/^Wat heb je nodig om mee te doen/).fill('een ringleiding');
  await press(page, 'Stuur mij een code');
  // What says something about somebody's health is kept with a yes only; what was typed stays.
  await page.getByRole('heading', { name: 'Er is 1 ding dat nog niet klopt' }).waitFor();
  await page.getByRole('checkbox', { name: /^Ja, bewaar wat ik nodig heb/ }).check();
  await press(page, 'Stuur mij een code');
  await page.getByRole('heading', { level: 1, name: 'Kijk in je mail' }).waitFor();
  await isAccessible(page);
  await page.getByLabel('De code uit de mail').fill('12');
  await press(page, 'Verder');
  await page.getByText('Een code heeft zes cijfers.').first().waitFor();
  await isAccessible(page);
  await page.getByLabel('De code uit de mail').fill(await site.codeFor(email));
  await press(page, 'Verder');
  await page.getByRole('heading', { level: 1, name: 'Klopt het zo?' }).waitFor();
  await isAccessible(page);
  expect(await titles(page)).toEqual(proposed);
  expect(await page.getByText('een ringleiding').count()).toBe(1);
  await confirm(page);
  await isAccessible(page);
  expect(await page.getByText('Gelukt: er staan 3 sessies in je programma').count()).toBe(1);
}

journey('somebody new types what they want to improve and has a programme of their own', async () => {
  await wholeGuide(await site.visitor());
});

journey('the same without script', async () => {
  const page = await site.visitor({ javaScriptEnabled: false });
  const proposed = await toProposal(page);
  await press(page, /^Wissel/);
  expect(await page.getByText('Gewisseld:').count()).toBe(1);
  await press(page, 'Maak ongedaan');
  expect(await titles(page)).toEqual(proposed);
  await press(page, /^Verder met/);
  await press(page, 'Stuur mij een code');
  expect(await page.title()).toMatch(/^\(1 fout\) /);
  const email = newAddress();
  await page.getByLabel('Je mailadres').fill(email);
  await press(page, 'Stuur mij een code');
  await page.getByLabel('De code uit de mail').fill('000000');
  await press(page, 'Verder');
  await page.getByLabel('De code uit de mail').fill(await site.codeFor(email));
  await press(page, 'Verder');
  await confirm(page);
  expect((await titles(page)).length).toBeGreaterThan(0);
  await press(page, /^Haal uit mijn programma/);
  expect(await page.getByText('is uit je programma').count()).toBe(1);
  await press(page, 'Zet terug');
  expect(await page.getByText('is uit je programma').count()).toBe(0);
});

journey('the same by keyboard alone, on a screen of 320 pixels, in English', async () => {
  const page = await site.visitor({ viewport: { width: 320, height: 640 } });
  await page.goto('/en/aanmelden');
  await isAccessible(page);
  await tabTo(page, 'Tell us in your own words');
  await page.keyboard.type('I want to buy faster');
  await tabTo(page, 'Continue', 'Enter');
  await page.waitForURL('**/2-themas');
  await isAccessible(page);
  await tabTo(page, 'Technology and data', 'Space');
  await tabTo(page, 'Continue', 'Enter');
  await page.waitForURL('**/3-wanneer');
  await isAccessible(page);
  await tabTo(page, 'Afternoon', 'Space');
  await tabTo(page, 'Make my proposal', 'Enter');
  await page.waitForURL('**/4-voorstel');
  await isAccessible(page);
  const proposed = await titles(page);
  await tabTo(page, 'Swap: ', 'Enter');
  await page.getByText('Swapped:').waitFor();
  expect(await page.evaluate(() => document.activeElement?.id ?? '')).toMatch(/^stop-/);
  expect(await titles(page)).not.toEqual(proposed);
  await tabTo(page, 'Continue with these', 'Enter');
  await page.waitForURL('**/5-wie-ben-je');
  await isAccessible(page);
  const email = newAddress();
  await tabTo(page, 'Your email address');
  await page.keyboard.type(email);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Check your email' }).waitFor();
  await tabTo(page, 'The code from the email');
  await page.keyboard.type(await site.codeFor(email));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/6-overzicht');
  await isAccessible(page);
  await tabTo(page, 'Put these', 'Enter');
  await page.waitForURL('**/mijn-programma?bevestigd');
  await isAccessible(page);
});

/** Presses Tab until something with this name has the focus, at most once round the page. */
async function tabTo(page: Page, name: string, key?: 'Enter' | 'Space'): Promise<void> {
  for (let turn = 0; turn < 90; turn++) {
    await page.keyboard.press('Tab');
    const named = await page.evaluate(() => {
      const node = document.activeElement;
      if (!(node instanceof HTMLElement)) return '';
      const labels = 'labels' in node ? [...((node.labels as NodeListOf<HTMLElement> | null) ?? [])].map((label) => label.innerText).join(' ') : '';
      return node.getAttribute('aria-label') ?? (labels || node.innerText);
    });
    if (!named.trim().startsWith(name)) continue;
    if (key) await page.keyboard.press(key);
    return;
  }
  throw new Error(`Tab never reaches '${name}'`);
}

journey('a double click on confirm is one registration', async () => {
  const page = await site.visitor();
  await toProposal(page);
  const email = newAddress();
  await toOverview(page, site, email);
  await page.getByRole('button', { name: /in mijn programma$/ }).dblclick();
  await page.waitForURL('**/mijn-programma?bevestigd');
  const { id } = await site.db.selectFrom('people').select('id').where('email', '=', email).executeTakeFirstOrThrow();
  const happened = await site.db.selectFrom('journal').select('what').where('person_id', '=', id).execute();
  expect(
    happened
      .map(({ what }) => what)
      .filter((what) => what !== 'sign-in')
      .sort(),
  ).toEqual(['registration-confirmed', 'seat-held', 'seat-held', 'seat-held']);
});

journey('who has signed in already is not asked for a code, and keeps what stood in the programme', async () => {
  const page = await site.visitor();
  await toProposal(page);
  await toOverview(page, site, newAddress());
  await confirm(page);
  await page.goto('/mijn-programma?beeld=maand');
  const before = await titles(page);
  await press(page, 'Nog een verrassing');
  await page.waitForURL('**/4-voorstel');
  await press(page, /^Verder met/);
  await page.waitForURL('**/5-wie-ben-je');
  expect(await page.getByText(/^Je bent ingelogd als/).count()).toBe(1);
  await isAccessible(page);
  await press(page, 'Naar het overzicht');
  await page.waitForURL('**/6-overzicht');
  await confirm(page);
  await page.goto('/mijn-programma?beeld=maand');
  const after = await titles(page);
  expect({ kept: before.every((title) => after.includes(title)), count: after.length }).toEqual({ kept: true, count: before.length + 1 });
});
