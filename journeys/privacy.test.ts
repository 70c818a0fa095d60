// Somebody comes, says what they need, takes everything along and has themselves erased. On the way nothing of them
// stands in an address, in the log or in the metrics.
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAccessible, openSite, type Site } from './browser.ts';
import { confirm, press, toProposal } from './guide.ts';

const email = 'kanarie-adres@example.org';
const needs = 'kanarie-behoefte';
const name = 'kanarie-naam';
const metricsToken = 'kanarie-van-de-meter';

let site: Site;
let page: Page;
const addresses: string[] = [];
beforeAll(async () => {
  site = await openSite({ LOG_LEVEL: 'trace', METRICS_TOKEN: metricsToken });
  page = await site.visitor({ acceptDownloads: true });
  page.on('request', (request) => addresses.push(request.url(), request.headers()['referer'] ?? ''));
  page.on('response', (response) => addresses.push(response.headers()['location'] ?? ''));
}, 120_000);
afterAll(() => site.close());

test('in the guide what somebody needs is only kept with a yes', async () => {
  await toProposal(page);
  await press(page, /^Verder met/);
  await page.waitForURL('**/5-wie-ben-je');
  await page.getByLabel('Je mailadres').fill(email);
  await page.getByLabel('Wat heb je nodig om mee te doen?').fill(needs);
  await press(page, 'Stuur mij een code');
  await page
    .getByRole('alert')
    .getByRole('link', { name: /Zeg of we dit mogen bewaren/ })
    .waitFor();
  await isAccessible(page);
  await page.getByRole('checkbox', { name: /Ja, bewaar wat ik nodig heb/ }).check();
  await press(page, 'Stuur mij een code');
  await page.getByLabel('De code uit de mail').fill(await site.codeFor(email));
  await press(page, 'Verder');
  await page.waitForURL('**/6-overzicht');
  await confirm(page);
}, 60_000);

const mine = async (path: string): Promise<void> => {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
};

test('on their own pages they change what we know, and every page is accessible, also small and dark', async () => {
  await mine('/mijn-programma');
  await page.getByRole('link', { name: 'Mijn gegevens' }).click();
  await page.getByLabel('Hoe wil je aan de deur heten?').fill(name);
  await press(page, 'Toon deze naam aan de deur');
  await page.getByText('Je naam voor de deur is bewaard.').waitFor();
  await page.getByLabel('Taal van je mails').selectOption('en');
  await press(page, 'Bewaar');
  await page.getByText('Je gegevens zijn bewaard.').waitFor();
  for (const path of ['', '/toestemming', '/uitvoer', '/wissen'].map((path) => `/mijn-gegevens${path}`).concat('/privacy', '/toegankelijkheid'))
    for (const language of ['', '/en'])
      for (const [width, colorScheme] of [
        [1280, 'light'],
        [320, 'dark'],
      ] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        await mine(`${language}${path}`);
        await isAccessible(page);
      }
  await page.setViewportSize({ width: 1280, height: 900 });
}, 120_000);

test('they take everything along, in two shapes', async () => {
  for (const [button, has] of [
    [/^Bestand voor programma/, '"name": "access-needs"'],
    [/^Pagina om te lezen/, '<h1>Alles van'],
  ] as const) {
    await mine('/mijn-gegevens/uitvoer');
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, button)]);
    const text = await readFile(await download.path(), 'utf8');
    for (const one of [has, email, needs, name]) expect(text).toContain(one);
    expect(download.suggestedFilename()).toMatch(/^innovember-mijn-gegevens\.(json|html)$/);
  }
});

test('a yes is taken back as easily as given, and what it was about is gone at once', async () => {
  await mine('/mijn-gegevens/toestemming');
  await press(page, 'Trek in: bewaren wat je nodig hebt');
  await page.getByText('Ingetrokken. Het is gewist.').waitFor();
  await mine('/mijn-gegevens');
  expect(await page.getByLabel('Wat heb je nodig?').inputValue()).toBe('');
});

test('who proves again who they are and says yes is erased, and told so once', async () => {
  // A sign-in of an hour ago is not fresh any more.
  await sql`update sign_ins set created_at = created_at - interval '1 hour'`.execute(site.db);
  const used = await site.codeFor(email);
  await mine('/mijn-gegevens/wissen');
  await press(page, `Stuur een code naar ${email}`);
  await page.getByLabel('Code uit de mail').waitFor();
  await expect.poll(() => site.codeFor(email), { timeout: 10_000 }).not.toBe(used);
  await page.getByLabel('Code uit de mail').fill(await site.codeFor(email));
  await press(page, 'Ga verder');
  await press(page, 'Wis alles');
  await page.getByRole('alert').getByText('Kruis aan dat je alles wilt wissen.').waitFor();
  await isAccessible(page);
  await page.getByLabel('Ja, wis alles wat van mij is').check();
  await press(page, 'Wis alles');
  await page.getByRole('heading', { name: 'Je bent gewist' }).waitFor();
  await isAccessible(page);
  // Signing in on a Dutch page asked for Dutch again.
  expect(await site.letterTo(email, 'Je bent gewist')).toContain('Dit is de laatste mail');
  const { rows } = await sql`select 1 from people where email = ${email}`.execute(site.db);
  expect(rows).toEqual([]);
  await page.goto('/mijn-gegevens');
  await page.waitForURL('**/inloggen?naar=*');
}, 60_000);

test('no address, no line of the log and no metric said anything about them', async () => {
  const answer = await fetch(`${site.url}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } });
  const everything = [...addresses.map(decodeURIComponent), site.said(), answer.ok ? await answer.text() : ''].join('\n');
  expect(['kanarie-adres', 'kanarie-behoefte', 'kanarie-naam'].filter((word) => everything.includes(word))).toEqual([]);
  // Negative control: what is looked through holds what was asked.
  expect(everything).toContain('/mijn-gegevens/wissen');
});
