// A month is made by keyboard, told, changed and told again: as the programme team and a participant see it.
import ICAL from 'ical.js';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAccessible, openSite, type Site } from './browser.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site?.close());

const lead = 'team-1@example.org';

test('a session is moved by keyboard, a clash is said, and participants hear of it when it is told', { timeout: 240_000 }, async () => {
  const { rows } = await sql<{ edition: string; slug: string; first: string; monday: string }>`
    select id as edition, slug, to_char(now() + interval '7 days', 'YYYY-MM-DD') as first,
      to_char(date_trunc('week', now() + interval '7 days'), 'YYYY-MM-DD') as monday
    from editions order by is_current desc, starts_on desc limit 1`.execute(site.db);
  const { edition, slug, monday } = rows[0]!;
  const page = await site.visitor();
  await site.signInStrongly(page, lead, `team:${slug}`);

  // Two rooms and two times on a day.
  await page.goto('/organisatie/ruimtes');
  for (const name of ['Zaal Noord', 'Zaal Zuid']) {
    await page.getByLabel('Naam van de ruimte').fill(name);
    await page.getByRole('button', { name: 'Bewaar de ruimte' }).click();
    await page.getByText('Bewaard', { exact: true }).waitFor();
  }
  await page.getByLabel('Eerste dag').fill(monday);
  await page.getByLabel('Laatste dag').fill(monday);
  await page.getByLabel('Tijden op een dag').fill('6:00-7:00, 7:00-8:00');
  await page.getByRole('button', { name: 'Maak deze tijden' }).click();
  await page.getByText('Bewaard', { exact: true }).waitFor();
  await isAccessible(page);

  // Two sessions of one speaker, without a time.
  const { rows: made } = await sql<{ code: string; title: string }>`
    update sessions set starts_at = null, ends_at = null, location = null, state = 'accepted', speakers = '{Spreker van beide}'
    where id in (select id from sessions where edition_id = ${edition} and state = 'published' and visibility = 'public'
      and exists (select from places p where p.session_id = sessions.id and p.attendance = 'onSite' and p.capacity is distinct from 0) order by id limit 2)
    returning code, title ->> 'nl' as title`.execute(site.db);
  const [one, other] = made.toSorted((a, b) => (a.code < b.code ? -1 : 1));

  await page.goto(`/organisatie/rooster?weergave=dag&dag=${monday}`);
  const card = (code: string) => page.locator(`[data-card="${code}"]`);
  const said = page.locator('p[aria-live=assertive]');
  await page.waitForLoadState('networkidle');
  await card(one!.code).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.locator('td', { has: card(one!.code) }).waitFor();
  await card(other!.code).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => said.textContent()).toContain('1 sessie met dezelfde spreker');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => said.textContent()).toContain('Geen botsing');
  await page.keyboard.press('Escape');
  expect(await page.locator('td', { has: card(other!.code) }).count()).toBe(0);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.locator('td', { has: card(other!.code) }).waitFor();
  await page.getByText('spreker staat dubbel').first().waitFor();
  // Taken back with one key, and put at the next time.
  await page.keyboard.press('z');
  await page.locator('.list', { has: card(other!.code) }).waitFor();
  await card(other!.code).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('td', { has: card(other!.code) }).waitFor();
  await isAccessible(page);

  // Nothing of it leaks before it is told.
  const visitor = await site.visitor();
  expect((await visitor.goto(`/programma/${one!.code}`))?.status()).toBe(404);
  const tell = async () => {
    await page.goto('/organisatie/rooster/uitgave');
    await page.getByRole('button', { name: /^Vertel het/ }).click();
    await page.getByText('Iedereen weet het nu').waitFor();
  };
  await tell();
  expect((await visitor.goto(`/programma/${one!.code}`))?.status()).toBe(200);
  const event = async () => {
    const text = await (await fetch(`${site.url}/agenda/${slug}/${one!.code}.ics`)).text();
    return new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')!;
  };
  const before = await event();

  // Who takes part is told when it moves, by letter and in the calendar.
  const guest = 'deelnemer-1@example.org';
  const token = (await site.tool('token', guest)).trim().split('\n').at(-1)!;
  const chosen = await fetch(`${site.url}/api/v1/me/programme/${one!.code}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  });
  expect(chosen.status).toBeLessThan(300);
  await page.goto(`/organisatie/rooster?weergave=dag&dag=${monday}&sessie=${one!.code}`);
  await page.getByLabel('Van', { exact: true }).fill('05:00');
  await page.getByLabel('Tot', { exact: true }).fill('05:45');
  await page.getByRole('button', { name: 'Zet op het rooster' }).click();
  await page.getByText('De sessie is verplaatst').waitFor();
  expect((await event()).getFirstPropertyValue('dtstart')?.toString()).toBe(before.getFirstPropertyValue('dtstart')?.toString());
  await tell();
  const after = await event();
  expect(Number(after.getFirstPropertyValue('sequence'))).toBeGreaterThan(Number(before.getFirstPropertyValue('sequence')));
  expect(after.getFirstPropertyValue('uid')).toBe(before.getFirstPropertyValue('uid'));
  expect(after.getFirstPropertyValue('dtstart')?.toString()).not.toBe(before.getFirstPropertyValue('dtstart')?.toString());
  expect(await site.letterTo(guest, '')).toContain(one!.title);

  await visitor.goto('/programma/wijzigingen');
  await visitor.getByRole('link', { name: one!.title }).first().waitFor();
});
