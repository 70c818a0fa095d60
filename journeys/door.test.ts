// At the door: participants with a pass, hosts with a phone, and a connection that comes and goes.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import decodeQR from 'qr/decode.js';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { qrOf } from '#ui/qr.ts';
import { isAccessible, newAddress, openSite, type Site } from './browser.ts';

let site: Site;
let folder: string;
beforeAll(async () => {
  site = await openSite();
  folder = await mkdtemp(join(tmpdir(), 'innovember-door-'));
}, 120_000);
afterAll(async () => {
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

const journey = (name: string, run: () => Promise<void>) => test(name, { timeout: 120_000 }, run);
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const;

// The people and the place

let rooms = 0;
/** A session of its own in a room with so many places, that begins in ten minutes; the rest is as that of another one. */
async function roomFor(places: number, changed: Readonly<Record<string, unknown>> = {}): Promise<{ code: string; title: string }> {
  const start = new Date(Date.now() + 600_000);
  const code = `DEUR${String(++rooms).padStart(2, '0')}`;
  const own = {
    code,
    guid: null,
    source: null,
    source_id: null,
    title: { nl: `Sneller inkopen met code ${code}` },
    starts_at: start,
    ends_at: new Date(start.getTime() + 3_600_000),
    location: 'Zaal 4',
    ...changed,
  };
  await sql`with made as (
      insert into sessions select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid()) || ${JSON.stringify(own)}::jsonb)).*
      from sessions s where s.visibility = 'public' and s.state = 'published' and s.starts_at > now() order by s.starts_at desc, s.id limit 1
      returning id)
    insert into places (session_id, attendance, capacity)
      select id, attendance, capacity from made, (values ('onSite', ${places}::integer), ('online', 0)) as p (attendance, capacity)`.execute(site.db);
  return { code, title: own.title.nl };
}

async function participant(code: string): Promise<{ email: string; pass: string }> {
  const email = newAddress();
  const [token] = (await site.tool('token', email)).trim().split('\n');
  const chosen = await fetch(`${site.url}/api/v1/me/programme/${code}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ attendance: 'onSite' }),
  });
  expect(chosen.status).toBe(201);
  return { email, pass: await passOf(email, code) };
}

const passOf = async (email: string, code: string): Promise<string> =>
  (
    await site.db
      .selectFrom('seats')
      .innerJoin('people', 'people.id', 'seats.person_id')
      .innerJoin('sessions', 'sessions.id', 'seats.session_id')
      .select('pass')
      .where('email', '=', email)
      .where('code', '=', code)
      .executeTakeFirstOrThrow()
  ).pass;

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/inloggen');
  await page.getByLabel('Je mailadres').fill(email);
  await page.getByRole('button', { name: 'Stuur mij een code' }).click();
  await page.getByLabel('Code uit de mail').fill(await site.codeFor(email));
  await page.getByRole('main').getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL('**/mijn-programma');
}

async function host(code: string, options?: Parameters<Site['visitor']>[0], film?: string): Promise<Page> {
  const email = newAddress();
  const page = film === undefined ? await site.visitor({ ...phone, ...options }) : await site.visitorWithCamera(film, { ...phone, ...options });
  await site.signInStrongly(page, email, `host:${code}`);
  await page.goto(`/organisatie/sessies/${code}/deur`);
  await page.getByRole('heading', { level: 1, name: 'Aan de deur' }).waitFor();
  return page;
}

const online = (page: Page) => page.getByText('Verbonden', { exact: true }).waitFor();
/** What the database knows of a session: who is in, and how often somebody came in. */
async function inside(code: string) {
  const came = await site.db
    .selectFrom('seats')
    .innerJoin('people', 'people.id', 'seats.person_id')
    .innerJoin('sessions', 'sessions.id', 'seats.session_id')
    .select('email')
    .where('code', '=', code)
    .where('checked_in_at', 'is not', null)
    .orderBy('email')
    .execute();
  const lines = await site.db
    .selectFrom('journal')
    .innerJoin('sessions', 'sessions.id', 'journal.session_id')
    .select('what')
    .where('code', '=', code)
    .where('what', '=', 'seat-checked-in')
    .execute();
  return { came: came.map(({ email }) => email), lines: lines.length };
}

/** Waits until the page says that it opens without a connection. */
const isKept = (page: Page) => page.getByText('Deze pagina werkt nu ook zonder verbinding.').waitFor();

// The participant

journey('the pass stands in my programme, reads as a QR code and as signs, and somebody says how they are called', async () => {
  const { code, title } = await roomFor(5);
  const { email, pass } = await participant(code);
  const page = await site.visitor({ ...phone, javaScriptEnabled: false });
  await signIn(page, email);
  await page.getByRole('link', { name: `Toon je pas: ${title}` }).click();
  await page.waitForURL(`**/mijn-programma/pas/${code}`);
  await page.getByRole('img', { name: `QR-code van je pas voor ${title}` }).waitFor();
  await page.getByLabel('Hoe heet je aan de deur?').fill('  Deelnemer\u202e met een naam ');
  await page.getByRole('button', { name: 'Bewaar mijn naam' }).click();
  await page.getByText('Aan de deur heet je Deelnemer met een naam.').waitFor();
  // What a camera would see of the screen, also for who prefers it dark.
  const dark = await site.visitor({ ...phone, colorScheme: 'dark', storageState: await page.context().storageState() });
  await dark.goto(`/mijn-programma/pas/${code}`);
  await isAccessible(dark);
  const picture = await dark.getByRole('img', { name: 'QR-code' }).screenshot();
  expect(await readPicture(dark, picture)).toBe(`${site.url}/organisatie/sessies/${code}/deur#${pass}`);
});

/** The text in a picture of a QR code, by way of a canvas. */
async function readPicture(page: Page, picture: Buffer): Promise<string> {
  const { width, height, data } = await page.evaluate(async (base64) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (sign) => sign.codePointAt(0)!)], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const drawing = canvas.getContext('2d')!;
    drawing.drawImage(image, 0, 0);
    const { width, height, data } = drawing.getImageData(0, 0, image.width, image.height);
    return { width, height, data: [...data] };
  }, picture.toString('base64'));
  return decodeQR({ width, height, data: Uint8ClampedArray.from(data) });
}

journey('who has no place in the room has no pass, and nobody else does', async () => {
  const { code } = await roomFor(5);
  const other = await participant((await roomFor(5)).code);
  const page = await site.visitor();
  await page.goto(`/mijn-programma/pas/${code}`);
  expect(page.url()).toContain('/inloggen?naar=');
  await signIn(page, other.email);
  expect((await page.goto(`/mijn-programma/pas/${code}`))!.status()).toBe(404);
  expect((await page.goto(`/organisatie/sessies/${code}/deur`))!.status()).toBe(404);
});

// The host

journey('by name: in, undone and in again, found by some letters; also without script', async () => {
  const { code } = await roomFor(5);
  const first = await participant(code);
  const second = await participant(code);
  for (const javaScriptEnabled of [true, false]) {
    const page = await host(code, { javaScriptEnabled });
    if (javaScriptEnabled) await online(page);
    await page.getByRole('button', { name: `Check in: ${first.email}` }).click();
    await page.getByText(`${first.email} is binnen.`).waitFor();
    await page.getByRole('button', { name: `Maak ongedaan: ${first.email}` }).click();
    await page.getByText(`Ongedaan gemaakt: ${first.email}.`).waitFor();
    await page.getByLabel('Zoek op naam of organisatie').fill(second.email.slice(0, -8));
    if (!javaScriptEnabled) await page.getByRole('button', { name: 'Zoek', exact: true }).click();
    await page.getByText('1 naam').waitFor();
    if (javaScriptEnabled) await isAccessible(page);
  }
  expect(await inside(code)).toEqual({ came: [], lines: 2 });
});

journey('by the signs of the pass; a wrong one is said to be wrong', async () => {
  const { code } = await roomFor(5);
  const { email } = await participant(code);
  const own = await site.visitor(phone);
  await signIn(own, email);
  await own.goto(`/mijn-programma/pas/${code}`);
  const signs = await own.locator('.spoken').innerText();
  const page = await host(code);
  await online(page);
  const field = page.getByLabel('Tekens van de pas');
  await field.fill('0000 0000');
  await field.press('Enter');
  await page.getByText('Deze tekens staan niet op de lijst.').waitFor();
  await field.fill(signs.toLowerCase().replace(' ', ''));
  await field.press('Enter');
  await page.getByText(`${email} is binnen.`).waitFor();
  await expect.poll(() => inside(code), { timeout: 30_000 }).toEqual({ came: [email], lines: 1 });
});

journey('a pass that another camera read opens the page with the pass: one press checks in, opening alone does not', async () => {
  const { code } = await roomFor(5);
  const { email, pass } = await participant(code);
  const page = await host(code);
  await page.goto('/');
  await page.goto(`/organisatie/sessies/${code}/deur#${pass}`);
  await page.getByRole('heading', { name: `Check ${email} in?` }).waitFor();
  await isAccessible(page);
  expect({ address: page.url(), inside: await inside(code) }).toEqual({
    address: `${site.url}/organisatie/sessies/${code}/deur`,
    inside: { came: [], lines: 0 },
  });
  await page
    .getByRole('region', { name: `Check ${email} in?` })
    .getByRole('button', { name: 'Check in' })
    .click();
  await expect.poll(() => inside(code), { timeout: 30_000 }).toEqual({ came: [email], lines: 1 });
});

journey('without a connection the page opens, checks in, survives a reload, and tells everything once when it is back', async () => {
  const { code } = await roomFor(5);
  const people = [await participant(code), await participant(code), await participant(code)];
  // With the policy of the site in force, as a reader has it.
  const page = await host(code, { bypassCSP: false });
  await online(page);
  await isKept(page);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: `Check in: ${people[0]!.email}` }).click();
  await page.getByText('Geen verbinding: 1 check-in wacht', { exact: true }).waitFor();
  await page.reload();
  await page.getByText('Geen verbinding: 1 check-in wacht', { exact: true }).waitFor();
  await page.getByText(/^Binnen om .*, nog niet verstuurd$/).waitFor();
  // The same pass again, and another one by its address.
  const field = page.getByLabel('Tekens van de pas');
  for (const { pass } of [people[0]!, people[1]!, people[1]!]) {
    await field.fill(`${site.url}/organisatie/sessies/${code}/deur#${pass}`);
    await field.press('Enter');
  }
  await page.getByText('Geen verbinding: 2 check-ins wachten', { exact: true }).waitFor();
  await page.getByText(/was al binnen/).waitFor();
  expect(await inside(code)).toEqual({ came: [], lines: 0 });
  await page.context().setOffline(false);
  await online(page);
  await expect.poll(() => inside(code), { timeout: 30_000 }).toEqual({ came: [people[0]!.email, people[1]!.email], lines: 2 });
  await page.reload();
  await online(page);
  expect(await page.getByRole('button', { name: /^Maak ongedaan/ }).count()).toBe(2);
});

journey('two phones let the same person in while neither has a connection: in once, from the first moment', async () => {
  const { code } = await roomFor(5);
  const { email } = await participant(code);
  const [one, two] = [await host(code), await host(code)];
  for (const page of [one, two]) {
    await online(page);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: `Check in: ${email}` }).click();
    await page.getByText('Geen verbinding: 1 check-in wacht', { exact: true }).waitFor();
  }
  await Promise.all([one, two].map((page) => page.context().setOffline(false)));
  await Promise.all([one, two].map(online));
  await expect.poll(() => inside(code), { timeout: 30_000 }).toEqual({ came: [email], lines: 1 });
});

journey('an answer that is lost on its way is asked again, and nobody is in twice', async () => {
  const { code } = await roomFor(5);
  const { email } = await participant(code);
  const page = await host(code);
  await online(page);
  let lost = 0;
  await page.route('**/deur/stand', async (route) => {
    await route.fetch();
    lost += 1;
    await route.abort('connectionreset');
  });
  await page.getByRole('button', { name: `Check in: ${email}` }).click();
  await page.getByText('Geen verbinding: 1 check-in wacht', { exact: true }).waitFor();
  await expect.poll(() => lost, { timeout: 10_000 }).toBeGreaterThan(1);
  await page.unroute('**/deur/stand');
  await online(page);
  expect(await inside(code)).toEqual({ came: [email], lines: 1 });
});

journey('who waits gets a free place at the door; when there is none, and when somebody lost theirs, that is said with name and reason', async () => {
  const { code } = await roomFor(2);
  const [here, gone, waits] = [await participant(code), await participant(code), await participant(code)];
  const page = await host(code);
  await online(page);
  await page.getByText('Wachtlijst, plek 1').waitFor();
  await page.getByText('Geen plaats vrij').waitFor();
  await page.getByRole('button', { name: `Check in: ${here.email}` }).click();
  const field = page.getByLabel('Tekens van de pas');
  await field.fill(waits.pass);
  await field.press('Enter');
  await page.getByRole('region', { name: 'Dit lukte niet' }).getByText(`${waits.email}: Er is geen plaats meer vrij.`).waitFor();
  await isAccessible(page);
  await page.getByRole('button', { name: 'Gelezen' }).click();
  // The session begins: the place of who is not there goes to who waits.
  await site.db
    .updateTable('sessions')
    .set({ starts_at: new Date(Date.now() - 60_000) })
    .where('code', '=', code)
    .execute();
  await page.waitForTimeout(1100);
  await page.reload();
  await online(page);
  await page.getByText('Geef plaatsen vrij van wie er niet is').click();
  await isAccessible(page);
  await page.getByRole('button', { name: 'Ja, geef 1 plaats vrij' }).click();
  await page.getByText('1 plaats is vrijgegeven.').waitFor();
  await online(page);
  const late = page.getByLabel('Tekens van de pas');
  await late.fill(waits.pass);
  await late.press('Enter');
  await expect.poll(async () => (await inside(code)).came, { timeout: 30_000 }).toEqual([here.email, waits.email].toSorted());
  await late.fill(gone.pass);
  await late.press('Enter');
  await page.getByRole('region', { name: 'Dit lukte niet' }).getByText('Deze pas hoort niet bij deze sessie.').waitFor();
});

journey('a host who signs out leaves no name on the phone', async () => {
  const { code } = await roomFor(5);
  const { email } = await participant(code);
  const page = await host(code);
  await online(page);
  await isKept(page);
  await page.getByRole('button', { name: 'Uitloggen' }).click();
  await page.getByRole('heading', { name: 'Je bent uitgelogd' }).waitFor();
  const left = () =>
    page.evaluate(async () => {
      const db = await new Promise<IDBDatabase>((done) => {
        const asked = indexedDB.open('innovember-door');
        asked.onsuccess = () => done(asked.result);
      });
      const names = await new Promise<unknown[]>((done) => {
        const asked = db.transaction('boards').objectStore('boards').getAll();
        asked.onsuccess = () => done(asked.result);
      });
      db.close();
      return { names, workers: (await navigator.serviceWorker.getRegistrations()).length, caches: await caches.keys() };
    });
  await expect.poll(left, { timeout: 30_000 }).toEqual({ names: [], workers: 0, caches: [] });
  expect((await page.content()).includes(email)).toBe(false);
});

journey('a camera that sees two passes, over and over, lets two people in once', async () => {
  const { code } = await roomFor(5);
  const people = [await participant(code), await participant(code)];
  const film = join(folder, 'passes.y4m');
  await writeFile(film, filmOf(people.map(({ pass }) => `${site.url}/organisatie/sessies/${code}/deur#${pass}`)));
  const page = await host(code, { bypassCSP: false }, film);
  await online(page);
  await page.getByRole('button', { name: 'Scan passen' }).click();
  await expect.poll(() => inside(code), { timeout: 30_000 }).toEqual({ came: people.map(({ email }) => email).toSorted(), lines: 2 });
  await page.getByText(/was al binnen/).waitFor();
  await page.getByRole('button', { name: 'Stop met scannen' }).click();
  expect(await page.locator('video').count()).toBe(0);
  expect(await inside(code)).toMatchObject({ lines: 2 });
});

/** A film of QR codes, two seconds each at ten pictures a second, as a camera in a hall would see them: grey, and not filling the picture. */
function filmOf(texts: readonly string[]): Buffer {
  const [width, height] = [640, 480];
  const colour = Buffer.alloc((width * height) / 2, 128);
  const frame = (text: string): Buffer => {
    const { size, path } = qrOf(text);
    const scale = Math.floor(360 / size);
    const light = Buffer.alloc(width * height, 120);
    const [left, top] = [140, 60];
    const paint = (x: number, y: number, length: number, shade: number) => {
      for (let dy = 0; dy < scale; dy++) {
        const at = (top + y * scale + dy) * width + left + x * scale;
        light.fill(shade, at, at + length * scale);
      }
    };
    for (let y = 0; y < size; y++) paint(0, y, size, 205);
    for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) paint(Number(x), Number(y), Number(length), 45);
    return Buffer.concat([Buffer.from('FRAME\n'), light, colour]);
  };
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`),
    ...texts.flatMap((text) => Array<Buffer>(20).fill(frame(text))),
  ]);
}

journey('only the page at the door may use the camera, and only it has a service worker', async () => {
  const { code } = await roomFor(5);
  const page = await host(code);
  await isKept(page);
  const headers = async (path: string) => (await page.request.get(path)).headers();
  const door = await headers(`/organisatie/sessies/${code}/deur`);
  const elsewhere = await Promise.all(['/', '/mijn-programma', `/organisatie/sessies/${code}`].map(headers));
  expect([door, ...elsewhere].map((one) => /(?:^| )camera=(\([^)]*\))/.exec(one['permissions-policy'] ?? '')?.[1])).toEqual([
    '(self)',
    '()',
    '()',
    '()',
  ]);
  expect([door, ...elsewhere].map((one) => (one['content-security-policy'] ?? '').includes('innovember-door'))).toEqual([true, false, false, false]);
  const scopes = await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname));
  expect(scopes).toEqual([`/organisatie/sessies/${code}/deur`]);
  await page.context().setOffline(true);
  expect(await page.goto('/mijn-programma').catch((fault: Error) => fault.message)).toContain('ERR_INTERNET_DISCONNECTED');
});
