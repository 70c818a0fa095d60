import { expect, test } from 'vitest';
import { isUnreadable, type ImportedProgramme } from './imported.ts';
import { readProgramme, type Reading } from './read.ts';

const read = (text: string | object, reading: Reading = {}): ImportedProgramme => {
  const programme = readProgramme(new TextEncoder().encode(typeof text === 'string' ? text : JSON.stringify(text)), reading);
  if (isUnreadable(programme)) throw new Error(programme.unreadable);
  return programme;
};
const frab = (events: readonly object[], conference: object = {}) => ({
  schedule: {
    conference: { title: 'Trial', time_zone_name: 'Europe/Amsterdam', days: [{ date: '2026-11-10', rooms: { Studio: events } }], ...conference },
  },
});
const remarksOf = ({ rows }: ImportedProgramme) => rows.map(({ row, id, result, remarks }) => [row, id, result, remarks.map(({ remark }) => remark)]);
const timesOf = ({ sessions }: ImportedProgramme) => sessions.map(({ start, end }) => [start?.toISOString() ?? null, end?.toISOString() ?? null]);

test('schedule.xml', () => {
  const programme = read(`<?xml version="1.0" encoding="utf-8"?>
    <schedule><version>1</version>
      <conference><title>Proefmaand</title><acronym>proef</acronym><time_zone_name>Europe/Amsterdam</time_zone_name></conference>
      <day index="1" date="2026-11-10" start="2026-11-10T09:00:00+01:00" end="2026-11-11T04:00:00+01:00"><room name="Zaal 1">
        <event guid="0b1c2d3e-0000-4000-8000-000000000001" id="7" code="ABC123">
          <date>2026-11-10T10:00:00+01:00</date><start>10:00</start><duration>00:45</duration><room>Zaal 1</room>
          <title>Sneller &amp; slimmer</title><subtitle>Inkopen in tien dagen</subtitle><track>Inkoop</track><type>workshop</type><language>nl</language>
          <abstract>Kort.</abstract><description><![CDATA[<p>Lang <b>verhaal</b></p>]]></description>
          <persons><person id="1">Spreker een</person><person id="2"> Spreker twee </person></persons>
          <links><link href="https://example.org/meer">Meer</link><link href="javascript:alert(1)">Niet</link></links>
          <recording><license/><optout>true</optout></recording>
        </event>
        <event id="8"><start>00:30</start><duration>1:00</duration><title>Nachtuitzending</title><type>uitzending</type></event>
      </room></day></schedule>`);
  expect(programme).toEqual({
    source: 'schedule',
    name: { nl: 'Proefmaand' },
    acronym: 'proef',
    timeZone: 'Europe/Amsterdam',
    startsOn: '2026-11-10',
    endsOn: '2026-11-11',
    rules: null,
    themes: [
      { slug: 'inkoop', name: { nl: 'Inkoop' } },
      { slug: 'overig', name: { nl: 'Overig', en: 'Other' } },
    ],
    organisations: [],
    sessions: [
      {
        row: 1,
        guid: '0b1c2d3e-0000-4000-8000-000000000001',
        sourceId: '7',
        code: 'ABC123',
        title: { nl: 'Sneller & slimmer' },
        summary: { nl: 'Inkopen in tien dagen' },
        description: { nl: 'Kort.\n\nLang **verhaal**\n\n- [Meer](https://example.org/meer)' },
        themes: ['inkoop'],
        speakers: ['Spreker een', 'Spreker twee'],
        format: 'workshop',
        languages: ['nl'],
        start: new Date('2026-11-10T09:00:00Z'),
        end: new Date('2026-11-10T09:45:00Z'),
        location: 'Zaal 1',
        capacity: { onSite: null, online: 0 },
        silent: [],
        own: null,
      },
      {
        row: 2,
        guid: null,
        sourceId: '8',
        code: null,
        title: { nl: 'Nachtuitzending' },
        summary: {},
        description: {},
        themes: ['overig'],
        speakers: [],
        format: 'broadcast',
        languages: [],
        start: new Date('2026-11-10T23:30:00Z'),
        end: new Date('2026-11-11T00:30:00Z'),
        location: 'Zaal 1',
        capacity: { onSite: null, online: 0 },
        silent: [],
        own: null,
      },
    ],
    rows: [
      {
        row: 1,
        id: '0b1c2d3e-0000-4000-8000-000000000001',
        title: 'Sneller & slimmer',
        result: 'changed',
        remarks: [{ remark: 'html', values: {} }],
      },
      {
        row: 2,
        id: '8',
        title: 'Nachtuitzending',
        result: 'changed',
        remarks: [
          { remark: 'no-language', values: {} },
          { remark: 'no-track', values: {} },
        ],
      },
    ],
    words: { columns: [], tracks: ['Inkoop'], rooms: ['Zaal 1'] },
    remarks: [],
  });
});

test('schedule.json with the liberties that pretalx takes: several languages, named people, online rooms with places', () => {
  const { sessions, themes } = read(
    frab(
      [
        {
          id: 1,
          code: 'XY12AB',
          title: { en: 'Buying', nl: 'Inkopen' },
          track: { en: 'Procurement' },
          language: 'de-formal',
          type: { en: 'Workshop' },
          date: '2026-11-10T10:00:00',
          duration: '1:30',
          persons: [{ name: 'Spreker' }, 'Host'],
        },
        {
          id: 2,
          title: 'Online',
          room: 'Stream A',
          type: 'Talk',
          date: '2026-11-10T12:00:00+01:00',
          duration: '00:30',
          language: 'English',
          track: 'Procurement',
        },
      ],
      {
        rooms: [
          { name: 'Studio', capacity: 40 },
          { name: 'Stream A', type: 'online' },
        ],
        tracks: [{ name: 'Procurement' }, { name: 'Unused' }],
      },
    ),
  );
  expect(themes.map(({ slug }) => slug)).toEqual(['procurement']);
  expect(
    sessions.map(({ code, title, languages, speakers, format, location, capacity }) => ({
      code,
      title,
      languages,
      speakers,
      format,
      location,
      capacity,
    })),
  ).toEqual([
    {
      code: 'XY12AB',
      title: { en: 'Buying', nl: 'Inkopen' },
      languages: ['de'],
      speakers: ['Spreker', 'Host'],
      format: 'workshop',
      location: 'Studio',
      capacity: { onSite: 40, online: 0 },
    },
    {
      code: null,
      title: { en: 'Online' },
      languages: ['en'],
      speakers: [],
      format: 'webinar',
      location: null,
      capacity: { onSite: 0, online: null },
    },
  ]);
});

test('Sessionize: per day and room, in groups, or everything at once', () => {
  const session = {
    id: '9',
    title: 'The way we buy for the state',
    description: 'What is it and how',
    startsAt: '2026-11-10T09:00:00',
    endsAt: '2026-11-10T09:45:00',
  };
  const track = { categories: [{ name: 'Track', categoryItems: [{ name: 'Procurement' }] }] };
  const grid = [
    {
      date: '2026-11-10T00:00:00',
      rooms: [
        {
          name: 'Room 1',
          sessions: [
            { ...session, ...track, speakers: [{ name: 'Speaker' }] },
            { ...session, id: '10', title: 'Lunch', isServiceSession: true },
            session,
          ],
        },
      ],
    },
  ];
  const groups = [{ groupName: 'All', sessions: [{ ...session, ...track, room: 'Room 1', speakers: [{ name: 'Speaker' }] }] }];
  const all = {
    sessions: [{ ...session, roomId: 5, speakers: ['a'], categoryItems: [3] }],
    speakers: [{ id: 'a', fullName: 'Speaker' }],
    rooms: [{ id: 5, name: 'Room 1' }],
    categories: [{ title: 'Track', items: [{ id: 3, name: 'Procurement' }] }],
  };
  for (const file of [grid, groups, all]) {
    expect(
      read(file).sessions.map(({ sourceId, speakers, location, themes, languages, start, end }) => ({
        sourceId,
        speakers,
        location,
        themes,
        languages,
        start,
        end,
      })),
    ).toEqual([
      {
        sourceId: '9',
        speakers: ['Speaker'],
        location: 'Room 1',
        themes: ['procurement'],
        languages: ['en'],
        start: new Date('2026-11-10T08:00:00Z'),
        end: new Date('2026-11-10T08:45:00Z'),
      },
    ]);
  }
  expect(remarksOf(read(grid))).toEqual([
    [1, '9', 'changed', ['guessed-language']],
    [2, '10', 'left out', ['no-session']],
    [3, '9', 'left out', ['double']],
  ]);
});

test('halfnarp: tracks and rooms are numbers, durations seconds', () => {
  const { sessions, themes } = read([
    {
      event_id: 7811,
      title: 'Irren ist staatlich',
      track_id: 316,
      room_id: 380,
      start_time: '2016-12-29T21:15:00.000+01:00',
      duration: 1800,
      speaker_names: 'Een, Twee',
      language: 'de',
      abstract: '<p>Kurz</p>',
    },
  ]);
  expect(themes).toEqual([{ slug: 'spoor-316', name: { nl: 'Spoor 316', en: 'Track 316' } }]);
  expect(sessions[0]).toMatchObject({
    sourceId: '7811',
    location: 'Zaal 380',
    speakers: ['Een', 'Twee'],
    description: { de: 'Kurz' },
    start: new Date('2016-12-29T20:15:00Z'),
    end: new Date('2016-12-29T20:45:00Z'),
  });
});

test('rows that cannot be read are left out, the others are put right, and every one is said', () => {
  const fine = { title: 'Fine', date: '2026-11-10T10:00:00', duration: '01:00', language: 'nl', track: 'A' };
  expect(
    remarksOf(
      read(
        frab([
          { ...fine, guid: 'one' },
          { ...fine, guid: 'one' },
          { ...fine, id: 3, title: ' ' },
          { ...fine, id: 4, date: '2026-99-99T10:00:00' },
          { ...fine, id: 5, date: undefined },
          { ...fine, id: 6, duration: undefined },
          { ...fine, id: 7, duration: '999:00' },
          { ...fine, id: 8, type: 'ritual' },
          { ...fine, id: 9, title: 'x'.repeat(400) },
          { ...fine, id: 10, track: null },
          { ...fine, title: 'Nameless' },
          { ...fine, id: 12, date: '2026-03-29T02:30:00' },
        ]),
      ),
    ),
  ).toEqual([
    [2, 'one', 'left out', ['double']],
    [3, '3', 'left out', ['no-title']],
    [4, '4', 'left out', ['bad-time']],
    [5, '5', 'changed', ['no-time']],
    [6, '6', 'changed', ['no-duration']],
    [7, '7', 'changed', ['bad-duration']],
    [8, '8', 'changed', ['unknown-type']],
    [9, '9', 'changed', ['cut']],
    [10, '10', 'changed', ['no-track']],
    [11, 'title Nameless', 'changed', ['no-id']],
    [12, '12', 'changed', ['time-gap']],
  ]);
});

test('an offset in a time wins, else the zone that is asked for, else the file’s, else Amsterdam', () => {
  const events = [
    { id: 1, title: 'a', date: '2026-11-10T10:00:00+01:00', duration: '1:00' },
    { id: 2, title: 'b', date: '2026-11-10T10:00:00', duration: '1:00' },
  ];
  const starts = (programme: ImportedProgramme) => [
    programme.timeZone,
    ...timesOf(programme).map(([start]) => start),
    ...programme.remarks.map(({ remark }) => remark),
  ];
  expect(starts(read(frab(events), { timeZone: 'America/New_York' }))).toEqual([
    'America/New_York',
    '2026-11-10T09:00:00.000Z',
    '2026-11-10T15:00:00.000Z',
  ]);
  expect(starts(read(frab(events, { time_zone_name: 'UTC' })))).toEqual(['UTC', '2026-11-10T09:00:00.000Z', '2026-11-10T10:00:00.000Z']);
  expect(starts(read(frab(events, { time_zone_name: null })))).toEqual([
    'Europe/Amsterdam',
    '2026-11-10T09:00:00.000Z',
    '2026-11-10T09:00:00.000Z',
    'no-zone',
  ]);
  expect(starts(read(frab(events, { time_zone_name: 'Mars/Base' })))).toEqual([
    'Europe/Amsterdam',
    '2026-11-10T09:00:00.000Z',
    '2026-11-10T09:00:00.000Z',
    'bad-zone',
  ]);
});

test('the first day moves to the day that is asked for, with the same times by the clock', () => {
  const programme = read(
    frab([
      { id: 1, title: 'b', date: '2026-11-11T10:00:00', duration: '1:00' },
      { id: 2, title: 'a', date: '2026-11-10T23:30:00', duration: '1:00' },
    ]),
    { starts: '2027-03-27' },
  );
  expect([programme.startsOn, programme.endsOn, ...timesOf(programme)]).toEqual([
    '2027-03-27',
    '2027-03-28',
    ['2027-03-28T08:00:00.000Z', '2027-03-28T09:00:00.000Z'],
    ['2027-03-27T22:30:00.000Z', '2027-03-27T23:30:00.000Z'],
  ]);
});

test('no more than forty themes: the least used tracks come under Other', () => {
  const events = Array.from({ length: 60 }, (_, at) => ({
    id: at + 1,
    title: `Talk ${at}`,
    track: `Track ${at % 50}`,
    date: '2026-11-10T10:00:00',
    duration: '1:00',
    language: 'en',
  }));
  const { themes, rows } = read(frab(events));
  expect(themes.length).toBe(40);
  expect(themes.at(-1)).toEqual({ slug: 'overig', name: { nl: 'Overig', en: 'Other' } });
  expect(rows.map(({ remarks }) => remarks[0]?.remark)).toEqual(Array.from({ length: 11 }, () => 'many-tracks'));
});

test('an empty programme has a remark and nothing else', () => {
  expect(read(frab([]))).toMatchObject({ sessions: [], themes: [], startsOn: null, remarks: [{ remark: 'no-rows' }] });
});

test('nothing from the file can colour a screen or start a line in the report', () => {
  const { rows } = read(frab([{ id: 'a\nb\u001b[31m', title: 'x\u001b[2J\ny', date: '\u001b[31m\n2026' }]));
  expect(JSON.stringify(rows)).toBe(
    JSON.stringify([
      { row: 1, id: 'a b[31m', title: 'x[2J y', result: 'left out', remarks: [{ remark: 'bad-time', values: { given: '[31m 2026' } }] },
    ]),
  );
});
