import { config } from '#ground/config.server.ts';
import { cookies } from '#rooms/privacy/cookies.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = () => {
  const { organisation, privacyContact, baseUrl } = config();
  return { organisation, contact: privacyContact, cookies: cookies(baseUrl) };
};
