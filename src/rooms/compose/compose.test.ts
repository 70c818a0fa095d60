import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentence } from '#words';
import type { SessionId } from '#ground/id.ts';
import { sessions as example } from '#rooms/programme/example/all.ts';
import { themes } from '#rooms/programme/example/themes.ts';
import { overlap, type Attendance, type Session } from '#rooms/programme/session.ts';
import { prepare, propose } from './compose.ts';
import { minutesBetween } from './ways.ts';
import type { Proposal, Asking } from './asking.ts';

const hour = 3_600_000;
const now = new Date('2026-11-01T09:00:00Z');

test('somebody who wants to buy faster gets that, a surprise from elsewhere, and reads why', () => {
  const proposal = ask({ question: 'ik wil sneller inkopen', organisation: 'kvk' });
  expect(proposal.fits[0]).toMatchObject({ session: 'sneller-inkopen', attendance: 'online' });
  expect(proposal.fits[0]!.reasons).toEqual([{ code: 'about-words', values: { words: ['inkopen'] } }]);
  expect(proposal.surprises).toHaveLength(1);
  expect(named(proposal.surprises[0]!.session).themes).not.toContain('inkoop-en-start-ups');
  expect(named(proposal.surprises[0]!.session).organisations).not.toContain('kvk');
  expect(proposal.optimal).toBe(true);
});

test('what somebody says goes before the themes they tick', () => {
  const { fits } = ask({ question: 'ik wil sneller inkopen', themes: ['technologie-en-data'] });
  for (const { session } of fits) expect(named(session).themes).toContain('inkoop-en-start-ups');
});

test('every suggestion has a reason, and every reason a sentence in both languages', () => {
  for (const asking of [
    {},
    { themes: ['samen-werken'] },
    { question: 'hoe ga ik om met AI in mijn team', organisation: 'uwv' },
    { question: 'xyzzy', themes: themes.map(({ slug }) => slug) },
  ]) {
    const proposal = ask(asking);
    const told = [...proposal.fits, ...proposal.surprises, ...proposal.alternatives].map(({ reasons }) => reasons);
    expect(told.every((reasons) => reasons.length > 0)).toBe(true);
    for (const { code, values } of told.flat()) {
      const filled = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
      for (const language of ['nl', 'en'] as const) expect(sentence(language, `compose.${code}`, filled)).not.toMatch(/[{}]|^compose\./);
    }
  }
});

test('whatever is wished, only what is possible is suggested, without overlap and with time to travel', () => {
  fc.assert(
    fc.property(askings(), (asking) => {
      const proposal = ask(asking);
      const picks = [...proposal.fits, ...proposal.surprises];
      for (const { session: code, attendance } of picks) {
        const session = named(code);
        expect(asking.chosen.includes(code) || asking.not?.includes(code)).toBe(false);
        expect([attendance, 'either']).toContain(asking.attendance);
        expect(session.placesLeft[attendance]).not.toBe(0);
        if (asking.languages.length > 0) expect(session.languages.some((language) => asking.languages.includes(language))).toBe(true);
        if (asking.availability.length > 0)
          expect(asking.availability.some(({ from, until }) => from <= session.start! && session.end! <= until)).toBe(true);
        for (const chosen of asking.chosen) expect(overlap(session, named(chosen))).toBe(false);
        for (const other of picks)
          if (other.session !== code) expect(isReachable({ code, attendance }, { code: other.session, attendance: other.attendance })).toBe(true);
      }
      for (const { session } of proposal.surprises)
        if (asking.themes.length < 5) expect(named(session).themes.filter((theme) => asking.themes.includes(theme))).toEqual([]);
      expect(proposal.fits.length).toBeLessThanOrEqual(asking.fits);
      expect(proposal.surprises.length).toBeLessThanOrEqual(asking.surprises);
      expect(ask(asking)).toEqual(proposal);
    }),
    { numRuns: 60 },
  );
});

test('started, full, cancelled and unscheduled sessions are never suggested', () => {
  const base = sessions
    .slice(0, 6)
    .map((session): Session => ({ ...session, capacity: { onSite: 0, online: 10 }, placesLeft: { onSite: 0, online: 10 }, languages: ['nl'] }));
  const [started, full, cancelled, unscheduled, german, good] = base as [Session, Session, Session, Session, Session, Session];
  const all: Session[] = [
    { ...started, start: new Date(now.getTime() - 1), end: new Date(now.getTime() + hour) },
    { ...full, placesLeft: { onSite: 0, online: 0 } },
    { ...cancelled, state: 'cancelled' },
    { ...unscheduled, start: null, end: null },
    { ...german, languages: ['de'] },
    good,
  ];
  const proposal = ask({ fits: 10, surprises: 5, languages: ['nl-NL'] }, all);
  expect([...proposal.fits, ...proposal.surprises].map(({ session }) => session)).toEqual([good.code]);
});

test('the words of a question count in the language of the session, whichever that is', () => {
  const [one, other] = sessions as [Session, Session];
  const german: Session = { ...one, title: { de: 'Bürger früh beteiligen' }, summary: { de: 'Wie Beteiligung gelingt' }, description: {} };
  const proposal = ask({ question: 'Beteiligung der Bürger', fits: 1, surprises: 0 }, [german, { ...other, themes: german.themes }]);
  expect(proposal.fits.map(({ session }) => session)).toEqual([german.code]);
});

test('a morning and the afternoon after it are one window', () => {
  const [session] = sessions as [Session];
  const [start, end] = [session.start!.getTime(), session.end!.getTime()];
  const middle = new Date((start + end) / 2);
  const availability = [
    { from: middle, until: new Date(end) },
    { from: new Date(start), until: middle },
  ];
  expect(ask({ availability, fits: 1, surprises: 0 }, [session]).fits).toHaveLength(1);
  expect(ask({ availability: availability.slice(1), fits: 1, surprises: 0 }, [session]).fits).toHaveLength(0);
});

test('who may come both ways takes part online when the way is too long', () => {
  const [one, other] = sessions as [Session, Session];
  const at = (session: Session, location: string, start: number): Session => ({
    ...session,
    location,
    start: new Date(now.getTime() + start),
    end: new Date(now.getTime() + start + hour),
    capacity: { onSite: 10, online: 10 },
    placesLeft: { onSite: 10, online: 10 },
    languages: ['nl'],
  });
  const close = [at(one, 'Stadhuis, Zwolle', 50 * hour), at(other, 'Beatrixgebouw, Utrecht', 51.5 * hour)];
  const proposal = ask({ fits: 2, surprises: 0 }, close);
  expect(proposal.fits.map(({ attendance }) => attendance).sort()).toEqual(['onSite', 'online']);
  expect(ask({ fits: 2, surprises: 0, attendance: 'onSite' }, close).fits).toHaveLength(1);
});

test('over 10,000 people nothing is offered more than three times as often as what fits equally well', () => {
  const open = sessions.filter(({ placesLeft }) => placesLeft.online !== 0);
  const slugs = themes.map(({ slug }) => slug);
  const counted = (): Map<string, number> => new Map(open.map(({ code }) => [code, 0]));
  const [anything, asFit, asSurprise] = [counted(), counted(), counted()];
  const count = (counts: Map<string, number>, session: string): void => void counts.set(session, (counts.get(session) ?? 0) + 1);
  for (let seed = 0; seed < 10_000; seed++) {
    // Half of them say nothing, the others choose one theme.
    const saysNothing = seed % 2 === 0;
    const { fits, surprises } = ask({ seed, attendance: 'online', themes: saysNothing ? [] : [slugs[(seed >> 1) % slugs.length]!] });
    for (const { session } of fits) count(saysNothing ? anything : asFit, session);
    for (const { session } of surprises) count(saysNothing ? anything : asSurprise, session);
  }
  const isFair = (counts: readonly number[]): void => expect(Math.max(...counts)).toBeLessThanOrEqual(3 * Math.min(...counts));
  isFair([...anything.values()]);
  for (const slug of slugs) isFair(open.filter((session) => session.themes[0] === slug).map(({ code }) => asFit.get(code)!));
  // A session that stands in two themes surprises fewer people, and equally often those whom it can surprise.
  isFair(open.map((session) => asSurprise.get(session.code)! / (slugs.length - session.themes.length)));
}, 120_000);

// Given

/** The example month, from Monday 2 November 2026. */
const sessions: readonly Session[] = example.map((session): Session => {
  const date = 2 + Math.floor((session.day - 1) / 5) * 7 + ((session.day - 1) % 5);
  const start = new Date(`2026-11-${String(date).padStart(2, '0')}T${session.start}:00+01:00`);
  const capacity = { onSite: session.onSite, online: session.online };
  const { title, summary, description, themes, organisations, format, level, languages, location } = session;
  return {
    title: { ...title },
    summary: { ...summary },
    description: { ...description },
    themes,
    organisations,
    format,
    level,
    languages,
    location,
    id: session.key as SessionId,
    code: session.key,
    edition: 'voorbeeld',
    speakers: [],
    start,
    end: new Date(start.getTime() + session.minutes * 60_000),
    timeZone: 'Europe/Amsterdam',
    online: null,
    capacity,
    placesLeft: session.full === true ? { onSite: 0, online: 0 } : capacity,
    visibility: 'public',
    state: 'published',
    sequence: 0,
    updatedAt: now,
    deepens: [],
    deepenedBy: [],
  };
});

const named = (code: string): Session => sessions.find((session) => session.code === code)!;
const nobody: Asking = {
  question: '',
  themes: [],
  availability: [],
  attendance: 'either',
  languages: [],
  organisation: null,
  chosen: [],
  fits: 2,
  surprises: 1,
  seed: 0,
};
const prepared = prepare(sessions);
const same = (slug: string): string => slug;

function ask(asking: Partial<Asking>, of: readonly Session[] = sessions): Proposal {
  const ready = of === sessions ? prepared : prepare(of);
  return propose({
    sessions: of,
    prepared: ready,
    asking: { ...nobody, ...asking },
    now,
    programme: [],
    nameOf: { theme: same, organisation: same },
  });
}

function isReachable(a: { code: string; attendance: Attendance }, b: { code: string; attendance: Attendance }): boolean {
  const at = ({ code, attendance }: typeof a) => ({ location: attendance === 'online' ? null : (named(code).location ?? '') });
  const apart = minutesBetween(at(a), at(b)) * 60_000;
  const [one, other] = [named(a.code), named(b.code)];
  return one.end!.getTime() + apart <= other.start!.getTime() || other.end!.getTime() + apart <= one.start!.getTime();
}

function askings(): fc.Arbitrary<Asking> {
  const questions = ['', 'sneller inkopen', 'AI in mijn team', 'minder vergaderen met collega’s', 'xyzzy', 'water and energy', '🙂 -- <b>'];
  const code = fc.constantFrom(...sessions.map((session) => session.code));
  return fc
    .record({
      question: fc.constantFrom(...questions),
      themes: fc.subarray(themes.map(({ slug }) => slug)),
      availability: fc.array(
        fc.nat(25).map((day) => ({ from: new Date(now.getTime() + day * 24 * hour), until: new Date(now.getTime() + (day + 3) * 24 * hour) })),
        { maxLength: 2 },
      ),
      attendance: fc.constantFrom('onSite' as const, 'online' as const, 'either' as const),
      languages: fc.subarray(['nl', 'en']),
      organisation: fc.constantFrom(null, 'kvk', 'uwv', 'svb'),
      chosen: fc.uniqueArray(code, { maxLength: 3 }),
      not: fc.uniqueArray(code, { maxLength: 3 }),
      fits: fc.nat(5),
      surprises: fc.nat(2),
      seed: fc.nat(),
    })
    .filter(({ availability }) =>
      availability.every(({ from }, i) => availability.every((other, j) => i === j || from > other.until || other.from > availability[i]!.until)),
    );
}
