/** Which part of a long list somebody looks at. */
export interface Page {
  /** 1 is the first. */
  readonly number: number;
  readonly from: number;
  readonly until: number;
  readonly count: number;
}

/** The page that was asked for, or the nearest there is. */
export function pageAt(count: number, asked: string | null, perPage: number): Page {
  const last = Math.max(1, Math.ceil(count / perPage));
  const number = Math.min(last, Math.max(1, Math.trunc(Number(asked)) || 1));
  return { number, from: (number - 1) * perPage, until: Math.min(count, number * perPage), count };
}
