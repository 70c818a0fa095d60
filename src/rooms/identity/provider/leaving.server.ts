// Leaving: ours tells the provider, and the provider tells us.
import { createRemoteJWKSet, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { buildEndSessionUrl } from 'openid-client';
import { hashOf } from '#ground/chance.server.ts';
import { config } from '#ground/config.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { Visit } from '#ground/visit.ts';
import { recordAll } from '#rooms/journal';
import { endProviderSignIns, heardOnce } from './queries.server.ts';
import { backAt, reached } from './provider.server.ts';

/** Where somebody ends their sign-in at the provider too, and comes back from; null when it has no such place. */
export async function leaveProvider(visit: Visit): Promise<URL | null> {
  const known = await reached(visit);
  return known?.serverMetadata().end_session_endpoint === undefined
    ? null
    : buildEndSessionUrl(known, { post_logout_redirect_uri: backAt('/uitloggen', visit.language) });
}

/** The provider says that somebody left: their sign-ins here end at once. False when these are not its words, or old ones. */
export async function endByProvider(visit: Visit, logoutToken: string): Promise<boolean> {
  const said = await leavingIn(visit, logoutToken);
  if (said === null) return false;
  return atOnce(visit, async (visit) => {
    if (!(await heardOnce(visit.db, hashOf(`provider-leaving:${said.issuer}:${said.id}`), said.until))) return false;
    const ended = await endProviderSignIns(visit.db, said, visit.now);
    await recordAll(
      visit,
      ended.map(({ id, person }) => ({ what: 'sign-out' as const, person, details: { signIn: id, by: 'provider' } })),
    );
    return true;
  });
}

const event = 'http://schemas.openid.net/event/backchannel-logout';
/** Only what a provider signs with a key that everybody may see; a shared secret is none. */
const algorithms = ['RS256', 'PS256', 'ES256', 'RS384', 'PS384', 'ES384', 'RS512', 'PS512', 'ES512', 'EdDSA', 'Ed25519'];
const minutesFresh = 5;

async function leavingIn(visit: Visit, token: string) {
  const known = await reached(visit);
  const { issuer, jwks_uri: keysAt } = known?.serverMetadata() ?? {};
  if (issuer === undefined || keysAt === undefined) return null;
  const verified = await jwtVerify(token, keysOf(keysAt), {
    issuer,
    audience: config().provider!.clientId,
    algorithms,
    requiredClaims: ['iat', 'exp', 'jti', 'events'],
    maxTokenAge: minutesFresh * 60,
    clockTolerance: 30,
    currentDate: visit.now,
  }).catch(() => null);
  if (verified === null) return null;
  const { typ } = verified.protectedHeader;
  const { jti: id = '', sub: subject = null, sid, nonce, events } = verified.payload;
  const signIn = typeof sid === 'string' ? sid : null;
  const isLeaving = typeof events === 'object' && events !== null && event in events;
  // An ID token is signed by the same keys: it has a nonce, and no such event.
  if (!isLeaving || nonce !== undefined || (subject ?? signIn) === null || (typ !== undefined && !/^(application\/)?(logout\+)?jwt$/i.test(typ)))
    return null;
  return { issuer, id, subject, signIn, until: new Date(visit.now.getTime() + 2 * minutesFresh * 60_000) };
}

let keys: { readonly at: string; readonly get: JWTVerifyGetKey } | undefined;
function keysOf(at: string): JWTVerifyGetKey {
  if (keys?.at !== at) keys = { at, get: createRemoteJWKSet(new URL(at), { timeoutDuration: 5000 }) };
  return keys.get;
}
