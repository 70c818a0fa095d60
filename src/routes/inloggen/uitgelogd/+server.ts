import type { RequestHandler } from './$types';
import * as identity from '#rooms/identity';

/** The back channel: the provider itself says here that somebody left (OpenID Connect Back-Channel Logout 1.0). */
export const POST: RequestHandler = async ({ locals: { visit }, request }) => {
  const form = await request.formData();
  const token = form.get('logout_token');
  const isHeard = typeof token === 'string' && (await identity.endByProvider(visit, token));
  return new Response(null, { status: isHeard ? 200 : 400, headers: { 'cache-control': 'no-store' } });
};
