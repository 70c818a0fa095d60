// Every setting of an installation, in one schema: read once from the environment, all faults named at once.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';

/** The folder of this checkout, seen from the sources and from the build alike. */
export const root = rootAbove(import.meta.dirname);
/** Of the product that runs. */
export const version = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).version;

const text = z.string().trim();
const list = text.transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
const addressOf = (what: string, ...protocols: string[]) =>
  text.refine(
    (value) => protocols.includes(URL.parse(value)?.protocol ?? ''),
    `must be the address of ${what}, starting with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  );
const ways = ['code', 'passkey', 'provider'] as const;
type Ways = readonly ('code' | 'passkey' | 'provider')[];
/** Which ways to sign in are enough for a class of people. */
const waysFor = (who: string, allowed: Ways, standard: Ways) =>
  list
    .refine((given) => given.length > 0, `must name at least one of ${allowed.join(', ')}`)
    .transform((given, context): Ways => {
      const known = allowed.filter((way) => given.includes(way));
      if (known.length !== new Set(given).size)
        context.addIssue({
          code: 'custom',
          message:
            given.includes('code') && !allowed.includes('code')
              ? 'must not hold code: six digits by mail are never enough for a special role'
              : `must be some of ${allowed.join(', ')}, with commas between them`,
        });
      return known;
    })
    .default([...standard])
    .describe(`how ${who} may sign in`);
const strong: Ways = ['passkey', 'provider'];
/** What is sent over this machine's own wire is read by nobody on the way. */
const isSafeThere = (value: string): boolean => {
  const { protocol, hostname } = URL.parse(value) ?? {};
  return protocol !== 'http:' || hostname === 'localhost' || hostname === '[::1]' || /^127\.[\d.]+$/.test(hostname ?? '');
};
const isDomain = (value: string): boolean => /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i.test(value);
const isHost = (value: string): boolean => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(value);
const isSender = (value: string): boolean => /^([^<>\r\n]+ <[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/.test(value);
const isContact = (value: string): boolean => /^https?:\/\/\S+$/.test(value) || /^[^\s@<>]+@[^\s@<>]+$/.test(value);
const isNetwork = (value: string): boolean => {
  const [address = '', bits] = value.split('/');
  const family = isIP(address);
  return family !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)));
};

/** What each setting is, as docs/operate.md and the error messages tell it. */
export const settings = z.object({
  PORT: text
    .regex(/^\d+$/, 'must be a number')
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, 'must lie between 1 and 65535')
    .default(3000)
    .describe('the port to listen on'),
  HOST: text.optional().describe('the address to listen on; absent: all'),
  BASE_URL: addressOf('the site', 'http:', 'https:')
    .refine((value) => URL.parse(value)?.pathname === '/', 'must have no path')
    .optional()
    .describe('how visitors reach the site; absent: http://localhost:PORT'),
  DATA_DIR: text.min(1, 'must be a folder').optional().describe('the folder for everything that is kept'),
  DATABASE_URL: addressOf('a PostgreSQL database', 'postgres:', 'postgresql:')
    .optional()
    .describe('a PostgreSQL 15 or newer; absent: the embedded one'),
  SMTP_URL: addressOf('a mail server', 'smtp:', 'smtps:').optional().describe('the mail server; absent: every letter is a file under DATA_DIR/mail'),
  MAIL_FROM: text
    .refine(isSender, 'must be a mail address, or a name with the address between < and >')
    .optional()
    .describe('who letters come from; absent: INNOvember <innovember@host of BASE_URL>'),
  DEMO: z.enum(['on', 'off'], 'must be on or off').default('on').describe('off: start without example content'),
  INTERNAL_DOMAINS: list
    .refine((domains) => domains.every(isDomain), 'must be mail domains with commas between them, such as rijksoverheid.nl,gemeente.nl')
    .default([])
    .describe('mail domains of civil servants'),
  SIGN_IN_EXTERNAL: waysFor('participants from outside', ways, ways),
  SIGN_IN_INTERNAL: waysFor('civil servants', ways, ways),
  SIGN_IN_HOST: waysFor('hosts of sessions', strong, strong),
  SIGN_IN_MANAGER: waysFor('managers of organisations', strong, strong),
  SIGN_IN_MODERATOR: waysFor('moderators', strong, strong),
  SIGN_IN_REVIEWER: waysFor('reviewers of proposals', strong, strong),
  SIGN_IN_TEAM: waysFor('programme teams', strong, strong),
  SIGN_IN_ADMIN: waysFor('administrators', strong, strong),
  OIDC_ISSUER: addressOf('a sign-in provider', 'https:', 'http:')
    .refine(isSafeThere, 'must start with https://; without it only a provider on this machine itself is believed')
    .optional()
    .describe('the OpenID Connect provider by which people of the organisation sign in'),
  OIDC_CLIENT_ID: text.optional().describe('by which name the provider knows us'),
  OIDC_CLIENT_KEY: text
    .optional()
    .describe('a JWK file with our private key; absent: made under DATA_DIR, its public half is at /.well-known/jwks.json'),
  OIDC_NAME: text.optional().describe('what the button to the provider says after "Sign in with"'),
  OIDC_SCOPES: text.default('openid email').describe('what is asked of the provider, with spaces between'),
  OIDC_ACR: list.default([]).describe('levels of assurance that are enough, with commas between, the wanted one first. Absent: not checked'),
  OIDC_INTERNAL_CLAIM: text
    .regex(/^[^=\s]+=.+$/, 'must be a claim and its value, such as organisation_type=rijk')
    .optional()
    .describe('the claim that says that somebody is a civil servant; absent: their mail domain says so'),
  API_LIMIT: text
    .regex(/^[1-9]\d{0,8}$/, 'must be a number above 0')
    .transform(Number)
    .default(60_000)
    .describe('how often a minute the programs of one account may ask'),
  TRUSTED_PROXIES: list
    .refine((networks) => networks.every(isNetwork), 'must be addresses or networks with commas between them, such as 10.0.0.0/8')
    .default([])
    .describe('proxies whose X-Forwarded-For is believed'),
  OUTGOING_ALLOW: list
    .refine((places) => places.every((place) => isNetwork(place) || isHost(place)), 'must be hosts, addresses or networks with commas between them')
    .default([])
    .describe('private hosts, addresses or networks that may be asked nonetheless, also over plain http'),
  API_ORIGINS: list
    .refine(
      (origins) => origins.every((origin) => URL.parse(origin)?.origin === origin),
      'must be origins with commas between them, such as https://www.example.org',
    )
    .default([])
    .describe('sites whose pages may ask the API from a browser, with commas between'),
  ORGANISATION_OIN: text
    .regex(/^\d{20}$/, 'must be twenty digits')
    .optional()
    .describe('the OIN of who runs this, for the source of webhooks; absent: BASE_URL'),
  SECURITY_CONTACT: list
    .refine(
      (given) => given.every((one) => isSender(one) || URL.parse(one)?.protocol === 'https:'),
      'must be mail addresses or https addresses with commas between them',
    )
    .default([])
    .describe('who is told about a leak, in security.txt: mail addresses or pages; absent: the sender of letters'),
  SCAN_COMMAND: text.optional().describe('looks at every file that comes in, such as clamdscan --fdpass; the file is its last word, 0 is clean'),
  ORGANISATION_NAME: text.max(200).optional().describe('who is responsible for this site, as /privacy and /toegankelijkheid say it'),
  PRIVACY_CONTACT: text
    .refine(isContact, 'must be a mail address, or the address of a page')
    .optional()
    .describe('whom to ask about personal data: a mail address or a page'),
  ACCESSIBILITY_STATEMENT: addressOf('a page', 'https:', 'http:').optional().describe('the official accessibility statement'),
  ACCESSIBILITY_CONTACT: text
    .refine(isContact, 'must be a mail address, or the address of a page')
    .optional()
    .describe('whom to tell what is not accessible: a mail address or a page'),
  ACCESSIBILITY_AUDITED: text
    .refine((day) => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)), 'must be a day, such as 2026-11-02')
    .optional()
    .describe('the day of the last independent audit of accessibility, such as 2026-11-02'),
  METRICS_TOKEN: text
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('who knows it may read /metrics and the parts of /readyz; absent: no metrics'),
  BACKUP_DIR: text
    .min(1, 'must be a folder')
    .optional()
    .describe('a folder for backups, best on another disk; when it is set the server makes them. Absent: DATA_DIR/backups, by hand'),
  BACKUP_EVERY: text
    .regex(/^\d{1,3}$/, 'must be a number of hours; 0 for never')
    .transform(Number)
    .optional()
    .describe('how many hours lie between the backups that the server makes; absent: 24 when BACKUP_DIR is set, else none'),
  BACKUP_FOR: list
    .refine((given) => given.every((one) => /^age1[0-9a-z]+$/.test(one)), 'must be age recipients (age1...) with commas between them')
    .default([])
    .describe('age recipients for whom every backup is locked, with commas between; their keys are best kept elsewhere'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be fatal, error, warn, info, debug, trace or silent')
    .default('info')
    .describe('how much is logged'),
});

export interface Config {
  readonly port: number;
  readonly host: string | undefined;
  /** Scheme, host and port; it has no path. */
  readonly baseUrl: URL;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly demo: boolean;
  readonly internalDomains: readonly string[];
  /** Which ways to sign in are enough, per access class. */
  readonly signIn: Readonly<Record<'external' | 'internal' | 'host' | 'manager' | 'moderator' | 'reviewer' | 'team' | 'admin', Ways>>;
  readonly provider: Provider | null;
  /** Questions a minute for the programs of one account. */
  readonly apiLimit: number;
  readonly trustedProxies: readonly string[];
  /** Hosts, addresses and networks that may be asked although they are private. */
  readonly outgoingAllow: readonly string[];
  /** Sites whose pages may ask the API. */
  readonly apiOrigins: readonly string[];
  readonly oin: string | null;
  /** Addresses as security.txt names them: mailto: or https:. */
  readonly securityContact: readonly string[];
  /** A program with its words, which gets the name of a file that came in; empty: none. */
  readonly scanCommand: readonly string[];
  readonly organisation: string | null;
  /** A mail address or a page. */
  readonly privacyContact: string | null;
  readonly accessibility: {
    readonly statement: string | null;
    readonly contact: string | null;
    /** YYYY-MM-DD. */
    readonly audited: string | null;
  };
  readonly metricsToken: string | null;
  /** Hours between backups by the server; 0: none. */
  readonly backup: { readonly folder: string; readonly everyHours: number; readonly recipients: readonly string[] };
  readonly logLevel: string;
}

/** The sign-in provider of an organisation. */
export interface Provider {
  readonly issuer: URL;
  readonly clientId: string;
  readonly keyFile: string | null;
  readonly name: string;
  readonly scopes: string;
  /** Levels that are enough; empty: not asked. */
  readonly levels: readonly string[];
  readonly internalClaim: { readonly name: string; readonly value: string } | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of an environment, or a sentence for each fault in them. */
export function readConfig(environment: Environment): Config | { readonly faults: readonly string[] } {
  const given = Object.fromEntries(Object.keys(settings.shape).map((name) => [name, environment[name] || undefined]));
  const read = settings.safeParse(given);
  const wrong = read.success
    ? []
    : read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}; it is '${environment[String(path[0])]}'.`);
  const half = read.success && (read.data.OIDC_ISSUER === undefined) !== (read.data.OIDC_CLIENT_ID === undefined);
  const faults = [...wrong, ...(half ? ['OIDC_ISSUER and OIDC_CLIENT_ID belong together; one of them is missing.'] : []), ...misspelt(environment)];
  if (!read.success || faults.length > 0) return { faults };
  const it = read.data;
  const dataDir = resolve(it.DATA_DIR ?? defaultDataDir(root, process.getuid?.() === 0));
  const baseUrl = new URL(it.BASE_URL ?? `http://localhost:${it.PORT}`);
  const mailFrom = it.MAIL_FROM ?? `INNOvember <innovember@${baseUrl.hostname}>`;
  return {
    port: it.PORT,
    host: it.HOST,
    baseUrl,
    dataDir,
    databaseUrl: it.DATABASE_URL ?? null,
    smtpUrl: it.SMTP_URL ?? null,
    mailFrom,
    demo: it.DEMO === 'on',
    internalDomains: it.INTERNAL_DOMAINS.map((domain) => domain.toLowerCase()),
    signIn: {
      external: it.SIGN_IN_EXTERNAL,
      internal: it.SIGN_IN_INTERNAL,
      host: it.SIGN_IN_HOST,
      manager: it.SIGN_IN_MANAGER,
      moderator: it.SIGN_IN_MODERATOR,
      reviewer: it.SIGN_IN_REVIEWER,
      team: it.SIGN_IN_TEAM,
      admin: it.SIGN_IN_ADMIN,
    },
    provider: providerOf(it),
    apiLimit: it.API_LIMIT,
    trustedProxies: it.TRUSTED_PROXIES,
    outgoingAllow: it.OUTGOING_ALLOW,
    apiOrigins: it.API_ORIGINS,
    oin: it.ORGANISATION_OIN ?? null,
    securityContact: (it.SECURITY_CONTACT.length > 0 ? it.SECURITY_CONTACT : [mailFrom]).map(contactOf),
    scanCommand: it.SCAN_COMMAND?.split(/\s+/) ?? [],
    organisation: it.ORGANISATION_NAME ?? null,
    privacyContact: it.PRIVACY_CONTACT ?? null,
    accessibility: {
      statement: it.ACCESSIBILITY_STATEMENT ?? null,
      contact: it.ACCESSIBILITY_CONTACT ?? null,
      audited: it.ACCESSIBILITY_AUDITED ?? null,
    },
    metricsToken: it.METRICS_TOKEN ?? null,
    backup: {
      folder: resolve(it.BACKUP_DIR ?? join(dataDir, 'backups')),
      everyHours: it.BACKUP_EVERY ?? (it.BACKUP_DIR === undefined ? 0 : 24),
      recipients: it.BACKUP_FOR,
    },
    logLevel: it.LOG_LEVEL,
  };
}

const contactOf = (given: string): string => (given.startsWith('https:') ? given : `mailto:${/<([^>]+)>/.exec(given)?.[1] ?? given}`);

function providerOf(it: z.infer<typeof settings>): Provider | null {
  if (it.OIDC_ISSUER === undefined || it.OIDC_CLIENT_ID === undefined) return null;
  const [name = '', value = ''] = (it.OIDC_INTERNAL_CLAIM ?? '').split(/=(.*)/s);
  const issuer = new URL(it.OIDC_ISSUER);
  return {
    issuer,
    clientId: it.OIDC_CLIENT_ID,
    keyFile: it.OIDC_CLIENT_KEY === undefined ? null : resolve(it.OIDC_CLIENT_KEY),
    name: it.OIDC_NAME ?? issuer.hostname,
    scopes: it.OIDC_SCOPES,
    levels: it.OIDC_ACR,
    internalClaim: name === '' ? null : { name, value },
  };
}

let known: Config | undefined;
/** The settings of this process, which ends when they are wrong: nothing may start with half of them. */
export function config(): Config {
  if (known) return known;
  const read = readConfig(process.env);
  if (!('faults' in read)) return (known = read);
  console.error(read.faults.join('\n'));
  process.exit(1);
}

/** Root keeps the data in the checkout only when the user who runs PostgreSQL can reach it there. */
export function defaultDataDir(checkout: string, isRoot: boolean): string {
  if (!isRoot || othersCanEnter(checkout)) return join(checkout, 'data');
  return join('/var/lib/innovember', createHash('sha256').update(checkout).digest('hex').slice(0, 12));
}

function othersCanEnter(folder: string): boolean {
  const enters = (statSync(folder).mode & 0o001) !== 0;
  return enters && (folder === dirname(folder) || othersCanEnter(dirname(folder)));
}

function misspelt(environment: Environment): string[] {
  const ours = Object.keys(settings.shape);
  return Object.keys(environment).flatMap((name) => {
    if (ours.includes(name) || everydayNames.has(name)) return [];
    const meant = ours.find((our) => isNear(name.toUpperCase(), our));
    return meant === undefined ? [] : [`${name} is not a setting; ${meant} is. Correct it or take it away.`];
  });
}

// Names that any machine may have and that lie close to ours.
const everydayNames = new Set([
  'HOME',
  'PWD',
  'PATH',
  'TERM',
  'USER',
  'LANG',
  'MAIL',
  'SHELL',
  'HOSTNAME',
  'HOSTTYPE',
  'NODE',
  'SHLVL',
  'TMPDIR',
  'TEST',
  'DEV',
]);

/** Whether two letters changed, added or left out make one name of the other. */
function isNear(name: string, other: string): boolean {
  if (Math.abs(name.length - other.length) > 2) return false;
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...name].entries()) {
    const next = [i + 1];
    for (const [j, its] of [...other].entries()) next.push(Math.min(row[j]! + (letter === its ? 0 : 1), row[j + 1]! + 1, next[j]! + 1));
    row = next;
  }
  return row.at(-1)! <= 2;
}

function rootAbove(folder: string): string {
  const file = join(folder, 'package.json');
  if (existsSync(file) && /"name":\s*"innovember"/.test(readFileSync(file, 'utf8'))) return folder;
  if (folder === dirname(folder)) throw new Error('INNOvember does not find its own package.json');
  return rootAbove(dirname(folder));
}
