// From a call to proposals of two organisations: one with somebody else, one taken back and put back, until the call closes.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAccessible, newAddress, openSite, type Site } from './browser.ts';

let site: Site;
let team: Page;
beforeAll(async () => {
  site = await openSite();
  team = await site.visitor();
  await site.signInStrongly(team, newAddress(), 'team:voorbeeld');
}, 120_000);
afterAll(() => site?.close());

async function signIn(page: Page, email: string, to: string): Promise<void> {
  await page.goto(to);
  await page.getByLabel('Je mailadres').fill(email);
  await page.getByRole('button', { name: 'Stuur mij een code' }).click();
  await page.getByLabel('Code uit de mail').fill(await site.codeFor(email));
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
}

/** Fills in everything that a proposal needs. */
async function fillIn(page: Page, nth: number): Promise<void> {
  await page.getByLabel('Samenvatting', { exact: true }).fill('Samen leren we slim inkopen.');
  await page.getByLabel('Beschrijving', { exact: true }).fill('We oefenen met een echte aanvraag.');
  await page.getByRole('group', { name: 'Thema' }).getByRole('checkbox').first().check();
  await page.getByRole('group', { name: 'Welke taal spreek je?' }).getByLabel('Nederlands').check();
  await page.getByLabel('Hoeveel minuten duurt het?').fill('60');
  await page.getByRole('group', { name: 'Waar doe je het?' }).getByLabel('Allebei').check();
  await page.getByLabel('Organisatie', { exact: true }).selectOption({ index: nth });
  await page.getByLabel('Waarom nu?').fill('Omdat het kan.');
}

test('the team makes a call with a question and something to look at', { timeout: 120_000 }, async () => {
  await team.goto('/oproep');
  await team.getByText('Er is nu geen oproep.').waitFor();
  await team.goto('/organisatie/oproep');
  await isAccessible(team);
  await team.getByRole('button', { name: 'Bewaar', exact: true }).click();
  await team.getByRole('link', { name: 'Schrijf wat je vraagt.' }).waitFor();
  await isAccessible(team);
  await team.getByLabel('Wat je vraagt, in het Nederlands').fill('Laat zien wat bij jullie werkt.');
  await team.getByRole('button', { name: 'Bewaar', exact: true }).click();
  await team.getByText('De oproep staat klaar').waitFor();
  await team.getByText('Voeg een vraag toe').first().click();
  await team.getByLabel('Vraag', { exact: true }).fill('Waarom nu?');
  await team.getByLabel('Zonder antwoord kan men niet indienen').check();
  await team.getByRole('button', { name: 'Voeg een vraag toe' }).click();
  await team.getByText('De vraag is bewaard.').waitFor();
  await team.getByText('Voeg iets toe om op te letten').first().click();
  await team.getByLabel('Waar let je op?').fill('Nut');
  await team.getByRole('button', { name: 'Voeg iets toe om op te letten' }).click();
  await team.getByRole('button', { name: 'Haal weg: Nut' }).click();
  await team.getByText('Weggehaald: Nut').waitFor();
  await team.getByRole('button', { name: 'Zet terug' }).click();
  await team.getByRole('button', { name: 'Haal weg: Nut' }).waitFor();
  await team.getByRole('button', { name: 'Open de oproep nu' }).click();
  await team.getByText('De oproep is open.').first().waitFor();
  await isAccessible(team);
});

test('somebody keeps a draft, hands it in, takes it back, and has it again; a colleague joins', { timeout: 180_000 }, async () => {
  const [me, friend] = [newAddress(), newAddress()];
  const page = await site.visitor({ viewport: { width: 320, height: 800 }, colorScheme: 'dark' });
  await page.goto('/oproep');
  await isAccessible(page);
  await page.getByRole('heading', { name: 'Waar we op letten' }).waitFor();
  await signIn(page, me, '/mijn-voorstellen/nieuw');
  await page.getByLabel('Titel').fill('Slim inkopen voor gemeenten en waterschappen');
  await page.getByRole('button', { name: 'Begin', exact: true }).click();
  await page.getByText('Je voorstel is begonnen.').waitFor();
  await isAccessible(page);
  // What is half written is kept by itself.
  await page.getByLabel('Voor de commissie').fill('Nog even nadenken');
  await page.getByRole('status').getByText('Bewaard', { exact: true }).waitFor({ timeout: 15_000 });
  await page.reload();
  expect(await page.getByLabel('Voor de commissie').inputValue()).toBe('Nog even nadenken');
  await page.getByRole('button', { name: 'Dien in' }).click();
  await page.getByRole('link', { name: 'Kies een thema.' }).waitFor();
  await isAccessible(page);
  await fillIn(page, 1);
  await page.getByRole('button', { name: 'Dien in' }).click();
  await page.getByText('Je voorstel is ingediend.').waitFor();
  expect(await site.letterTo(me, 'Je voorstel is binnen')).toContain('Slim inkopen');
  const at = page.url().replace(/\?.*/, '');
  await page.getByRole('link', { name: 'Bekijk zoals anderen het lezen' }).click();
  await page.getByText('We oefenen met een echte aanvraag.').waitFor();
  await isAccessible(page);

  await page.goto(at);
  await page.getByRole('button', { name: 'Trek het voorstel in' }).click();
  await page.getByText('Je voorstel is ingetrokken.').waitFor();
  await page.getByRole('button', { name: 'Zet het voorstel terug' }).click();
  await page.getByText('Je voorstel is terug zoals het was.').waitFor();
  await page.getByLabel('Vraag iemand mee te doen').fill(friend);
  await page.getByRole('button', { name: 'Stuur de uitnodiging' }).click();
  await page.getByText('Nog niet geantwoord').waitFor();
  await site.letterTo(friend, 'Doe je mee met');

  const other = await site.visitor();
  await signIn(other, friend, '/mijn-voorstellen');
  await isAccessible(other);
  expect((await other.goto(at))?.status()).toBe(404);
  await other.goto('/mijn-voorstellen');
  await other.getByRole('button', { name: /^Ik doe mee/ }).click();
  await other.getByText('Jullie schrijven nu samen.').waitFor();

  // Both change it: nothing is lost.
  await page.goto(at);
  await other.getByLabel('Samenvatting', { exact: true }).fill('Van de ander.');
  await other.getByRole('button', { name: 'Bewaar', exact: true }).click();
  await other.getByText('Bewaard.').waitFor();
  await page.getByLabel('Samenvatting', { exact: true }).fill('Van mij.');
  await page.getByRole('button', { name: 'Bewaar', exact: true }).click();
  const meanwhile = page.locator('#meanwhile');
  await meanwhile.waitFor();
  expect(await meanwhile.textContent()).toContain('Wat de ander bewaarde');
  await isAccessible(page);
  await page.getByRole('button', { name: 'Bewaar', exact: true }).click();
  await page.getByText('Bewaard.').waitFor();
  await page.goto(at);
  expect(await page.getByLabel('Samenvatting', { exact: true }).inputValue()).toBe('Van mij.');
});

test('without script another organisation proposes too; after the closing nothing changes any more', { timeout: 120_000 }, async () => {
  const page = await site.visitor({ javaScriptEnabled: false });
  await signIn(page, newAddress(), '/mijn-voorstellen/nieuw');
  await page.getByLabel('Titel').fill('Bouwen met hout');
  await page.getByRole('button', { name: 'Begin', exact: true }).click();
  await fillIn(page, 2);
  await page.getByRole('button', { name: 'Dien in' }).click();
  await page.getByText('Je voorstel is ingediend.').waitFor();

  await team.goto('/organisatie/oproep');
  await team.getByText('Ingediend: 2.').waitFor();
  await team.getByRole('button', { name: 'Sluit de oproep nu' }).click();
  await team.getByText('De oproep is gesloten.').first().waitFor();
  await page.getByRole('button', { name: 'Bewaar', exact: true }).click();
  await page.getByText('De oproep is gesloten. Je kunt dit voorstel niet meer veranderen.').waitFor();
  await page.goto('/mijn-voorstellen/nieuw');
  await page.getByText('Je kunt nu geen voorstel beginnen.').waitFor();
});
