// What is told to who repeats a draw: in words, and as facts for a program.
import type { Language } from '#ground/visit.ts';
import { words } from '#words';
import type { Difference } from './allocate/differences.ts';
import type { Repeat } from './allocate/repeat.server.ts';

/** What the auditor knows from elsewhere. */
export interface Published {
  /** SHA-256 of the file, and of the seed. */
  readonly published?: string | undefined;
  readonly committed?: string | undefined;
}

export interface Audit {
  readonly lines: readonly string[];
  readonly facts: {
    readonly isSame: boolean;
    readonly hash: string;
    /** Null when there was nothing to compare with. */
    readonly isPublishedFile: boolean | null;
    readonly seedHash: string;
    readonly isSeedOfFile: boolean;
    readonly isCommittedSeed: boolean | null;
    readonly engine: { readonly inFile: string; readonly here: string };
    readonly people: number;
    readonly items: number;
    readonly wishes: number;
    readonly given: number;
    readonly method: string;
    readonly differences: number;
    readonly first: readonly Difference[];
  };
}

export function auditInWords(repeat: Repeat, { published, committed }: Published, language: Language): Audit {
  const { file, hash, count, first } = repeat;
  const t = words(language);
  const given = file.allocation.given.reduce((sum, one) => sum + one, 0);
  const isPublishedFile = published === undefined ? null : published === hash;
  const isCommittedSeed = committed === undefined ? null : committed === file.seedHash;
  const isSame = count === 0 && repeat.isSeedCommitted && isPublishedFile !== false && isCommittedSeed !== false;
  const size = { people: file.instance.people, items: file.instance.items, wishes: file.instance.wishItem.length };
  return {
    lines: [
      t('wishes.draw-file', { hash }),
      t(isPublishedFile === null ? 'wishes.draw-file-compare' : isPublishedFile ? 'wishes.draw-file-same' : 'wishes.draw-file-other'),
      t(repeat.isSeedCommitted ? 'wishes.draw-seed-fits' : 'wishes.draw-seed-not', { hash: file.seedHash }),
      ...(isCommittedSeed === null ? [] : [t(isCommittedSeed ? 'wishes.draw-seed-same' : 'wishes.draw-seed-other')]),
      ...(file.engine === repeat.engine ? [] : [t('wishes.draw-engine-other', { file: file.engine, here: repeat.engine })]),
      t('wishes.draw-repeated', { ...size, given }),
      ...(count === 0
        ? [t('wishes.draw-no-differences')]
        : [t('wishes.draw-differences', { count }), ...first.map((one) => `- ${inWords(one, language)}`)]),
      ...(count > first.length ? [t('wishes.draw-more', { count: count - first.length })] : []),
      '',
      t(isSame ? 'wishes.draw-right' : 'wishes.draw-wrong'),
    ],
    facts: {
      isSame,
      hash,
      isPublishedFile,
      seedHash: file.seedHash,
      isSeedOfFile: repeat.isSeedCommitted,
      isCommittedSeed,
      engine: { inFile: file.engine, here: repeat.engine },
      ...size,
      given,
      method: file.allocation.method,
      differences: count,
      first,
    },
  };
}

function inWords({ what, session, attendance, person, place, inFile, repeated }: Difference, language: Language): string {
  const t = words(language);
  const way = attendance === undefined ? '' : t(`wishes.draw-way-${attendance}`);
  const told = (value: string | number | null): string => (value === null ? t('wishes.draw-nobody') : String(value));
  const values = { session: session ?? '', way, person: person ?? '', place: place ?? 0, file: told(inFile), repeated: told(repeated) };
  if (what === 'seat') return t(inFile === 1 ? 'wishes.draw-differs-seat-more' : 'wishes.draw-differs-seat-less', values);
  return t(`wishes.draw-differs-${what}`, values);
}
