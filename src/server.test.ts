// The product as an operator meets it: real processes, from the start to the end.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '#ground/config.server.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'innovember-server-'));
chmodSync(dataDir, 0o711);
const running = new Set<ChildProcess>();
let port = 0;
const address = () => `http://localhost:${port}`;

beforeAll(async () => {
  expect(spawnSync(process.execPath, [join(root, 'bin/build.js')], { encoding: 'utf8' })).toMatchObject({ status: 0 });
  port = await freePort();
}, 120_000);
afterAll(async () => {
  await Promise.all([...running].map((child) => end(child, 'SIGTERM')));
  rmSync(dataDir, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly said: { out: string; err: string };
  readonly ready: boolean;
  readonly milliseconds: number;
}

function start(environment: Record<string, string> = {}, program = 'build/server/main.js'): Promise<Started> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(root, program)], {
    cwd: root,
    env: { ...plainEnvironment(), PORT: String(port), DATA_DIR: dataDir, ...environment },
  });
  const said = { out: '', err: '' };
  running.add(child);
  child.stderr?.on('data', (part: Buffer) => (said.err += String(part)));
  return new Promise((done) => {
    const answer = (ready: boolean) => done({ child, said, ready, milliseconds: performance.now() - began });
    child.stdout?.on('data', (part: Buffer) => (said.out += String(part)).includes('ready') && answer(true));
    child.once('close', () => (running.delete(child), answer(false)));
  });
}

// The test's own settings must not reach the server.
const plainEnvironment = () => ({ PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' });

const end = (child: ChildProcess, signal: NodeJS.Signals) =>
  new Promise<number | null>((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done(child.exitCode);
    child.once('close', (code) => done(code));
    child.kill(signal);
  });

const freePort = () =>
  new Promise<number>((done) => {
    const server = net.createServer().listen(0, () => {
      const at = server.address();
      server.close(() => done(typeof at === 'object' && at ? at.port : 0));
    });
  });

const postgresPid = () => Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
const tool = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'bin/innovember.js'), ...args], { encoding: 'utf8', env: { ...plainEnvironment(), DATA_DIR: dataDir } });

async function until(holds: () => Promise<boolean>, milliseconds = 10_000): Promise<boolean> {
  for (const last = performance.now() + milliseconds; performance.now() < last;) {
    if (await holds().catch(() => false)) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}

test('all faults in the settings are named at once and nothing starts', async () => {
  const { ready, child, said } = await start({ PORT: 'web', DEMO: 'maybe', SMPT_URL: 'smtp://localhost' });
  expect({ ready, code: child.exitCode, out: said.out, err: said.err.trim().split('\n') }).toEqual({
    ready: false,
    code: 1,
    out: '',
    err: [
      "PORT must be a number; it is 'web'.",
      "DEMO must be on or off; it is 'maybe'.",
      'SMPT_URL is not a setting; SMTP_URL is. Correct it or take it away.',
    ],
  });
});

test('a folder or a database that cannot be used is said in one sentence', async () => {
  const err = async (environment: Record<string, string>) => {
    const { ready, child, said } = await start(environment);
    return { ready, code: child.exitCode, last: said.err.trim().split('\n').at(-1) };
  };
  expect(await err({ DATA_DIR: '/dev/null/x' })).toEqual({
    ready: false,
    code: 1,
    last: '/dev/null/x cannot be made or is no folder (ENOTDIR). Set DATA_DIR to a folder where we may write.',
  });
  expect(await err({ DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' })).toEqual({
    ready: false,
    code: 1,
    last: 'The database that DATABASE_URL names does not let us in (ECONNREFUSED). Check that it runs, and its address, name and password.',
  });
}, 30_000);

test('from nothing to the first page, and orderly to the end', async () => {
  const { ready, child, said } = await start();
  expect(said.err).not.toContain('"level":"error"');
  expect({ ready, out: said.out }).toEqual({ ready: true, out: `INNOvember is ready: ${address()}\n` });
  expect((await fetch(`${address()}/livez`)).status).toBe(200);
  expect((await fetch(`${address()}/readyz`)).status).toBe(200);
  expect(await end(child, 'SIGTERM')).toBe(0);
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
}, 60_000);

test('a second start takes less than three seconds, and every answer is safe', async () => {
  const { ready, milliseconds } = await start({}, 'bin/start.js');
  expect(ready).toBe(true);
  expect(milliseconds).toBeLessThan(3000);
  for (const path of [
    '/',
    '/livez',
    '/api/v1/editions',
    '/api/nergens',
    '/nergens',
    '/programma/',
    '/_app/nergens.js',
    '/agenda/nergens.ics',
    '/robots.txt',
  ]) {
    const { headers } = await fetch(address() + path, { redirect: 'manual' });
    expect({
      path,
      type: headers.get('x-content-type-options'),
      frame: headers.get('x-frame-options'),
      hsts: headers.get('strict-transport-security'),
      policy: headers.get('content-security-policy')?.startsWith("default-src 'none'"),
    }).toEqual({ path, type: 'nosniff', frame: 'DENY', hsts: 'max-age=63072000; includeSubDomains', policy: true });
  }
}, 60_000);

test('a page for everybody is asked again each time; one for somebody is never kept', async () => {
  expect((await fetch(`${address()}/`)).headers.get('cache-control')).toBe('no-cache');
  const mine = await fetch(`${address()}/`, { headers: { cookie: 'anything=1' } });
  expect({ kept: mine.headers.get('cache-control'), vary: mine.headers.get('vary') }).toEqual({ kept: 'private, no-store', vary: 'Cookie' });
});

test('files with a hash in their name are kept for ever and sent compressed', async () => {
  const page = await (await fetch(`${address()}/`)).text();
  const style = /\/_app\/immutable\/[^"]+\.css/.exec(page)?.[0] ?? '';
  const { status, headers } = await fetch(address() + style, { headers: { 'accept-encoding': 'gzip, br' } });
  expect({ status, kept: headers.get('cache-control'), encoding: headers.get('content-encoding') }).toEqual({
    status: 200,
    kept: 'public,max-age=31536000,immutable',
    encoding: 'br',
  });
});

test('a change that another site sends is refused, our own form is not', async () => {
  const post = async (headers: Record<string, string>) => (await fetch(`${address()}/livez`, { method: 'POST', headers, body: 'a=b' })).status;
  expect(await post({ 'sec-fetch-site': 'cross-site' })).toBe(200); // asks nothing of us
  const page = async (headers: Record<string, string>) =>
    (
      await fetch(`${address()}/inloggen`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: 'a=b',
      })
    ).status;
  expect(await page({ 'sec-fetch-site': 'cross-site', origin: address() })).toBe(403);
  expect(await page({ 'sec-fetch-site': 'same-site' })).toBe(403);
  expect(await page({ origin: 'https://elsewhere.example.org' })).toBe(403);
  expect(await page({ 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:3000' })).not.toBe(403);
  expect(await page({ origin: address() })).not.toBe(403);
});

test('nonsense is answered as nonsense, never as our own fault', async () => {
  const form = async (path: string, type: string, body: string) =>
    (await fetch(address() + path, { method: 'POST', redirect: 'manual', headers: { accept: 'text/html', 'content-type': type }, body })).status;
  const encoded = 'application/x-www-form-urlencoded';
  expect({
    nulls: await Promise.all(
      ['/programma/%00', '/edities/%00', '/agenda/%00.ics', '/uitwisseling/%00/schedule.json', '/api/v1/editions/%00'].map(
        async (path) => (await fetch(address() + path)).status,
      ),
    ),
    noHost: await statusOf('//['),
    otherHost: await statusOf('//elsewhere.example.org/programma'),
    noParts: await form('/inloggen?/ask', 'multipart/form-data; boundary=x', 'nothing'),
    noForm: await form('/inloggen?/ask', 'text/plain', 'a=b'),
    reserved: await form('/uitloggen?/default', encoded, ''),
    tooLarge: await form('/inloggen?/ask', encoded, `email=${'x'.repeat(300_000)}`),
    nullTyped: await form('/inloggen?/ask', encoded, 'email=deelnemer-1%00@example.org'),
  }).toEqual({
    nulls: [404, 404, 404, 404, 404],
    noHost: 404,
    otherHost: 404,
    noParts: 400,
    noForm: 400,
    reserved: 400,
    tooLarge: 413,
    nullTyped: 303,
  });
});

/** The status of an address that no browser would send as it is. */
const statusOf = (path: string) =>
  new Promise<number | undefined>((done, fail) => http.get({ port, path }, (answer) => done(answer.resume().statusCode)).once('error', fail));

test('the tool works beside the server', () => {
  const { status, stdout } = tool('--help');
  expect(status).toBe(0);
  expect(stdout).toContain('npx innovember COMMAND');
  expect(tool('import', '/nergens.xml', '--edition', 'nergens')).toMatchObject({
    status: 1,
    stdout: '',
    stderr: '/nergens.xml does not exist. Check the name and the folder.\n',
  });
  expect(tool('nonsense')).toMatchObject({ status: 2, stderr: "There is no command 'nonsense'. npx innovember --help tells which there are.\n" });
});

test('a taken port is said in one sentence', async () => {
  const { ready, child, said } = await start();
  expect({ ready, code: child.exitCode, out: said.out, err: said.err.trim() }).toEqual({
    ready: false,
    code: 1,
    out: '',
    err: `Port ${port} is taken, perhaps by another INNOvember. Stop that one, or choose another port: PORT=${port + 1} npm start`,
  });
  expect((await fetch(`${address()}/readyz`)).status).toBe(200);
});

test('when PostgreSQL is killed it comes back by itself', async () => {
  const killed = postgresPid();
  process.kill(killed, 'SIGKILL');
  expect(await until(async () => postgresPid() !== killed)).toBe(true);
  expect(await until(async () => (await fetch(`${address()}/readyz`)).status === 200)).toBe(true);
  expect((await fetch(`${address()}/api/v1/editions`)).status).toBe(200);
}, 30_000);

test('when the app is killed the next start takes over its database', async () => {
  const [child] = running;
  const pid = postgresPid();
  await end(child!, 'SIGKILL');
  const again = await start();
  expect({ ready: again.ready, pid: postgresPid() }).toEqual({ ready: true, pid });
  expect(await end(again.child, 'SIGINT')).toBe(0);
  expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
}, 60_000);
