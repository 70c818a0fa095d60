// A host puts files with a session; visitors see exactly what they may.
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAccessible, newAddress, openSite, type Site } from './browser.ts';

let site: Site;
let host: Page;
let code: string;
beforeAll(async () => {
  site = await openSite();
  const { rows } = await sql<{ code: string }>`
    select code from sessions where visibility = 'public' and state = 'published' and starts_at > now() order by code limit 1`.execute(site.db);
  code = rows[0]!.code;
  host = await site.visitor();
  await site.signInStrongly(host, newAddress(), `host:${code}`);
}, 120_000);
afterAll(() => site?.close());

const photograph = () =>
  sharp({ create: { width: 1200, height: 800, channels: 3, background: '#0a6' } })
    .withExif({ IFD0: { Artist: 'iemand' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 4/1 48/1' } })
    .jpeg()
    .toBuffer();

test('a host adds a photograph and a document, forgets to say what it shows, and takes one away and back', { timeout: 120_000 }, async () => {
  await host.goto(`/organisatie/sessies/${code}/materiaal`);
  await isAccessible(host);
  await host.getByText('Er is nog geen materiaal').waitFor();
  await host.getByRole('button', { name: 'Zet bij de sessie' }).click();
  await host.getByRole('link', { name: 'Kies een bestand.' }).waitFor();
  await isAccessible(host);

  await host.getByLabel('Bestand').setInputFiles({ name: 'Zaal 4.jpg', mimeType: 'image/jpeg', buffer: await photograph() });
  await host.getByLabel('Titel').fill('Zaal 4');
  await host.getByRole('button', { name: 'Zet bij de sessie' }).click();
  await host.getByRole('link', { name: 'Schrijf wat er te zien is' }).waitFor();
  expect(await host.getByLabel('Titel').inputValue()).toBe('Zaal 4');
  await host.getByLabel('Bestand').setInputFiles({ name: 'Zaal 4.jpg', mimeType: 'image/jpeg', buffer: await photograph() });
  await host.getByLabel('Wat is er op de foto').fill('Een groene zaal');
  await host.getByRole('button', { name: 'Zet bij de sessie' }).click();
  await host.getByText('Het staat bij de sessie.').waitFor();

  await host
    .getByLabel('Bestand')
    .setInputFiles({ name: 'één verslag.pdf', mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7 ${'a'.repeat(600_000)}`) });
  await host.getByLabel('Titel').fill('Verslag');
  await host.getByRole('button', { name: 'Zet bij de sessie' }).click();
  await host.getByRole('link', { name: 'Verslag (PDF, 600 kB)' }).waitFor();
  await isAccessible(host);

  await host.getByRole('button', { name: 'Haal weg: Verslag' }).click();
  await host.getByText('‘Verslag’ is weggehaald.').waitFor();
  expect(await host.getByRole('link', { name: 'Verslag (PDF' }).count()).toBe(0);
  await host.getByRole('button', { name: 'Zet terug' }).click();
  await host.getByText('Het staat er weer.').waitFor();
  await host.goto(`/organisatie/sessies/${code}/logboek`);
  expect(await host.getByText('Materiaal toegevoegd').count()).toBe(2);
});

test('a visitor sees the picture and takes the document along; neither runs anything or tells where it was made', { timeout: 60_000 }, async () => {
  const page = await site.visitor({ viewport: { width: 320, height: 800 }, colorScheme: 'dark' });
  await page.goto(`/programma/${code}`);
  await isAccessible(page);
  const picture = page.getByRole('img', { name: 'Een groene zaal' });
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth)).toBe(1200);
  const shown = await fetch(new URL((await picture.getAttribute('src')) ?? '', site.url));
  expect({
    status: shown.status,
    type: shown.headers.get('content-type'),
    nosniff: shown.headers.get('x-content-type-options'),
    kept: shown.headers.get('cache-control'),
    disposition: shown.headers.get('content-disposition'),
    policy: shown.headers.get('content-security-policy'),
  }).toEqual({
    status: 200,
    type: 'image/webp',
    nosniff: 'nosniff',
    kept: 'private, no-cache',
    disposition: `inline; filename="Zaal 4.webp"; filename*=UTF-8''Zaal%204.webp`,
    policy: "default-src 'none'; frame-ancestors 'none'; sandbox",
  });
  expect(Buffer.from(await shown.arrayBuffer()).includes('iemand')).toBe(false);
  const file = await fetch(new URL((await page.getByRole('link', { name: 'Verslag (PDF' }).getAttribute('href')) ?? '', site.url));
  expect([file.status, file.headers.get('content-disposition')]).toEqual([
    200,
    `attachment; filename="een verslag.pdf"; filename*=UTF-8''%C3%A9%C3%A9n%20verslag.pdf`,
  ]);
  expect((await file.arrayBuffer()).byteLength).toBe(600_009);

  await sql`update sessions set visibility = 'internal' where code = ${code}`.execute(site.db);
  expect((await fetch(shown.url)).status).toBe(404);
  expect((await fetch(file.url)).status).toBe(404);
});

test('too large a file is refused, and only where files come in may a form be larger than the rest', { timeout: 60_000 }, async () => {
  const send = async (path: string, size: number) => {
    const form = new FormData();
    form.set('title', 'Groot');
    form.set('file', new File([`%PDF-${'a'.repeat(size)}`], 'groot.pdf'));
    const cookies = (await host.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    return (
      await fetch(site.url + path, {
        method: 'POST',
        body: form,
        redirect: 'manual',
        headers: { cookie: cookies, origin: site.url, accept: 'text/html' },
      })
    ).status;
  };
  expect(await send(`/organisatie/sessies/${code}/materiaal?/erbij`, 20_000_001)).toBe(409);
  expect(await send(`/organisatie/sessies/${code}/materiaal?/erbij`, 25_000_000)).toBe(413);
  expect(await send(`/organisatie/sessies/${code}/materiaal?/weg`, 400_000)).toBe(413);
  expect(await send('/inloggen?/ask', 400_000)).toBe(413);
});

test('without a sign-in, and for who runs another session, there is nothing to add to', { timeout: 60_000 }, async () => {
  const post = async (cookie: string) => {
    const form = new FormData();
    form.set('file', new File(['%PDF-'], 'a.pdf'));
    return fetch(`${site.url}/organisatie/sessies/${code}/materiaal?/erbij`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
      headers: { cookie, accept: 'text/html' },
    });
  };
  const unknown = await post('');
  expect([unknown.status, unknown.headers.get('location')?.startsWith('/inloggen?')]).toEqual([303, true]);
});
