import { expect, test } from 'vitest';
import fc from 'fast-check';
import { kindOf } from './file-kind.ts';
import { zipOf } from './zip.testing.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
const odt = 'application/vnd.oasis.opendocument.text';
const docx = [{ name: '[Content_Types].xml' }, { name: 'word/document.xml' }];
const asked = (name: string, content: Uint8Array) => {
  const found = kindOf(name, content);
  return 'refused' in found ? found.refused : found.type;
};

test('what a file is and what it is called agree', () => {
  expect(asked('a.pdf', bytes('%PDF-1.7 ...'))).toBe('application/pdf');
  expect(asked('a.PNG', bytes('\x89PNG\r\n\x1a\n'))).toBe('image/png');
  expect(asked('a.jpg', bytes('\xff\xd8\xff\xe0'))).toBe('image/jpeg');
  expect(asked('a.webp', bytes('RIFF....WEBPVP8 '))).toBe('image/webp');
  expect(asked('a.avif', bytes('\0\0\0\x1cftypavif\0\0\0\0'))).toBe('image/avif');
  expect(asked('a.md', new TextEncoder().encode('# Één'))).toBe('text/plain; charset=utf-8');
  expect(asked('a.odt', zipOf([{ name: 'mimetype', content: odt }, { name: 'content.xml' }]))).toBe(odt);
  expect(asked('a.docx', zipOf(docx))).toBe('application/vnd.openxmlformats-officedocument.wordprocessingml.document');
});

test.each([
  ['a page called a picture', 'a.png', bytes('<!doctype html><script>alert(1)</script>')],
  ['a drawing with script called a picture', 'a.png', bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['another kind of picture', 'a.png', bytes('\xff\xd8\xff\xe0')],
  ['a page called a PDF', 'a.pdf', bytes('<html>%PDF-1.7')],
  ['a program called text', 'a.txt', bytes('\x7fELF\x02\x01\x01\0')],
  ['text that steers a terminal', 'a.txt', bytes('a\x1b[2Jb')],
  ['a ZIP called a document', 'a.docx', zipOf([{ name: 'evil.exe' }])],
  ['a presentation called a letter', 'a.docx', zipOf([{ name: '[Content_Types].xml' }, { name: 'ppt/presentation.xml' }])],
  ['a document with a file that leads elsewhere', 'a.docx', zipOf([...docx, { name: '../../etc/cron.d/a' }])],
  ['a document that is cut off', 'a.docx', zipOf(docx).subarray(0, -10)],
  ['a document with something behind it', 'a.docx', bytes(String.fromCharCode(...zipOf(docx)) + '<script>')],
  ['nothing', 'a.docx', bytes('')],
])('%s is not what it says', (_, name, content) => {
  expect(asked(name, content)).toBe('file-not-what-it-says');
});

test('other kinds, programs in a document and parcels that never end are refused', () => {
  for (const name of ['a.svg', 'a.html', 'a.exe', 'a.zip', 'a.docm', 'a', 'png', 'a.pdf.js', 'a.constructor'])
    expect([name, asked(name, bytes('%PDF-'))]).toEqual([name, 'file-unknown-kind']);
  expect(asked('a.docx', zipOf([...docx, { name: 'word/vbaProject.bin' }]))).toBe('file-has-macros');
  expect(asked('a.odt', zipOf([{ name: 'mimetype', content: odt }, { name: 'content.xml' }, { name: 'Basic/Standard/a.xml' }]))).toBe(
    'file-has-macros',
  );
  expect(asked('a.docx', zipOf([...docx, { name: 'word/a.xml', unpacked: 4_000_000_000 }]))).toBe('archive-too-large');
  expect(asked('a.docx', zipOf([...docx, ...Array.from({ length: 6000 }, (_, nth) => ({ name: `word/${nth}` }))]))).toBe('archive-too-large');
});

test('no content whatever makes it stumble', () => {
  const whole = zipOf(docx);
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.nat(whole.length - 1),
      fc.constantFrom('docx', 'odt', 'png', 'avif', 'txt', 'pdf'),
      (noise, at, ending) => {
        kindOf(`a.${ending}`, noise);
        const changed = whole.slice();
        changed.set(noise.subarray(0, whole.length - at), at);
        kindOf(`a.${ending}`, changed);
      },
    ),
  );
});
