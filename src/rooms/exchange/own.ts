import { z } from 'zod';
import type { Text } from '#ground/text.ts';
import { formats, levels } from '#rooms/programme/session.ts';
import type { ImportedSession, ImportedTheme } from './imported.ts';
import { clean } from './plain.ts';

/** What our exports say beyond the formats' own fields, so that everything can be taken out and put back. */
export interface Own {
  /** Absent in a sheet, which has no place for it. */
  readonly edition?:
    | {
        readonly name: Text;
        readonly startsOn: string;
        readonly endsOn: string;
        readonly timeZone: string;
        readonly rules: { readonly atLeast: number; readonly fits: number; readonly surprises: number };
      }
    | undefined;
  readonly themes: readonly ImportedTheme[];
  readonly organisations: readonly ImportedTheme[];
  /** By guid. */
  readonly sessions: ReadonlyMap<
    string,
    Pick<ImportedSession, 'title' | 'summary' | 'description' | 'themes' | 'speakers' | 'format' | 'languages' | 'location' | 'capacity' | 'own'>
  >;
}

const text = (change: (text: string) => string, most: number) =>
  z.record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/), z.string().max(most).transform(change));
// Our own texts come back as they went: nothing in them was written for HTML.
const name = text(oneLine, 2_000).refine((said) => Object.values(said).some((one) => one !== ''));
const slug = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const named = z.array(z.object({ slug, name })).max(2_000);
const day = z.iso.date().refine((date) => date >= '1970' && date < '2200');
const places = z.int().min(0).max(1_000_000).nullable();

const session = z.object({
  title: name,
  summary: text(clean, 20_000),
  description: text(clean, 500_000),
  themes: z.array(slug).max(200),
  organisations: z.array(slug).max(500),
  speakers: z.array(z.string().max(400).transform(oneLine)).max(500),
  format: z.enum(formats),
  level: z.enum(levels).nullable(),
  languages: z.array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/)).max(10),
  location: z.string().max(400).transform(clean).nullable(),
  capacity: z.object({ onSite: places, online: places }),
  deepens: z.array(z.string().max(200)).max(500),
});

const extension = z.object({
  version: z.literal(1),
  edition: z
    .object({
      name,
      startsOn: day,
      endsOn: day,
      timeZone: z.string().max(100),
      rules: z.object({ atLeast: z.int().min(1).max(20), fits: z.int().min(0).max(10), surprises: z.int().min(0).max(5) }),
    })
    .refine(({ startsOn, endsOn }) => endsOn >= startsOn)
    .optional(),
  themes: named.max(200),
  organisations: named,
  sessions: z.array(z.tuple([z.string().max(200), session])),
});

/** Our own extension, from JSON as a value and from XML as text; null when it is not there or not as we write it. */
export function readOwn(value: unknown): Own | null {
  const parsed = extension.safeParse(typeof value === 'string' ? fromJson(value) : value);
  if (!parsed.success) return null;
  const themes = new Set(parsed.data.themes.map((theme) => theme.slug));
  const organisations = new Set(parsed.data.organisations.map((organisation) => organisation.slug));
  return {
    ...parsed.data,
    sessions: new Map(
      parsed.data.sessions.map(([guid, { level, deepens, ...told }]) => [
        guid,
        {
          ...told,
          themes: unique(told.themes).filter((one) => themes.has(one)),
          own: { level, deepens: unique(deepens), organisations: unique(told.organisations).filter((one) => organisations.has(one)) },
        },
      ]),
    ),
  };
}

function oneLine(text: string): string {
  return clean(text).replace(/\s+/g, ' ');
}

function fromJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

const unique = (all: readonly string[]): readonly string[] => [...new Set(all)];

export type OwnExtension = z.input<typeof extension>;
