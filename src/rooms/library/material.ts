import type { Id } from '#ground/id.ts';

export type MaterialId = Id<'material'>;

/** A picture or a document that goes with a session. */
export interface Material {
  readonly id: MaterialId;
  readonly kind: 'picture' | 'document';
  readonly title: string;
  /** How it is called when somebody takes it along. */
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  /** What a picture shows; null: it only decorates. */
  readonly alternative: string | null;
  /** Who made it. */
  readonly credit: string;
}

export const limits = {
  bytes: 20_000_000,
  aSession: 20,
  /** All materials of an edition together. */
  edition: 5_000_000_000,
  title: 120,
  alternative: 500,
  credit: 120,
} as const;

/** What a host typed beside the file. */
export interface Told {
  readonly title: string;
  readonly alternative: string;
  readonly isDecorative: boolean;
  readonly credit: string;
}

/** What is missing in what a host typed: field to the name of a problem. `kind` is null when there is no file to look at. */
export function problemsIn({ title, alternative, isDecorative }: Told, kind: Material['kind'] | null): Readonly<Record<string, string>> {
  return {
    ...(kind === null && { file: 'file-missing' }),
    ...(title === '' && { title: 'material-title-missing' }),
    ...(kind === 'picture' && alternative === '' && !isDecorative && { alternative: 'alternative-missing' }),
    ...(kind === 'picture' && alternative !== '' && isDecorative && { alternative: 'alternative-and-decorative' }),
  };
}

/** A size as people say it. */
export function sizeOf(bytes: number, language: string): string {
  const [number, unit] = bytes >= 1_000_000 ? [bytes / 1_000_000, 'MB'] : [Math.max(1, bytes / 1000), 'kB'];
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: number < 10 ? 1 : 0 }).format(number)} ${unit}`;
}

/** A file's own name without what could lead elsewhere or mislead: no folders, no signs that turn or hide text, its ending ours. */
export function nameOf(typed: string, ending: string): string {
  const last = typed.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const stem = last.replace(/\.[^.]*$/, '');
  const clean = stem
    .replace(/[^\p{L}\p{M}\p{N} ()_+,-]+/gu, '-')
    .replace(/^[-. ]+|[-. ]+$/g, '')
    .slice(0, 100);
  return `${clean === '' ? 'bestand' : clean}.${ending}`;
}

/** The header by which a browser keeps a file under its name (RFC 6266), however it is written. */
export function dispositionOf(name: string, isShown: boolean): string {
  const plain = name.normalize('NFKD').replace(/[^ -~]|["\\%]/g, '');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${isShown ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
