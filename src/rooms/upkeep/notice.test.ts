import { expect, test } from 'vitest';
import { testNow } from '#ground/testing.server.ts';
import { goesOn, isTold } from './notice.ts';
import { readAnnouncement } from './typed.ts';

const later = new Date(testNow.getTime() + 1000);

test('an announcement is told from its beginning until before its end', () => {
  const told = (from: Date | null, until: Date | null) => isTold({ text: { nl: 'Let op' }, from, until }, testNow);
  expect([told(null, null), told(testNow, later), told(later, null), told(null, testNow)]).toEqual([true, true, false, false]);
});

test('while nothing can be changed, coming in, going out and opening again go on', () => {
  const open = ['/inloggen', '/inloggen/sterker', '/uitloggen', '/organisatie/beheer/onderhoud'];
  const closed = ['/', '/inloggenfout', '/aanmelden/1-vraag', '/organisatie/beheer', '/organisatie/beheer/rollen', '/mijn-gegevens/inloggen', null];
  expect([open.filter(goesOn), closed.filter(goesOn)]).toEqual([open, []]);
});

test('an announcement is read as it was typed, and what is wrong is said by the field', () => {
  expect(readAnnouncement({ text: { nl: 'Let op' }, from: '2026-11-10T10:00', until: '' }, 'Europe/Amsterdam')).toEqual({
    text: { nl: 'Let op' },
    from: testNow,
    until: null,
  });
  expect(readAnnouncement({ text: {}, from: 'morgen', until: 'x' }, 'Europe/Amsterdam')).toEqual({
    problems: { 'text-nl': 'announcement-missing', from: 'moment-unreadable', until: 'moment-unreadable' },
  });
  expect(readAnnouncement({ text: { en: 'x' }, from: '2026-11-10T10:00', until: '2026-11-10T10:00' }, 'Europe/Amsterdam')).toEqual({
    problems: { until: 'announcement-until-before' },
  });
});
