// A browser and a machine in two words, so that people know their own sign-ins. It decides nothing.
import type { Language } from '#ground/visit.ts';
import { words } from '#words';

// The first that fits: every browser also says that it is some others.
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const machines: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];
const nameOf = (agent: string, names: readonly (readonly [RegExp, string])[]): string => names.find(([mark]) => mark.test(agent))?.[1] ?? '';

/** What is kept of a User-Agent: 'Chrome/Windows', or less when less is known. */
export const deviceOf = (agent: string | null): string | null => {
  const known = [nameOf(agent ?? '', browsers), nameOf(agent ?? '', machines)].filter((name) => name !== '');
  return known.length === 0 ? null : known.join('/');
};

/** The same as it is said: 'Chrome op Windows'. */
export function deviceSaid(device: string | null, language: Language): string {
  const t = words(language);
  if (device === null) return t('account.deviceUnknown');
  const [browser = '', machine] = device.split('/');
  return machine === undefined ? browser : t('account.device', { browser, machine });
}
