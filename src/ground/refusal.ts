/** The house says no. The name has a sentence under `refused.` in words/. */
export interface Refusal<Name extends string = string> {
  readonly refused: Name;
}

export const isRefusal = (value: unknown): value is Refusal => typeof value === 'object' && value !== null && 'refused' in value;
