// Somebody is asked to look after an organisation, says yes, makes a session, and somebody else of it writes at the same time.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAccessible, newAddress, openSite, type Site } from './browser.ts';

let site: Site;
let edition: string;
let code: string;
let organisation: { slug: string; name: string };
beforeAll(async () => {
  site = await openSite();
  edition = (await sql<{ slug: string }>`select slug from editions order by is_current desc, starts_on desc limit 1`.execute(site.db)).rows[0]!.slug;
  code = (await sql<{ code: string }>`select code from sessions order by code limit 1`.execute(site.db)).rows[0]!.code;
  organisation = (
    await sql<{ slug: string; name: string }>`select slug, name ->> 'nl' as name from organisations order by slug limit 1`.execute(site.db)
  ).rows[0]!;
}, 120_000);
afterAll(() => site?.close());

test('a manager is asked, says yes, makes a session, and sees what a second editor saved', { timeout: 240_000 }, async () => {
  const [team, manager, second] = [await site.visitor(), await site.visitor(), await site.visitor({ javaScriptEnabled: false })];
  const email = newAddress();
  await site.signInStrongly(team, newAddress(), `team:${edition}`);
  await team.goto(`/organisatie/organisaties/${organisation.slug}`);
  await isAccessible(team);
  await team.getByLabel('Mailadres').fill(email);
  await team.getByRole('button', { name: 'Stuur de uitnodiging' }).click();
  await team.getByText(`${email} krijgt een uitnodiging`).waitFor();
  await isAccessible(team);
  expect(await site.letterTo(email, 'Wil je')).toContain('/uitnodiging');
  await team.goto('/organisatie/rollen');
  await team.getByText('gevraagd, nog geen antwoord').waitFor();
  await isAccessible(team);

  await site.signInStrongly(manager, email, `moderator:${code}`);
  await manager.goto('/uitnodiging');
  await manager.getByRole('heading', { name: organisation.name }).waitFor();
  await isAccessible(manager);
  await manager.getByRole('button', { name: 'Ja, dat doe ik' }).click();
  await manager.waitForURL(/\/organisatie/);

  await manager.goto('/organisatie/sessies/nieuw');
  await isAccessible(manager);
  await manager.getByRole('button', { name: 'Maak de sessie' }).click();
  await manager.getByRole('link', { name: 'Geef de sessie een titel' }).waitFor();
  await isAccessible(manager);
  await manager.getByLabel('Titel, Nederlands').fill('Samen sneller inkopen');
  await manager.getByRole('button', { name: 'Maak de sessie' }).click();
  await manager.getByText('De sessie is er. Nu is het een concept.').waitFor();
  await isAccessible(manager);
  const page = new URL(manager.url()).pathname;

  // Two at once; the second one has no script.
  await site.signInStrongly(second, newAddress(), `manager:${organisation.slug}`);
  await second.goto(page);
  await second.getByLabel('Titel, Nederlands').fill('Samen slimmer inkopen');
  await second.getByLabel('In één zin, Engels').fill('Together');
  await manager.getByLabel('Titel, Nederlands').fill('Samen beter inkopen');
  await manager.getByLabel('In één zin, Nederlands').fill('Met z’n allen');
  await manager.getByRole('button', { name: 'Bewaar' }).click();
  await manager.getByText('De tekst is bewaard').waitFor();
  await second.getByRole('button', { name: 'Bewaar' }).click();
  await second.getByRole('heading', { name: 'Iemand anders bewaarde dit intussen ook' }).waitFor();
  await isAccessible(second);
  expect(await second.getByLabel('Wat de ander bewaarde').locator('xpath=..').locator('ins').allInnerTexts()).toEqual(['beter']);
  expect(await second.getByLabel('In één zin, Nederlands').inputValue()).toBe('Met z’n allen');
  await second.getByLabel('Wat de ander bewaarde').check();
  await second.getByRole('button', { name: 'Bewaar' }).click();
  await second.getByText('De tekst is bewaard').waitFor();
  expect([await second.getByLabel('Titel, Nederlands').inputValue(), await second.getByLabel('In één zin, Engels').inputValue()]).toEqual([
    'Samen beter inkopen',
    'Together',
  ]);

  await manager.goto(page);
  await manager.getByRole('button', { name: 'Publiceer' }).click();
  await manager.getByText('De sessie staat in het programma').waitFor();
  const visitor = await site.visitor({ viewport: { width: 320, height: 640 }, colorScheme: 'dark' });
  await visitor.goto(`/teams/${organisation.slug}`);
  await visitor.getByRole('link', { name: 'Samen beter inkopen' }).waitFor();
  await isAccessible(visitor);
  await manager.getByRole('button', { name: 'Maak er weer een concept van' }).click();
  await manager.getByText('De sessie is weer een concept').waitFor();
  await manager.getByRole('button', { name: 'Maak dit ongedaan' }).click();
  await manager.getByText('De sessie staat in het programma').waitFor();
});
