// A device in software: makes passkeys and proves them, rightly or with one thing wrong.
import { createHash, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

const sha256 = (content: string | Buffer): Buffer => createHash('sha256').update(content).digest();
const encoded = (content: string | Buffer): string => Buffer.from(content).toString('base64url');

// As much CBOR as a passkey needs.
const head = (major: number, length: number): Buffer =>
  length < 24
    ? Buffer.from([(major << 5) | length])
    : length < 256
      ? Buffer.from([(major << 5) | 24, length])
      : Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
const bytes = (content: Buffer): Buffer => Buffer.concat([head(2, content.length), content]);
const word = (text: string): Buffer => Buffer.concat([head(3, text.length), Buffer.from(text)]);
const number = (value: number): Buffer => (value < 0 ? head(1, -1 - value) : head(0, value));
const map = (...pairs: readonly (readonly [Buffer, Buffer])[]): Buffer => Buffer.concat([head(5, pairs.length), ...pairs.flat()]);

/** What may be otherwise than a device would have it. */
export interface Wrong {
  readonly challenge?: string;
  readonly origin?: string;
  readonly rpID?: string;
  readonly flags?: number;
  readonly counter?: number;
  readonly userHandle?: string | null;
  readonly type?: string;
  readonly signedBy?: Device;
}
interface Credential {
  readonly id: string;
  readonly userHandle: string;
}
export interface Device {
  readonly key: KeyObject;
  readonly make: (options: { readonly challenge: string; readonly user: { readonly id: string } }, wrong?: Wrong) => string;
  readonly prove: (options: { readonly challenge: string }, wrong?: Wrong) => string;
  readonly credential: () => Credential;
}

export const here = { origin: 'http://localhost:3000', rpID: 'localhost' };
const present = 0x01;
const verified = 0x04;
const attested = 0x40;
export const withoutVerification = present;

let made = 0;
export function newDevice(): Device {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = sha256(`credential ${++made} ${x}`);
  const point = (coordinate: string): Buffer => bytes(Buffer.from(coordinate, 'base64url'));
  const cose = map([number(1), number(2)], [number(3), number(-7)], [number(-1), number(1)], [number(-2), point(x)], [number(-3), point(y)]);
  let known: Credential | undefined;
  let counter = 0;
  const dataOf = (flags: number, count: number, { rpID = here.rpID }: Wrong, more: Buffer = Buffer.alloc(0)): Buffer => {
    const counted = Buffer.alloc(4);
    counted.writeUInt32BE(count);
    return Buffer.concat([sha256(rpID), Buffer.from([flags]), counted, more]);
  };
  const clientOf = (type: string, challenge: string, wrong: Wrong): Buffer =>
    Buffer.from(
      JSON.stringify({ type: wrong.type ?? type, challenge: wrong.challenge ?? challenge, origin: wrong.origin ?? here.origin, crossOrigin: false }),
    );
  return {
    key: privateKey,
    credential: () => known!,
    make: ({ challenge, user }, wrong = {}) => {
      known = { id: encoded(id), userHandle: user.id };
      const length = Buffer.from([0, id.length]);
      const data = dataOf((wrong.flags ?? present | verified) | attested, 0, wrong, Buffer.concat([Buffer.alloc(16), length, id, cose]));
      const attestation = map([word('fmt'), word('none')], [word('attStmt'), map()], [word('authData'), bytes(data)]);
      return JSON.stringify({
        id: encoded(id),
        rawId: encoded(id),
        type: 'public-key',
        response: {
          clientDataJSON: encoded(clientOf('webauthn.create', challenge, wrong)),
          attestationObject: encoded(attestation),
          transports: ['internal'],
        },
        clientExtensionResults: {},
      });
    },
    prove: ({ challenge }, wrong = {}) => {
      const data = dataOf(wrong.flags ?? present | verified, wrong.counter ?? ++counter, wrong);
      const client = clientOf('webauthn.get', challenge, wrong);
      const signature = createSign('sha256')
        .update(Buffer.concat([data, sha256(client)]))
        .sign(wrong.signedBy?.key ?? privateKey);
      const userHandle = wrong.userHandle === undefined ? known!.userHandle : wrong.userHandle;
      return JSON.stringify({
        id: encoded(id),
        rawId: encoded(id),
        type: 'public-key',
        response: {
          authenticatorData: encoded(data),
          clientDataJSON: encoded(client),
          signature: encoded(signature),
          ...(userHandle !== null && { userHandle }),
        },
        clientExtensionResults: {},
      });
    },
  };
}
