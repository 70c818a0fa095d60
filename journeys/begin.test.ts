// Somebody makes the first edition of an empty house, without script; later they write news and close it.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAccessible, newAddress, openSite, type Site } from './browser.ts';

let site: Site;
let page: Page;
beforeAll(async () => {
  site = await openSite({ DEMO: 'off' });
  page = await site.visitor({ javaScriptEnabled: true, viewport: { width: 320, height: 800 } });
  await site.signInStrongly(page, newAddress(), 'admin');
}, 120_000);
afterAll(() => site?.close());

test('in five steps there is an edition, and what was typed is kept', { timeout: 120_000 }, async () => {
  const visitor = await site.visitor();
  await visitor.goto('/programma');
  await visitor.getByText('Er is nog geen editie').waitFor();
  await isAccessible(visitor);

  await page.goto('/organisatie');
  await page.getByRole('heading', { name: 'Hoe heet jullie eerste editie?' }).waitFor();
  await isAccessible(page);
  await page.getByLabel('Naam in het Nederlands').fill('INNOvember 2027');
  await page.getByRole('button', { name: 'Verder' }).click();
  await page.getByRole('link', { name: 'Kies een dag' }).first().waitFor();
  expect(await page.getByLabel('Naam in het Nederlands').inputValue()).toBe('INNOvember 2027');
  await page.getByLabel('Eerste dag').fill('2027-11-01');
  await page.getByLabel('Laatste dag').fill('2027-11-30');
  await page.getByRole('button', { name: 'Verder' }).click();

  await page.getByRole('button', { name: 'Begin met zes thema’s die vaak passen' }).click();
  await page.getByRole('button', { name: 'Omhoog: Data en AI' }).click();
  await page.getByRole('button', { name: 'Haal weg: Duurzaam doen' }).click();
  await page.getByRole('button', { name: 'Zet terug' }).click();
  await isAccessible(page);
  expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
    'Data en AI',
    'Beter inkopen',
    'Dienstverlening',
    'Wet en uitvoering',
    'Werken en leren',
    'Duurzaam doen',
    'Nog een thema',
  ]);
  await page.getByRole('link', { name: 'Verder' }).click();

  await page.getByLabel('Hoeveel sessies volgt iemand minstens?').fill('4');
  await page.getByRole('button', { name: 'Verder' }).click();
  await page.getByLabel('Mailadres van iemand voor het team').fill('team@example.org');
  await page.getByRole('button', { name: 'Vraag mee te doen' }).click();
  await page.getByText('De vraag is verstuurd.').waitFor();
  await isAccessible(page);
  await page.getByRole('link', { name: '1 Naam en dagen' }).click();
  expect(await page.getByLabel('Naam in het Nederlands').inputValue()).toBe('INNOvember 2027');
  await page.goto('/begin/klaar');
  await page.getByText('INNOvember 2027 staat.').waitFor();
  await isAccessible(page);
});

test('two people change the edition at once: the second sees what the first wrote, and loses nothing', { timeout: 60_000 }, async () => {
  await page.goto('/organisatie/editie');
  await isAccessible(page);
  const other = await page.context().newPage();
  await other.goto('/organisatie/editie');
  await other.getByLabel('Naam in het Nederlands').fill('Van een ander');
  await other.getByLabel('Laatste dag').fill('2027-11-29');
  await other.getByRole('button', { name: 'Bewaar de editie' }).click();
  await other.getByText('Bewaard').waitFor();
  await page.getByLabel('Naam in het Nederlands').fill('Van mij');
  await page.getByRole('button', { name: 'Bewaar de editie' }).click();
  await page.getByText('De ander schreef: Van een ander').waitFor();
  await isAccessible(page);
  expect([await page.getByLabel('Naam in het Nederlands').inputValue(), await page.getByLabel('Laatste dag').inputValue()]).toEqual([
    'Van mij',
    '2027-11-29',
  ]);
  await page.getByRole('button', { name: 'Bewaar de editie' }).click();
  await page.getByText('Bewaard').waitFor();
});

test('the handbook knows what is done and leads to where the rest is done', { timeout: 60_000 }, async () => {
  await page.goto('/organisatie/handboek');
  await isAccessible(page);
  await page.getByText('Kies de thema’s (gedaan)').waitFor();
  await page.getByRole('link', { name: '1. Het plan' }).click();
  await isAccessible(page);
  await page.getByRole('link', { name: 'Volgende: 2. De mensen' }).click();
  await page.getByRole('heading', { name: '2. De mensen' }).waitFor();
});

test('news is looked at, held back while a link says nothing, published and read', { timeout: 60_000 }, async () => {
  await page.goto('/organisatie/nieuws/nieuw');
  await isAccessible(page);
  await page.getByLabel('Titel in het Nederlands').fill('De eerste dag');
  await page.getByLabel('Tekst in het Nederlands').fill('## Wat er was\n\nZie [hier](https://example.org).');
  await page.getByRole('button', { name: 'Bekijk hoe het wordt' }).click();
  await page.getByRole('link', { name: 'Een link zegt niet' }).waitFor();
  await page.getByLabel('Tekst in het Nederlands').fill('## Wat er was\n\nZie [het verslag](https://example.org).');
  await page.getByRole('button', { name: 'Bekijk hoe het wordt' }).click();
  await page.getByRole('heading', { name: 'Zo wordt het' }).waitFor();
  await isAccessible(page);
  await page.getByRole('button', { name: 'Bewaar het bericht' }).click();
  await page.getByText('Het bericht is bewaard.').waitFor();
  const reader = await site.visitor();
  expect((await reader.goto('/nieuws/de-eerste-dag'))?.status()).toBe(404);
  await page.getByRole('button', { name: 'Plaats het nu' }).click();
  await page.getByText('Het bericht is geplaatst.').waitFor();
  await isAccessible(page);
  await reader.goto('/nieuws');
  await isAccessible(reader);
  await reader.getByRole('link', { name: 'De eerste dag' }).click();
  await reader.getByRole('heading', { name: 'Wat er was' }).waitFor();
  await isAccessible(reader);
  const feed = await (await fetch(`${site.url}/nieuws.atom`)).text();
  expect(feed).toContain('<title>De eerste dag</title>');
  const document = await fetch(`${site.url}/nieuws/de-eerste-dag/document`);
  expect([document.status, document.headers.get('content-type')]).toEqual([200, 'application/vnd.oasis.opendocument.text']);
});

test('a closed edition is read and not changed', { timeout: 60_000 }, async () => {
  await page.goto('/organisatie/editie');
  await page.getByRole('button', { name: 'Sluit de editie' }).click();
  await page.getByText('Deze editie is gesloten').waitFor();
  await isAccessible(page);
  expect(await page.getByRole('button', { name: 'Bewaar de editie' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Open de editie weer' }).click();
  await page.getByText('De editie is weer open.').waitFor();
});
