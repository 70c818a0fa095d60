import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { isAccessible, newAddress, openSite, type Site } from './browser.ts';
import { confirm, press, titles, toOverview, toProposal } from './guide.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site?.close());

const journey = (name: string, run: () => Promise<void>) => test(name, { timeout: 120_000 }, run);

async function participant(options?: Parameters<Site['visitor']>[0]): Promise<{ page: Page; email: string }> {
  const page = await site.visitor(options);
  const email = newAddress();
  await toProposal(page);
  await toOverview(page, site, email);
  await confirm(page);
  return { page, email };
}

journey('a visitor reads what will be here and finds the way in', async () => {
  const page = await site.visitor();
  await page.goto('/mijn-programma');
  await isAccessible(page);
  await page.getByRole('link', { name: 'Maak mijn programma' }).click();
  await page.waitForURL('**/aanmelden/1-vraag');
});

journey('a stop is taken out and put back as it was', async () => {
  const { page } = await participant();
  await page.goto('/mijn-programma?beeld=maand');
  await isAccessible(page);
  const before = await titles(page);
  await press(page, /^Haal uit mijn programma/);
  await page.getByText('is uit je programma').waitFor();
  await isAccessible(page);
  await press(page, 'Zet terug');
  await page.waitForURL('**/mijn-programma#stop-*');
  await page.goto('/mijn-programma?beeld=maand');
  expect(await titles(page)).toEqual(before);
});

journey('from the room to online and back', async () => {
  const { page, email } = await participant();
  const { code } = await site.db
    .selectFrom('sessions')
    .innerJoin('places as room', 'room.session_id', 'sessions.id')
    .innerJoin('places as online', 'online.session_id', 'sessions.id')
    .select('sessions.code')
    .where('sessions.starts_at', '>', new Date())
    .where('sessions.visibility', '=', 'public')
    .where('room.attendance', '=', 'onSite')
    .where('online.attendance', '=', 'online')
    .where(sql<boolean>`(room.capacity is null or room.capacity > room.held) and (online.capacity is null or online.capacity > online.held)`)
    .orderBy('sessions.starts_at')
    .limit(1)
    .executeTakeFirstOrThrow();
  await page.goto(`/programma/${code}`);
  await page.getByRole('radio', { name: /^In de zaal/ }).check();
  await press(page, 'Zet in mijn programma');
  await page.goto('/mijn-programma?beeld=maand');
  await press(page, /^Toch liever online/);
  await page.getByText('Je doet nu anders mee').waitFor();
  const seat = await site.db
    .selectFrom('seats')
    .innerJoin('people', 'people.id', 'seats.person_id')
    .innerJoin('sessions', 'sessions.id', 'seats.session_id')
    .select('seats.attendance')
    .where('email', '=', email)
    .where('code', '=', code)
    .executeTakeFirstOrThrow();
  expect(seat.attendance).toBe('online');
});

journey('the calendar has a secret address that is shown once, replaced and ended', async () => {
  const { page } = await participant();
  await press(page, 'Maak een adres voor mijn agenda');
  const address = await page.getByLabel('Adres voor je agenda').inputValue();
  await isAccessible(page);
  const feed = await fetch(address);
  expect({ status: feed.status, events: (await feed.text()).match(/BEGIN:VEVENT/g)?.length }).toEqual({ status: 200, events: 3 });
  await page.goto('/mijn-programma');
  expect(await page.getByLabel('Adres voor je agenda').count()).toBe(0);
  await press(page, 'Maak een nieuw adres');
  await page.getByLabel('Adres voor je agenda').waitFor();
  const second = await page.getByLabel('Adres voor je agenda').inputValue();
  expect([(await fetch(address)).status, (await fetch(second)).status]).toEqual([404, 200]);
  await press(page, 'Verwijder het adres');
  await page.getByRole('button', { name: 'Maak een adres voor mijn agenda' }).waitFor();
  expect((await fetch(second)).status).toBe(404);
});

journey('the programme prints on one A4', async () => {
  const { page } = await participant();
  await page.goto('/mijn-programma?beeld=maand');
  const paper = (await page.pdf({ format: 'A4' })).toString('latin1');
  expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});

journey('what was found without an account stands in the guide', async () => {
  const page = await site.visitor({ javaScriptEnabled: false });
  const { code, title } = await site.db
    .selectFrom('sessions')
    .innerJoin('places', 'places.session_id', 'sessions.id')
    .select(['code', 'title'])
    .where('starts_at', '>', new Date())
    .where('visibility', '=', 'public')
    .where('state', '=', 'published')
    .where('places.attendance', '=', 'online')
    .where('places.capacity', 'is', null)
    .orderBy('starts_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  await page.goto(`/programma/${code}`);
  await press(page, 'Zet in mijn programma');
  const proposed = await toProposal(page);
  expect({ count: proposed.length, isThere: proposed.includes((title as { nl: string }).nl) }).toEqual({ count: 4, isThere: true });
  expect(await page.getByText('Deze koos je zelf.').count()).toBe(1);
});
