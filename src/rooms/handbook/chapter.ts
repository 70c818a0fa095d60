// The organiser's handbook: chapters in the order of the month. What they say stands in sheet handbook: `{slug}-title`,
// `{slug}-lead`, and of each step `{slug}-{nth}` and `{slug}-{nth}-text`.
import { lengthOf } from '#rooms/programme/edition-form.ts';
import type { Edition } from '#rooms/programme/edition.ts';
import { addDays } from '#rooms/programme/when.ts';

/** What can be seen of an edition to be done. */
export const deeds = [
  'themes',
  'team',
  'organisations',
  'call-open',
  'proposals',
  'call-closed',
  'decided',
  'told-proposers',
  'venues',
  'placed',
  'released',
  'published',
  'news',
  'wishes',
  'seats',
  'came',
  'goals',
  'closed',
] as const;
export type Deed = (typeof deeds)[number];

export interface Step {
  /** Where it is done. */
  readonly to?: string;
  /** By which it is seen to be done. */
  readonly deed?: Deed;
}
export interface Chapter {
  readonly slug: string;
  /** Weeks before the first day, 0 is the week of the first day; or weeks after the last one. */
  readonly from: number;
  readonly until: number;
  /** Counted from the last day, not from the first. */
  readonly isAfter?: true;
  readonly steps: readonly Step[];
}

export const chapters: readonly Chapter[] = [
  {
    slug: 'plan',
    from: -20,
    until: -14,
    steps: [{ to: '/organisatie/cijfers', deed: 'goals' }, { to: '/organisatie/editie' }, { to: '/organisatie/editie', deed: 'themes' }],
  },
  {
    slug: 'mensen',
    from: -18,
    until: -12,
    steps: [{ to: '/organisatie/organisaties', deed: 'team' }, { to: '/organisatie/organisaties', deed: 'organisations' }, {}],
  },
  {
    slug: 'oproep',
    from: -14,
    until: -9,
    steps: [
      { to: '/organisatie/oproep', deed: 'call-open' },
      { to: '/organisatie/voorstellen', deed: 'proposals' },
      { to: '/organisatie/oproep', deed: 'call-closed' },
    ],
  },
  {
    slug: 'kiezen',
    from: -9,
    until: -7,
    steps: [
      { to: '/organisatie/voorstellen' },
      { to: '/organisatie/voorstellen', deed: 'decided' },
      { to: '/organisatie/voorstellen', deed: 'told-proposers' },
    ],
  },
  {
    slug: 'rooster',
    from: -7,
    until: -5,
    steps: [
      { to: '/organisatie/ruimtes', deed: 'venues' },
      { to: '/organisatie/rooster', deed: 'placed' },
      { to: '/organisatie/rooster', deed: 'released' },
    ],
  },
  {
    slug: 'vertellen',
    from: -5,
    until: -1,
    steps: [{ to: '/organisatie/sessies', deed: 'published' }, { to: '/organisatie/nieuws', deed: 'news' }, { to: '/organisatie/brieven' }],
  },
  {
    slug: 'plaatsen',
    from: -4,
    until: -1,
    steps: [{ to: '/organisatie/wensen', deed: 'wishes' }, { to: '/organisatie/sessies', deed: 'seats' }, { to: '/organisatie' }],
  },
  {
    slug: 'maand',
    from: 0,
    until: 3,
    steps: [{ to: '/organisatie/sessies', deed: 'came' }, { to: '/organisatie/rooster' }, { to: '/organisatie/nieuws' }],
  },
  {
    slug: 'slotdag',
    from: 0,
    until: 0,
    isAfter: true,
    steps: [{ to: '/organisatie/cijfers' }],
  },
  {
    slug: 'daarna',
    from: 1,
    until: 4,
    isAfter: true,
    steps: [
      { to: '/organisatie/brieven' },
      { to: '/organisatie/uitwisseling' },
      { to: '/organisatie/editie', deed: 'closed' },
      { to: '/organisatie/edities' },
    ],
  },
];

/** Which week of an edition a day is: 0 is the seven days from the first day on, -1 the seven before it. */
export const weekOf = (edition: Pick<Edition, 'startsOn'>, day: string): number => Math.floor((lengthOf(edition.startsOn, day) - 1) / 7);

/** The first and the last day of a chapter. */
export function daysOf(chapter: Chapter, edition: Pick<Edition, 'startsOn' | 'endsOn'>): { readonly first: string; readonly last: string } {
  const start = chapter.isAfter ? edition.endsOn : edition.startsOn;
  const first = addDays(start, chapter.from * 7);
  // The month itself lasts until its last day.
  if (chapter.slug === 'maand') return { first, last: edition.endsOn };
  return { first, last: chapter.isAfter && chapter.until === 0 ? first : addDays(start, chapter.until * 7 + (chapter.isAfter ? 0 : 6)) };
}

/** Whether it is time for a chapter: not yet, now, or it was. */
export function timeFor(chapter: Chapter, edition: Pick<Edition, 'startsOn' | 'endsOn'>, today: string): 'later' | 'now' | 'past' {
  const { first, last } = daysOf(chapter, edition);
  return today < first ? 'later' : today > last ? 'past' : 'now';
}
