// The one way in which a count of people is told to who may not know who they are: who knows the group would know who is
// meant. It holds for everything that is reckoned from people and shown to everybody.

/** A count of people as it may be told. */
export type Told = { readonly is: 'exact' | 'more-than'; readonly count: number } | { readonly is: 'few' };

/** From here on a count says nothing about anybody. */
export const few = 5;
/** Of fewer people in all, nothing is told that is reckoned from them. */
export const tooFew = 2 * few;

/** From one to four people are 'few' to everybody; who arranges it sees all. */
export const told = (count: number, toAll: boolean): Told => (toAll && count > 0 && count < few ? { is: 'few' } : { is: 'exact', count });
