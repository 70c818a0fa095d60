// Every page as every access class sees it: no fault of accessibility, mark-up or policy, and no word to another host.
// `npm run audit` also looks at each in both languages, narrow and wide, light, dark and in forced colours.
import type { Page, Response } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSite, type Site } from '../browser.ts';
import { accessibility, focus, markup, policy, sideways, targets } from './checks.ts';
import { classes, everything, fill, routes, type Class, type House } from './house.ts';

interface Way {
  readonly language: 'nl' | 'en';
  readonly width: 320 | 1280;
  readonly colours: 'light' | 'dark' | 'forced';
}
/** Every pair of language, width and colours is in one of these. */
const ways: readonly Way[] = [
  { language: 'nl', width: 1280, colours: 'light' },
  { language: 'en', width: 320, colours: 'light' },
  { language: 'nl', width: 320, colours: 'dark' },
  { language: 'en', width: 1280, colours: 'dark' },
  { language: 'nl', width: 320, colours: 'forced' },
  { language: 'en', width: 1280, colours: 'forced' },
];
/** Between them they see everything that a page can hold. */
const seesMost: readonly Class[] = ['visitor', 'admin'];
const isWhole = process.env['AUDIT'] === 'whole';

let site: Site;
let house: House;
const elsewhere: string[] = [];
const counted = { pages: 0, targets: 0, stops: 0 };

beforeAll(async () => {
  site = await openSite();
  house = await fill(site);
}, 180_000);
afterAll(async () => {
  await site?.close();
  console.log(`audit: ${counted.pages} pages looked at, ${counted.targets} targets measured, ${counted.stops} places where the focus comes`);
});

test('every page is in the list', () => {
  expect(routes.filter((route) => house.addressOf(route) === null)).toEqual([]);
});

for (const who of classes)
  test(`every page is good for: ${who}`, { timeout: 1_800_000 }, async () => {
    const page = await pageOf(who);
    const faults: string[] = [];
    for (const [nth, route] of [...routes, '/niet-hier'].entries()) {
      const turns = isWhole && seesMost.includes(who) ? ways : [ways[(nth + classes.indexOf(who)) % ways.length]!];
      for (const way of turns) faults.push(...(await look(page, house.addressOf(route) ?? route, way)));
    }
    await page.context().close();
    expect(faults).toEqual([]);
  });

test('reading changes nothing', { timeout: 120_000 }, async () => {
  const page = await pageOf('admin');
  const before = await everything(site);
  for (const route of routes) await page.request.get(house.addressOf(route) ?? route);
  expect(await everything(site)).toEqual(before);
  await page.context().close();
});

test('nothing was asked of another host', () => {
  expect(elsewhere).toEqual([]);
});

test('each check finds what it is for', async () => {
  const page = await pageOf('visitor');
  await page.setContent(
    '<html><body><a href="#" style="outline:0;position:absolute;width:9px;height:9px">x</a><a href="#" style="position:absolute;left:8px;width:9px;height:9px">y</a><img src="https://elsewhere.example/x.png"><div style="width:3000px">wide</div></body></html>',
  );
  const found = [...(await accessibility(page)), ...(await sideways(page)), ...(await focus(page)).faults, ...(await targets(page)).faults];
  for (const kind of ['axe image-alt', 'axe html-has-lang', 'scrolls', 'focus: a "x"', 'target: a "x" is 9 x 9'])
    expect(found.filter((fault) => fault.startsWith(kind)).length, kind).toBeGreaterThan(0);
  expect((await markup('<p><div></p><img src=x>')).length).toBeGreaterThan(0);
  expect(policy("script-src 'unsafe-inline' https:").length).toBeGreaterThan(1);
  await expect.poll(() => elsewhere).toEqual(['https://elsewhere.example/x.png']);
  await page.context().close();
});

async function pageOf(who: Class): Promise<Page> {
  const page = await site.visitor();
  await house.enterAs(page.context(), who);
  await page.context().route(
    (url) => url.origin !== site.url && url.protocol.startsWith('http'),
    (route) => {
      elsewhere.push(route.request().url());
      return route.abort();
    },
  );
  return page;
}

async function look(page: Page, path: string, way: Way): Promise<string[]> {
  const { language, width, colours } = way;
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme: colours === 'dark' ? 'dark' : 'light', forcedColors: colours === 'forced' ? 'active' : 'none' });
  const answer = await page.goto(language === 'en' ? `/en${path === '/' ? '' : path}` : path);
  if (answer === null || !isPage(answer)) return [];
  counted.pages++;
  const [aim, stops] = [await targets(page), await focus(page)];
  counted.targets += aim.count;
  counted.stops += stops.stops;
  const faults = [
    ...(answer.status() >= 500 ? [`status ${answer.status()}`] : []),
    ...(await markup(await answer.text())),
    ...policy((await answer.allHeaders())['content-security-policy']),
    ...(await accessibility(page)),
    ...(await sideways(page)),
    ...aim.faults,
    ...stops.faults,
  ];
  return faults.map((fault) => `${new URL(page.url()).pathname} ${language} ${width} ${colours}: ${fault}`);
}

const isPage = (answer: Response): boolean => (answer.headers()['content-type'] ?? '').startsWith('text/html');
