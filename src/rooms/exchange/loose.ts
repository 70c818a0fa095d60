// Reading what others wrote: only own properties, anything may be missing or of another kind.
import type { RawText } from './raw.ts';

type Loose = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first of these fields that is there and not null. */
export function field(value: unknown, ...names: readonly string[]): unknown {
  if (!isRecord(value)) return undefined;
  for (const name of names) {
    if (Object.hasOwn(value, name) && value[name] !== null && value[name] !== undefined) return value[name];
  }
  return undefined;
}

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const entries = (value: unknown): readonly (readonly [string, unknown])[] => (isRecord(value) ? Object.entries(value) : []);

/** One line of text; numbers count as text, emptiness as nothing. */
export function word(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed === '' ? null : trimmed;
}

export const count = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1_000_000 ? value : null;

/** A text, or one in several languages as `{ "en": "...", "de": "..." }`. */
export function texts(value: unknown): RawText | null {
  const plain = word(value);
  if (plain !== null) return plain;
  const found = entries(value).flatMap(([language, text]) => {
    const said = word(text);
    return said === null ? [] : [[language, said] as const];
  });
  return found.length === 0 ? null : new Map(found);
}
