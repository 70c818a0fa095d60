// A site of its own for a journey: the built server on a free port with an empty folder, and a real Chromium.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import axe from 'axe-core';
import { simpleParser } from 'mailparser';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type CDPSession, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Kysely } from 'kysely';
import { openDatabase } from '#ground/database.server.ts';
import { openEmbedded } from '#ground/postgres.server.ts';
import type { DB } from '#ground/tables.ts';

const root = resolve(import.meta.dirname, '..');

export interface Site {
  readonly url: string;
  /** What the world does meanwhile: another participant, the clock, the programme team. */
  readonly db: Kysely<DB>;
  /** A browser that nobody used before. */
  readonly visitor: (options?: BrowserContextOptions) => Promise<Page>;
  /** A browser whose camera sees a film (Y4M), over and over. */
  readonly visitorWithCamera: (film: string, options?: BrowserContextOptions) => Promise<Page>;
  /** Signs a browser in as somebody with a special role, as they do it themselves: a code by mail, and a passkey that an invitation makes count at once. */
  readonly signInStrongly: (page: Page, email: string, role: string) => Promise<void>;
  /** What the console of the server says. */
  readonly said: () => string;
  /** The six digits in the newest letter to an address. */
  readonly codeFor: (email: string) => Promise<string>;
  /** The newest letter to an address whose subject begins so; waits until it is there. */
  readonly letterTo: (email: string, subject: string) => Promise<string>;
  /** The operator's tool beside the running server; answers what it said. */
  readonly tool: (...args: readonly string[]) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function openSite(settings: Readonly<Record<string, string>> = {}): Promise<Site> {
  const dataDir = await mkdtemp(join(tmpdir(), 'innovember-journey-'));
  // PostgreSQL does not run as root, and must get in.
  await chmod(dataDir, 0o711);
  const port = await freePort();
  const server = await startServer(port, dataDir, settings);
  const embedded = await openEmbedded({ dataDir, root });
  const db = openDatabase({ socketDir: embedded.socketDir, name: 'postgres' }, { max: 2 });
  const browser = await openBrowser();
  const browsers = [browser];
  return {
    url: `http://localhost:${port}`,
    db,
    visitor: (options) => newPage(browser, `http://localhost:${port}`, options),
    visitorWithCamera: async (film, options) => {
      const camera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
      const another = await openBrowser(camera);
      browsers.push(another);
      return newPage(another, `http://localhost:${port}`, options);
    },
    signInStrongly: async (page, email, role) => {
      const [, invitation = ''] = (await tool(dataDir, ['role', email, role])).split('\n');
      // A browser without script cannot, so another one does, and hands its sign-in over.
      const other = await newPage(browser, `http://localhost:${port}`);
      await withPasskeys(other);
      await other.goto('/inloggen?naar=%2Fmijn-gegevens%2Finloggen');
      await other.getByLabel('Je mailadres').fill(email);
      await other.getByRole('button', { name: 'Stuur mij een code' }).click();
      await other.getByLabel('Code uit de mail').fill(await codeFor(join(dataDir, 'mail'), email));
      await other.getByRole('button', { name: 'Log in', exact: true }).click();
      await other.getByLabel('Code van wie jou de rol gaf').fill(invitation);
      await other.getByRole('button', { name: 'Maak een toegangssleutel' }).click();
      await other.getByText('Je toegangssleutel is gemaakt.').waitFor();
      const { name = '', value = '' } = (await other.context().cookies()).find(({ name }) => name.endsWith('sign-in')) ?? {};
      await page.context().addCookies([{ name, value, url: `https://localhost:${port}`, httpOnly: true, secure: true, sameSite: 'Lax' }]);
      await other.context().close();
    },
    said: () => server.said.join(''),
    codeFor: (email) => codeFor(join(dataDir, 'mail'), email),
    letterTo: (email, subject) => letterTo(join(dataDir, 'mail'), email, subject),
    tool: (...args) => tool(dataDir, args),
    close: async () => {
      for (const one of browsers) await one.close();
      await db.destroy();
      await server.stop();
      await embedded.release();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** axe-core finds nothing on the page as it is now, and it does not scroll sideways. */
export async function isAccessible(page: Page): Promise<void> {
  // Without script the timers of axe never come. What the page is does not change when they may: its own scripts were passed by.
  const scripts = withoutScript.has(page.context()) ? await page.context().newCDPSession(page) : null;
  await scripts?.send('Emulation.setScriptExecutionDisabled', { value: true });
  await scripts?.send('Emulation.setScriptExecutionDisabled', { value: false });
  await page.evaluate(axe.source);
  const faults = await page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as { axe: { run: (what: Document) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    ).axe.run(document);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`);
  });
  const aside = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  // This session stays open: when it ends, scripts are on again.
  await scripts?.send('Emulation.setScriptExecutionDisabled', { value: true });
  expect({ page: page.url(), faults, aside: Math.max(0, aside) }).toEqual({ page: page.url(), faults: [], aside: 0 });
}

/** Gives a page a device that makes passkeys and recognises its owner; answers how to speak to it. */
export async function withPasskeys(page: Page): Promise<{ readonly device: CDPSession; readonly authenticatorId: string }> {
  const device = await page.context().newCDPSession(page);
  await device.send('WebAuthn.enable');
  const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { device, authenticatorId };
}

/** A participant whom nobody knows yet. */
let participants = 0;
export const newAddress = (): string => `deelnemer-${++participants}@example.org`;

const withoutScript = new WeakSet<BrowserContext>();

async function newPage(browser: Browser, baseURL: string, options: BrowserContextOptions = {}): Promise<Page> {
  // The policy of the site refuses scripts that are not its own, such as axe.
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 900 }, bypassCSP: true, ...options });
  context.setDefaultTimeout(15_000);
  if (options.javaScriptEnabled === false) withoutScript.add(context);
  return context.newPage();
}

function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const found = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (found === undefined) throw new Error('No Chromium found. Install it (Debian: apt-get install chromium) or name it in CHROMIUM.');
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...more,
  ];
  return chromium.launch({ executablePath: found, args });
}

async function startServer(
  port: number,
  dataDir: string,
  settings: Readonly<Record<string, string>>,
): Promise<{ said: readonly string[]; stop: () => Promise<void> }> {
  const { BASE_URL: _url, LOG_LEVEL: _level, DATABASE_URL: _database, SMTP_URL: _smtp, ...environment } = process.env;
  const main = join(root, 'build/server/main.js');
  if (!existsSync(main)) throw new Error('The journeys need the built server: run npm run build.');
  const server = spawn(process.execPath, [main], {
    cwd: root,
    env: { ...environment, NODE_ENV: 'production', PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'error', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  server.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  await new Promise<void>((done, fail) => {
    const giveUp = setTimeout(() => fail(new Error(`The server did not start in a minute. ${said.join('')}`)), 60_000);
    server.stdout.on('data', (chunk: Buffer) => {
      said.push(chunk.toString());
      if (!chunk.toString().includes('is ready')) return;
      clearTimeout(giveUp);
      done();
    });
    server.once('exit', () => fail(new Error(`The server stopped. ${said.join('')}`)));
  });
  return { said, stop: async () => void (server.kill('SIGTERM'), await ended) };
}

async function tool(dataDir: string, args: readonly string[]): Promise<string> {
  const { BASE_URL: _url, DATABASE_URL: _database, ...environment } = process.env;
  const ran = await promisify(execFile)(process.execPath, [join(root, 'build/server/innovember.js'), ...args], {
    cwd: root,
    env: { ...environment, DATA_DIR: dataDir },
  });
  return ran.stdout;
}

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

async function codeFor(folder: string, email: string): Promise<string> {
  const text = await letterIn(folder, email, (letter) => /\b\d{3}\s?\d{3}\b/.test(letter.text));
  const [, first = '', second = ''] = /\b(\d{3})\s?(\d{3})\b/.exec(text) ?? [];
  return first + second;
}

const letterTo = (folder: string, email: string, subject: string): Promise<string> =>
  letterIn(folder, email, (letter) => letter.subject.startsWith(subject));

/** The text of the newest letter to an address that is the one looked for. */
async function letterIn(folder: string, email: string, isIt: (letter: { subject: string; text: string }) => boolean): Promise<string> {
  for (let turn = 0; turn < 100; turn++) {
    const names = existsSync(folder) ? (await readdir(folder)).filter((name) => /^[^.].*\.eml$/.test(name)) : [];
    for (const name of names.sort().toReversed()) {
      const { to, subject = '', text = '' } = await simpleParser(await readFile(join(folder, name), 'utf8'));
      if ([to ?? []].flat().some((one) => one.text.includes(email)) && isIt({ subject, text })) return text;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`The letter that was waited for did not come to ${email}`);
}
