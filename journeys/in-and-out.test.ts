// A team takes a programme over from a sheet, changes something, takes the newer sheet over, and chooses.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSite, type Site } from './browser.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site.close());

const sheet = (title: string, place: string) => ({
  name: 'programma.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`id;titel;datum;begin;zaal\n1;${title};10-11-2026;10:00;${place}\n2;Zonder dag;ooit;10:00;Zaal 1\n`),
});

test('a sheet is looked at, taken in, and what was changed here waits for a choice', async () => {
  const page = await site.visitor();
  await site.signInStrongly(page, 'team@example.org', 'team:voorbeeld');
  const take = async (title: string, place: string): Promise<void> => {
    await page.goto(`${site.url}/edities/voorbeeld/organisatie/uitwisseling`);
    await page.getByLabel('Bestand').setInputFiles(sheet(title, place));
    await page.getByRole('button', { name: 'Bekijk wat er gebeurt' }).click();
    await page.getByText('Er is nog niets veranderd').waitFor();
  };
  await take('Sneller inkopen', 'Zaal 1');
  expect(await page.getByText('1 nieuw').first().isVisible()).toBe(true);
  expect(await page.getByText("de begintijd 'ooit 10:00' is niet te lezen").isVisible()).toBe(true);
  await page.getByRole('button', { name: 'Neem dit over' }).click();
  await page.getByText('Het programma is overgenomen.').waitFor();

  await site.db.updateTable('sessions').set({ location: 'Onze zaal' }).where('location', '=', 'Zaal 1').where('source', '=', 'csv').execute();
  await take('Nog sneller inkopen', 'Zaal 9');
  expect(await page.getByText('Verandert: titel.').isVisible()).toBe(true);
  expect(await page.getByText('Blijft zoals hier: plek. Hier "Onze zaal", in de bron "Zaal 9".').isVisible()).toBe(true);
  await page.getByRole('button', { name: 'Neem dit over' }).click();
  await page.getByText('1 verschil wacht op een keuze.').waitFor();
  await page.getByRole('link', { name: 'Bekijk en kies' }).click();
  await page.getByRole('button', { name: 'Neem wat in de bron staat' }).click();
  await page.getByText('Je keuze is bewaard.').waitFor();
  const places = () => site.db.selectFrom('sessions').select('location').where('source', '=', 'csv').execute();
  expect(await places()).toEqual([{ location: 'Zaal 9' }]);
  await page.getByRole('button', { name: /Maak ongedaan/ }).click();
  await page.getByText('De keuze is teruggedraaid.').waitFor();
  expect(await places()).toEqual([{ location: 'Onze zaal' }]);
  if (process.env['LOOK']) await page.screenshot({ path: `${process.env['LOOK']}/conflicts.png`, fullPage: true });
}, 120_000);
