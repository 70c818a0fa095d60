import { words } from '#words';
import { field, isRecord, list, texts, word } from './loose.ts';
import { emptyRow, type RawProgramme, type RawRow } from './raw.ts';

const isTalk = (value: unknown): boolean => field(value, 'event_id') !== undefined && texts(field(value, 'title')) !== null;

export const isHalfnarp = (value: unknown): boolean => Array.isArray(value) && value.some(isTalk);

/** halfnarp's list of talks: tracks and rooms are numbers, durations seconds. */
export function readHalfnarp(value: unknown): RawProgramme {
  return {
    source: 'halfnarp',
    title: null,
    acronym: null,
    timeZone: null,
    startsOn: null,
    endsOn: null,
    tracks: [],
    hasNumberedTracks: list(value).every((talk) => field(talk, 'track_name', 'track') === undefined),
    rooms: new Map(),
    rows: list(value).map(readTalk),
    own: null,
  };
}

// The same on every import, whoever runs it, or a second one would change every row.
const t = words('nl');

function readTalk(talk: unknown): RawRow {
  if (!isRecord(talk)) return { ...emptyRow, whyNot: 'no-row' };
  const room = word(field(talk, 'room_id'));
  return {
    ...emptyRow,
    id: word(field(talk, 'event_id')),
    title: texts(field(talk, 'title')),
    subtitle: texts(field(talk, 'subtitle')),
    description: texts(field(talk, 'abstract')),
    track: word(field(talk, 'track_name', 'track', 'track_id')),
    room: word(field(talk, 'room_name', 'room')) ?? (room === null ? null : t('exchange.room', { number: room })),
    language: word(field(talk, 'language')),
    persons: list(field(talk, 'speakers'))
      .flatMap((speaker) => word(speaker) ?? word(field(speaker, 'name')) ?? [])
      .concat(word(field(talk, 'speaker_names'))?.split(/\s*,\s*/) ?? []),
    date: word(field(talk, 'start_time')),
    duration: minutes(field(talk, 'duration')),
  };
}

const minutes = (seconds: unknown): string | null => (typeof seconds === 'number' ? String(Math.round(seconds / 60)) : word(seconds));
