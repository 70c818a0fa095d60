import { chmodSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultDataDir, readConfig, root, settings } from './config.server.ts';

test('every setting stands in docs/operate.md, in the words of the schema', () => {
  const told = readFileSync(join(root, 'docs/operate.md'), 'utf8');
  const missing = Object.entries(settings.shape).filter(
    ([name, { description }]) => !new RegExp(`\\| \`${name}\` +\\| ${description} +\\|`).test(told),
  );
  expect(missing.map(([name]) => name)).toEqual([]);
});

test('without settings the product runs on its own', () => {
  expect(readConfig({ HOME: '/root', PATH: '/bin', TERM: 'xterm', npm_config_cache: '/tmp' })).toEqual({
    port: 3000,
    host: undefined,
    baseUrl: new URL('http://localhost:3000'),
    dataDir: defaultDataDir(root, process.getuid?.() === 0),
    databaseUrl: null,
    smtpUrl: null,
    mailFrom: 'INNOvember <innovember@localhost>',
    demo: true,
    internalDomains: [],
    signIn: {
      external: ['code', 'passkey', 'provider'],
      internal: ['code', 'passkey', 'provider'],
      host: ['passkey', 'provider'],
      manager: ['passkey', 'provider'],
      moderator: ['passkey', 'provider'],
      reviewer: ['passkey', 'provider'],
      team: ['passkey', 'provider'],
      admin: ['passkey', 'provider'],
    },
    provider: null,
    apiLimit: 60_000,
    trustedProxies: [],
    outgoingAllow: [],
    apiOrigins: [],
    oin: null,
    securityContact: ['mailto:innovember@localhost'],
    scanCommand: [],
    organisation: null,
    privacyContact: null,
    accessibility: { statement: null, contact: null, audited: null },
    metricsToken: null,
    backup: { folder: join(defaultDataDir(root, process.getuid?.() === 0), 'backups'), everyHours: 0, recipients: [] },
    logLevel: 'info',
  });
});

test('settings are read', () => {
  expect(
    readConfig({
      PORT: '8080',
      HOST: '::1',
      BASE_URL: 'https://innovember.example.org',
      DATA_DIR: '/srv/data',
      DATABASE_URL: 'postgres://db/innovember',
      SMTP_URL: 'smtp://mail:25',
      DEMO: 'off',
      INTERNAL_DOMAINS: 'Example.org, ministerie.example.org',
      TRUSTED_PROXIES: '10.0.0.0/8,::1',
      OUTGOING_ALLOW: 'intern.example.org, 10.1.0.0/16',
      SECURITY_CONTACT: 'Veiligheid <veilig@example.org>, https://example.org/cvd',
      SCAN_COMMAND: 'clamdscan --fdpass',
      ORGANISATION_NAME: 'Voorbeeldorganisatie',
      PRIVACY_CONTACT: 'privacy@example.org',
      ACCESSIBILITY_STATEMENT: 'https://example.org/verklaring',
      ACCESSIBILITY_AUDITED: '2026-01-05',
      METRICS_TOKEN: 'abcdefghijklmnop',
      BACKUP_DIR: '/mnt/backups',
      BACKUP_FOR: 'age1one, age1two',
      LOG_LEVEL: 'debug',
      SIGN_IN_ADMIN: 'provider',
      API_LIMIT: '600',
      OIDC_ISSUER: 'https://login.example.org',
      OIDC_CLIENT_ID: 'innovember',
      OIDC_ACR: 'substantial, high',
      OIDC_INTERNAL_CLAIM: 'organisation_type=rijk',
    }),
  ).toEqual({
    port: 8080,
    host: '::1',
    baseUrl: new URL('https://innovember.example.org'),
    dataDir: '/srv/data',
    databaseUrl: 'postgres://db/innovember',
    smtpUrl: 'smtp://mail:25',
    mailFrom: 'INNOvember <innovember@innovember.example.org>',
    demo: false,
    internalDomains: ['example.org', 'ministerie.example.org'],
    signIn: {
      external: ['code', 'passkey', 'provider'],
      internal: ['code', 'passkey', 'provider'],
      host: ['passkey', 'provider'],
      manager: ['passkey', 'provider'],
      moderator: ['passkey', 'provider'],
      reviewer: ['passkey', 'provider'],
      team: ['passkey', 'provider'],
      admin: ['provider'],
    },
    provider: {
      issuer: new URL('https://login.example.org'),
      clientId: 'innovember',
      keyFile: null,
      name: 'login.example.org',
      scopes: 'openid email',
      levels: ['substantial', 'high'],
      internalClaim: { name: 'organisation_type', value: 'rijk' },
    },
    apiLimit: 600,
    trustedProxies: ['10.0.0.0/8', '::1'],
    outgoingAllow: ['intern.example.org', '10.1.0.0/16'],
    apiOrigins: [],
    oin: null,
    securityContact: ['mailto:veilig@example.org', 'https://example.org/cvd'],
    scanCommand: ['clamdscan', '--fdpass'],
    organisation: 'Voorbeeldorganisatie',
    privacyContact: 'privacy@example.org',
    accessibility: { statement: 'https://example.org/verklaring', contact: null, audited: '2026-01-05' },
    metricsToken: 'abcdefghijklmnop',
    backup: { folder: '/mnt/backups', everyHours: 24, recipients: ['age1one', 'age1two'] },
    logLevel: 'debug',
  });
});

test('all faults are named at once', () => {
  expect(
    readConfig({
      PORT: 'web',
      BASE_URL: 'innovember.nl',
      DEMO: 'no',
      DATABASE_URL: 'mysql://db',
      TRUSTED_PROXIES: '10.0.0.0/99',
      SMPT_URL: 'smtp://mail',
      DATADIR: '/srv',
    }),
  ).toEqual({
    faults: [
      "PORT must be a number; it is 'web'.",
      "BASE_URL must be the address of the site, starting with http:// or https://; it is 'innovember.nl'.",
      "BASE_URL must have no path; it is 'innovember.nl'.",
      "DATABASE_URL must be the address of a PostgreSQL database, starting with postgres:// or postgresql://; it is 'mysql://db'.",
      "DEMO must be on or off; it is 'no'.",
      "TRUSTED_PROXIES must be addresses or networks with commas between them, such as 10.0.0.0/8; it is '10.0.0.0/99'.",
      'SMPT_URL is not a setting; SMTP_URL is. Correct it or take it away.',
      'DATADIR is not a setting; DATA_DIR is. Correct it or take it away.',
    ],
  });
});

test('six digits by mail cannot be made enough for a special role, and half a provider is none', () => {
  expect(readConfig({ SIGN_IN_TEAM: 'code,passkey', SIGN_IN_EXTERNAL: 'telepathy', OIDC_ISSUER: 'https://login.example.org' })).toEqual({
    faults: [
      "SIGN_IN_EXTERNAL must be some of code, passkey, provider, with commas between them; it is 'telepathy'.",
      "SIGN_IN_TEAM must not hold code: six digits by mail are never enough for a special role; it is 'code,passkey'.",
    ],
  });
  expect(readConfig({ OIDC_ISSUER: 'https://login.example.org' })).toEqual({
    faults: ['OIDC_ISSUER and OIDC_CLIENT_ID belong together; one of them is missing.'],
  });
});

test('an empty setting is an absent one', () => {
  expect(readConfig({ PORT: '', DEMO: '' })).toMatchObject({ port: 3000, demo: true });
});

test('root under a closed folder keeps the data elsewhere', () => {
  const closed = mkdtempSync(join(tmpdir(), 'innovember-closed-'));
  const checkout = join(closed, 'checkout');
  mkdirSync(checkout);
  expect(defaultDataDir(checkout, false)).toBe(join(checkout, 'data'));
  expect(defaultDataDir(checkout, true)).toMatch(/^\/var\/lib\/innovember\/[0-9a-f]{12}$/);
  chmodSync(closed, 0o755);
  expect(defaultDataDir(checkout, true)).toBe(join(checkout, 'data'));
});

test('a provider without https is believed on this machine alone', () => {
  const fault = (issuer: string) => {
    const read = readConfig({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'innovember' });
    return 'faults' in read ? read.faults : [];
  };
  expect(['https://login.example.org', 'http://127.0.0.1:9000', 'http://localhost:9000', 'http://[::1]:9000'].map(fault)).toEqual([[], [], [], []]);
  expect(['http://login.example.org', 'http://127.example.org', 'http://10.0.0.1'].map((issuer) => fault(issuer).length)).toEqual([1, 1, 1]);
  expect(fault('http://login.example.org')).toEqual([
    "OIDC_ISSUER must start with https://; without it only a provider on this machine itself is believed; it is 'http://login.example.org'.",
  ]);
});
