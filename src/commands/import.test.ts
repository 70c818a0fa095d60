import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { testVisit } from '#ground/testing.server.ts';
import { edition, editions } from '#rooms/programme';
import * as goOut from './export.ts';
import * as comeIn from './import.ts';
import { languageOfTool } from './tool/tool.ts';

// The commands ask once in which language they speak.
vi.hoisted(() => void Object.assign(process.env, { LC_ALL: 'C', OUTGOING_ALLOW: 'localhost' }));

const visit = testVisit();
const folder = mkdtempSync(join(tmpdir(), 'import-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const event = { id: 1, guid: 'a', title: 'Faster buying', track: 'Procurement', language: 'en', date: '2026-11-10T10:00:00', duration: '01:00' };
const schedule = (...events: readonly object[]): string =>
  JSON.stringify({
    schedule: { conference: { title: 'Trial', time_zone_name: 'Europe/Amsterdam', days: [{ date: '2026-11-10', rooms: { Studio: events } }] } },
  });
const pipe = join(folder, 'pipe');
spawnSync('mkfifo', [pipe]);
const fine = file('fine.json', schedule(event, { ...event, id: 2, guid: 'b', title: '' }, { ...event, id: 3, guid: 'c', duration: 'long' }));

async function ran(command: { run: (visit: ReturnType<typeof testVisit>, args: readonly string[]) => Promise<number> }, ...args: readonly string[]) {
  const said = { out: '', wrong: '' };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((said.out += String(chunk)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => ((said.wrong += String(chunk)), true)),
  ];
  const end = await command.run(visit, args).finally(() => spies.forEach((spy) => spy.mockRestore()));
  return { end, ...said };
}

test('the report tells of every row that was changed or left out', async () => {
  expect(await ran(comeIn, fine, '--edition', 'trial')).toEqual({
    end: 0,
    wrong: '',
    out: `Edition trial made (2026-11-10 to 2026-11-10, Europe/Amsterdam).
Sessions: 2 new, 0 changed, 0 the same, 1 left out, 0 no longer in the file.
1 new theme.

Left out:
  row 2, b: no title

Read differently from how it stood:
  row 3, c, "Faster buying": the duration 'long' cannot be read or cannot be; taken as 60 minutes
`,
  });
});

test('a dry run tells the same, as JSON with every row, and makes no edition', async () => {
  const { end, out } = await ran(comeIn, '--dry-run', '--json', '--edition=dry', '--starts', '2026-12-01', fine);
  expect([end, JSON.parse(out)]).toMatchObject([
    0,
    {
      dryRun: true,
      edition: { slug: 'dry', isNew: true, startsOn: '2026-12-01' },
      sessions: { new: 2, changed: 0, same: 0, leftOut: 1, missing: 0 },
      rows: [
        { row: 1, result: 'new', remarks: [] },
        { row: 2, result: 'left out', remarks: [{ code: 'no-title', text: 'no title' }] },
        { row: 3, result: 'new' },
      ],
    },
  ]);
  expect(await edition(visit, 'dry')).toBeNull();
});

test('what was typed wrong and what cannot be read is said in one sentence, and nothing is written', async () => {
  const large = file('large.json', '');
  truncateSync(large, 100_000_000);
  const wrongs: readonly (readonly [string, ...string[]])[] = [
    ['Name the file that you want to import.', '--edition', 'wrong'],
    ['Name one file at a time.', fine, fine, '--edition', 'wrong'],
    ['Say with --edition which edition the programme goes to.', fine],
    [
      "'Wrong Slug' cannot be the address of an edition. Use small letters, digits and hyphens, like innovember-2026.",
      fine,
      '--edition',
      'Wrong Slug',
    ],
    ["'Mars/Base' is not a time zone. Use a name like Europe/Amsterdam.", fine, '--edition', 'wrong', '--time-zone', 'Mars/Base'],
    ["'2026-02-30' is not a date. Write a day as 2026-11-03.", fine, '--edition', 'wrong', '--starts', '2026-02-30'],
    ['There is no option --force. See --help for what there is.', fine, '--edition', 'wrong', '--force'],
    ['What comes after --starts? See --help for what there is.', fine, '--edition', 'wrong', '--starts'],
    [`${join(folder, 'none.json')} does not exist. Check the name and the folder.`, join(folder, 'none.json'), '--edition', 'wrong'],
    [`${folder} is a folder. Name a file.`, folder, '--edition', 'wrong'],
    ['/dev/zero is not an ordinary file.', '/dev/zero', '--edition', 'wrong'],
    [`${pipe} is not an ordinary file.`, pipe, '--edition', 'wrong'],
    ['This file is too large. We read no more than 50 MB.', large, '--edition', 'wrong'],
    ['This file is empty.', file('empty.json', ''), '--edition', 'wrong'],
    ['The JSON is broken at line 2, column 1.', file('broken.json', '{"schedule":\n}'), '--edition', 'wrong'],
    [
      'This XML file has a DOCTYPE. We do not read that, because it can hide an attack. Take the DOCTYPE out.',
      file('bomb.xml', '<!DOCTYPE a [<!ENTITY b "c">]><schedule>&b;</schedule>'),
      '--edition',
      'wrong',
    ],
    ['This file has no session that can be read (no title).', file('nothing.json', schedule({ id: 1 })), '--edition', 'wrong'],
    ['This file has no session that can be read (it holds not one session).', file('none-at-all.json', schedule()), '--edition', 'wrong'],
  ];
  const from = performance.now();
  for (const [sentence, ...args] of wrongs) expect(await ran(comeIn, ...args)).toEqual({ end: 1, out: '', wrong: `${sentence}\n` });
  expect(performance.now() - from).toBeLessThan(2_000);
  expect((await editions(visit)).map(({ slug }) => slug)).toEqual(['trial']);
});

test('an export goes to standard output and can be imported', async () => {
  const { end, out } = await ran(goOut, '--edition', 'trial', '--format', 'xml');
  expect(end).toBe(0);
  expect(await ran(comeIn, file('own.xml', out), '--edition', 'trial')).toMatchObject({
    end: 0,
    out: expect.stringContaining('0 new, 0 changed, 2 the same, 0 left out, 0 no longer'),
  });
  expect(await ran(goOut, '--edition', 'nothing')).toEqual({ end: 1, out: '', wrong: 'There is no edition nothing.\n' });
  expect(await ran(goOut, '--edition', 'trial', '--format', 'pdf')).toEqual({
    end: 1,
    out: '',
    wrong: "We cannot write 'pdf'. Choose json, xml or csv.\n",
  });
});

test('the tool speaks Dutch to who set Dutch, else English', () => {
  expect([{ LANG: 'nl_NL.UTF-8' }, { LANG: 'en_GB', LC_ALL: 'nl' }, { LANG: 'C' }, {}].map((environment) => languageOfTool(environment))).toEqual([
    'nl',
    'nl',
    'en',
    'en',
  ]);
});

test('a programme comes in by its address, and only from where we may ask', async () => {
  const host = createServer((req, res) => (req.url === '/schedule.json' ? res.end(schedule(event)) : res.writeHead(404).end())).listen(0);
  const { port } = host.address() as { port: number };
  const report = await ran(comeIn, `http://localhost:${port}/schedule.json`, '--edition', 'fetched');
  expect(report).toMatchObject({ end: 0, wrong: '' });
  expect(report.out).toContain('Sessions: 1 new');
  const wrong = async (address: string) => (await ran(comeIn, address, '--edition', 'fetched')).wrong;
  expect(await wrong(`http://localhost:${port}/nothing`)).toBe('There is no programme at this address: the answer was 404.\n');
  expect(await wrong(`http://127.0.0.1:${port}/schedule.json`)).toBe('This address lies inside a private network. We do not ask there.\n');
  expect(await wrong('ftp://localhost/schedule.json')).toBe('Give an address that starts with https:// and has no name or password in it.\n');
  host.close();
});
