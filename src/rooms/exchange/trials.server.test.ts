import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';

const dataDir = mkdtempSync(join(tmpdir(), 'trials-'));
vi.stubEnv('DATA_DIR', dataDir);
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
const { testNow, testVisit } = await import('#ground/testing.server.ts');
const { edition, sessions } = await import('#rooms/programme');
const { earlierImports, importBytes, keepMapping, takeTrial, trialOf, tryAgain, tryImport } = await import('./exchange.server.ts');
const { noMapping } = await import('./mapping.ts');

const visit = testVisit();
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const sheet = bytes('titel;begin;zaal\nEen;10-11-2026 10:00;Zaal 1\nTwee;morgen;Zaal 1\n');
const asked = { slug: 'maand', origin: 'programma.csv', timeZone: undefined, starts: undefined, columns: undefined };
await importBytes(visit, bytes('titel;begin\nEerste;9-11-2026 10:00\n'), 'eerste.csv', { slug: 'maand' });
const count = async () => (await sessions(visit, (await edition(visit, 'maand'))!.id)).length;
const kept = () =>
  readdirSync(join(dataDir, 'imports'))
    .map((name) => name.replace(/^.*\./, ''))
    .sort();

test('what is tried says row by row what would happen, and changes nothing; taken in, it happens once and the file goes', async () => {
  const trial = await tryImport(visit, sheet, asked);
  expect(trial).toMatchObject({
    state: 'tried',
    found: {
      isDryRun: true,
      rows: [
        { row: 1, result: 'new' },
        { row: 2, result: 'left out' },
      ],
    },
  });
  expect([await count(), kept()]).toEqual([1, ['file', 'json']]);
  const found = (await trialOf('maand', trial.id))!;
  await Promise.all([takeTrial(visit, found), takeTrial(visit, found)]);
  expect(await trialOf('maand', trial.id)).toMatchObject({ state: 'taken', found: { isDryRun: false } });
  expect([await count(), kept()]).toEqual([2, ['json']]);
  expect(
    (await earlierImports(visit, (await edition(visit, 'maand'))!.id)).map(({ origin, new: fresh, leftOut }) => [origin, fresh, leftOut]),
  ).toEqual([
    ['programma.csv', 1, 1],
    ['eerste.csv', 1, 0],
  ]);
});

test('a trial is of its edition, and an id is not a path', async () => {
  const { id } = await tryImport(visit, sheet, asked);
  expect([await trialOf('elders', id), await trialOf('maand', '../../etc/passwd'), await trialOf('maand', 'x'.repeat(43))]).toEqual([
    null,
    null,
    null,
  ]);
});

test('with names matched the same file says something else, now and the next time', async () => {
  const odd = bytes('wat;wanneer\nDrie;10-11-2026 12:00\n');
  const trial = await tryImport(visit, odd, asked);
  expect(trial.found).toMatchObject({ unreadable: 'csv-no-title' });
  await keepMapping(visit, 'maand', 'csv', { ...noMapping, columns: { title: 'wat', start: 'wanneer' } });
  expect((await tryAgain(visit, trial, undefined))?.found).toMatchObject({ rows: [{ title: 'Drie', result: 'new' }] });
  expect((await tryImport(visit, odd, asked)).found).toMatchObject({ rows: [{ title: 'Drie', result: 'new' }] });
});

test('what nobody took in goes after a day, and no more than twenty files are kept', async () => {
  for (let turn = 0; turn < 23; turn += 1) await tryImport(visit, sheet, asked);
  expect(kept().filter((name) => name === 'file').length).toBe(20);
  for (const name of readdirSync(join(dataDir, 'imports'))) utimesSync(join(dataDir, 'imports', name), testNow, testNow);
  await tryImport(testVisit({ now: new Date(testNow.getTime() + 25 * 3_600_000) }), sheet, asked);
  expect(kept()).toEqual(['file', 'json']);
});
