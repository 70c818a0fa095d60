/**
 * What internet.nl (1.11) asks of a site's own answers, as pure rules: the tests ask them of ours, and an operator of
 * theirs from outside. What a name server, a certificate or a mail server must do is not in an answer and not in here.
 */
export interface Seen {
  /** The address that was asked, with https. */
  readonly url: URL;
  readonly status: number;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What is wrong with an answer at the root of a site; empty when nothing is. */
export const faultsOfAnswer = ({ url, headers }: Seen): readonly string[] => [
  ...faultsOfPolicy(headers['content-security-policy'], url),
  ...(hstsSeconds(headers['strict-transport-security']) >= year ? [] : ['strict-transport-security: max-age is less than a year']),
  ...(['no-referrer', 'same-origin'].includes(last(headers['referrer-policy'])) ? [] : ['referrer-policy: neither no-referrer nor same-origin']),
  ...(last(headers['x-content-type-options']) === 'nosniff' ? [] : ['x-content-type-options: not nosniff']),
  ...(/^(deny|sameorigin)$/i.test(headers['x-frame-options'] ?? '') ? [] : ['x-frame-options: neither DENY nor SAMEORIGIN']),
];

const year = 31_536_000;
const hstsSeconds = (value = ''): number => Number(/(?:^|;)\s*max-age\s*=\s*"?(\d+)"?\s*(?:;|$)/i.exec(value)?.[1] ?? 0);
const last = (value = ''): string => value.split(',').at(-1)!.trim().toLowerCase();

/** What is wrong with a content security policy. */
export function faultsOfPolicy(value: string | undefined, url: URL): readonly string[] {
  if (value === undefined || value.trim() === '') return ['content-security-policy: there is none'];
  const policy = readPolicy(value);
  const sources = (name: string): readonly string[] => policy.get(name) ?? [];
  const isOwn = (source: string): boolean => source === "'self'" || source === "'none'" || isOwnHost(source, url);
  const frame = policy.get('frame-src') ?? policy.get('child-src') ?? sources('default-src');
  return [
    ...['default-src', 'base-uri'].filter((name) => !all(sources(name), isOwn)).map((name) => `${name}: more than 'none' or 'self', or absent`),
    ...(all(sources('form-action'), isPlace) ? [] : ["form-action: neither 'none', 'self' nor a host, or absent"]),
    ...(all(frame, isPlace) ? [] : ["frame-src: neither 'none', 'self' nor a host, or absent"]),
    ...(["'none'", "'self'"].includes(sources('frame-ancestors')[0] ?? '') && all(sources('frame-ancestors'), isPlace)
      ? []
      : ["frame-ancestors: neither 'none' nor 'self', or absent"]),
    ...[...policy].flatMap(([name, given]) => given.filter((source) => isLoose(name, source)).map((source) => `${name}: ${source}`)),
  ];
}

function readPolicy(value: string): ReadonlyMap<string, readonly string[]> {
  const policy = new Map<string, readonly string[]>();
  for (const directive of value.split(';')) {
    const [name = '', ...sources] = directive.trim().split(/\s+/);
    // Browsers, too, look at the first of two with one name.
    if (name !== '' && !policy.has(name.toLowerCase()))
      policy.set(
        name.toLowerCase(),
        sources.map((source) => source.toLowerCase()),
      );
  }
  return policy;
}

const all = (sources: readonly string[], holds: (source: string) => boolean): boolean => sources.length > 0 && sources.every(holds);
const isPlace = (source: string): boolean => source === "'self'" || source === "'none'" || /^https:\/\/[^*/]/.test(source);
const isOwnHost = (source: string, { hostname }: URL): boolean => {
  const host = URL.parse(source.replace('://*.', '://'))?.hostname;
  return source.startsWith('https://') && host !== undefined && (host === hostname || host.endsWith(`.${hostname}`) || hostname.endsWith(`.${host}`));
};

const forPictures = ['img-src', 'media-src', 'font-src'];
/** What makes a directive let in more than it says: anything inline, any host, a host without https, this machine. */
function isLoose(name: string, source: string): boolean {
  if (["'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", '*', 'http:', 'https:'].includes(source)) return true;
  if (source === 'data:') return !forPictures.includes(name);
  if (!name.endsWith('-src') && !['base-uri', 'form-action', 'frame-ancestors'].includes(name)) return false;
  if (source.startsWith("'") || /^[a-z]+:$/.test(source)) return false;
  const host = URL.parse(source.replace('://*.', '://'))?.hostname ?? '';
  return !source.startsWith('https://') || host === 'localhost' || /^127\.|^\[::1\]$/.test(host);
}

/** What is wrong with an answer over plain http: it must lead to https on the same host first, and nowhere else. */
export function faultsOfPlain({ url, status, headers }: Seen): readonly string[] {
  const to = URL.parse(headers['location'] ?? '', url);
  if (![301, 302, 303, 307, 308].includes(status) || !to) return ['http: does not lead to https'];
  return to.protocol === 'https:' && to.hostname === url.hostname ? [] : [`http: leads to ${to.origin} first`];
}

/** What is wrong with security.txt (RFC 9116). */
export function faultsOfSecurityTxt({ url, status, headers, body, now }: Seen & { readonly body: string; readonly now: Date }): readonly string[] {
  if (status !== 200) return [`security.txt: the answer was ${status}`];
  const fields = body
    .split(/\r?\n/)
    .flatMap((line) => (/^[a-z-]+: /i.test(line) ? [{ name: line.split(':', 1)[0]!.toLowerCase(), value: line.replace(/^[^:]+: /, '') }] : []));
  const valuesOf = (name: string): readonly string[] => fields.filter((field) => field.name === name).map(({ value }) => value);
  const expires = valuesOf('expires').map((value) => Date.parse(value) - now.getTime());
  const canonical = valuesOf('canonical');
  return [
    ...(/^text\/plain;\s*charset=utf-8$/i.test(headers['content-type'] ?? '') ? [] : ['security.txt: not text/plain in utf-8']),
    ...(all(valuesOf('contact'), (value) => /^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+|tel:\S+)$/.test(value))
      ? []
      : ['security.txt: no Contact that can be reached']),
    ...(expires.length === 1 && expires[0]! > 0 && expires[0]! < year * 1000 ? [] : ['security.txt: Expires is not one moment within a year']),
    ...(canonical.length === 0 || canonical.includes(url.href) ? [] : ['security.txt: Canonical is another address']),
    ...(valuesOf('preferred-languages').length <= 1 ? [] : ['security.txt: Preferred-Languages more than once']),
    ...(body.length <= 100_000 ? [] : ['security.txt: larger than 100 kB']),
  ];
}
