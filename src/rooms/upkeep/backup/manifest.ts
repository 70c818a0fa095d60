// What stands in a backup: a tar of a first leaf, the tables in pieces, the files, and a last leaf with every checksum.
import { z } from 'zod';

const checked = z.object({ bytes: z.number(), sha256: z.string() });
const table = z.object({ name: z.string(), columns: z.array(z.string()) });

/** Written first: what is coming, so that whoever reads knows whether it fits before anything is touched. */
export const firstLeaf = z.object({
  product: z.literal('INNOvember'),
  format: z.literal(1),
  version: z.string(),
  madeAt: z.string(),
  postgres: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  tables: z.array(table),
});
/** Written last: what must have come. */
export const lastLeaf = z.object({
  tables: z.record(z.string(), checked.extend({ rows: z.number() })),
  files: z.record(z.string(), checked),
  sequences: z.record(z.string(), z.number().nullable()),
  /** The newest seal of the journal, when there is one. */
  journal: z.object({ number: z.number(), hash: z.string() }).nullable(),
});

export type FirstLeaf = z.infer<typeof firstLeaf>;
export type LastLeaf = z.infer<typeof lastLeaf>;
export type Table = z.infer<typeof table>;
export type Checked = z.infer<typeof checked>;

export const firstName = 'innovember-backup.json';
export const lastName = 'checksums.json';

/** Where a piece of a table stands in the tar, and what stands at a place. */
export const nameOfPiece = (table: string, nth: number): string => `tables/${table}/${String(nth).padStart(6, '0')}`;
export const nameOfFile = (path: string): string => `files/${path}`;
export function placeOf(name: string): { readonly kind: 'first' | 'last' | 'table' | 'file' | 'other'; readonly name: string } {
  if (name === firstName) return { kind: 'first', name };
  if (name === lastName) return { kind: 'last', name };
  const [, table] = /^tables\/([^/]+)\/\d+$/.exec(name) ?? [];
  if (table !== undefined) return { kind: 'table', name: table };
  return name.startsWith('files/') ? { kind: 'file', name: name.slice('files/'.length) } : { kind: 'other', name };
}

/** 'innovember-2026-11-23T185512Z.tar.zst': sorts by moment, says nothing about anybody. */
export const nameOfBackup = (at: Date, isLocked: boolean, before = 'innovember'): string =>
  `${before}-${at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '')}.tar.zst${isLocked ? '.age' : ''}`;

const ours = /^innovember-\d{4}-\d{2}-\d{2}T\d{6}Z\.tar\.zst(\.age)?$/;
/** The backups among the names in a folder, the newest first. What was made by hand under another name is not among them. */
export const backupsAmong = (names: readonly string[]): string[] =>
  names
    .filter((name) => ours.test(name))
    .sort()
    .reverse();
/** Which of them go when so many are kept. */
export const tooOld = (names: readonly string[], keep: number): string[] => backupsAmong(names).slice(keep);

/** The tables so that each comes after those it points to; those in a circle come last. */
export function inOrder(tables: readonly string[], pointers: readonly { readonly from: string; readonly to: string }[]): string[] {
  const ordered: string[] = [];
  for (let left = [...tables]; left.length > 0;) {
    const free = left.filter((name) => !pointers.some(({ from, to }) => from === name && to !== name && left.includes(to)));
    const next = free.length > 0 ? free : left;
    ordered.push(...next);
    left = left.filter((name) => !next.includes(name));
  }
  return ordered;
}

/** Something that is not as the backup says it should be. */
export interface Damage {
  readonly code:
    'not-ours' | 'locked' | 'wrong-key' | 'cannot-read' | 'cut-off' | 'changed' | 'table' | 'file' | 'table-missing' | 'file-missing' | 'extra';
  readonly part: string;
}
