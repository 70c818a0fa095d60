import { config } from '#ground/config.server.ts';

/** What the button to the provider says after 'Sign in with'; null when there is none. */
export const providerName = (): string | null => config().provider?.name ?? null;
