// Who only reads: every public page, looked at in both languages, wide and narrow, light and dark.
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAccessible, newAddress, openSite, type Site } from './browser.ts';
import { press } from './guide.ts';

let site: Site;
let code: string;
beforeAll(async () => {
  site = await openSite();
  const soon = await site.db
    .selectFrom('sessions')
    .innerJoin('places', 'places.session_id', 'sessions.id')
    .select('code')
    .where('starts_at', '>', new Date(Date.now() + 86_400_000))
    .where('visibility', '=', 'public')
    .where('capacity', 'is', null)
    .orderBy('starts_at')
    .executeTakeFirstOrThrow();
  code = soon.code;
}, 120_000);
afterAll(() => site?.close());

const journey = (name: string, run: () => Promise<void>) => test(name, { timeout: 180_000 }, run);
const paths = () => [
  '/',
  '/programma',
  '/programma?weergave=maand',
  '/programma?weergave=dag',
  '/programma?q=zzz-niets',
  `/programma/${code}`,
  '/edities',
  '/edities/innovember-2020',
  '/edities/innovember-2020/programma',
  '/inloggen',
  '/mijn-programma',
  '/wachtlijst',
  '/loting',
  '/toegankelijkheid',
  '/privacy',
  '/bestaat-niet',
];

/** Every page is opened; nothing on it is inaccessible, nothing is refused by its policy, nobody else is asked for anything. */
async function readsEverything(options: BrowserContextOptions, prefix: string): Promise<void> {
  const page = await site.visitor({ ...options, bypassCSP: false });
  const faults: string[] = [];
  page.on(
    'console',
    (message) => void (message.type() === 'error' && !message.text().includes('404') && faults.push(`${page.url()}: ${message.text()}`)),
  );
  page.on('request', (request) => void (new URL(request.url()).origin === site.url || faults.push(`${page.url()} asked ${request.url()}`)));
  for (const path of paths()) await page.goto(prefix + path, { waitUntil: 'load' });
  expect(faults).toEqual([]);
  const looked = await site.visitor(options);
  for (const path of paths()) {
    await looked.goto(prefix + path);
    await isAccessible(looked);
    expect(await looked.getByRole('heading', { level: 1 }).count(), `${path} has one h1`).toBe(1);
    expect(await looked.locator('html').getAttribute('lang')).toBe(prefix === '/en' ? 'en' : 'nl');
  }
  await Promise.all([page, looked].map((one) => one.context().close()));
}

journey('every page in Dutch, wide and light', () => readsEverything({}, ''));
journey('every page in Dutch, on a small telephone in the dark', () =>
  readsEverything({ viewport: { width: 320, height: 640 }, colorScheme: 'dark' }, ''),
);
journey('every page in English, wide and dark', () => readsEverything({ colorScheme: 'dark' }, '/en'));
journey('every page in English, on a small telephone, in forced colours', () =>
  readsEverything({ viewport: { width: 320, height: 640 }, forcedColors: 'active' }, '/en'),
);

journey('the programme answers a sentence of choices, without script', async () => {
  const page = await site.visitor({ javaScriptEnabled: false });
  await page.goto('/programma');
  const found = async () => Number(/\d+/.exec(await page.getByRole('status').innerText())?.[0]);
  const all = await found();
  await page.getByLabel('Thema', { exact: true }).selectOption('Inkoop en start-ups');
  await page.getByLabel('Hoe je meedoet').selectOption('online');
  await press(page, 'Laat zien');
  expect(page.url()).toContain('thema=inkoop-en-start-ups');
  expect(await page.getByLabel('Thema', { exact: true }).inputValue()).toBe('inkoop-en-start-ups');
  const some = await found();
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(all);
});

journey('a session is chosen by somebody whom nobody knows yet, who signs in and finds it', async () => {
  const page = await site.visitor();
  await page.goto(`/programma/${code}`);
  const title = await page.getByRole('heading', { level: 1 }).innerText();
  await press(page, /^Zet in mijn programma/);
  await page.waitForURL('**/inloggen**');
  await signIn(page);
  await page.goto('/mijn-programma');
  expect(await page.getByRole('heading', { name: title }).count()).toBeGreaterThan(0);
});

async function signIn(page: Page): Promise<void> {
  const email = newAddress();
  await page.getByLabel('Je mailadres').fill(email);
  await press(page, 'Stuur mij een code');
  await page.getByLabel('Code uit de mail').fill(await site.codeFor(email));
  await press(page, 'Log in');
  await page.waitForURL((url) => !url.pathname.startsWith('/inloggen'));
}
