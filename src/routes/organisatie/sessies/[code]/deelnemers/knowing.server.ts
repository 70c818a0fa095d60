import { hashOf } from '#ground/chance.server.ts';

/** What only who typed somebody's address can bring along to the page about them. */
export const knowing = (session: { readonly id: string }, { email }: { readonly email: string }): string =>
  hashOf(`${session.id} ${email}`).slice(0, 32);
