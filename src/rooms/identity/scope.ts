import type { Person } from '#ground/visit.ts';

export const scopes = ['read', 'write'] as const;

/** Whether somebody may change something here: a token may have been made for reading alone. */
export const mayWrite = ({ scopes = [] }: Pick<Person, 'scopes'>): boolean => scopes.length === 0 || scopes.includes('write');
