// What can be seen of an installation from its own machine: names, certificates, other machines. Every question has a
// limit of time, and what cannot be asked from here is told as such.
import { Resolver } from 'node:dns/promises';
import net from 'node:net';
import tls from 'node:tls';
import type { Config } from '#ground/config.server.ts';
import { faultsOfAnswer } from '../../../internet-nl.ts';
import { byLimits, ok, unknown, warning, wrong, type Finding } from './finding.ts';
import { dmarcOf, spfOf } from './mail-domain.ts';

const patience = 3000;

/** The records behind a name; none when there are none, null when nobody answers here. */
async function look<Record>(ask: () => Promise<Record[]>): Promise<Record[] | null> {
  try {
    return await ask();
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? fault.code : '';
    return code === 'ENODATA' || code === 'ENOTFOUND' ? [] : null;
  }
}

/** SPF, DMARC, DKIM and MX of the domain that letters come from. */
export async function mailDomain({ mailFrom, smtpUrl }: Config): Promise<Finding[]> {
  const domain = /@([^\s>]+)>?$/.exec(mailFrom)?.[1] ?? '';
  if (smtpUrl === null) return [warning('mail-in-files')];
  const dns = new Resolver({ timeout: patience / 2, tries: 2 });
  const texts = (name: string) => look(async () => (await dns.resolveTxt(name)).map((parts) => parts.join('')));
  const [spf, dmarc, mx] = await Promise.all([texts(domain), texts(`_dmarc.${domain}`), look(() => dns.resolveMx(domain))]);
  if (spf === null || dmarc === null || mx === null) return [unknown('dns-unknown', { domain })];
  return [
    spfOf(spf, domain),
    dmarcOf(dmarc, domain),
    mx.length > 0 ? ok('mx', { domain }) : warning('mx-none', { domain }),
    unknown('dkim', { domain }),
  ];
}

/** Whether the mail server answers, and over a line that nobody reads along. */
export async function mailServer({ smtpUrl }: Config): Promise<Finding[]> {
  if (smtpUrl === null) return [];
  const url = new URL(smtpUrl);
  const isTls = url.protocol === 'smtps:';
  const host = url.hostname;
  const said = await smtpGreeting(host, Number(url.port) || (isTls ? 465 : 587), isTls);
  if (said === null) return [wrong('smtp-away', { host })];
  return [isTls || /^250[- ]STARTTLS\s*$/im.test(said) ? ok('smtp', { host }) : wrong('smtp-plain', { host })];
}

function smtpGreeting(host: string, port: number, isTls: boolean): Promise<string | null> {
  return new Promise((done) => {
    const socket = isTls ? tls.connect({ host, port, servername: host }) : net.connect({ host, port });
    let said = '';
    const end = (answer: string | null) => (socket.destroy(), done(answer));
    socket.setTimeout(patience, () => end(null));
    socket.on('error', () => end(null));
    socket.on('data', (part: Buffer) => {
      said += String(part);
      if (/^220 /m.test(said) && !said.includes('250')) socket.write('EHLO doctor.invalid\r\n');
      if (/^250 /m.test(said)) end(said);
    });
  });
}

/** Whether the provider by which people sign in can be reached, under the name it gives itself. */
export async function provider({ provider }: Config): Promise<Finding[]> {
  if (!provider) return [];
  const issuer = provider.issuer.href;
  const answer = await ask(new URL('.well-known/openid-configuration', issuer.endsWith('/') ? issuer : `${issuer}/`));
  if (!answer) return [wrong('oidc-away', { issuer })];
  const text = await answer.text();
  return [text.includes(`"${issuer.replace(/\/$/, '')}`) ? ok('oidc', { issuer }) : wrong('oidc-another', { issuer })];
}

/** The first page as visitors get it, where the server runs: its headers, its certificate, security.txt. */
export async function site({ baseUrl, port }: Config, now: Date): Promise<Finding[]> {
  const isHttps = baseUrl.protocol === 'https:';
  const isLocal = /^(localhost|127\.|\[::1\])/.test(baseUrl.hostname);
  const scheme = isHttps ? ok('https', { url: baseUrl.origin }) : (isLocal ? warning : wrong)('no-https', { url: baseUrl.origin });
  const answer = (await ask(baseUrl)) ?? (await ask(new URL(`http://localhost:${port}/`)));
  if (!answer) return [scheme, unknown('site-away')];
  const faults = faultsOfAnswer({
    url: new URL(baseUrl.origin.replace(/^http:/, 'https:')),
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
  });
  const headers = faults.length === 0 ? ok('headers') : wrong('headers-wrong', { faults: faults.join('; ') });
  return [
    scheme,
    headers,
    ...(isHttps ? [await certificate(baseUrl, now)] : []),
    await securityTxt(new URL('/.well-known/security.txt', answer.url), now),
  ];
}

async function securityTxt(url: URL, now: Date): Promise<Finding> {
  const text = await (await ask(url))?.text();
  const until = /^Expires:\s*(\S+)/im.exec(text ?? '')?.[1];
  if (until === undefined) return wrong('security-txt-none');
  const days = Math.floor((new Date(until).getTime() - now.getTime()) / day);
  return days > 7 ? ok('security-txt', { days }) : wrong('security-txt-over');
}

function certificate({ hostname, port }: URL, now: Date): Promise<Finding> {
  return new Promise((done) => {
    const socket = tls.connect({ host: hostname, port: Number(port) || 443, servername: hostname, rejectUnauthorized: false });
    const end = (finding: Finding) => (socket.destroy(), done(finding));
    socket.setTimeout(patience, () => end(unknown('certificate-unseen')));
    socket.on('error', () => end(unknown('certificate-unseen')));
    socket.on('secureConnect', () => {
      const days = Math.floor((new Date(socket.getPeerCertificate().valid_to).getTime() - now.getTime()) / day);
      const state = byLimits(-days, -21, 0);
      end({ state, code: state === 'ok' ? 'certificate' : 'certificate-soon', values: { days } });
    });
  });
}

const ask = (url: URL): Promise<Response | null> => fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(patience) }).catch(() => null);
const day = 86_400_000;
