import { expect, test } from 'vitest';
import { encoded, eventOf } from './event.ts';
import { sessionFor } from './session-for.testing.ts';

const organisations = [{ slug: 'cbs', name: { nl: 'CBS' } }];
const url = 'https://example.org/programma/CODE00';

test('a public session is told to search engines as an event', () => {
  const session = sessionFor('CODE00', {
    title: 'Sneller inkopen',
    summary: 'Hoe dan?',
    organisations: ['cbs'],
    location: 'Zaal 1',
    online: [null, null],
  });
  expect(eventOf(session, organisations, 'nl', url)).toEqual({
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: 'Sneller inkopen',
    description: 'Hoe dan?',
    url,
    startDate: '2026-11-23T09:00:00.000Z',
    endDate: '2026-11-23T10:00:00.000Z',
    inLanguage: ['nl'],
    eventStatus: 'https://schema.org/EventScheduled',
    eventAttendanceMode: 'https://schema.org/MixedEventAttendanceMode',
    location: [
      { '@type': 'Place', name: 'Zaal 1' },
      { '@type': 'VirtualLocation', url },
    ],
    organizer: [{ '@type': 'Organization', name: 'CBS' }],
    isAccessibleForFree: true,
  });
});

test('an internal session, or one without a time, is not told; a cancelled one is told as cancelled', () => {
  expect([
    eventOf(sessionFor('CODE00', { visibility: 'internal' }), [], 'nl', url),
    eventOf(sessionFor('CODE00', { start: null }), [], 'nl', url),
    eventOf(sessionFor('CODE00', { state: 'cancelled' }), [], 'nl', url)?.['eventStatus'],
  ]).toEqual([null, null, 'https://schema.org/EventCancelled']);
});

test('a title cannot end the script element that carries it', () => {
  const title = '</script><script>alert(1)</script><!-- & \u2028';
  const event = eventOf(sessionFor('CODE00', { title }), [], 'nl', url)!;
  expect(encoded(event)).not.toMatch(/[<>&\u2028]/);
  expect(JSON.parse(encoded(event)).name).toBe(title);
});
