// What a seal of the journal says, and what is wrong when its lines say something else.

/** A line as its seal should have it: its number, and the hash of everything it says. */
export interface Sealed {
  readonly id: string;
  readonly hash: string;
}

/** What is kept elsewhere: later, the seal of this number must still have this hash. */
export interface Anchor {
  readonly number: number;
  readonly hash: string;
  /** How many lines were sealed up to here. */
  readonly lines: number;
  readonly sealedAt: string;
}

/** Something that is not as it was sealed; `line` is a number of a line, `seal` of a seal. */
export interface Deviation {
  readonly code:
    | 'line-changed'
    | 'line-missing'
    | 'line-added'
    | 'line-unsealed'
    | 'seal-rewritten'
    | 'seal-missing'
    | 'chain-broken'
    | 'anchor-missing'
    | 'anchor-differs';
  readonly seal?: number;
  readonly line?: string;
}

/** Before the first seal. */
export const noHash = '0'.repeat(64);

/** What does not fit between a seal's own list and the lines that say they are in it; both in the order of their numbers. */
export function compare(seal: number, listed: readonly Sealed[], found: readonly Sealed[]): Deviation[] {
  const byId = new Map(found.map((line) => [line.id, line.hash]));
  const known = new Set(listed.map(({ id }) => id));
  return [
    ...listed.flatMap(({ id, hash }): Deviation[] => {
      const there = byId.get(id);
      if (there === undefined) return [{ code: 'line-missing', seal, line: id }];
      return there === hash ? [] : [{ code: 'line-changed', seal, line: id }];
    }),
    ...found.filter(({ id }) => !known.has(id)).map(({ id }): Deviation => ({ code: 'line-added', seal, line: id })),
  ];
}
