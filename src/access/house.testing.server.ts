// The built server as a process of its own, on the database of a test file.
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '#ground/config.server.ts';
import { testDatabase } from '#ground/testing.server.ts';

export interface House {
  readonly url: string;
  /** What stands in its log. */
  readonly said: () => string;
  readonly dataDir: string;
  readonly close: () => Promise<void>;
}

export async function openHouse(environment: Readonly<Record<string, string>> = {}): Promise<House> {
  const dataDir = await mkdtemp(join(tmpdir(), 'innovember-access-'));
  await chmod(dataDir, 0o711);
  const port = await freePort();
  const { socketDir, name } = testDatabase;
  const server = spawn(process.execPath, [join(root, 'build/server/main.js')], {
    cwd: root,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      NODE_ENV: 'production',
      PORT: String(port),
      DATA_DIR: dataDir,
      DATABASE_URL: `postgres://innovember@localhost/${name}?host=${encodeURIComponent(socketDir)}`,
      DEMO: 'off',
      LOG_LEVEL: 'silent',
      TRUSTED_PROXIES: '127.0.0.0/8,::1/128',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  server.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  await new Promise<void>((done, fail) => {
    server.stdout.on('data', (said: Buffer) => said.toString().includes('is ready') && done());
    server.once('exit', () => fail(new Error(`The server did not start; is it built? npm run build\n${said}`)));
  });
  return {
    url: `http://localhost:${port}`,
    said: () => said,
    dataDir,
    close: async () => {
      server.kill('SIGTERM');
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
