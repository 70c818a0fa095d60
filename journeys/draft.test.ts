import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAccessible, newAddress, openSite, type Site } from './browser.ts';
import { confirm, press, titles, toOverview, toProposal } from './guide.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site?.close());

const journey = (name: string, run: () => Promise<void>) => test(name, { timeout: 120_000 }, run);

for (const javaScriptEnabled of [true, false]) {
  journey(`back, forward and reload keep everything, ${javaScriptEnabled ? 'with' : 'without'} script`, async () => {
    const page = await site.visitor({ javaScriptEnabled });
    const proposed = await toProposal(page, 'brieven die iedereen begrijpt');
    await page.reload();
    expect(await titles(page)).toEqual(proposed);
    await page.goBack();
    await page.waitForURL('**/3-wanneer');
    await page.goBack();
    await page.waitForURL('**/2-themas');
    await page.goBack();
    await page.waitForURL('**/1-vraag');
    expect(await page.getByLabel('Vertel het in je eigen woorden').inputValue()).toBe('brieven die iedereen begrijpt');
    await page.goForward();
    await page.waitForURL('**/2-themas');
    await page.goto('/aanmelden/4-voorstel');
    expect(await titles(page)).toEqual(proposed);
    await page.getByRole('navigation', { name: 'Stappen van de aanmelding' }).getByRole('link', { name: 'Je vraag' }).click();
    await page.waitForURL('**/1-vraag');
    await page.goto('/aanmelden');
    await page.getByRole('link', { name: 'Verder bij stap 4' }).click();
    await page.waitForURL('**/4-voorstel');
    expect(await titles(page)).toEqual(proposed);
  });
}

journey('two tabs: each keeps its own answer, and the one that is behind says that something changed', async () => {
  const first = await site.visitor();
  await toProposal(first);
  await first.goto('/aanmelden/1-vraag');
  const second = await first.context().newPage();
  await second.goto('/aanmelden/2-themas');
  await second.getByRole('checkbox', { name: 'Samen werken' }).check();
  await press(second, 'Verder');
  await second.waitForURL('**/3-wanneer');
  await first.getByLabel('Vertel het in je eigen woorden').fill('data delen');
  await press(first, 'Verder');
  await first.waitForURL('**/2-themas?elders');
  expect(await first.getByText('Er is intussen iets veranderd').count()).toBe(1);
  await isAccessible(first);
  expect(await first.getByRole('checkbox', { name: 'Samen werken' }).isChecked()).toBe(true);
  await second.goto('/aanmelden/1-vraag');
  expect(await second.getByLabel('Vertel het in je eigen woorden').inputValue()).toBe('data delen');
});

journey('a swap in a tab that is behind does no harm', async () => {
  const first = await site.visitor();
  await toProposal(first);
  const second = await first.context().newPage();
  await second.goto('/aanmelden/4-voorstel');
  await press(first, /^Wissel/);
  await first.getByText('Gewisseld:').waitFor();
  const now = await titles(first);
  await press(second, /^Wissel/);
  await second.getByText('Er is intussen iets veranderd').or(second.getByText('Gewisseld:')).first().waitFor();
  await second.reload();
  expect(await titles(second)).toEqual(now);
});

journey('after thirty days the guide begins again, with a friendly word and what was just filled in', async () => {
  const page = await site.visitor();
  await toProposal(page);
  await page.goto('/aanmelden/2-themas');
  await site.db
    .updateTable('drafts')
    .set({ expires_at: new Date(0) })
    .execute();
  await page.getByRole('checkbox', { name: 'Samen werken' }).check();
  await press(page, 'Verder');
  await page.waitForURL('**/3-wanneer?opnieuw');
  expect(await page.getByText('Je vorige antwoorden zijn er niet meer').count()).toBe(1);
  await isAccessible(page);
  await page.goto('/aanmelden/2-themas');
  expect(await page.getByRole('checkbox', { name: 'Samen werken' }).isChecked()).toBe(true);
  await site.db
    .updateTable('drafts')
    .set({ expires_at: new Date(0) })
    .execute();
  await page.goto('/aanmelden/4-voorstel');
  await page.waitForURL('**/1-vraag?verlopen');
  await isAccessible(page);
});

journey('a session that fills up between the proposal and the overview becomes a place on the waiting list and says so', async () => {
  const page = await site.visitor();
  const proposed = await toProposal(page);
  const email = newAddress();
  await toOverview(page, site, email);
  const codes = await page
    .locator('main ol.plain')
    .last()
    .getByRole('heading')
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname.split('/').at(-1)!));
  const { id } = await site.db.selectFrom('sessions').select('id').where('code', '=', codes[0]!).executeTakeFirstOrThrow();
  // Another participant holds the one place there is, in the room and online.
  await sql`update places set capacity = greatest(held, 1), held = greatest(held, 1) where session_id = ${id} and capacity is distinct from 0`.execute(
    site.db,
  );
  await page.reload();
  expect(await page.getByText('Deze sessie is vol. Je komt op de wachtlijst.').count()).toBe(1);
  await isAccessible(page);
  await confirm(page);
  await isAccessible(page);
  const told = await page.locator('#wijziging li').allInnerTexts();
  expect(told.filter((line) => line.includes('wachtlijst'))).toHaveLength(1);
  expect(told.filter((line) => line.includes('je hebt een plaats'))).toHaveLength(proposed.length - 1);
});

journey('a session that is cancelled meanwhile is told at the overview, and nobody is sent back', async () => {
  const page = await site.visitor();
  await toProposal(page);
  await toOverview(page, site, newAddress());
  const [code = ''] = await page
    .locator('main ol.plain')
    .last()
    .getByRole('heading')
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname.split('/').at(-1)!));
  await site.db
    .updateTable('sessions')
    .set({ state: 'cancelled', cancelled_at: new Date(), updated_at: new Date() })
    .where('code', '=', code)
    .execute();
  await confirm(page);
  expect(await page.getByText('Deze sessie gaat niet door.').count()).toBeGreaterThan(0);
  expect(await page.getByText('Gelukt: er staan 2 sessies in je programma').count()).toBe(1);
});
