import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test, vi } from 'vitest';
import { hashOf } from '#ground/chance.server.ts';
import { allocate, engine } from '#rooms/wishes';
import { seedOf, writeFile, type DrawFile } from '#rooms/wishes/allocate/file.ts';
import { madeUp } from '#rooms/wishes/allocate/testing.ts';
import { waitingOrder } from '#rooms/wishes/allocate/waiting-order.ts';
import { runAlone } from './allocate.ts';

// The command asks once in which language it speaks.
vi.hoisted(() => void (process.env['LC_ALL'] = 'C'));

const folder = mkdtempSync(join(tmpdir(), 'draw-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const pipe = join(folder, 'pipe');
spawnSync('mkfifo', [pipe]);

const seed = '0123456789abcdef'.repeat(4);
const text = writeFile(await drawOf());
const hash = hashOf(text);

async function ran(...args: readonly string[]) {
  const said = { out: '', wrong: '' };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((said.out += String(chunk)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => ((said.wrong += String(chunk)), true)),
  ];
  const end = await runAlone(args).finally(() => spies.forEach((spy) => spy.mockRestore()));
  return { end, ...said };
}

test('a draw that is as its file says is right, zipped or not', async () => {
  const right = {
    end: 0,
    wrong: '',
    out: `SHA-256 of the file: ${hash}
That is the hash you gave: this is the published file.
The seed fits the hash in the file: ${hashOf(seed)}
That is the hash of the seed that you gave.
Repeated: 9 people, 27 wishes, 3 ways to take part, 6 places given.
Places, waiting lists and prices are the same.

The draw is right.
`,
  };
  expect(await ran('--verify', fileOf('draw.jsonl', text), '--hash', hash.toUpperCase(), '--seed-hash', hashOf(seed))).toEqual(right);
  expect(await ran('--verify', fileOf('draw.jsonl.gz', gzipSync(text)), '--hash', hash, '--seed-hash', hashOf(seed))).toEqual(right);
});

test('one changed seat, weight, place in the line, price, bound, seed or number of places is found', async () => {
  const given = /"given":\[(\d)\]/.exec(text)![1]!;
  const changes: readonly (readonly [RegExp, string])[] = [
    [/"given":\[\d\]/, '"given":[]'],
    [/"given":\[\d\]/, `"given":[${(Number(given) + 1) % 3}]`],
    [/"weights":\[1,2,1\]/, '"weights":[1,2,3]'],
    [/"waiting":\[(\d),(\d)/, '"waiting":[$2,$1'],
    [/"price":0\.\d+/, '"price":0.5'],
    [/"bound":[\d.]+/, '"bound":8'],
    [/"seed":"0/, '"seed":"1'],
    [/"places":2/, '"places":3'],
    [/"method":"exact"/, '"method":"auction"'],
  ];
  for (const [from, to] of changes) {
    const tampered = text.replace(from, to);
    expect(tampered).not.toBe(text);
    const { end, out } = await ran('--verify', fileOf('tampered.jsonl', tampered));
    expect([to, end, out.endsWith('\n\nThe draw is not right.\n')]).toEqual([to, 1, true]);
  }
});

test('a changed seat is told with who and where', async () => {
  const { out } = await ran('--verify', fileOf('seat.jsonl', text.replace(/"given":\[\d\]/, '"given":[]')), '--json');
  expect(JSON.parse(out)).toMatchObject({
    isSame: false,
    isPublishedFile: null,
    isSeedOfFile: true,
    engine: { inFile: engine, here: engine },
    differences: 1,
    first: [
      { what: 'seat', session: expect.stringMatching(/^S\d$/), attendance: 'onSite', person: expect.stringMatching(/^p\d$/), inFile: 0, repeated: 1 },
    ],
  });
});

test('another hash than that of the file, or of its seed, is told', async () => {
  const file = fileOf('draw.jsonl', text);
  const other = 'a'.repeat(64);
  expect(await ran('--verify', file, '--hash', other)).toMatchObject({
    end: 1,
    out: expect.stringContaining('That is not the hash you gave: this is another file.'),
  });
  expect(await ran('--verify', file, '--seed-hash', other)).toMatchObject({
    end: 1,
    out: expect.stringContaining('That is not the hash of the seed that you gave.'),
  });
});

test('what was typed wrong and what cannot be read is said in one sentence', async () => {
  const huge = fileOf('huge', '');
  truncateSync(huge, 600_000_000);
  const wrongs: readonly (readonly [string, ...string[]])[] = [
    ['Name the file of the draw with --verify.'],
    ['Name the file of the draw with --verify.', '--verify', huge, huge],
    ['There is no option --force. See --help for what there is.', '--force'],
    ["'abc' is not a SHA-256. That is 64 characters: digits and the letters a to f.", '--verify', huge, '--hash', 'abc'],
    [`${join(folder, 'none')} does not exist. Check the name and the folder.`, '--verify', join(folder, 'none')],
    [`${folder} is a folder. Name a file.`, '--verify', folder],
    [`${pipe} is not an ordinary file.`, '--verify', pipe],
    ['This file is too large. We read no more than 500 MB.', '--verify', huge],
    ['This is not the file of a draw.', '--verify', fileOf('empty', '')],
    ['This is not the file of a draw.', '--verify', fileOf('bytes', Uint8Array.of(0xff, 0xfe, 0))],
    ['This is not the file of a draw.', '--verify', fileOf('half.gz', gzipSync(text).subarray(0, 99))],
    ['This file has a version that we do not know. Take a newer INNOvember.', '--verify', fileOf('newer', text.replace('"draw":1', '"draw":9'))],
    ['The file is cut off: line 13 or what should come after it is missing.', '--verify', fileOf('short', text.split('\n').slice(0, 12).join('\n'))],
    ['Line 2 names something that is not in the file.', '--verify', fileOf('unknown', text.replace('"waiting":[', '"waiting":[77,'))],
  ];
  for (const [sentence, ...args] of wrongs) expect(await ran(...args)).toEqual({ end: 1, out: '', wrong: `${sentence}\n` });
});

/** Nine people for six places in three sessions, of which two overlap. */
async function drawOf(): Promise<DrawFile> {
  const instance = madeUp({
    capacity: [2, 2, 2],
    clashes: [[0, 1]],
    people: Array.from({ length: 9 }, (_, person) => ({
      wishes: [0, 1, 2].map((item) => ({ item, weight: item === person % 3 ? 2 : 1 })),
      wanted: 2,
      has: 0,
      groups: [],
    })),
    shares: [],
  });
  const allocation = await allocate(instance, seedOf(seed));
  return {
    engine,
    seed,
    seedHash: hashOf(seed),
    items: ['S0', 'S1', 'S2'].map((session) => ({ session, attendance: 'onSite' })),
    groups: [],
    people: Array.from({ length: 9 }, (_, person) => `p${person}`),
    instance,
    allocation,
    waiting: waitingOrder(instance, allocation, seedOf(seed)),
  };
}

test('the answer that a program gets with the file in it is taken as it is', async () => {
  const answer = fileOf('answer.json', JSON.stringify({ file: text, hash }));
  expect(await ran('--verify', answer, '--hash', hash)).toMatchObject({ end: 0, wrong: '' });
  expect(await ran('--verify', fileOf('half.json', '{"file":"'))).toMatchObject({ end: 1, out: '' });
});
