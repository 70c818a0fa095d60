// The steps of the guide as somebody takes them: by what stands on the buttons.
import type { Page } from 'playwright-core';
import type { Site } from './browser.ts';

export const press = (page: Page, name: string | RegExp) =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click();
export const titles = (page: Page) => page.locator('main ol.plain').last().getByRole('heading').allInnerTexts();

/** From the first question to the proposal. */
export async function toProposal(page: Page, question = 'ik wil sneller inkopen'): Promise<string[]> {
  await page.goto('/aanmelden');
  await page.getByLabel('Vertel het in je eigen woorden').fill(question);
  await press(page, 'Verder');
  await page.waitForURL('**/2-themas');
  await press(page, 'Verder');
  await page.waitForURL('**/3-wanneer');
  await press(page, 'Maak mijn voorstel');
  await page.waitForURL('**/4-voorstel');
  return titles(page);
}

/** From the proposal to the overview, with the code from the mail. */
export async function toOverview(page: Page, site: Site, email: string): Promise<void> {
  await press(page, /^Verder met/);
  await page.waitForURL('**/5-wie-ben-je');
  await page.getByLabel('Je mailadres').fill(email);
  await press(page, 'Stuur mij een code');
  await page.getByLabel('De code uit de mail').fill(await site.codeFor(email));
  await press(page, 'Verder');
  await page.waitForURL('**/6-overzicht');
}

export async function confirm(page: Page): Promise<void> {
  await press(page, /in mijn programma$/);
  await page.waitForURL('**/mijn-programma?bevestigd');
}
