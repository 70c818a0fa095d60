import { z } from 'zod';
import type { RawProgramme, RawRow } from './raw.ts';

/** What a source calls its columns, tracks and rooms, in our words. */
export interface Mapping {
  /** From one of our fields to the name of its column. */
  readonly columns: Readonly<Record<string, string>>;
  /** From a track to the slug of a theme that is there. */
  readonly themes: Readonly<Record<string, string>>;
  /** From a room to what we call it. */
  readonly rooms: Readonly<Record<string, string>>;
}

export const csvFields = [
  'guid',
  'id',
  'code',
  'title',
  'summary',
  'description',
  'themes',
  'speakers',
  'format',
  'languages',
  'date',
  'start',
  'end',
  'duration',
  'location',
  'link',
] as const;
export type CsvField = (typeof csvFields)[number];

const named = z.record(z.string().min(1).max(600), z.string().min(1).max(200)).catch({});
const shape = z.object({ columns: named.default({}), themes: named.default({}), rooms: named.default({}) });

export const noMapping: Mapping = { columns: {}, themes: {}, rooms: {} };

/** A mapping as it was kept; what cannot be read is not there. */
export const readMapping = (value: unknown): Mapping => shape.safeParse(value).data ?? noMapping;

export const merged = (one: Mapping, other: Partial<Mapping>): Mapping => ({
  columns: { ...one.columns, ...other.columns },
  themes: { ...one.themes, ...other.themes },
  rooms: { ...one.rooms, ...other.rooms },
});

/** `TITLE=Titel van de sessie`, as a command says it; null when it is no field of ours. */
export function readColumn(text: string): readonly [CsvField, string] | null {
  const [, name = '', column = ''] = /^([a-z]+)=(.{1,200})$/i.exec(text.trim()) ?? [];
  const field = csvFields.find((one) => one === name.toLowerCase());
  return field === undefined ? null : [field, column.trim()];
}

/** Rooms under the names that we have for them. */
export const inOurRooms = (raw: RawProgramme, { rooms }: Mapping): RawProgramme => {
  const ours = new Map(Object.entries(rooms));
  if (ours.size === 0) return raw;
  const named = (row: RawRow): RawRow => ({ ...row, room: row.room === null ? null : (ours.get(row.room) ?? row.room) });
  return { ...raw, rooms: new Map([...raw.rooms].map(([name, room]) => [ours.get(name) ?? name, room])), rows: raw.rows.map(named) };
};
