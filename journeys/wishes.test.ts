// From a wish window to a draw to letters, as a participant, a latecomer and the programme team see it.
import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAccessible, openSite, type Site } from './browser.ts';
import { press } from './guide.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site?.close());

const journey = (name: string, run: () => Promise<void>) => test(name, { timeout: 240_000 }, run);
const lead = 'team-1@example.org';
const [first, second, late] = ['deelnemer-1@example.org', 'deelnemer-2@example.org', 'deelnemer-3@example.org'];

async function signIn(page: Page, email: string): Promise<void> {
  if (!page.url().includes('/inloggen')) await page.goto('/inloggen');
  await page.getByLabel('Je mailadres').fill(email);
  await press(page, 'Stuur mij een code');
  await page.getByLabel('Code uit de mail').waitFor();
  await page.getByLabel('Code uit de mail').fill(await site.codeFor(email));
  await page.getByRole('main').getByRole('button', { name: 'Log in', exact: true }).click();
  await page.waitForURL((url) => !url.pathname.includes('/inloggen'));
}

/** By the clock in the Netherlands, as a field for a day and a time has it. */
const typed = (at: number): string => new Date(at).toLocaleString('sv-SE', { timeZone: 'Europe/Amsterdam' }).slice(0, 16).replace(' ', 'T');
const hour = 3_600_000;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const address = (page: Page): string => page.url().split(/[?#]/)[0]!;
/** What stands in the block under a heading of the proof. */
const proof = (page: Page, which: 'seed-hash' | 'seed' | 'file-hash') => page.locator(`pre.${which}`);

/** Sessions of the week after that everybody may follow; the first has the fewest places left. */
async function sessionsToWish(): Promise<{ code: string; title: string; left: number }[]> {
  const { rows } = await sql<{ code: string; title: string; left: number }>`
    select s.code, s.title ->> 'nl' as title, sum(p.capacity - p.held)::integer as left
    from sessions s join places p on p.session_id = s.id and p.capacity is distinct from 0
    where s.starts_at > now() + interval '2 days' and s.state = 'published' and s.visibility = 'public'
    group by s.id
    having bool_and(p.capacity is not null and p.capacity - p.held > 4) and count(*) filter (where p.waiting > 0) = 0
    order by 3, s.starts_at limit 20`.execute(site.db);
  return rows;
}

/** So many people wish, as programs do: all of them the first session, and some others. */
async function crowd(count: number, codes: readonly string[]): Promise<void> {
  const emails = Array.from({ length: count }, (_, nth) => `menigte-${nth}@example.org`);
  const tokens = (await site.tool('token', ...emails)).trim().split('\n');
  for (const [nth, token] of tokens.entries()) {
    const wished = [codes[0]!, ...[1, 2, 3, 4].map((step) => codes[1 + ((nth * 3 + step * 2) % (codes.length - 1))]!)];
    for (const code of new Set(wished)) {
      const answer = await fetch(`${site.url}/api/v1/me/wishes/${code}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ strength: code === codes[0] ? 'must' : 'want' }),
      });
      expect(answer.ok).toBe(true);
    }
  }
}

const strengths = (page: Page, title: string) => page.getByRole('group', { name: `Je wens voor ${title}` });

journey('a wish window, a fair draw and letters', async () => {
  const [hot, warm, ...others] = await sessionsToWish();
  if (!hot || !warm || others.length < 6) throw new Error('the example has too few sessions to come for this journey');

  // The team plans a window for some sessions; what is not right is said, and what was typed stays.
  const team = await site.visitor();
  await site.signInStrongly(team, lead, 'team:voorbeeld');
  await team.goto('/organisatie/wensen');
  await isAccessible(team);
  await team.getByRole('link', { name: 'Plan een wensperiode' }).click();
  await team.getByLabel('Vanaf wanneer kunnen mensen wensen geven?').fill(typed(Date.now() - hour));
  await team.getByLabel('Tot wanneer?').fill(typed(Date.now() - 2 * hour));
  await team.getByLabel('Hoeveel sessies krijgt iemand hoogstens?').fill('drie');
  await press(team, 'Plan deze wensperiode');
  await team.getByRole('heading', { name: 'Er klopt 1 ding nog niet' }).waitFor();
  await isAccessible(team);
  await team.getByLabel('Hoeveel sessies krijgt iemand hoogstens?').fill('5');
  await press(team, 'Plan deze wensperiode');
  await team.getByRole('link', { name: 'De wensperiode moet later eindigen dan beginnen.' }).waitFor();
  await team.getByLabel('Tot wanneer?').fill(typed(Date.now() + 24 * hour));
  await team.getByLabel('Alleen de sessies die ik kies').check();
  await team.getByText('Kies sessies', { exact: false }).first().click();
  for (const { title } of [hot, warm, ...others]) {
    await team.getByLabel('Zoek op een woord').fill(title);
    await press(team, 'Zoek');
    await team.getByRole('checkbox', { name: title }).first().check();
  }
  await isAccessible(team);
  await press(team, 'Plan deze wensperiode');
  await team.getByText('De wensperiode is gepland').waitFor();
  const led = address(team);
  const window = led.split('/').at(-1)!;

  // Everybody reads what was promised: the fingerprint, not the seed.
  const reader = await site.visitor({ viewport: { width: 320, height: 800 } });
  await reader.goto('/loting');
  await isAccessible(reader);
  await reader.getByRole('main').getByRole('link').first().click();
  await reader.waitForURL(`**/loting/${window}`);
  await isAccessible(reader);
  const promised = await proof(reader, 'seed-hash').innerText();
  expect({ isHash: /^[0-9a-f]{64}$/.test(promised), seeds: await proof(reader, 'seed').count() }).toEqual({ isHash: true, seeds: 0 });

  // Without script, and before signing in: the wish is kept meanwhile.
  const one = await site.visitor({ javaScriptEnabled: false });
  await one.goto(`/programma/${hot.code}`);
  await one.getByRole('radio', { name: 'Heel graag' }).check();
  await press(one, 'Bewaar mijn wens');
  await signIn(one, first);
  await one.getByText('Je wens is bewaard: Heel graag').waitFor();

  // In the programme, one press a wish; then weighed, taken away and put back.
  await one.goto('/programma');
  for (const { title } of [warm, others[0]!, others[1]!]) await strengths(one, title).getByRole('button', { name: 'Graag', exact: true }).click();
  await one.goto('/mijn-programma');
  await one.getByText('Je hebt er 4.').waitFor();
  await one.getByRole('link', { name: 'Naar mijn wensen' }).click();
  await strengths(one, warm.title).getByRole('radio', { name: 'Misschien' }).check();
  await press(one, 'Bewaar mijn wensen');
  await one.getByText('Je wensen zijn bewaard').waitFor();
  await one.getByRole('button', { name: `Haal weg: ${others[1]!.title}` }).click();
  await one.getByText('is weg.').waitFor();
  await press(one, 'Zet terug');
  expect({
    warm: await strengths(one, warm.title).getByRole('radio', { name: 'Misschien' }).isChecked(),
    back: await strengths(one, others[1]!.title).getByRole('radio', { name: 'Graag', exact: true }).isChecked(),
  }).toEqual({ warm: true, back: true });

  const two = await site.visitor();
  await signIn(two, second);
  await two.goto('/programma');
  await isAccessible(two);
  for (const { title } of [hot, others[2]!, others[3]!]) await strengths(two, title).getByRole('button', { name: 'Heel graag' }).click();
  await two.goto('/mijn-programma/wensen');
  await isAccessible(two);
  await two.goto(`/programma/${hot.code}`);
  await isAccessible(two);
  // Nobody passes the wishes by.
  expect(await two.getByRole('button', { name: 'Zet in mijn programma' }).count()).toBe(0);

  await crowd(
    hot.left + 6,
    [hot, warm, ...others].map(({ code }) => code),
  );

  // The team closes early; the page follows the draw by itself.
  await team.goto(led);
  await team
    .getByText(String(hot.left + 8), { exact: true })
    .first()
    .waitFor();
  await isAccessible(team);
  await team.getByRole('link', { name: 'Sluit nu en verdeel' }).click();
  await isAccessible(team);
  await press(team, 'Ja, sluit en verdeel');
  await team.getByRole('link', { name: 'Bevestig de verdeling' }).waitFor({ timeout: 90_000 });
  await isAccessible(team);
  await two.goto('/mijn-programma/wensen');
  await two.getByText('De organisatie kijkt de uitkomst nog na.').waitFor();
  await reader.reload();
  expect(await reader.getByRole('heading', { name: 'Hoe het is gegaan' }).count()).toBe(0);

  await team.getByRole('link', { name: 'Bevestig de verdeling' }).click();
  await team.getByText(`${hot.left + 8} mensen krijgen een mail.`).waitFor();
  await isAccessible(team);
  await press(team, 'Ja, bevestig en mail iedereen');
  await team.getByText('De verdeling is bevestigd.').waitFor();
  await isAccessible(team);

  // What was promised is shown, and fits.
  await reader.reload();
  await reader.getByRole('heading', { name: 'Hoe het is gegaan' }).waitFor();
  await isAccessible(reader);
  const [, seed = ''] = /printf %s ([0-9a-f]{64}) \| sha256sum/.exec(await proof(reader, 'seed').innerText()) ?? [];
  expect({ before: await proof(reader, 'seed-hash').innerText(), seed: sha256(seed) }).toEqual({ before: promised, seed: promised });

  // Everybody hears what they got, and reads why.
  for (const email of [first, second]) expect(await site.letterTo(email, 'De plaatsen zijn verdeeld')).toContain(`/loting/${window}`);
  for (const page of [one, two]) {
    await page.goto('/mijn-programma/wensen');
    await page.getByRole('heading', { name: 'Gekregen', exact: true }).waitFor();
    expect(
      await page
        .getByText(/^In het bestand van de verdeling staat niemands naam/)
        .locator('code')
        .innerText(),
    ).toMatch(/^\w+$/);
  }
  await isAccessible(two);
  const given = await two.getByText('Deze wens is uitgekomen.').count();
  await two.goto('/mijn-programma?beeld=maand');
  expect(await two.getByText(/^Je hebt een plaats/).count()).toBe(given);

  // Who comes later joins behind.
  const inLine = await lineOf(hot.code);
  expect(inLine).toBeGreaterThan(0);
  const after = await site.visitor();
  await signIn(after, late);
  await after.goto(`/programma/${hot.code}`);
  await press(after, 'Zet mij op de wachtlijst');
  await after.getByText(`Je staat nummer ${inLine + 1} van de wachtlijst`).waitFor();

  // The draw is repeated from its file; one place given otherwise is found.
  const text = await (await team.request.get(`${led}/bestand`)).text();
  expect(sha256(text)).toBe(await proof(reader, 'file-hash').innerText());
  const folder = await mkdtemp(join(tmpdir(), 'innovember-draw-'));
  await writeFile(join(folder, 'verdeling.ndjson'), text);
  expect(await verified(join(folder, 'verdeling.ndjson'))).toBe(true);
  await writeFile(join(folder, 'anders.ndjson'), otherwise(text));
  expect(await verified(join(folder, 'anders.ndjson'))).toBe(false);
});

async function lineOf(code: string): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select sum(p.waiting)::integer as waiting from places p join sessions s on s.id = p.session_id where s.code = ${code}`.execute(site.db);
  return rows[0]!.waiting;
}

const verified = (file: string): Promise<boolean> =>
  site.tool('allocate', '--verify', file).then(
    () => true,
    () => false,
  );

/** The first who was given something is given one session less. */
function otherwise(text: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => /"given":\[\d/.test(line));
  lines[at] = lines[at]!.replace(/"given":\[\d+,?/, '"given":[');
  return lines.join('\n');
}

journey('a window that is called off lets people sign up again', async () => {
  const [session] = await sessionsToWish();
  const team = await site.visitor();
  await site.signInStrongly(team, 'team-2@example.org', 'team:voorbeeld');
  await team.goto('/organisatie/wensen/nieuw');
  await team.getByLabel('Vanaf wanneer kunnen mensen wensen geven?').fill(typed(Date.now() + hour));
  await team.getByLabel('Tot wanneer?').fill(typed(Date.now() + 24 * hour));
  await press(team, 'Plan deze wensperiode');
  await team.getByText('De wensperiode is gepland').waitFor();
  const led = address(team);
  const reader = await site.visitor();
  await reader.goto(`/programma/${session!.code}`);
  await reader.getByText('Voor deze sessie geef je straks een wens').waitFor();
  await isAccessible(reader);
  await team.getByRole('link', { name: 'Blaas af' }).click();
  await press(team, 'Ja, blaas af');
  await team.getByText('Schrijf waarom je dit doet.').waitFor();
  await isAccessible(team);
  await team.getByLabel('Waarom?').fill('Er zijn genoeg plaatsen.');
  await press(team, 'Ja, blaas af');
  await team.getByText('De wensperiode is afgeblazen.').waitFor();
  await reader.reload();
  await reader.getByRole('button', { name: 'Zet in mijn programma' }).waitFor();
  await reader.goto(led.replace('/organisatie/wensen/', '/loting/'));
  await reader.getByText('Deze verdeling gaat niet door.').waitFor();
});

journey('who does not lead the edition finds no organiser’s pages, and signs in first when nobody is known', async () => {
  const page = await site.visitor();
  await page.goto('/organisatie/wensen');
  expect(new URL(page.url()).pathname).toBe('/inloggen');
  await signIn(page, 'deelnemer-4@example.org');
  for (const path of ['/organisatie/wensen', '/organisatie/wensen/nieuw']) expect((await page.goto(path))?.status()).toBe(404);
});
