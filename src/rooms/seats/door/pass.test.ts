import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passAddress, readPass, spoken } from './pass.ts';

const pass = '9e107d9d-372b-4b6f-8c1a-0123456789ab';
const other = '0e107d9d-372b-4b6f-8c1a-0123456789ab';

test('a pass is read from the address in its QR code, from itself and from what is spoken', () => {
  expect([
    readPass(passAddress('https://innovember.example', 'ABC123', pass), 'ABC123', []),
    readPass(`  ${pass.toUpperCase()} `, 'ABC123', []),
    readPass(spoken(pass), 'ABC123', [other, pass]),
    readPass(spoken(pass).toLowerCase().replace(' ', '-').replaceAll('0', 'o').replaceAll('1', 'l'), 'ABC123', [other, pass]),
  ]).toEqual(Array(4).fill({ pass }));
});

test('what is spoken is eight signs in two groups', () => {
  expect(spoken(pass)).toBe('KR87 V79Q');
});

test.each([
  ['a pass of another session', passAddress('https://innovember.example', 'XYZ789', pass), 'pass-of-other'],
  ['another QR code', 'https://example.org/menu', 'no-pass'],
  ['nothing', '', 'no-pass'],
  ['too few signs', 'KR87 V7', 'no-pass'],
  ['signs of nobody on the list', spoken(other), 'pass-unknown'],
])('%s is said to be so', (_, typed, no) => {
  expect(readPass(typed, 'ABC123', [pass])).toEqual({ no });
});

test('whatever the camera sees, it is a pass or it is said why not', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.uuid()), fc.array(fc.uuid()), (seen, passes) => {
      const read = readPass(seen, 'ABC123', passes);
      expect('pass' in read ? /^[0-9a-f-]{36}$/.test(read.pass) : read.no.length > 0).toBe(true);
    }),
  );
});

test('every pass on the list is found by what is spoken', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.uuid({ version: 4 }), { selector: spoken, minLength: 1 }), (passes) => {
      expect(passes.map((one) => readPass(spoken(one), 'ABC123', passes))).toEqual(passes.map((one) => ({ pass: one })));
    }),
  );
});
