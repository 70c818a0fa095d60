// A full session: into the line, up the line, and whoever runs it.
import type { BrowserContextOptions, Page } from 'playwright-core';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAccessible, newAddress, openSite, type Site } from './browser.ts';
import { press } from './guide.ts';

let site: Site;
let team: { page: Page; email: string };
beforeAll(async () => {
  site = await openSite();
  team = { page: await site.visitor(), email: newAddress() };
  await site.signInStrongly(team.page, team.email, 'team:voorbeeld');
}, 120_000);
afterAll(() => site?.close());

const journey = (name: string, run: () => Promise<void>) => test(name, { timeout: 120_000 }, run);

// The people and the place

let sessions = 0;
/** A session of its own with so many places in the room, `hours` from now; the rest is as that of another one. */
async function sessionOf(places: number, hours: number): Promise<{ code: string; title: string }> {
  const start = new Date(Date.now() + hours * 3_600_000);
  const code = `RIJ${String(++sessions).padStart(3, '0')}`;
  const title = `Samen in de rij ${code}`;
  const own = {
    code,
    guid: null,
    source: null,
    source_id: null,
    title: { nl: title },
    starts_at: start,
    ends_at: new Date(start.getTime() + 3_600_000),
  };
  await sql`with made as (
      insert into sessions select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid()) || ${JSON.stringify(own)}::jsonb)).*
      from sessions s where s.visibility = 'public' and s.state = 'published' and s.starts_at > now() order by s.starts_at desc, s.id limit 1
      returning id)
    insert into places (session_id, attendance, capacity)
      select id, attendance, capacity from made, (values ('onSite', ${places}::integer), ('online', 0)) as p (attendance, capacity)`.execute(site.db);
  return { code, title };
}

/** Signs in on the way to a page, and arrives there. */
async function somebody(to: string, options: BrowserContextOptions = {}): Promise<{ page: Page; email: string }> {
  const page = await site.visitor(options);
  const email = newAddress();
  await page.goto(`/inloggen?naar=${encodeURIComponent(to)}`);
  await page.getByLabel('Je mailadres').fill(email);
  await press(page, 'Stuur mij een code');
  await page.getByLabel('Code uit de mail').fill(await site.codeFor(email));
  await press(page, 'Log in');
  await page.waitForURL(`**${to}`);
  return { page, email };
}

/** By keyboard alone: walks to a button or link by its name, and uses it. */
async function pressByKeyboard(page: Page, name: RegExp): Promise<void> {
  for (let steps = 0; steps < 120; steps++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => (document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '').trim());
    if (!name.test(at)) continue;
    await page.keyboard.press('Enter');
    return;
  }
  throw new Error(`${String(name)} is not reached by keyboard on ${page.url()}`);
}

/** Somebody who chose a session with a program of their own: with a place, or in the line. */
async function bystander(code: string): Promise<{ email: string; leave: () => Promise<void> }> {
  const email = newAddress();
  const token = (await site.tool('token', email)).trim();
  const ask = async (method: 'PUT' | 'DELETE'): Promise<void> => {
    const answer = await fetch(`${site.url}/api/v1/me/programme/${code}`, { method, headers: { authorization: `Bearer ${token}` } });
    expect(answer.ok).toBe(true);
  };
  await ask('PUT');
  return { email, leave: () => ask('DELETE') };
}

const acceptHours = (hours: number | null) => sql`update editions set accept_hours = ${hours} where slug = 'voorbeeld'`.execute(site.db);
const seatOf = async (email: string, code: string): Promise<string | null> =>
  (
    await sql<{ standing: string }>`
    select seats.standing from seats join sessions s on s.id = seats.session_id join people p on p.id = seats.person_id where p.email = ${email} and s.code = ${code}`.execute(
      site.db,
    )
  ).rows[0]?.standing ?? null;

journey('full, waiting, asked by mail, accepted by keyboard', async () => {
  await team.page.goto('/organisatie');
  await isAccessible(team.page);
  await team.page.getByRole('radio', { name: /^De volgende krijgt tijd/ }).check();
  await team.page.getByLabel('Hoeveel uur heeft iemand de tijd?').fill('duizend');
  await press(team.page, 'Bewaar');
  await team.page.getByRole('alert').getByText('van 1 tot en met 168').waitFor();
  expect(await team.page.getByLabel('Hoeveel uur heeft iemand de tijd?').inputValue()).toBe('duizend');
  expect(await team.page.title()).toMatch(/^\(1 fout\)/);
  await isAccessible(team.page);
  await team.page.getByLabel('Hoeveel uur heeft iemand de tijd?').fill('3');
  await press(team.page, 'Bewaar');
  await team.page.getByText('heeft nu 3 uur om ja te zeggen').waitFor();

  const { code, title } = await sessionOf(1, 90);
  const first = await bystander(code);
  const second = await somebody(`/programma/${code}`);
  await isAccessible(second.page);
  await pressByKeyboard(second.page, /^Zet mij op de wachtlijst/);
  await second.page.getByText('Je staat nummer 1 van de wachtlijst voor de zaal.').waitFor();
  await second.page.getByText('heb je 3 uur om ja te zeggen').waitFor();
  await isAccessible(second.page);

  await first.leave();
  const letter = await site.letterTo(second.email, `Neem je deze plaats? ${title}`);
  const link = /https?:\S+\/mijn-programma/.exec(letter)?.[0] ?? '';
  await second.page.goto(link);
  await second.page.getByText('Er is een plaats voor je in de zaal').waitFor();
  await isAccessible(second.page);
  await pressByKeyboard(second.page, /^Neem deze plaats/);
  await second.page.getByText(`De plaats bij ‘${title}’ is van jou.`).waitFor();
  await isAccessible(second.page);
  expect(await seatOf(second.email, code)).toBe('held');
});

journey('an offer that nobody answers goes to the next, and both hear of it', async () => {
  await acceptHours(3);
  const { code, title } = await sessionOf(1, 100);
  const [first, second] = [await bystander(code), await bystander(code)];
  const third = await somebody(`/programma/${code}`);
  await press(third.page, 'Zet mij op de wachtlijst');
  await third.page.getByText('Je staat nummer 2 van de wachtlijst').waitFor();
  await first.leave();
  await site.letterTo(second.email, `Neem je deze plaats? ${title}`);
  await sql`update seats set offered_until = now() - interval '1 second' where standing = 'offered'`.execute(site.db);
  await site.letterTo(third.email, `Neem je deze plaats? ${title}`);
  await site.letterTo(second.email, `De tijd is voorbij: ${title}`);
  await third.page.goto(`/programma/${code}`);
  await press(third.page, 'Neem deze plaats');
  await third.page.getByText('Je hebt een plaats, in de zaal').waitFor();
  expect([await seatOf(second.email, code), await seatOf(third.email, code)]).toEqual([null, 'held']);
});

journey('moving up beside something else is asked first, on a small telephone in the dark without script', async () => {
  await acceptHours(null);
  const [full, other] = [await sessionOf(1, 120), await sessionOf(5, 120)];
  const first = await bystander(full.code);
  const { page, email } = await somebody(`/programma/${full.code}`, {
    viewport: { width: 320, height: 640 },
    colorScheme: 'dark',
    javaScriptEnabled: false,
  });
  await press(page, 'Zet mij op de wachtlijst');
  await page.goto(`/programma/${other.code}`);
  await press(page, 'Zet in mijn programma');
  await first.leave();
  const letter = await site.letterTo(email, `Neem je deze plaats? ${full.title}`);
  expect(letter).toContain(`want op dat moment heb je ook ‘${other.title}’`);
  await page.goto('/mijn-programma');
  await page.getByText(`want op dat moment heb je ook ‘${other.title}’`).waitFor();
  await press(page, /^Neem deze plaats/);
  await page.getByText(`De plaats bij ‘${full.title}’ is van jou.`).waitFor();
  await page.getByText('Je kunt maar bij een van de twee zijn.').waitFor();
  expect([await seatOf(email, full.code), await seatOf(email, other.code)]).toEqual(['held', 'held']);
});

journey('more places: the first in line move up at once, and the page says how many', async () => {
  await acceptHours(null);
  const { code, title } = await sessionOf(1, 130);
  const [, second, third, fourth] = [await bystander(code), await bystander(code), await bystander(code), await bystander(code)];
  const { page } = team;
  await page.goto('/organisatie/sessies?q=rij');
  await isAccessible(page);
  await page.getByRole('link', { name: title }).click();
  await isAccessible(page);
  await page.getByRole('link', { name: 'Plaatsen en groepen' }).click();
  await page.getByLabel('Plaatsen in de zaal').fill('3');
  await press(page, 'Bewaar de plaatsen in de zaal');
  await page.getByText('2 mensen van de wachtlijst hebben nu een plaats').waitFor();
  await isAccessible(page);
  expect([await seatOf(second.email, code), await seatOf(third.email, code), await seatOf(fourth.email, code)]).toEqual(['held', 'held', 'waiting']);
  await site.letterTo(third.email, `Je hebt een plaats: ${title}`);

  await page.getByLabel('Plaatsen in de zaal').fill('2');
  await press(page, 'Bewaar de plaatsen in de zaal');
  await page.getByRole('alert').getByText('Er zijn al meer mensen met een plaats').waitFor();
  expect(await page.getByLabel('Plaatsen in de zaal').inputValue()).toBe('2');
  await isAccessible(page);

  await page.getByLabel('Hoogstens zoveel plaatsen').fill('40');
  await page.getByLabel('Voor welke groep').selectOption({ label: 'elke organisatie' });
  await press(page, 'Bewaar deze regel');
  await page.getByText('De regel is bewaard.').waitFor();
  await isAccessible(page);
  const visitor = await site.visitor();
  await visitor.goto(`/programma/${code}`);
  await visitor.getByText('Hoogstens 40 plaatsen voor elke organisatie.').waitFor();
  await visitor.getByText('Er wacht nu 1 mens.').waitFor();
  await isAccessible(visitor);
});

journey('by hand, with a reason and a second look, without script', async () => {
  const { code, title } = await sessionOf(1, 140);
  const [first, second] = [await bystander(code), await bystander(code)];
  const nobody = await somebody('/organisatie/sessies', { javaScriptEnabled: false });
  expect(await nobody.page.getByRole('heading', { level: 1 }).innerText()).toBe('Deze pagina is er niet');
  const page = await site.visitor({ javaScriptEnabled: false });
  const host = newAddress();
  await site.signInStrongly(page, host, `host:${code}`);
  await page.goto(`/programma/${code}`);
  await page.getByRole('link', { name: 'Plaatsen en deelnemers' }).click();
  await page.getByLabel('Zoek een deelnemer').fill(first.email);
  await press(page, 'Zoek');
  await page.getByText(`1 gevonden voor ‘${first.email}’`).waitFor();
  expect(page.url()).not.toContain('example.org');
  await page.getByRole('link', { name: `Wijzig de plaats van ${first.email}` }).click();
  await press(page, 'Verder');
  await page.getByRole('alert').getByText('Er kloppen 2 dingen nog niet').waitFor();
  await page.getByRole('radio', { name: /^Haal uit de sessie/ }).check();
  await page.getByLabel('Waarom?').fill('Stond er dubbel op');
  await press(page, 'Verder');
  await page.getByText('Reden in het logboek: Stond er dubbel op').waitFor();
  await press(page, 'Nee, terug');
  expect(await page.getByLabel('Waarom?').inputValue()).toBe('Stond er dubbel op');
  await press(page, 'Verder');
  await press(page, 'Ja, haal uit de sessie');
  await page.getByText('Gelukt: de deelnemer is uit de sessie').waitFor();
  expect([await seatOf(first.email, code), await seatOf(second.email, code)]).toEqual([null, 'held']);
  expect(await site.letterTo(first.email, `Je plaats is weg: ${title}`)).not.toContain('dubbel');
  await page.getByRole('link', { name: 'Wat er gebeurde' }).click();
  await page.getByText('Reden: Stond er dubbel op').waitFor();
  await page.getByText(`${first.email} is met de hand uit de sessie gehaald, door ${host}`).waitFor();

  const file = await page.request.get(`/organisatie/sessies/${code}/deelnemers.csv`);
  expect({ type: file.headers()['content-type'], lines: (await file.text()).trim().split('\r\n').length }).toEqual({
    type: 'text/csv; charset=utf-8',
    lines: 2,
  });
});

journey('who has nothing to arrange finds nothing there; a visitor signs in and comes back', async () => {
  const { code } = await sessionOf(5, 150);
  const paths = [
    '/organisatie',
    '/organisatie/sessies',
    ...['', '/plaatsen', '/logboek', '/deelnemers.csv'].map((page) => `/organisatie/sessies/${code}${page}`),
  ];
  const { page } = await somebody('/mijn-programma');
  expect(await Promise.all(paths.map(async (path) => (await page.request.get(path)).status()))).toEqual(paths.map(() => 404));
  const post = (path: string) =>
    page.request.post(path, { form: { way: 'onSite', capacity: '500' }, headers: { origin: site.url, 'sec-fetch-site': 'same-origin' } });
  expect((await post(`/organisatie/sessies/${code}/plaatsen?/aantal`)).status()).toBe(404);
  expect(await page.getByRole('link', { name: 'Organisatie', exact: true }).count()).toBe(0);
  await team.page.goto('/');
  expect(await team.page.getByRole('link', { name: 'Organisatie', exact: true }).count()).toBe(1);
  const visitor = await site.visitor();
  await visitor.goto(`/organisatie/sessies/${code}/plaatsen`);
  expect(new URL(visitor.url()).searchParams.get('naar')).toBe(`/organisatie/sessies/${code}/plaatsen`);
});
