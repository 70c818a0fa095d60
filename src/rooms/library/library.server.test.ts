import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testNow, testVisit } from '#ground/testing.server.ts';
import type { Visit } from '#ground/visit.ts';
import { lines } from '#rooms/journal';
import type { Session } from '#rooms/programme/session.ts';
import { sessionWith } from '../seats/session-with.testing.server.ts';
import { add, materialsOf, opened, remove, restore, sweep } from './library.server.ts';
import { limits, type Told } from './material.ts';

// A scanner that takes offence at one word.
const place = vi.hoisted(() => {
  const folder = `${process.env['TMPDIR'] ?? '/tmp'}/innovember-library-${process.pid}`;
  Object.assign(process.env, { DATA_DIR: folder, SCAN_COMMAND: `/bin/sh ${folder}.scan` });
  return folder;
});
const files = (): string[] => readdirSync(join(place, 'files'));
const visit = testVisit();
const later = (milliseconds: number): Visit => testVisit({ now: new Date(testNow.getTime() + milliseconds) });
let session: Session;
beforeAll(async () => {
  writeFileSync(`${place}.scan`, '! grep -q a-virus "$1"\n');
  session = await sessionWith({ onSite: 10 });
});
afterAll(() => {
  rmSync(place, { recursive: true, force: true });
  rmSync(`${place}.scan`);
});

const told: Told = { title: 'De zaal', alternative: 'Een zaal met stoelen', isDecorative: false, credit: '' };
const plain = (width = 40, height = 30) => sharp({ create: { width, height, channels: 3, background: '#b04' } });
const file = (name: string, bytes: Uint8Array | string): File => new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name);
const added = async (name: string, bytes: Uint8Array | string, more: Partial<Told> = {}) => {
  const material = await add(visit, session, { ...told, ...more }, file(name, bytes));
  return 'refused' in material ? material.refused : 'problems' in material ? material.problems : material;
};
const contentOf = async (id: string): Promise<Buffer> => Buffer.from(await new Response((await opened(visit, session, id))!.body()).arrayBuffer());
const materialIn = (found: Awaited<ReturnType<typeof added>>) => {
  if (typeof found === 'string' || !('id' in found)) throw new Error(JSON.stringify(found));
  return found;
};

test('of a photograph nothing is left but what it shows: no place, no maker, no text behind its end', async () => {
  const taken = await plain()
    .withExif({ IFD0: { Copyright: 'iemand', Artist: 'iemand' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 4/1 48/1' } })
    .jpeg()
    .toBuffer();
  expect((await sharp(taken).metadata()).exif?.includes('iemand')).toBe(true);
  const material = materialIn(await added('zaal.jpg', Buffer.concat([taken, Buffer.from('<script>alert(1)</script>')])));
  expect(material).toEqual({
    id: material.id,
    kind: 'picture',
    title: 'De zaal',
    name: 'zaal.webp',
    type: 'image/webp',
    bytes: material.bytes,
    width: 40,
    height: 30,
    alternative: 'Een zaal met stoelen',
    credit: '',
  });
  const kept = await contentOf(material.id);
  expect(kept.length).toBe(material.bytes);
  expect(kept.includes('iemand') || kept.includes('script')).toBe(false);
  const { exif, xmp, icc, iptc, format } = await sharp(kept).metadata();
  expect({ exif, xmp, icc, iptc, format }).toEqual({ exif: undefined, xmp: undefined, icc: undefined, iptc: undefined, format: 'webp' });
});

test('every kind of picture is drawn anew, upright and no larger than a screen', async () => {
  const lying = await plain(3000, 1000).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  expect(materialIn(await added('a.jpg', lying))).toMatchObject({ width: 667, height: 2000 });
  expect(materialIn(await added('a.png', await plain().png().toBuffer()))).toMatchObject({ type: 'image/webp', width: 40 });
  expect(materialIn(await added('a.webp', await plain().webp().toBuffer()))).toMatchObject({ type: 'image/webp' });
  expect(materialIn(await added('a.gif', await plain().gif().toBuffer()))).toMatchObject({ type: 'image/webp' });
  expect(materialIn(await added('a.avif', await plain().avif({ effort: 0 }).toBuffer(), { isDecorative: true, alternative: '' }))).toMatchObject({
    type: 'image/webp',
    alternative: null,
  });
});

test('a small file that would become a very large picture is refused by its head', async () => {
  const flood = await plain(1, 1).png().toBuffer();
  flood.writeUInt32BE(60_000, 16);
  flood.writeUInt32BE(60_000, 20);
  // A sum that is right, so that only the size can be the reason.
  flood.writeUInt32BE(crc32(flood.subarray(12, 29)), 29);
  expect(await added('flood.png', flood)).toBe('picture-too-large');
  expect(await added('cut.png', (await plain(400, 400).png().toBuffer()).subarray(0, 80))).toBe('picture-broken');
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
  expect(await added('a.svg', drawing)).toBe('file-unknown-kind');
  expect(await added('a.png', drawing)).toBe('file-not-what-it-says');
});

test('a document is kept as it is, under another name; what the scanner refuses is not', async () => {
  const material = materialIn(await added('Verslag.pdf', '%PDF-1.7 tekst'));
  expect(material).toMatchObject({ kind: 'document', name: 'Verslag.pdf', alternative: null, width: null });
  expect(String(await contentOf(material.id))).toBe('%PDF-1.7 tekst');
  expect(files().every((name) => /^[\w-]{43}$/.test(name))).toBe(true);
  const before = files().length;
  expect(await added('a.pdf', '%PDF-1.7 a-virus')).toBe('file-not-clean');
  expect(await added('a.pdf', Buffer.alloc(limits.bytes + 1))).toBe('file-too-large');
  expect(await add(visit, session, { ...told, title: '' }, null)).toEqual({ problems: { file: 'file-missing', title: 'material-title-missing' } });
  expect(files().length).toBe(before);
});

test('what is removed is gone for everybody at once, can be put back for a day, and then its file goes too', async () => {
  const material = materialIn(await added('weg.txt', 'tekst'));
  expect(await remove(visit, session, material.id)).toBe(undefined);
  expect(await opened(visit, session, material.id)).toBe(null);
  await sweep(later(3600_000));
  expect(await restore(visit, session, material.id)).toBe(undefined);
  expect(String(await contentOf(material.id))).toBe('tekst');
  expect(await remove(visit, session, material.id)).toBe(undefined);
  expect(await remove(visit, session, material.id)).toBe(undefined);
  const before = files().length;
  await sweep(later(25 * 3600_000));
  expect(files().length).toBe(before - 1);
  expect(await restore(visit, session, material.id)).toEqual({ refused: 'material-unknown' });
  expect(await remove(visit, session, 'nothing')).toEqual({ refused: 'material-unknown' });
  const told = (await lines(visit, { session: session.id })).filter(({ details }) => details['material'] === material.id);
  expect(told.map(({ what }) => what)).toEqual(['material-added', 'material-removed', 'material-restored', 'material-removed']);
});

test('a file of one session does not open beside another', async () => {
  const [one] = await materialsOf(visit, session);
  expect(await opened(visit, await sessionWith({ onSite: 1 }), one!.id)).toBe(null);
});

test('a file without a line is swept after an hour; one that a material has never is', async () => {
  const orphan = join(place, 'files', 'x'.repeat(43));
  const half = join(place, 'files', `${'y'.repeat(43)}.coming`);
  for (const path of [orphan, half]) writeFileSync(path, 'left behind');
  const before = files().length;
  const hourAgo = new Date(testNow.getTime() - 3_700_000);
  for (const name of files().filter((name) => !/^[xy]{43}/.test(name))) utimesSync(join(place, 'files', name), hourAgo, hourAgo);
  await sweep(visit);
  expect(files().length).toBe(before);
  for (const path of [orphan, half]) utimesSync(path, hourAgo, hourAgo);
  await sweep(visit);
  expect(files().length).toBe(before - 2);
  for (const { id, bytes } of await materialsOf(visit, session)) expect((await contentOf(id)).length).toBe(bytes);
});

test('twenty a session, however many come at once', async () => {
  const there = (await materialsOf(visit, session)).length;
  const asked = await Promise.all(Array.from({ length: 22 - there }, (_, nth) => added(`${nth}.txt`, `tekst ${nth}`)));
  expect(asked.filter((answer) => answer === 'too-many-materials').length).toBe(2);
  expect((await materialsOf(visit, session)).length).toBe(20);
  expect(files().length).toBe(20);
});

test('an edition has room for so much, and no more', async () => {
  const other = await sessionWith({ onSite: 1 });
  const put = async () => {
    const answer = await add(visit, other, told, file('a.txt', 'tekst'));
    return 'refused' in answer ? answer.refused : 'added';
  };
  expect(await put()).toBe('added');
  expect(await put()).toBe('added');
  expect(await put()).toBe('added');
  const { id } = other;
  await visit.db.updateTable('materials').set({ bytes: 1_700_000_000 }).where('session_id', '=', id).execute();
  const before = files().length;
  expect(await put()).toBe('edition-full');
  expect(files().length).toBe(before);
});

/** The sum at the end of a part of a PNG. */
function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
