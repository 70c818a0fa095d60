import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readName } from './name.ts';

test.each([
  ['a name stays as it is', 'Zoë van der Werf-Öztürk', { name: 'Zoë van der Werf-Öztürk' }],
  ['space around it goes', '  Noor \n ', { name: 'Noor' }],
  ['a name of two lines becomes one', 'Noor\r\nAdmin: yes', { name: 'Noor Admin: yes' }],
  ['what turns the direction of text goes', 'Noor\u202eteba', { name: 'Noorteba' }],
  ['nothing is no name', ' \u200b ', { name: null }],
  ['signs without a letter are no name', '-- ** --', { name: null }],
  ['a hundred signs fit', 'é'.repeat(100), { name: 'é'.repeat(100) }],
  ['more do not', 'é'.repeat(101), { problem: 'name-too-long' }],
])('%s', (_, typed, read) => {
  expect(readName(typed)).toEqual(read);
});

test('whatever is typed, a name is one line of at most a hundred visible signs', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
      const read = readName(typed);
      const name = 'name' in read ? read.name : null;
      expect(name === null || (/^[^\p{C}]{1,100}$/u.test(name) && name === name.trim())).toBe(true);
    }),
  );
});
