import type { Language } from './visit.ts';

/** Where somebody is: the language, and the edition when the address names one (null is the current edition). */
export interface Place {
  readonly language: Language;
  readonly edition: string | null;
}

/** The address as the routes know it. Dutch stands at the root, English under /en; another edition under /edities/{edition}. */
export function readAddress(pathname: string): Place & { readonly path: string } {
  const english = pathname === '/en' || pathname.startsWith('/en/');
  const rest = english ? pathname.slice(3) || '/' : pathname;
  const language = english ? 'en' : 'nl';
  const named = /^\/edities\/([^/]+)(\/.*)?$/.exec(rest);
  if (!named) return { language, edition: null, path: rest };
  return { language, edition: named[1]!, path: named[2] ?? '/' };
}

/** The address of a page as its reader writes it. */
export function address(place: Place, path: string): string {
  const edition = place.edition === null ? '' : `/edities/${place.edition}`;
  const whole = `${place.language === 'en' ? '/en' : ''}${edition}${path === '/' ? '' : path}`;
  return whole === '' ? '/' : whole;
}
