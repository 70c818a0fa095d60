import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asHtml, asText, subjectOf, type Letter } from './letter.ts';

const letter = (subject: string, ...blocks: Letter['blocks']): Letter => ({ language: 'nl', subject, blocks });

test('a letter says the same as text and as a page', () => {
  const stop = {
    is: 'stop',
    when: 'dinsdag 10 november 2026, 13.00–14.00',
    title: 'Sneller inkopen',
    lang: 'nl',
    href: 'https://x.example/programma/ABC123',
    about: ['Delft', 'Je hebt een plaats.'],
  } as const;
  const it = letter(
    'Hoi',
    { is: 'text', text: 'Hallo,' },
    { is: 'code', code: '012345' },
    { is: 'link', text: 'Inloggen', href: 'https://x.example/inloggen' },
    stop,
  );
  expect(asText(it)).toBe(
    'Hallo,\n\n012345\n\nInloggen:\nhttps://x.example/inloggen\n\ndinsdag 10 november 2026, 13.00–14.00\nSneller inkopen\nDelft\nJe hebt een plaats.\nhttps://x.example/programma/ABC123\n',
  );
  for (const said of ['Hallo,', '012345', 'https://x.example/inloggen', 'Sneller inkopen', 'Delft']) expect(asHtml(it)).toContain(said);
});

test('nothing in a letter becomes markup or a second header', () => {
  const hostile = '</p><script>alert("1")</script>\r\nBcc: iedereen@example.org & \'co\'';
  const it = letter(
    hostile,
    { is: 'text', text: hostile },
    { is: 'stop', when: hostile, title: hostile, lang: '" onclick="', href: 'https://x.example/"><b>', about: [hostile] },
  );
  expect(asHtml(it)).not.toMatch(/<script|<b>|onclick="/);
  expect(subjectOf(it)).toBe('</p><script>alert("1")</script> Bcc: iedereen@example.org & \'co\'');
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (subject) => !/[\r\n\0\u2028\u2029]/.test(subjectOf(letter(subject)))));
});
