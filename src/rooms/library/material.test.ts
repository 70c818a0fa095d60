import { expect, test } from 'vitest';
import fc from 'fast-check';
import { dispositionOf, nameOf, problemsIn, sizeOf } from './material.ts';

const told = { title: 'Plattegrond', alternative: '', isDecorative: false, credit: '' };

test('a picture says what it shows, or that it only decorates; a document need not', () => {
  expect(problemsIn(told, 'document')).toEqual({});
  expect(problemsIn(told, 'picture')).toEqual({ alternative: 'alternative-missing' });
  expect(problemsIn({ ...told, alternative: 'De zaal' }, 'picture')).toEqual({});
  expect(problemsIn({ ...told, isDecorative: true }, 'picture')).toEqual({});
  expect(problemsIn({ ...told, alternative: 'De zaal', isDecorative: true }, 'picture')).toEqual({ alternative: 'alternative-and-decorative' });
  expect(problemsIn({ ...told, title: '' }, null)).toEqual({ file: 'file-missing', title: 'material-title-missing' });
});

test.each([
  ['../../etc/passwd.pdf', 'passwd.pdf'],
  ['C:\\Users\\iemand\\Verslag 3 (definitief).PDF', 'Verslag 3 (definitief).pdf'],
  ['.htaccess.pdf', 'htaccess.pdf'],
  ['\u202Efdp.exe.pdf', 'fdp-exe.pdf'],
  ['a"\r\nset-cookie: a=b;.pdf', 'a-set-cookie- a-b.pdf'],
  ['één.pdf', 'één.pdf'],
  ['<script>.pdf', 'script.pdf'],
  ['***.pdf', 'bestand.pdf'],
])('%j is taken along as %s', (typed, name) => {
  expect(nameOf(typed, 'pdf')).toBe(name);
});

test('whatever a file is called, the header is one line of plain signs and its name leads nowhere', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (typed) => {
      const name = nameOf(typed, 'pdf');
      expect(name).not.toMatch(/[/\\\p{Cc}\p{Cf}"<>]/u);
      expect(name.length).toBeLessThanOrEqual(104);
      expect(dispositionOf(name, false)).toMatch(/^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w.%!#$&+^`|~-]+$/);
    }),
    { numRuns: 40 },
  );
  expect(dispositionOf('één (1).pdf', true)).toBe(`inline; filename="een (1).pdf"; filename*=UTF-8''%C3%A9%C3%A9n%20%281%29.pdf`);
});

test('a size is said as people say it', () => {
  expect([512, 40_400, 1_250_000, 19_900_000].map((bytes) => sizeOf(bytes, 'nl'))).toEqual(['1 kB', '40 kB', '1,3 MB', '20 MB']);
});
