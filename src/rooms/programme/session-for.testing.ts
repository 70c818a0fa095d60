import type { SessionId } from '#ground/id.ts';
import type { Session } from './session.ts';

type Places = readonly [capacity: number | null, left: number | null];
export interface Told extends Partial<
  Pick<
    Session,
    'themes' | 'organisations' | 'speakers' | 'format' | 'level' | 'languages' | 'visibility' | 'state' | 'deepens' | 'deepenedBy' | 'location'
  >
> {
  readonly title?: string;
  readonly summary?: string;
  readonly start?: string | null;
  readonly minutes?: number;
  /** Said instead of the minutes. */
  readonly end?: string;
  readonly onSite?: Places;
  readonly online?: Places;
  /** The address where it is joined online. */
  readonly join?: string;
}

/** A session for a test, of which only what the test is about is said; an hour long unless told. */
export function sessionFor(
  code: string,
  { title = code, summary = '', start = '2026-11-23T09:00Z', minutes = 60, end, onSite = [10, 10], online = [0, 0], join, ...rest }: Told = {},
): Session {
  const startsAt = start === null ? null : new Date(start);
  return {
    id: code as SessionId,
    code,
    edition: 'innovember-2026',
    title: { nl: title },
    summary: { nl: summary },
    description: {},
    themes: [],
    organisations: [],
    speakers: [],
    format: 'meeting',
    level: null,
    languages: ['nl'],
    start: startsAt,
    end: end === undefined ? startsAt && new Date(startsAt.getTime() + minutes * 60_000) : new Date(end),
    timeZone: 'Europe/Amsterdam',
    location: null,
    online: join ?? null,
    capacity: { onSite: onSite[0], online: online[0] },
    placesLeft: { onSite: onSite[1], online: online[1] },
    visibility: 'public',
    state: 'published',
    sequence: 0,
    updatedAt: new Date('2026-11-01T09:00:00Z'),
    deepens: [],
    deepenedBy: [],
    ...rest,
  };
}
