import { expect, test } from 'vitest';
import type { Written } from './make.ts';
import { typedFrom, typedSession, writtenIn } from './written-form.ts';

const written: Written = {
  title: { nl: 'Inkopen', de: 'Einkauf' },
  summary: { nl: 'Kort' },
  description: {},
  themes: ['inkoop'],
  organisations: ['waterschap', 'provincie'],
  speakers: ['Spreker een'],
  format: 'workshop',
  level: null,
  languages: ['nl'],
  online: 'https://example.org/mee',
  visibility: 'internal',
  deepens: ['ABC123'],
};

test('what a session says goes into its form and comes back the same, also in a language that the form does not have', () => {
  expect(writtenIn(typedFrom(written), { before: written, leads: null })).toEqual({ written });
});

test('the leading organisation stays in front for who may not give the session away', () => {
  const typed = { ...typedFrom(written), organisations: 'ander\nwaterschap' };
  const read = (leads: string | null) => writtenIn(typed, { before: written, leads });
  expect([read('waterschap'), read(null)]).toMatchObject([
    { written: { organisations: ['waterschap', 'ander'] } },
    { written: { organisations: ['ander', 'waterschap'] } },
  ]);
});

test('what cannot be is a problem at its field', () => {
  const form = new FormData();
  form.set('online', 'javascript:alert(1)');
  form.set('deepens', 'kort');
  form.set('summary-nl', 'x'.repeat(601));
  expect(writtenIn(typedSession(form), { before: null, leads: null })).toEqual({
    problems: {
      'title-nl': 'session-title-missing',
      'summary-nl': 'session-text-too-long',
      organisations: 'session-organisation-missing',
      deepens: 'session-code-malformed',
      online: 'session-online-malformed',
      languages: 'languages-missing',
    },
  });
});
