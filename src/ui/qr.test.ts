import fc from 'fast-check';
import { expect, test } from 'vitest';
import decodeQR from 'qr/decode.js';
import { qrOf } from './qr.ts';

/** What a camera would see of the path, so many pixels a unit. */
function seen(text: string, scale: number) {
  const { size, path } = qrOf(text);
  const width = size * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x = '', y = '', length = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
    for (let dy = 0; dy < scale; dy++) {
      for (let dx = 0; dx < Number(length) * scale; dx++) {
        const at = ((Number(y) * scale + dy) * width + Number(x) * scale + dx) * 4;
        data.fill(0, at, at + 3);
      }
    }
  }
  return { width, height: width, data };
}

test('what is written is read again', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[!-~]{1,200}$/), (text) => {
      expect(decodeQR(seen(text, 4), { effort: Infinity, timeLimit: Infinity })).toBe(text);
    }),
    { numRuns: 40 },
  );
});

test('four units around it stay white, and everything dark is inside', () => {
  const { size, path } = qrOf('https://example.org/');
  const places = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)].map(([, x, y, length]) => [Number(x), Number(y), Number(x) + Number(length)]);
  expect({
    left: Math.min(...places.map(([x]) => x!)),
    top: Math.min(...places.map(([, y]) => y!)),
    right: size - Math.max(...places.map(([, , end]) => end!)),
    bottom: size - 1 - Math.max(...places.map(([, y]) => y!)),
  }).toEqual({ left: 4, top: 4, right: 4, bottom: 4 });
});
