// The last forty bytes of a backup are the fingerprint of everything before them: any bit that changed is found, also one
// that decompresses to the same. To zstd it is a frame to skip, so that its own tools read a backup too.
import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';

const head = Buffer.from([0x5e, 0x2a, 0x4d, 0x18, 32, 0, 0, 0]);
const length = head.length + 32;

/** Lets everything through and adds the fingerprint. */
export function addFingerprint(): Transform {
  const hash = createHash('sha256');
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => (hash.update(chunk), done(null, chunk)),
    flush: (done) => done(null, Buffer.concat([head, hash.digest()])),
  });
}

/** Lets everything through but the fingerprint, and tells at the end whether that was the right one. */
export function checkFingerprint(tell: (isRight: boolean) => void): Transform {
  const hash = createHash('sha256');
  let held: Buffer = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const all = Buffer.concat([held, chunk]);
      const through = all.subarray(0, Math.max(0, all.length - length));
      held = Buffer.from(all.subarray(through.length));
      hash.update(through);
      done(null, through);
    },
    flush(done) {
      tell(Buffer.concat([head, hash.digest()]).equals(held));
      done();
    },
  });
}
