// Calendars and sheets, and what can be wrong with them.
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { allSheets } from '#words';
import { candidates } from './addresses.ts';
import { readDuration, readTyped } from './clock.ts';
import { isUnreadable } from './imported.ts';
import { noMapping, readColumn, type Mapping } from './mapping.ts';
import { readProgramme, type Reading } from './read.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (input: string | Uint8Array, reading: Reading = {}) => {
  const programme = readProgramme(typeof input === 'string' ? bytes(input) : input, reading);
  if (isUnreadable(programme)) throw new Error(`${programme.unreadable} ${JSON.stringify(programme.values)}`);
  return programme;
};
const why = (input: string) => {
  const programme = readProgramme(bytes(input));
  return isUnreadable(programme) ? [programme.unreadable, programme.values] : 'read';
};
const calendar = (...events: readonly string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//NL', 'X-WR-CALNAME:De maand', ...events, 'END:VCALENDAR', ''].join('\r\n');
const vevent = (...lines: readonly string[]): string => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');
const starts = (text: string) => read(text).sessions.map(({ start }) => start?.toISOString() ?? null);
const remarks = (text: string) => read(text).rows.flatMap((row) => row.remarks.map(({ remark }) => remark));

test('an event of a calendar is a session: its number, time in its zone, place, and themes', () => {
  const programme = read(
    calendar(
      vevent(
        'UID:een@example.org',
        'SUMMARY:Sneller inkopen\\, samen',
        'DESCRIPTION:Hoe wij het met elkaar doen.',
        'DTSTART;TZID=Europe/Amsterdam:20261110T100000',
        'DTEND;TZID=Europe/Amsterdam:20261110T113000',
        'LOCATION:Zaal 1',
        'CATEGORIES:Inkoop,Data',
      ),
    ),
  );
  expect([programme.source, programme.name, programme.timeZone]).toEqual(['icalendar', { nl: 'De maand' }, 'Europe/Amsterdam']);
  expect(programme.sessions).toMatchObject([
    {
      guid: null,
      sourceId: 'een@example.org',
      title: { nl: 'Sneller inkopen, samen' },
      start: new Date('2026-11-10T09:00:00Z'),
      end: new Date('2026-11-10T10:30:00Z'),
      location: 'Zaal 1',
      themes: ['inkoop', 'data'],
      silent: ['summary', 'speakers', 'format', 'languages'],
    },
  ]);
});

test('times: with Z, in a zone of the file, by the clock, a whole day, and with a duration', () => {
  const at = (...lines: readonly string[]) => starts(calendar(vevent('UID:a', 'SUMMARY:A', ...lines)))[0];
  expect(at('DTSTART:20261110T090000Z', 'DURATION:PT45M')).toBe('2026-11-10T09:00:00.000Z');
  expect(at('DTSTART:20261110T100000')).toBe('2026-11-10T09:00:00.000Z');
  expect(at('DTSTART;TZID=America/New_York:20261110T040000')).toBe('2026-11-10T09:00:00.000Z');
  expect(at('DTSTART;VALUE=DATE:20261110')).toBe('2026-11-09T23:00:00.000Z');
  const zone = [
    'BEGIN:VTIMEZONE',
    'TZID:W. Europe',
    'BEGIN:STANDARD',
    'DTSTART:16011028T030000',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'END:STANDARD',
    'END:VTIMEZONE',
  ];
  expect(starts(calendar(...zone, vevent('UID:a', 'SUMMARY:A', 'DTSTART;TZID=W. Europe:20261110T100000')))).toEqual(['2026-11-10T09:00:00.000Z']);
  expect(remarks(calendar(vevent('UID:a', 'SUMMARY:A', 'DTSTART;TZID=Nergens:20261110T100000')))).toContain('unknown-zone');
});

test('what recurs comes in every time, also where it was moved, and without what was taken out', () => {
  const weekly = calendar(
    vevent(
      'UID:w',
      'SUMMARY:Spreekuur',
      'DTSTART;TZID=Europe/Amsterdam:20261019T100000',
      'DURATION:PT1H',
      'RRULE:FREQ=WEEKLY;COUNT=4',
      'EXDATE;TZID=Europe/Amsterdam:20261102T100000',
    ),
    vevent(
      'UID:w',
      'SUMMARY:Spreekuur',
      'RECURRENCE-ID;TZID=Europe/Amsterdam:20261026T100000',
      'DTSTART;TZID=Europe/Amsterdam:20261027T140000',
      'DURATION:PT1H',
    ),
  );
  expect(starts(weekly)).toEqual(['2026-10-19T08:00:00.000Z', '2026-10-27T13:00:00.000Z', '2026-11-09T09:00:00.000Z']);
  expect(new Set(read(weekly).sessions.map(({ sourceId }) => sourceId)).size).toBe(3);
  const daily = calendar(vevent('UID:d', 'SUMMARY:Elke dag', 'DTSTART:20261101T100000Z', 'RRULE:FREQ=DAILY'));
  expect([starts(daily).length, remarks(daily).includes('recurring-cut')]).toEqual([200, true]);
});

test('a rule that could go on without an answer is not followed', () => {
  for (const rule of [
    'FREQ=SECONDLY',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;INTERVAL=7;BYDAY=TU',
    'FREQ=MONTHLY;BYMONTHDAY=31;INTERVAL=0',
    'FREQ=YEARLY;BYWEEKNO=53;BYDAY=5MO',
  ]) {
    const text = calendar(vevent('UID:d', 'SUMMARY:Steeds', 'DTSTART:20261102T100000Z', `RRULE:${rule}`));
    const result = why(text);
    if (result === 'read') expect([rule, starts(text).length, remarks(text).includes('recurring-unknown')]).toEqual([rule, 1, true]);
    else expect([rule, result]).toEqual([rule, ['ics', {}]]);
  }
});

test('what is cancelled or private stays out, and the report says so', () => {
  const text = calendar(
    vevent('UID:a', 'SUMMARY:A', 'DTSTART:20261110T090000Z'),
    vevent('UID:b', 'SUMMARY:B', 'DTSTART:20261110T090000Z', 'STATUS:CANCELLED'),
    vevent('UID:c', 'SUMMARY:C', 'DTSTART:20261110T090000Z', 'CLASS:PRIVATE'),
  );
  expect(
    read(text)
      .rows.filter(({ result }) => result === 'left out')
      .map(({ remarks }) => remarks[0]!.remark),
  ).toEqual(['cancelled', 'private']);
});

test('hostile calendars are refused or read, at once', () => {
  expect(why('BEGIN:VCALENDAR')).not.toBe('read');
  expect(why('BEGIN:VCALENDAR\n'.repeat(100_000))).toEqual(['deep', { depth: 64 }]);
  expect(why(calendar(...Array.from({ length: 6_000 }, () => 'BEGIN:VEVENT\r\nEND:VEVENT')))).toEqual(['many', { most: 5_000 }]);
  const many = calendar(...Array.from({ length: 40 }, (_, at) => vevent(`UID:${at}`, 'SUMMARY:A', 'DTSTART:20261101T100000Z', 'RRULE:FREQ=DAILY')));
  expect(why(many)).toEqual(['many', { most: 5_000 }]);
});

test('a sheet with Dutch heads, semicolons, an older encoding and days as people write them', () => {
  const sheet =
    'Titel;Datum;Begintijd;Eindtijd;Zaal;Thema;Sprekers;Duur\r\n"Één; twee";dinsdag 10 november 2026;10.00 uur;11.30;Café;Inkoop|Data;Spreker een;\r\nDrie;11-11-2026;14u15;;Online;;;45 min\r\nVier;32-11-2026;10:00;;;;;\r\n';
  const programme = read(new Uint8Array(Buffer.from(sheet, 'latin1')));
  expect(programme.sessions).toMatchObject([
    {
      title: { nl: 'Één; twee' },
      start: new Date('2026-11-10T09:00:00Z'),
      end: new Date('2026-11-10T10:30:00Z'),
      location: 'Café',
      themes: ['inkoop', 'data'],
      speakers: ['Spreker een'],
    },
    { start: new Date('2026-11-11T13:15:00Z'), end: new Date('2026-11-11T14:00:00Z'), location: null },
  ]);
  expect(programme.rows.filter(({ result }) => result === 'left out')).toMatchObject([{ row: 3, remarks: [{ remark: 'bad-time' }] }]);
  expect(programme.sessions[0]!.silent).toEqual(['summary', 'description', 'format', 'languages']);
});

test('a sheet with tabs, a mark, texts in two languages, and an offset that wins', () => {
  const [session] = read('\ufefftitle_nl\ttitle_en\tstart\tend\nSneller\tFaster\t2026-11-10T10:00:00+00:00\t2026-11-10T11:00:00+00:00\n').sessions;
  expect(session).toMatchObject({
    title: { nl: 'Sneller', en: 'Faster' },
    start: new Date('2026-11-10T10:00:00Z'),
    end: new Date('2026-11-10T11:00:00Z'),
  });
});

test('columns, tracks and rooms are called what somebody said', () => {
  const sheet = 'Wat,Wanneer,Waar,Spoor\nSneller,10-11-2026 10:00,A1,Proc\n';
  expect(why(sheet)).toEqual(['csv-no-title', { columns: 'Wat, Wanneer, Waar, Spoor' }]);
  const csv: Mapping = { columns: { title: 'Wat', start: 'Wanneer', location: 'Waar' }, themes: { Proc: 'inkoop' }, rooms: { A1: 'Grote zaal' } };
  const programme = read(sheet, { mappings: { csv } });
  expect(programme.sessions).toMatchObject([
    { title: { nl: 'Sneller' }, start: new Date('2026-11-10T09:00:00Z'), location: 'Grote zaal', themes: ['inkoop'] },
  ]);
  expect([programme.themes, programme.words]).toEqual([[], { columns: ['Wat', 'Wanneer', 'Waar', 'Spoor'], tracks: ['Proc'], rooms: ['A1'] }]);
  expect([readColumn('title=Wat'), readColumn('TITLE = Wat'), readColumn('titel=Wat'), readColumn('x')]).toEqual([
    ['title', 'Wat'],
    null,
    null,
    null,
  ]);
  expect(noMapping.columns).toEqual({});
});

test('a broken sheet says where', () => {
  expect(why('title,start\n"a,b\nc,d\n')).toMatchObject(['csv', {}]);
  expect(why(`title,start\n${'a,2026-11-10T10:00\n'.repeat(6_000)}`)).toEqual(['many', { most: 5_000 }]);
});

test('any sheet and any calendar give a programme or a reason, never a fault', () => {
  const reasons = new Set(Object.keys(allSheets.nl['exchange']!));
  const judged = (text: string): void => {
    const programme = readProgramme(bytes(text));
    if (isUnreadable(programme)) expect(reasons).toContain(`file-${programme.unreadable}`);
    else for (const { remarks } of programme.rows) for (const { remark } of remarks) expect(reasons).toContain(`remark-${remark}`);
  };
  const cell = fc.oneof(
    fc.string(),
    fc.constantFrom('=1+1', '"', '""', '10-11-2026', '31-02-2026', '99:99', '10:00', '2026-13-45T10:00', '__proto__', '\n', ';', "'"),
  );
  const head = fc.constantFrom(
    'title',
    'titel',
    'start',
    'date',
    'end',
    'duur',
    'themes',
    '__proto__',
    'constructor',
    'guid',
    'id',
    'title:nl',
    'title:__proto__',
  );
  const table = fc.tuple(fc.array(head, { maxLength: 6 }), fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 5 }));
  fc.assert(
    fc.property(table, fc.constantFrom(',', ';', '\t'), ([heads, lines], sign) =>
      judged([heads, ...lines].map((line) => line.join(sign)).join('\n')),
    ),
    { numRuns: 500 },
  );
  const property = fc.oneof(
    fc.string().map((text) => `SUMMARY:${text}`),
    fc.constantFrom(
      'DTSTART:20261110T090000Z',
      'DTSTART:99999999T999999',
      'DTSTART;VALUE=DATE:20260231',
      'DTSTART;TZID=:x',
      'DTEND:x',
      'DURATION:P',
      'DURATION:-PT1H',
      'RRULE:FREQ=WEEKLY;COUNT=3',
      'RRULE:FREQ=',
      'RRULE:x',
      'EXDATE:x',
      'RDATE:20261111T090000Z',
      'UID:u',
      'CATEGORIES:a,,b',
      'BEGIN:VALARM',
      'END:VALARM',
      'RECURRENCE-ID:20261110T090000Z',
      'GEO:1;2',
      ':',
      ';',
    ),
  );
  fc.assert(
    fc.property(fc.array(fc.array(property, { maxLength: 7 }), { maxLength: 3 }), (events) =>
      judged(calendar(...events.map((lines) => vevent(...lines)))),
    ),
    { numRuns: 500 },
  );
}, 30_000);

test('days, times and durations as people write them', () => {
  const seen = (text: string) => {
    const { day, time, full } = readTyped(text);
    return full ?? `${day ?? ''} ${time ?? ''}`;
  };
  expect(
    ['di 3 nov 2026 9:05', '3/11/26', '3-11-2026 10.30 uur', '2026-11-03', '10u30', '14 uur', '2 pm', '2026-11-03T10:00Z', 'morgen', '12'].map(seen),
  ).toEqual(['2026-11-03 09:05', '2026-11-03 ', '2026-11-03 10:30', '2026-11-03 ', ' 10:30', ' 14:00', ' 14:00', '2026-11-03T10:00Z', ' ', ' ']);
  expect(['90', '90 min', '1,5 uur', '1u30', '1:30', '2 uur'].map(readDuration)).toEqual(['90', '90', '90', '90', '1:30', '120']);
});

test('an address out of a browser leads to where the programme is', () => {
  expect(candidates('https://pretalx.com/democon/')).toEqual([
    'https://pretalx.com/democon/schedule/export/schedule.json',
    'https://pretalx.com/democon/',
  ]);
  expect(candidates('https://talks.example.org/maand/schedule/')[0]).toBe('https://talks.example.org/maand/schedule/export/schedule.json');
  expect(candidates('https://talks.example.org/api/events/maand/submissions/')[0]).toBe(
    'https://talks.example.org/maand/schedule/export/schedule.json',
  );
  expect(candidates('https://example.org/maand')).toEqual(['https://example.org/maand', 'https://example.org/maand/schedule/export/schedule.json']);
  expect(candidates('https://example.org/a/schedule.xml')).toEqual(['https://example.org/a/schedule.xml']);
  expect(candidates('https://sessionize.com/api/v2/abc123/view/Sessions?under=true')).toEqual([
    'https://sessionize.com/api/v2/abc123/view/Sessions',
    'https://sessionize.com/api/v2/abc123/view/All',
    'https://sessionize.com/api/v2/abc123/view/GridSmart',
  ]);
});

test('Sessionize, as everything at once and as a list in groups, gives the same sessions', () => {
  const session = { id: '7', title: 'Sneller', description: 'Snel.', startsAt: '2026-11-10T10:00:00', endsAt: '2026-11-10T11:00:00' };
  const all = {
    sessions: [{ ...session, speakers: ['s'], categoryItems: [3], roomId: 5 }],
    speakers: [{ id: 's', fullName: 'Spreker een' }],
    questions: [],
    categories: [{ id: 1, title: 'Track', items: [{ id: 3, name: 'Inkoop' }] }],
    rooms: [{ id: 5, name: 'Zaal' }],
  };
  const grouped = [
    {
      groupId: null,
      groupName: 'All',
      sessions: [
        {
          ...session,
          speakers: [{ id: 's', name: 'Spreker een' }],
          categories: [{ id: 1, name: 'Track', categoryItems: [{ id: 3, name: 'Inkoop' }] }],
          roomId: 5,
          room: 'Zaal',
        },
      ],
    },
  ];
  const [one, other] = [all, grouped].map((value) => read(JSON.stringify(value)).sessions);
  expect(one).toEqual(other);
  expect(one).toMatchObject([{ sourceId: '7', location: 'Zaal', themes: ['inkoop'], speakers: ['Spreker een'] }]);
});
