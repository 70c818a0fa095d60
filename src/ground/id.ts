declare const noun: unique symbol;
/** A sortable UUID (version 7) that cannot be mistaken for one of another noun. */
export type Id<Noun extends string> = string & { readonly [noun]: Noun };

export type PersonId = Id<'person'>;
export type OrganisationId = Id<'organisation'>;
export type EditionId = Id<'edition'>;
export type SessionId = Id<'session'>;
export type LineId = Id<'journal line'>;

/** Whether a word from outside can be an id; of which noun, who asks must know. */
export const isId = <Noun extends string>(word: string): word is Id<Noun> => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(word);
