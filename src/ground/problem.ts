/** A form that is not filled in well: per field the name of its problem, which has a sentence under `problem.` in words/. */
export type Problems<Field extends string = string> = Readonly<Partial<Record<Field, string>>>;

export const hasProblems = (problems: Problems): boolean => Object.keys(problems).length > 0;
