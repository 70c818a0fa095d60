import { slugOf, type Text } from '#ground/text.ts';
import { words } from '#words';
import { limits, type ImportedTheme } from './imported.ts';
import type { Own } from './own.ts';
import { line } from './plain.ts';
import type { RawProgramme, RawRow } from './raw.ts';
import { cut, type SayRemark } from './remark.ts';
import { guessLanguage } from './tongue.ts';

export interface Themes {
  readonly all: readonly ImportedTheme[];
  /** From a track's name to the slug of its theme. */
  readonly slugs: ReadonlyMap<string, string>;
  readonly other: string;
}

/** Tracks become themes; the most used ones when there are too many. Without tracks there is one theme. */
export function themesOf(raw: RawProgramme, own: Own | null, language: string | null, ours: Readonly<Record<string, string>> = {}): Themes {
  const t = { nl: words('nl'), en: words('en') };
  if (own !== null)
    return {
      all: own.themes,
      slugs: new Map(own.themes.flatMap(({ slug, name }) => Object.values(name).map((said) => [said, slug]))),
      other: own.themes[0]?.slug ?? '',
    };
  const uses = new Map<string, number>(raw.tracks.map((track) => [trackName(track), 0]));
  for (const track of raw.rows.flatMap(tracksOf)) uses.set(trackName(track), (uses.get(trackName(track)) ?? 0) + 1);
  const known = new Map(Object.entries(ours));
  for (const name of known.keys()) uses.delete(trackName(name));
  uses.delete('');
  const kept = new Set(
    [...uses]
      .sort((a, b) => b[1] - a[1])
      .slice(0, limits.themes - 1)
      .map(([name]) => name),
  );
  const slugs = new Map<string, string>([...known].map(([name, slug]) => [trackName(name), slug]));
  const taken = new Set<string>();
  const all: ImportedTheme[] = [];
  for (const name of [...uses.keys()].filter((one) => kept.has(one))) {
    const said: Text = raw.hasNumberedTracks
      ? { nl: t.nl('exchange.track', { number: name }), en: t.en('exchange.track', { number: name }) }
      : { [guessLanguage(name) ?? language ?? 'nl']: name };
    const slug = freeSlug(slugOf(Object.values(said)[0] ?? '') || 'thema', taken);
    slugs.set(name, slug);
    all.push({ slug, name: said });
  }
  const word = slugs.size === 0 ? 'exchange.theme-all' : 'exchange.theme-other';
  const other = freeSlug(slugOf(t.nl(word)), taken);
  return { all: [...all, { slug: other, name: { nl: t.nl(word), en: t.en(word) } }], slugs, other };
}

export const tracksOf = ({ track, moreTracks }: RawRow): readonly string[] => [...(track === null ? [] : [track]), ...moreTracks];
const trackName = (track: string): string => cut(line(cut(track, 600)), 120);

function freeSlug(slug: string, taken: Set<string>): string {
  let free = slug;
  for (let number = 2; taken.has(free); number += 1) free = `${slug}-${number}`;
  taken.add(free);
  return free;
}

export function themesFor(row: RawRow, themes: Themes, say: SayRemark): readonly string[] {
  const names = tracksOf(row)
    .map(trackName)
    .filter((name) => name !== '');
  const found = [...new Set(names.flatMap((name) => themes.slugs.get(name) ?? []))];
  for (const name of names) if (!themes.slugs.has(name)) say('many-tracks', { track: name, most: limits.themes });
  if (found.length > 0) return found;
  if (names.length === 0 && themes.slugs.size > 0) say('no-track');
  return themes.other === '' ? [] : [themes.other];
}
