// What failed, as an administrator reads it.

/** What failed: something that follows from the journal, or a letter. */
export const kinds = ['reaction', 'letter'] as const;
export type FailedKind = (typeof kinds)[number];
export const isKind = (word: unknown): word is FailedKind => kinds.some((kind) => kind === word);

export interface Failed {
  readonly id: string;
  /** A name of what happened, or of the kind of letter. */
  readonly what: string;
  /** To whom, as far as it takes to recognise somebody; null for what is not to one person. */
  readonly recipient: string | null;
  readonly happenedAt: Date;
  readonly failedAt: Date;
  readonly fault: string;
}

/** 'd…@example.org': enough to recognise an address that one knows. */
export const covered = (email: string): string => email.replace(/^(.)[^@]*@/, '$1…@');

/** What went wrong, without an address that somebody's program repeated in it. */
export const withoutAddresses = (fault: string): string => fault.replace(/[^\s@<>"'()]+@[^\s@<>"'()]+/g, covered).slice(0, 500);
