// Somebody else's programme becomes an edition, and the guide makes a programme of one's own from it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAccessible, newAddress, openSite, type Site } from './browser.ts';
import { confirm, press, titles, toOverview } from './guide.ts';

const data = process.env['DATA'];
let site: Site;
let folder: string;
beforeAll(async () => {
  site = await openSite();
  folder = await mkdtemp(join(tmpdir(), 'innovember-programme-'));
}, 120_000);
afterAll(async () => {
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

const nextMonth = (): string => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

/** From the file to the own programme, in an edition of its own. */
async function journey(file: string, edition: string, question: string, expected: RegExp): Promise<void> {
  await site.tool('import', file, '--edition', edition, '--starts', nextMonth());
  const page = await site.visitor();
  await page.goto(`/edities/${edition}/aanmelden`);
  await page.getByLabel('Vertel het in je eigen woorden').fill(question);
  await press(page, 'Verder');
  await page.waitForURL(`**/edities/${edition}/aanmelden/2-themas`);
  await isAccessible(page);
  await press(page, 'Verder');
  await page.waitForURL('**/3-wanneer');
  await isAccessible(page);
  await press(page, 'Maak mijn voorstel');
  await page.waitForURL('**/4-voorstel');
  await isAccessible(page);
  const proposed = await titles(page);
  expect(proposed).toHaveLength(3);
  expect(proposed.join('\n')).toMatch(expected);
  await toOverview(page, site, newAddress());
  await confirm(page);
  await isAccessible(page);
  for (const title of proposed) expect(await page.getByRole('heading', { name: title }).count()).toBeGreaterThan(0);
  await page.goto('/mijn-programma');
  for (const title of proposed) expect(await page.getByRole('heading', { name: title }).count(), 'not in another edition').toBe(0);
}

const event = (nth: number, day: number, title: string, track: string): string =>
  `<event id="${nth}" guid="00000000-0000-4000-8000-00000000000${nth.toString(16)}"><date>2020-03-0${day}T1${nth % 6}:00:00+01:00</date><start>1${nth % 6}:00</start><duration>00:45</duration>
   <room>Hall</room><title>${title}</title><abstract>${title}, for everybody who works with it.</abstract><track>${track}</track><type>lecture</type><language>en</language><persons/></event>`;
const ours = `<?xml version="1.0"?><schedule><version>1</version><conference><acronym>proef</acronym><title>Proef</title><time_zone_name>Europe/Amsterdam</time_zone_name></conference>
<day index="1" date="2020-03-01"><room name="Hall">${['Locks and keys', 'Encryption for beginners', 'Radio waves', 'Gardens on roofs'].map((title, at) => event(at + 1, 1, title, at < 2 ? 'Security' : 'Nature')).join('')}</room></day>
<day index="2" date="2020-03-02"><room name="Hall">${['Broken encryption', 'Bees in town', 'Old maps', 'Free software'].map((title, at) => event(at + 7, 2, title, at === 0 ? 'Security' : 'Society')).join('')}</room></day></schedule>`;

test('a programme in somebody else’s file becomes my own', { timeout: 180_000 }, async () => {
  const file = join(folder, 'schedule.xml');
  await writeFile(file, ours);
  await journey(file, 'proef', 'I want to understand encryption', /encryption/i);
});

test.skipIf(data === undefined)('a real congress of 138 sessions becomes my own (skipped without DATA)', { timeout: 180_000 }, async () => {
  await journey(join(data ?? '', 'programmes/31c3-schedule.xml'), '31c3', 'how do I keep my mail and phone safe from surveillance', /./);
});
