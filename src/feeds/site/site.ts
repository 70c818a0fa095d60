// What the site tells search engines, and whoever found a leak.
import { address } from '#ground/address.ts';
import { config } from '#ground/config.server.ts';
import { languages, type Visit } from '#ground/visit.ts';
import { news } from '#rooms/newsroom';
import { currentEdition, editions, sessions } from '#rooms/programme';
import { words } from '#words';

/** Every public page, in both languages; a session of the current edition stands at the root. */
export async function sitemap(visit: Visit): Promise<string> {
  const current = await currentEdition(visit);
  const pages: string[] = ['/toegankelijkheid', '/privacy'].flatMap((path) => inBoth(null, path, null));
  for (const edition of await editions(visit)) {
    const place = edition.id === current?.id ? null : edition.slug;
    pages.push(...inBoth(place, '/', null), ...inBoth(place, '/programma', null));
    const stories = await news(visit, edition, 0, 1000);
    if (stories.length > 0) pages.push(...inBoth(place, '/nieuws', null));
    for (const { slug, updatedAt } of stories) pages.push(...inBoth(place, `/nieuws/${slug}`, updatedAt));
    for (const { code, updatedAt } of await sessions(visit, edition.id)) pages.push(...inBoth(place, `/programma/${code}`, updatedAt));
  }
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...pages.slice(0, 20_000),
    '</urlset>',
    '',
  ].join('\n');
}

function inBoth(edition: string | null, path: string, changedAt: Date | null): readonly string[] {
  const { origin } = config().baseUrl;
  const others = languages
    .map((language) => `<xhtml:link rel="alternate" hreflang="${language}" href="${origin}${address({ language, edition }, path)}"/>`)
    .join('');
  return languages.map(
    (language) =>
      `<url><loc>${origin}${address({ language, edition }, path)}</loc>${changedAt === null ? '' : `<lastmod>${changedAt.toISOString()}</lastmod>`}${others}</url>`,
  );
}

/** Public pages may be found; what is somebody's own is not there to be found. */
export const robots = (): string =>
  [
    'User-agent: *',
    ...['/agenda/mijn/', '/mijn-programma', '/inloggen', '/aanmelden', '/api/'].flatMap((path) => [`Disallow: ${path}`, `Disallow: /en${path}`]),
    `Sitemap: ${config().baseUrl.origin}/sitemap.xml`,
    '',
  ].join('\n');

/** RFC 9116: whom to tell about a leak. */
export function securityTxt(now: Date): string {
  const { baseUrl, securityContact } = config();
  const expires = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 6, 1)).toISOString();
  return [
    ...securityContact.map((contact) => `Contact: ${contact}`),
    `Expires: ${expires}`,
    'Preferred-Languages: nl, en',
    `Canonical: ${baseUrl.origin}/.well-known/security.txt`,
    `Policy: ${baseUrl.origin}/.well-known/security-policy.txt`,
    '',
  ].join('\n');
}

/** What whoever found a leak may count on, in both languages. */
export const securityPolicy = (): string =>
  languages.map((language) => words(language)('shell.leakPolicy', { contacts: config().securityContact.join(', ') })).join('\n\n') + '\n';
