const here = 'http://here.invalid';

/** Where somebody wanted to go, if that is a page of ours; else the fallback. Never another house, in whatever spelling. */
export function wayBack(typed: string | null, fallback: string): string {
  if (typed === null || typed.length > 500 || !/^\/(?![/\\])[!-~]*$/.test(typed) || typed.includes('\\') || !URL.canParse(typed, here))
    return fallback;
  const url = new URL(typed, here);
  // Dots are gone now: '/.//elsewhere' has become '//elsewhere'.
  if (
    url.origin !== here ||
    url.pathname.startsWith('//') ||
    /(?<!\/mijn-gegevens)\/(inloggen|uitloggen)(\/(sterker|beheerder))?$/.test(url.pathname)
  )
    return fallback;
  return url.pathname + url.search + url.hash;
}
