import { expect, test } from 'vitest';
import { sessions as example } from '#rooms/programme/example/all.ts';
import { sessionFor } from '#rooms/programme/session-for.testing.ts';
import type { Session } from '#rooms/programme/session.ts';
import { fitOf, highest, likeness, matchesOf, textIndexOf, themeFit, wordsAbout, wordsFit } from './fit.ts';
import { questions } from './questions.ts';

test('of forty ordinary questions at least eight in ten find an expected session among the first three', () => {
  const missed = questions.filter(({ question, expected }) => !best(question).some((code) => expected.includes(code)));
  expect(missed.length).toBeLessThanOrEqual(questions.length * 0.2);
});

// The negative control: with only the very words that were typed the promise would not hold.
test('without stems, synonyms and compounds far fewer would be found', () => {
  const literal = (question: string): string[] => {
    const words = question.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
    const hits = (session: Session): number =>
      words.filter((word) =>
        `${session.title['nl']} ${session.summary['nl']}`
          .toLowerCase()
          .split(/[^\p{L}]+/u)
          .includes(word),
      ).length;
    return [...month]
      .sort((a, b) => hits(b) - hits(a))
      .slice(0, 3)
      .map(({ code }) => code);
  };
  const missed = questions.filter(({ question, expected }) => !literal(question).some((code) => expected.includes(code)));
  expect(missed.length).toBeGreaterThan(questions.length * 0.2);
});

test('a word finds its other forms, compounds, synonyms and slips, and names itself as it was typed', () => {
  const procurement = sessionFor('A', { title: 'Een inkooptraject in zes weken' });
  const water = sessionFor('B', { title: 'Dijken en regen' });
  const index = textIndexOf([procurement, water, sessionFor('C', { title: 'Inkopen zonder traject' })]);
  const found = (question: string): { fit: number[]; words: string[] } => {
    const matches = matchesOf(index, question);
    return { fit: [...wordsFit(index, matches)], words: wordsAbout(matches, 0) };
  };
  for (const question of ['Inkooptrajecten', 'hoe kan ik beter INKOPEN?', 'aanbestedingen', 'inkooptrject', 'procurement']) {
    const { fit, words } = found(question);
    expect(fit[0]).toBeGreaterThan(0.25);
    expect(fit[1]).toBe(0);
    expect(words).toEqual([question.match(/inkoop\w*|inkopen|aanbest\w*|procurement/i)![0]]);
  }
  expect(found('ik wil hoe mijn')).toEqual({ fit: [0, 0, 0], words: [] });
  expect(found('')).toEqual({ fit: [0, 0, 0], words: [] });
});

test('a title weighs more than a description', () => {
  const index = textIndexOf([
    { ...sessionFor('A', { title: 'Iets anders' }), description: { nl: 'Over stikstof' } },
    sessionFor('B', { title: 'Over stikstof' }),
  ]);
  const [inDescription, inTitle] = wordsFit(index, matchesOf(index, 'stikstof'));
  expect(inTitle).toBeGreaterThan(inDescription!);
  expect(inDescription).toBeGreaterThan(0);
});

test('fits run from nothing to the highest, with room for a turn', () => {
  expect(fitOf({ words: 1, theme: 1 })).toBeCloseTo(highest);
  expect(fitOf({ words: 0, theme: 0 })).toBe(0);
  expect(fitOf({ words: null, theme: null })).toBe(highest / 2);
  const session = sessionFor('A', { title: 'x', themes: ['water', 'lucht'] });
  expect([['water'], ['lucht'], ['vuur']].map((themes) => themeFit(session, new Set(themes)))).toEqual([1, 0.75, 0]);
  for (const { question } of questions) {
    const fits = wordsFit(index, matchesOf(index, question));
    expect(fits.every((fit) => fit >= 0 && fit <= 1)).toBe(true);
  }
});

test('what is read again reads only what changed, with the same outcome', () => {
  const changed = month.map((session, i) => (i === 3 ? { ...session, title: { nl: 'Zwanen tellen' }, updatedAt: new Date(1) } : session));
  const again = textIndexOf(changed, index);
  expect([...wordsFit(again, matchesOf(again, 'zwanen'))]).toEqual([...wordsFit(textIndexOf(changed), matchesOf(textIndexOf(changed), 'zwanen'))]);
  expect(again.read.get(month[0]!.code)!.terms).toBe(index.read.get(month[0]!.code)!.terms);
});

test('likeness is nothing for the example itself and at most one for the others', () => {
  const alike = likeness(index, [0, 1]);
  expect([alike[0], alike[1], Math.max(...alike)]).toEqual([0, 0, 1]);
});

test('a question of thousands of words is answered too', () => {
  expect(matchesOf(index, 'waarom '.repeat(5000) + 'inkoop '.repeat(5000)).length).toBeLessThan(5);
});

// Given

const month = example.map((session): Session => ({
  ...sessionFor(session.key),
  title: { ...session.title },
  summary: { ...session.summary },
  description: { ...session.description },
  themes: session.themes,
  organisations: session.organisations,
  format: session.format,
  level: session.level,
}));
const index = textIndexOf(month);

function best(question: string): string[] {
  const fits = wordsFit(index, matchesOf(index, question));
  return [...month.keys()]
    .sort((a, b) => fits[b]! - fits[a]!)
    .slice(0, 3)
    .map((number) => month[number]!.code);
}
