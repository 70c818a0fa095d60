// The key by which a provider knows that it is us who asks; only its public half ever leaves this machine.
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { CryptoKey, PrivateKey } from 'openid-client';
import { newSecret } from '#ground/chance.server.ts';
import { config } from '#ground/config.server.ts';

let known: Promise<JWK> | undefined;

/** Our private key, with its number, as the sign-in library wants it. */
export async function clientKey(): Promise<PrivateKey> {
  const jwk = await ours();
  const key = await importJWK(jwk);
  if (key instanceof Uint8Array || jwk.d === undefined) throw new Error('OIDC_CLIENT_KEY holds no private key');
  return { key: key satisfies CryptoKey, kid: jwk.kid! };
}

/** Its public half, as the provider fetches it. */
export async function publicKeys(): Promise<{ readonly keys: readonly JWK[] }> {
  const { kty, n, e, crv, x, y, kid, alg } = await ours();
  return {
    keys: [
      {
        ...(kty === 'RSA' ? { kty, n: n!, e: e! } : { kty: kty!, crv: crv!, x: x!, ...(y !== undefined && { y }) }),
        kid: kid!,
        alg: alg!,
        use: 'sig',
      },
    ],
  };
}

function ours(): Promise<JWK> {
  const path = config().provider?.keyFile;
  known ??= path ? read(path) : readOrMade(join(config().dataDir, 'provider-key.json'));
  known.catch(() => (known = undefined));
  return known;
}

async function read(path: string): Promise<JWK> {
  const jwk = JSON.parse(await readFile(path, 'utf8')) as JWK;
  return { ...jwk, alg: jwk.alg ?? (jwk.kty === 'RSA' ? 'PS256' : 'ES256'), kid: jwk.kid ?? (await calculateJwkThumbprint(jwk)) };
}

const readOrMade = (path: string): Promise<JWK> =>
  read(path).catch(async (fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'ENOENT') throw fault;
    await make(path);
    return read(path);
  });

/** Whole or not at all, and the first one stays when two processes make it at once. */
async function make(path: string): Promise<void> {
  const { privateKey } = await generateKeyPair('PS256', { modulusLength: 3072, extractable: true });
  const draft = `${path}.${newSecret()}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(draft, JSON.stringify({ ...(await exportJWK(privateKey)), alg: 'PS256' }), { mode: 0o600, flag: 'wx' });
  await link(draft, path).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EEXIST') throw fault;
  });
  await rm(draft);
}
