import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instanceOf, readFile, seedOf, writeFile, type DrawFile } from './file.ts';

const file: DrawFile = {
  engine: '1',
  seed: '0123456789abcdef'.repeat(4),
  seedHash: 'f'.repeat(64),
  items: [
    { session: 'ABC123', attendance: 'onSite' },
    { session: 'ABC123', attendance: 'online' },
  ],
  groups: ['g0'],
  people: ['k7', 'q2'],
  instance: {
    people: 2,
    items: 2,
    session: Uint16Array.of(0, 0),
    capacity: Int32Array.of(1, 5),
    wishStart: Int32Array.of(0, 2, 3),
    wishItem: Uint16Array.of(0, 1, 0),
    wishWeight: Float32Array.of(4, 0.1, 2),
    wanted: Uint8Array.of(3, 1),
    has: Uint8Array.of(0, 2),
    clashStart: Int32Array.of(0, 1, 2),
    clashItem: Uint16Array.of(1, 0),
    groupStart: Int32Array.of(0, 0, 1),
    group: Uint16Array.of(0),
    shares: [{ item: 1, group: 0, most: 3 }],
  },
  allocation: { given: Uint8Array.of(0, 1, 1), price: Float64Array.of(0.25, 0), method: 'exact', bound: 1.5 },
  waiting: { start: Int32Array.of(0, 1, 1), person: Int32Array.of(0) },
};
const text = `{"draw":1,"engine":"1","seed":"${file.seed}","seedHash":"${file.seedHash}","items":2,"people":2,"groups":["g0"],"method":"exact","bound":1.5}
{"session":"ABC123","attendance":"onSite","places":1,"clashes":[1],"shares":[],"price":0.25,"waiting":[0]}
{"session":"ABC123","attendance":"online","places":5,"clashes":[0],"shares":[[0,3]],"price":0,"waiting":[]}
{"person":"k7","wanted":3,"has":0,"groups":[],"wishes":[0,1],"weights":[4,0.1],"given":[1]}
{"person":"q2","wanted":1,"has":2,"groups":[0],"wishes":[0],"weights":[2],"given":[0]}
`;

test('a draw is a line about itself, a line an item and a line a person, and no names', () => {
  expect(writeFile(file)).toBe(text);
});

test('what was written is read again to the letter', () => {
  expect(readFile(text)).toEqual(file);
  expect(instanceOf(file)).toBe(file.instance);
});

test('any weight comes back as the same 32-bit number', () => {
  fc.assert(
    fc.property(fc.float({ min: Math.fround(1e-30), noNaN: true, noDefaultInfinity: true }), (weight) => {
      const read = readFile(writeFile({ ...file, instance: { ...file.instance, wishWeight: Float32Array.of(weight, 1, 1) } }));
      expect('instance' in read && read.instance.wishWeight[0]).toBe(weight);
    }),
  );
});

test('every half of a seed counts', () => {
  expect(seedOf(`${'0000000100000002000000030000000f'}${'0'.repeat(32)}`)).toEqual([1, 2, 3, 15]);
  expect(seedOf(`${'0'.repeat(32)}${'0000000100000002000000030000000f'}`)).toEqual([1, 2, 3, 15]);
});

test('a file that cannot be right is refused with its line', () => {
  const wrongs: readonly (readonly [why: string, line: number, from: string, to: string])[] = [
    ['draw-not-a-draw', 1, '{"draw":1', '{"raw":1'],
    ['draw-not-a-draw', 1, '{"draw":1', '"draw":1'],
    ['draw-other-version', 1, '"draw":1', '"draw":2'],
    ['draw-bad-line', 1, '"seed":"0', '"seed":"x'],
    ['draw-bad-line', 1, '"bound":1.5', '"bound":-1'],
    ['draw-cut-off', 1, '"people":2', '"people":1999999'],
    ['draw-bad-line', 1, '"people":2', '"people":4294967297'],
    ['draw-bad-line', 2, '"price":0.25', '"price":1e999'],
    ['draw-bad-line', 2, '"places":1', '"places":-1'],
    ['draw-bad-line', 2, '"places":1', '"places":1.5'],
    ['draw-unknown', 2, '"clashes":[1]', '"clashes":[2]'],
    ['draw-unknown', 2, '"clashes":[1]', '"clashes":[0]'],
    ['draw-unknown', 3, '"clashes":[1]', '"clashes":[]'],
    ['draw-double', 2, '"waiting":[0]', '"waiting":[0,0]'],
    ['draw-unknown', 2, '"waiting":[0]', '"waiting":[2]'],
    ['draw-unknown', 3, '[[0,3]]', '[[1,3]]'],
    ['draw-bad-line', 4, '"person":"k7"', '"person":"Iemand <deelnemer-1@example.org>"'],
    ['draw-double', 5, '"person":"q2"', '"person":"k7"'],
    ['draw-bad-line', 4, '[4,0.1]', '[4]'],
    ['draw-bad-line', 4, '[4,0.1]', '[4,0]'],
    ['draw-bad-line', 4, '[4,0.1]', '[4,1e-60]'],
    ['draw-bad-line', 4, '[4,0.1]', '[4,1e60]'],
    ['draw-double', 4, '"wishes":[0,1]', '"wishes":[1,1]'],
    ['draw-unknown', 4, '"wishes":[0,1]', '"wishes":[0,7]'],
    ['draw-unknown', 5, '"given":[0]', '"given":[1]'],
    ['draw-bad-line', 4, '"wanted":3', '"wanted":256'],
    ['draw-bad-line', 5, '"given":[0]}', '"given":[0]'],
    ['draw-bad-line', 5, '"given":[0]}', '"given":[0],"name":"x"}'],
    ['draw-goes-on', 6, '"given":[0]}\n', '"given":[0]}\n{}\n'],
  ];
  for (const [why, line, from, to] of wrongs) expect([to, readFile(text.replace(from, to))]).toEqual([to, { unreadable: why, line }]);
  expect(readFile('')).toEqual({ unreadable: 'draw-not-a-draw', line: 1 });
  expect(readFile('['.repeat(1_000_000))).toEqual({ unreadable: 'draw-not-a-draw', line: 1 });
  expect(readFile(text.slice(0, text.indexOf('{"person":"q2"')))).toEqual({ unreadable: 'draw-cut-off', line: 5 });
});

test('no text makes the reader fall over', () => {
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(20), fc.string(), (at, length, other) => {
      const read = readFile(text.slice(0, at) + other + text.slice(at + length));
      if ('instance' in read) expect(readFile(writeFile(read))).toEqual(read);
    }),
  );
});

test('a file that would steer the screen of who reads it is not read', () => {
  const steering = text.replace('"engine":"1"', '"engine":"1\\u001b[2J\\rAll is well"');
  expect(readFile(steering)).toEqual({ unreadable: 'draw-bad-line', line: 1 });
});
