import type { Text } from '#ground/text.ts';
import type { Difference } from './intake.ts';
import type { Capacity, Format, Level, Visibility } from './session.ts';
import { same } from '#ground/three-way.ts';

/** What people write of a session: everything but when, where in the schedule and in which state it is. */
export interface Written {
  readonly title: Text;
  readonly summary: Text;
  readonly description: Text;
  /** Slugs, the main theme first. */
  readonly themes: readonly string[];
  /** Slugs, the leading organisation first. */
  readonly organisations: readonly string[];
  readonly speakers: readonly string[];
  readonly format: Format;
  readonly level: Level | null;
  readonly languages: readonly string[];
  /** The address to join. */
  readonly online: string | null;
  readonly visibility: Visibility;
  /** Codes of the sessions it digs further into. */
  readonly deepens: readonly string[];
}

/** What a new session begins with; its places change at its desk afterwards. */
export interface NewSession extends Written {
  readonly capacity: Capacity;
}

export const told: readonly (keyof Written)[] = [
  'title',
  'summary',
  'description',
  'themes',
  'organisations',
  'speakers',
  'format',
  'level',
  'languages',
  'online',
  'visibility',
  'deepens',
];

/** Which fields say something else. */
export const changedIn = (before: Written, after: Written): (keyof Written)[] => told.filter((name) => !same(before[name], after[name]));

const journalled: Partial<Record<keyof Written, Difference>> = {
  title: 'title',
  summary: 'summary',
  description: 'description',
  themes: 'themes',
  speakers: 'speakers',
  format: 'format',
  languages: 'languages',
  level: 'level',
  organisations: 'organisations',
  deepens: 'deepens',
};
export const differencesOf = (changed: readonly (keyof Written)[]): Difference[] => changed.flatMap((name) => journalled[name] ?? []);
