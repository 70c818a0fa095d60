import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wayBack } from './way.ts';

test('a page of ours is a way back', () => {
  const ours = ['/', '/mijn-programma', '/en/programma/ABC123?dag=2026-11-23#uitleg', '/edities/2020/programma'];
  expect(ours.map((path) => wayBack(path, '/anders'))).toEqual(ours);
});

test('another house is not, in whatever spelling', () => {
  const theirs = [
    null,
    '',
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '\\\\elsewhere.example',
    '/\t/elsewhere.example',
    '/\n/elsewhere.example',
    '/.//elsewhere.example',
    '/x/..//elsewhere.example',
    '/%2e//elsewhere.example',
    '/./\\elsewhere.example',
    'javascript:alert(1)',
    ' //elsewhere.example',
    '/a\r\nSet-Cookie: x=1',
    '/é',
    '/inloggen',
    '/en/uitloggen',
    `/${'a'.repeat(500)}`,
  ];
  expect(theirs.map((path) => wayBack(path, '/anders'))).toEqual(theirs.map(() => '/anders'));
});

test('whatever is asked, a browser that follows the answer stays here', () => {
  const unit = fc.constantFrom('/', '\\', '.', '%2e', '%2f', '%5c', '\t', '\n', ' ', ':', '@', '?', '#', 'a', '//', 'http:', 'elsewhere.example');
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 8 }), (parts) => {
      const way = wayBack(parts.join(''), '/anders');
      expect(new URL(way, 'https://innovember.example').origin).toBe('https://innovember.example');
    }),
    { numRuns: 5000 },
  );
});
