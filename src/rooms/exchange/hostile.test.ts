import { expect, test } from 'vitest';
import fc from 'fast-check';
import { allSheets } from '#words';
import { parseJson } from './json.ts';
import { readProgramme } from './read.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const why = (input: string | Uint8Array) => {
  const read = readProgramme(typeof input === 'string' ? bytes(input) : input);
  return 'unreadable' in read ? [read.unreadable, read.values] : 'read';
};

test('an entity bomb and an outside entity are refused before anything grows', () => {
  const bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><schedule>&b;</schedule>';
  expect(why(bomb)).toEqual(['doctype', {}]);
  expect(why('<!DOCTYPE s SYSTEM "file:///etc/passwd"><schedule/>')).toEqual(['doctype', {}]);
  expect(why('<schedule><version>&b;</version></schedule>')).toEqual(['xml', { line: 1, column: 22, fault: 'undefined entity.' }]);
});

test('broken XML and JSON say where', () => {
  expect(why('<schedule>\n  <day>\n</schedule>')).toEqual(['xml', { line: 3, column: 11, fault: 'unexpected close tag.' }]);
  expect(why('<schedule><day>')).toMatchObject(['xml', { line: 1 }]);
  expect(why('{\n  "schedule": {,}\n}')).toEqual(['json', { line: 2, column: 16 }]);
  expect(why('{"schedule": [1, 2')).toEqual(['json', { line: 1, column: 19 }]);
  expect(why('[{"a": "b\nc"}]')).toMatchObject(['json', { line: 1 }]);
});

test('our JSON reader breaks exactly where the built-in one does', () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom('', '"', '}', ',', '\\', ' ', '0', '\u0001', 'e', ':'), (json, at, noise) => {
      const text = json.slice(0, at % (json.length + 1)) + noise + json.slice(at % (json.length + 1));
      expect([text, 'value' in parseJson(text)]).toEqual([text, isJson(text)]);
    }),
    { numRuns: 2_000 },
  );
});

test('what is too deep, too much or too large is refused', () => {
  expect(why('['.repeat(1_000_000))).toEqual(['deep', { depth: 64 }]);
  expect(why('<a>'.repeat(100_000))).toEqual(['deep', { depth: 64 }]);
  expect(why(`<schedule><day><room>${'<event/>'.repeat(1_000_000)}</room></day></schedule>`)).toEqual(['many', { most: 5_000 }]);
  expect(why(`[${'{"event_id":1,"title":"a"},'.repeat(6_000)}1]`)).toEqual(['many', { most: 5_000 }]);
  expect(why(`{"schedule":{"days":[${'{},'.repeat(2_500_000)}{}]}}`)).toEqual(['many', { most: 5_000 }]);
  expect(why(new Uint8Array(50_000_001))).toEqual(['large', { most: 50 }]);
});

test('a string of megabytes is read', () => {
  expect(why(`{"schedule":{"days":[],"x":"${'\\n'.repeat(5_000_000)}"}}`)).toBe('read');
});

test('what is no text, no programme or nothing at all is said so', () => {
  expect(why('')).toEqual(['empty', {}]);
  expect(why(' \n ')).toEqual(['empty', {}]);
  expect(why(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 8, 0]))).toEqual(['binary', {}]);
  for (const other of ['[]', '{}', '[1,2,3]', '{"a": {"b": 1}}', '<html><body/></html>', 'zomaar tekst', '"text"', '<schedule/>'])
    expect([other, why(other)]).toEqual([other, ['unknown', {}]]);
});

test('encodings: with a mark, as declared, or a clear no', () => {
  const xml = (encoding: string) =>
    `<?xml version="1.0" encoding="${encoding}"?>\n<schedule><conference/><day date="2026-11-10"><room name="Café"><event id="1"><title>Één</title></event></room></day></schedule>`;
  const utf16 = (text: string, big: boolean) => {
    const buffer = Buffer.from(`\ufeff${text}`, 'utf16le');
    return new Uint8Array(big ? buffer.swap16() : buffer);
  };
  const titles = (input: Uint8Array) => {
    const read = readProgramme(input);
    return 'unreadable' in read ? read : read.sessions.map(({ title, location }) => [Object.values(title)[0], location]);
  };
  const expected = [['Één', 'Café']];
  expect(titles(bytes(`\ufeff${xml('utf-8')}`))).toEqual(expected);
  expect(titles(utf16(xml('utf-16'), false))).toEqual(expected);
  expect(titles(utf16(xml('utf-16'), true))).toEqual(expected);
  expect(titles(new Uint8Array(Buffer.from(xml('ISO-8859-1'), 'latin1')))).toEqual(expected);
  expect(why(new Uint8Array(Buffer.from(xml('utf-8'), 'latin1')))).toEqual(['bytes', { encoding: 'UTF-8', line: 2 }]);
  expect(why(xml('ebcdic-cp-nl'))).toEqual(['encoding', { encoding: 'ebcdic-cp-nl' }]);
});

test('keys that touch prototypes do nothing', () => {
  const event =
    '{"id":1,"title":{"__proto__":"x","en":"Safe"},"constructor":"y","__proto__":{"room":"Hacked","polluted":true},"date":"2026-11-10T10:00:00Z"}';
  const read = readProgramme(bytes(`{"schedule":{"conference":{"days":[{"rooms":{"__proto__":[${event}]}}]},"__proto__":{"polluted":true}}}`));
  expect('sessions' in read && read.sessions.map(({ title, location }) => ({ title, location }))).toEqual([
    { title: { en: 'Safe' }, location: '__proto__' },
  ]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('any bytes and any JSON give a programme or a reason, never a fault', () => {
  const reasons = new Set(Object.keys(allSheets.nl['exchange']!));
  const judged = (input: Uint8Array): void => {
    const read = readProgramme(input);
    if ('unreadable' in read) expect(reasons).toContain(`file-${read.unreadable}`);
    else for (const { remarks } of read.rows) for (const { remark } of remarks) expect(reasons).toContain(`remark-${remark}`);
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), judged), { numRuns: 500 });
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.boolean(),
    fc.constant([]),
    fc.constant({}),
    fc.constantFrom('2026-11-10T10:00:00', '10:00', '01:00', 'en', '<p>x</p>', '\u0000'),
  );
  const event = fc.dictionary(
    fc.constantFrom(
      'guid',
      'id',
      'title',
      'subtitle',
      'abstract',
      'description',
      'track',
      'type',
      'language',
      'room',
      'persons',
      'date',
      'start',
      'end',
      'duration',
      'links',
      'code',
    ),
    value,
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(event, value), { maxLength: 6 }), value, (events, other) =>
      judged(
        bytes(
          JSON.stringify({
            schedule: {
              conference: {
                title: other,
                start: other,
                time_zone_name: other,
                tracks: other,
                rooms: other,
                days: [other, { date: other, rooms: { A: events, B: other } }],
              },
            },
          }),
        ),
      ),
    ),
    { numRuns: 1_000 },
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(event, value), { maxLength: 6 }), (events) => judged(bytes(JSON.stringify([{ rooms: [{ sessions: events }] }])))),
    { numRuns: 300 },
  );
});
