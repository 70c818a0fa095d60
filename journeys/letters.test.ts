// A team writes a letter, looks at it as somebody would read it, lets it go, and a participant ends such letters.
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { isAccessible, openSite, type Site } from './browser.ts';
import { confirm, press, toProposal } from './guide.ts';

const email = 'deelnemer-1@example.org';
let site: Site;
let page: Page;
let team: Page;
beforeAll(async () => {
  site = await openSite();
  [page, team] = [await site.visitor(), await site.visitor()];
}, 120_000);
afterAll(() => site.close());

test('somebody takes part, and a team member signs in', async () => {
  await toProposal(page);
  await press(page, /^Verder met/);
  await page.waitForURL('**/5-wie-ben-je');
  await page.getByLabel('Je mailadres').fill(email);
  await press(page, 'Stuur mij een code');
  await page.getByLabel('De code uit de mail').fill(await site.codeFor(email));
  await press(page, 'Verder');
  await page.waitForURL('**/6-overzicht');
  await confirm(page);
  await site.signInStrongly(team, 'team@example.org', 'admin');
}, 90_000);

test('a letter is written; what is wrong with it is said, and what was typed is kept', async () => {
  await team.goto('/organisatie/brieven');
  await team.getByRole('link', { name: 'Schrijf een brief' }).click();
  for (const language of ['Nederlands', 'Engels']) {
    const part = team.getByRole('group', { name: `In het ${language}` });
    await part.getByLabel('Onderwerp').fill('Tot straks');
    await part.getByLabel('Tekst').fill('Hallo {naam},\n\n{programme}');
  }
  await press(team, 'Bewaar de brief');
  await team.getByRole('alert').getByText('We kennen {naam} niet. Kies iets uit de lijst.').first().waitFor();
  for (const language of ['Nederlands', 'Engels']) {
    const part = team.getByRole('group', { name: `In het ${language}` });
    await part.getByLabel('Tekst').fill('Hallo,\n\nWelkom bij {name}.\n\n{programme}\n\n{link}');
  }
  await team.getByLabel('Bekijk als deze deelnemer').fill(email);
  await press(team, 'Bekijk de brief');
  await team.getByText('Je hebt een plaats.').first().waitFor();
  await isAccessible(team);
  await press(team, 'Bewaar de brief');
  await team.waitForURL(/brieven\/[0-9a-f-]{36}$/);
}, 60_000);

test('it is released, stopped, resumed, and read', async () => {
  // Others who take part: enough letters to stop in between.
  const now = new Date();
  for (let nth = 0; nth < 300; nth++) {
    const person = newId(now);
    await sql`insert into people (id, email, created_at) values (${person}, ${`groep-${nth}@example.org`}, ${now})`.execute(site.db);
    await sql`insert into letter_choices (person_id, topic, often) values (${person}, 'tomorrow', 'never')`.execute(site.db);
    await sql`insert into seats (session_id, person_id, attendance, standing, arrival, claimed_at)
      select session_id, ${person}, attendance, 'waiting', ${100000 + nth}, ${now} from seats limit 1`.execute(site.db);
  }
  await team.reload();
  await press(team, /^Laat de brief gaan naar \d+ mensen/);
  await press(team, 'Stop nu');
  await team.getByText('Gestopt').waitFor();
  await isAccessible(team);
  await press(team, 'Ga weer verder');
  await team.getByText(/^\d+ vertrokken, 0 te gaan/).waitFor({ timeout: 60_000 });
  const text = await site.letterTo(email, 'Tot straks');
  expect(text).toContain('Je hebt een plaats.');
}, 120_000);

test('a mail program ends such letters by itself; the page shows it, and takes it back', async () => {
  const text = await site.letterTo(email, 'Tot straks');
  const address = /https?:\/\/\S+\/afmelden\/[\w-]{43}/.exec(text)?.[0] ?? '';
  const often = async () =>
    (await sql<{ often: string }>`select often from letter_choices c join people p on p.id = c.person_id where p.email = ${email}`.execute(site.db))
      .rows;
  await page.goto(address);
  await page.getByRole('button', { name: 'Meld me af' }).waitFor();
  expect(await often()).toEqual([]);
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });
  expect([answer.status, await often()]).toEqual([200, [{ often: 'never' }]]);
  await page.reload();
  await isAccessible(page);
  await press(page, 'Toch weer graag');
  await page.getByRole('button', { name: 'Meld me af' }).waitFor();
  expect(await often()).toEqual([{ often: 'at-once' }]);
}, 30_000);

test('every page of letters is accessible, small and dark too', async () => {
  for (const width of [1280, 320])
    for (const path of ['', '/nieuw', '/uit', '/woorden', '/woorden/session-changed', '/woorden/sign-in-code']) {
      await team.setViewportSize({ width, height: 900 });
      await team.emulateMedia({ colorScheme: width === 320 ? 'dark' : 'light' });
      await team.goto(`/organisatie/brieven${path}`);
      await isAccessible(team);
    }
  await page.goto('/mijn-gegevens/berichten');
  await isAccessible(page);
}, 90_000);
