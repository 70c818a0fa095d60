import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { atOnce } from '#ground/database.server.ts';
import { testVisit } from '#ground/testing.server.ts';
import { record, seal } from '#rooms/journal';
import * as journal from './journal.ts';

// The commands ask once in which language they speak.
vi.hoisted(() => void (process.env['LC_ALL'] = 'C'));

const visit = testVisit();
const file = join(mkdtempSync(join(tmpdir(), 'innovember-anchor-')), 'anchor.json');

async function ran(...args: readonly string[]) {
  const said = { out: '', wrong: '' };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((said.out += String(chunk)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => ((said.wrong += String(chunk)), true)),
  ];
  const end = await journal.run(visit, args).finally(() => spies.forEach((spy) => spy.mockRestore()));
  return { end, ...said };
}

test('before anything happened there is no anchor, and nothing is wrong', async () => {
  expect(await ran('anchor')).toEqual({
    end: 1,
    out: '',
    wrong: 'There is no seal yet. The server makes one a moment after something happened.\n',
  });
  expect(await ran('verify')).toMatchObject({ end: 0, wrong: '' });
});

test('a journal that is as it was sealed ends with 0, and its anchor is one line to keep', async () => {
  await atOnce(visit, (visit) => record(visit, { what: 'sign-out' }));
  await seal(visit);
  expect(await ran('verify')).toEqual({
    end: 0,
    wrong: '',
    out: 'Recomputed: seals 1, lines 1. Not sealed yet: 0.\nThe journal is as it was sealed.\n',
  });
  const { out } = await ran('anchor');
  expect(JSON.parse(out)).toEqual({ number: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/), lines: 1, sealedAt: visit.now.toISOString() });
  writeFileSync(file, out);
  expect(await ran('verify', '--anchor', file, '--json')).toEqual({
    end: 0,
    wrong: '',
    out: '{"seals":1,"lines":1,"waiting":0,"found":0,"deviations":[]}\n',
  });
});

test('what is not as it was sealed is said in words and ends with 1', async () => {
  const id = await atOnce(visit, (visit) => record(visit, { what: 'sign-in' }));
  await seal(visit);
  await sql`alter table journal disable trigger user`.execute(visit.db);
  await sql`update journal set what = 'sign-out' where id = ${id}`.execute(visit.db);
  expect(await ran('verify')).toEqual({
    end: 1,
    wrong: '',
    out: `Recomputed: seals 2, lines 2. Not sealed yet: 0.\nOne thing is not right:\n  line ${id} says something else than when it was sealed (seal 2)\n`,
  });
});

test('what is no anchor is refused in a sentence, and so is what is no order', async () => {
  writeFileSync(file, 'nothing\n');
  expect(await ran('verify', '--anchor', file)).toMatchObject({ end: 1, out: '' });
  expect(await ran('verify', '--anchor', '/nergens')).toMatchObject({ end: 1, out: '' });
  expect(await ran()).toMatchObject({ end: 1, out: '' });
});
