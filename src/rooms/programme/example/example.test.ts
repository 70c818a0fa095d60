import { describe, expect, test } from 'vitest';
import { formats, levels } from '../session.ts';
import { sessions } from './all.ts';
import type { ExampleSession } from './example.ts';
import { organisations } from './organisations.ts';
import { themes } from './themes.ts';

const keysOf = (wrong: (session: ExampleSession) => boolean): string[] => sessions.filter(wrong).map((session) => session.key);
const slug = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const minuteOfDay = (start: string): number => Number(start.slice(0, 2)) * 60 + Number(start.slice(3));
const repeated = (all: readonly string[]): string[] => all.filter((one, index) => all.indexOf(one) !== index);

describe('the example edition', () => {
  test('fills every workday of the month with four to seven sessions', () => {
    const counts = Array.from({ length: 20 }, (_, index) => sessions.filter(({ day }) => day === index + 1).length);
    expect(sessions.length).toBe(110);
    expect(counts.filter((count) => count < 4 || count > 7)).toEqual([]);
  });

  test('has a key of its own for every session', () => {
    expect(repeated(sessions.map(({ key }) => key))).toEqual([]);
    expect(keysOf(({ key }) => !slug.test(key))).toEqual([]);
  });

  test('has no title twice', () => {
    expect(repeated(sessions.map(({ title }) => title.nl))).toEqual([]);
    expect(repeated(sessions.map(({ title }) => title.en))).toEqual([]);
  });

  test('names only themes that exist, one or two per session', () => {
    const known = new Set(themes.map((theme) => theme.slug));
    expect(keysOf((s) => s.themes.length < 1 || s.themes.length > 2 || s.themes.some((one) => !known.has(one)))).toEqual([]);
    expect(keysOf((s) => repeated(s.themes).length > 0)).toEqual([]);
  });

  test('names only organisations that exist', () => {
    const known = new Set(organisations.map((one) => one.slug));
    expect(keysOf((s) => s.organisations.length < 1 || s.organisations.some((one) => !known.has(one)))).toEqual([]);
    expect(keysOf((s) => repeated(s.organisations).length > 0)).toEqual([]);
  });

  test('names themes and organisations once, in both languages', () => {
    for (const list of [themes, organisations]) {
      expect(repeated(list.map((one) => one.slug))).toEqual([]);
      expect(list.filter((one) => !slug.test(one.slug) || one.nl === '' || one.en === '')).toEqual([]);
    }
  });

  test('says everything in both languages', () => {
    expect(keysOf((s) => [s.title, s.summary, s.description].some(({ nl, en }) => nl.trim() === '' || en.trim() === ''))).toEqual([]);
    expect(keysOf((s) => s.summary.nl === s.summary.en || s.description.nl === s.description.en)).toEqual([]);
  });

  test('has titles of 5 to 110 characters', () => {
    expect(keysOf((s) => [s.title.nl, s.title.en].some((title) => title.length < 5 || title.length > 110))).toEqual([]);
  });

  test('starts on a quarter of an hour between eight and eight and lasts half an hour to three hours', () => {
    expect(keysOf((s) => !/^\d\d:(00|15|30|45)$/.test(s.start) || minuteOfDay(s.start) < 480 || minuteOfDay(s.start) > 1200)).toEqual([]);
    expect(keysOf((s) => s.minutes < 30 || s.minutes > 180)).toEqual([]);
    expect(keysOf((s) => !Number.isInteger(s.day) || s.day < 1 || s.day > 20)).toEqual([]);
  });

  test('has a place exactly where people can come', () => {
    expect(keysOf((s) => (s.location === null) !== (s.onSite === 0))).toEqual([]);
    expect(keysOf((s) => s.onSite === 0 && s.online === 0)).toEqual([]);
  });

  test('has a limit on every session that starts out full', () => {
    expect(keysOf((s) => s.full === true && (s.onSite === null || s.online === null))).toEqual([]);
  });

  test('goes deeper only later in the month, on a session everybody who sees it may see', () => {
    const byKey = new Map(sessions.map((session) => [session.key, session]));
    const deeper = sessions.filter(({ deepens }) => deepens !== undefined);
    const wrong = deeper.filter((session) => {
      const first = byKey.get(session.deepens ?? '');
      return first === undefined || first.day >= session.day || (first.visibility === 'internal' && session.visibility !== 'internal');
    });
    expect(deeper.length).toBeGreaterThanOrEqual(8);
    expect(wrong.map(({ key }) => key)).toEqual([]);
  });

  test('shows every format and level at least once', () => {
    expect(formats.filter((format) => !sessions.some((session) => session.format === format))).toEqual([]);
    expect(levels.filter((level) => !sessions.some((session) => session.level === level))).toEqual([]);
  });

  test('opens and closes the month together', () => {
    const at = (key: string) => sessions.filter((s) => s.key === key).map(({ day, start, format }) => ({ day, start, format }));
    expect(at('opening')).toEqual([{ day: 1, start: '10:00', format: 'broadcast' }]);
    expect(at('slot')).toEqual([{ day: 20, start: '14:00', format: 'hybrid' }]);
  });
});
