export const tokenDays = [30, 90, 365] as const;
export const mostTokens = 20;

/** What somebody asks for a program of theirs. */
export interface NewToken {
  readonly name: string;
  readonly scope: 'read' | 'write';
  readonly days: (typeof tokenDays)[number];
}

/** One line without signs that steer. */
export const isTokenName = (name: string): boolean => name.length >= 1 && name.length <= 60 && !/[\p{Cc}\p{Cs}]/u.test(name);
