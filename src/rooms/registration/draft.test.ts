import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sessionFor, type Told } from '#rooms/programme/session-for.testing.ts';
import type { Session } from '#rooms/programme/session.ts';
import {
  add,
  apply,
  begin,
  confirmed,
  fill,
  leaveOut,
  longest,
  lookFor,
  noAnswers,
  reach,
  readForm,
  remove,
  reopen,
  settle,
  swap,
  undo,
  type Choice,
  type Draft,
  type FilledIn,
} from './draft.ts';

const rules = { fits: 2, surprises: 1 };
const now = new Date('2026-11-10T09:00:00Z');
const fresh = begin(7, rules);
const choice = (session: string, as: Choice['as'] = 'fit'): Choice => ({ session, as, attendance: null, reasons: [] });
const proposed = fill(fresh, [choice('AAAAAA'), choice('BBBBBB'), choice('CCCCCC', 'surprise')]);
const codes = ({ choices }: Draft) => choices.map(({ session }) => session);

function form(fields: Record<string, string | string[]>): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) made.append(name, one);
  return made;
}
function filled(draft: Draft, step: FilledIn, fields: Record<string, string | string[]>): Draft {
  const read = readForm(step, form(fields));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return apply(draft, step, read.said, rules);
}
const session = (code: string, values: Told = {}) => sessionFor(code, { start: '2026-11-12T09:00:00Z', ...values });
const programme = (...sessions: Session[]) => new Map(sessions.map((one) => [one.code, one]));
const anyTime = () => true;

describe('answering', () => {
  test('a question is kept without spaces around it and opens the second step', () => {
    const next = filled(fresh, '1-vraag', { question: '  sneller inkopen ' });
    expect(next).toEqual({ ...fresh, version: 1, reached: 2, answers: { ...noAnswers, question: 'sneller inkopen' } });
  });

  test('an empty question is an answer too', () => {
    expect(filled(fresh, '1-vraag', {}).reached).toBe(2);
  });

  test('a question longer than a sixth of a page is a problem', () => {
    expect(readForm('1-vraag', form({ question: 'a'.repeat(longest.question + 1) }))).toEqual({
      problems: { question: 'question-too-long' },
    });
  });

  test('days, parts of the day and the way are read, and what is no day is left out', () => {
    const next = filled(fresh, '3-wanneer', {
      weekdays: ['2', '9', 'x', '2'],
      parts: ['evening', 'noon', 'morning'],
      notOn: ['2026-11-24', 'soon'],
      way: 'online',
      languages: ['nl'],
    });
    expect(next.answers).toEqual({
      ...noAnswers,
      weekdays: [2],
      parts: ['morning', 'evening'],
      notOn: ['2026-11-24'],
      way: 'online',
      languages: ['nl'],
    });
  });

  test.each([
    ['', 'email-missing'],
    ['deelnemer', 'email-not-an-address'],
    ['deelnemer@example', 'email-not-an-address'],
    ['deelnemer@example.org, ander@example.org', 'email-not-an-address'],
    ['a'.repeat(250) + '@example.org', 'email-not-an-address'],
  ])('the address %j is a problem', (email, problem) => {
    expect(readForm('5-wie-ben-je', form({ email }))).toEqual({ problems: { email: problem } });
  });

  test('who has signed in is not asked for an address again', () => {
    expect(filled(fresh, '5-wie-ben-je', { organisation: 'rvo', accessNeeds: 'ringleiding', agreed: 'yes' }).answers).toEqual({
      ...noAnswers,
      organisation: 'rvo',
      accessNeeds: 'ringleiding',
      agreed: true,
    });
  });

  test('a tab that is behind changes its own answer and leaves the others alone', () => {
    const other = filled(filled(fresh, '1-vraag', { question: 'inkoop' }), '2-themas', { themes: ['data'] });
    expect(filled(other, '1-vraag', { question: 'sneller inkopen' }).answers).toEqual({
      ...noAnswers,
      question: 'sneller inkopen',
      themes: ['data'],
    });
  });

  test('another question asks for another proposal and keeps what somebody chose', () => {
    const withOwn = fill(add(proposed, choice('OWNOWN', 'own')), []);
    expect(filled(withOwn, '1-vraag', { question: 'iets anders' })).toMatchObject({
      choices: [choice('OWNOWN', 'own')],
      wanted: rules,
      not: [],
      last: null,
    });
  });

  test('the same question again leaves the proposal as it is', () => {
    expect(filled(proposed, '1-vraag', { question: '' }).choices).toEqual(proposed.choices);
  });
});

describe('the proposal', () => {
  test('a swap puts another in the same place, and undo brings the first one back', () => {
    const swapped = swap(proposed, 'BBBBBB', choice('DDDDDD'));
    expect({ codes: codes(swapped), not: swapped.not, last: swapped.last?.what }).toEqual({
      codes: ['AAAAAA', 'DDDDDD', 'CCCCCC'],
      not: ['BBBBBB'],
      last: 'swapped',
    });
    expect(undo(swapped)).toEqual({ ...proposed, version: 2, last: { what: 'undone', gone: 'DDDDDD', came: 'BBBBBB', before: null } });
  });

  test('a swap without another says so and changes nothing', () => {
    expect(swap(proposed, 'BBBBBB', null)).toEqual({
      ...proposed,
      version: 1,
      last: { what: 'none-left', gone: 'BBBBBB', came: null, before: null },
    });
  });

  test('swapping what is no longer there, from a tab that is behind, does nothing', () => {
    expect(swap(proposed, 'ZZZZZZ', choice('DDDDDD'))).toBe(proposed);
  });

  test('what was taken out stays out until undo', () => {
    const less = remove(proposed, 'CCCCCC');
    expect({ codes: codes(less), wanted: less.wanted, undone: codes(undo(less)) }).toEqual({
      codes: ['AAAAAA', 'BBBBBB'],
      wanted: { fits: 0, surprises: 0 },
      undone: ['AAAAAA', 'BBBBBB', 'CCCCCC'],
    });
  });

  test('what was taken out does not come back by itself', () => {
    expect(codes(fill(remove(proposed, 'AAAAAA'), [choice('AAAAAA'), choice('DDDDDD')]))).toEqual(['BBBBBB', 'CCCCCC', 'DDDDDD']);
  });

  test('only the last change can be undone, and once', () => {
    const undone = undo(remove(proposed, 'AAAAAA'));
    expect(undo(undone)).toBe(undone);
  });

  test('a cancelled session makes room for another, the rest stays', () => {
    const settled = settle(proposed, programme(session('AAAAAA', { state: 'cancelled' }), session('BBBBBB'), session('CCCCCC')), now, anyTime);
    expect(settled).toEqual({
      ...proposed,
      choices: [choice('BBBBBB'), choice('CCCCCC', 'surprise')],
      wanted: { fits: 1, surprises: 0 },
      losses: [{ session: 'AAAAAA', why: 'session-cancelled' }],
    });
  });

  test('a session that has started makes room for another', () => {
    const settled = settle(proposed, programme(session('AAAAAA'), session('BBBBBB'), session('CCCCCC', { start: now.toISOString() })), now, anyTime);
    expect({ wanted: settled.wanted, losses: settled.losses }).toEqual({
      wanted: { fits: 0, surprises: 1 },
      losses: [{ session: 'CCCCCC', why: 'session-started' }],
    });
  });

  test('a full session stays: it is a place on the waiting list', () => {
    const full: Told = { onSite: [10, 0], online: [0, 0] };
    expect(settle(proposed, programme(session('AAAAAA', full), session('BBBBBB', full), session('CCCCCC', full)), now, anyTime)).toBe(proposed);
  });

  test('what stands in the programme already is left out, and nothing comes in its place', () => {
    expect(leaveOut(proposed, ['BBBBBB', 'ZZZZZZ'])).toEqual({ ...proposed, choices: [choice('AAAAAA'), choice('CCCCCC', 'surprise')] });
    expect(leaveOut(proposed, ['ZZZZZZ'])).toBe(proposed);
  });

  test('other times drop what no longer suits, and never what somebody chose', () => {
    const own = add(proposed, choice('OWNOWN', 'own'));
    const settled = settle(own, programme(session('AAAAAA'), session('BBBBBB'), session('CCCCCC'), session('OWNOWN')), now, () => false);
    expect({ codes: codes(settled), wanted: settled.wanted }).toEqual({ codes: ['OWNOWN'], wanted: rules });
  });
});

describe('confirming', () => {
  test('the address and the access needs are forgotten here, the outcome is kept', () => {
    const who = filled(proposed, '5-wie-ben-je', {
      email: 'deelnemer-1@example.org',
      accessNeeds: 'ringleiding',
      agreed: 'yes',
      organisation: 'rvo',
    });
    const done = confirmed(who, [{ session: 'AAAAAA', standing: 'held', position: null, refused: null }]);
    expect({ answers: done.answers, outcomes: done.outcomes.length }).toEqual({ answers: { ...noAnswers, organisation: 'rvo' }, outcomes: 1 });
  });

  test('one more round keeps the answers and looks for what is asked', () => {
    const again = reopen(confirmed(proposed, []), { fits: 0, surprises: 1 });
    expect(again).toMatchObject({ choices: [], wanted: { fits: 0, surprises: 1 }, reached: 4, outcomes: [] });
  });

  test('one more surprise in an unfinished draft leaves what was chosen', () => {
    expect(lookFor(proposed, { fits: 0, surprises: 1 })).toEqual({ ...proposed, version: 1, reached: 4, wanted: { fits: 0, surprises: 1 } });
  });
});

describe('whatever somebody does, in whatever order', () => {
  const code = fc.constantFrom('AAAAAA', 'BBBBBB', 'CCCCCC', 'DDDDDD', 'EEEEEE');
  const as = fc.constantFrom('fit' as const, 'surprise' as const, 'own' as const);
  const found = fc.option(fc.tuple(code, as).map(([session, kind]) => choice(session, kind)));
  const act: fc.Arbitrary<(draft: Draft) => Draft> = fc.oneof(
    fc.constantFrom('', 'inkoop', 'data').map((question) => (draft: Draft) => filled(draft, '1-vraag', { question })),
    fc.subarray(['data', 'inkoop']).map((themes) => (draft: Draft) => filled(draft, '2-themas', { themes })),
    fc.subarray(['1', '2', '3']).map((weekdays) => (draft: Draft) => filled(draft, '3-wanneer', { weekdays })),
    fc.array(fc.tuple(code, as), { maxLength: 4 }).map(
      (all) => (draft: Draft) =>
        fill(
          draft,
          all.map(([session, kind]) => choice(session, kind)),
        ),
    ),
    fc.tuple(code, found).map(
      ([gone, came]) =>
        (draft: Draft) =>
          swap(draft, gone, came),
    ),
    code.map((gone) => (draft: Draft) => remove(draft, gone)),
    found.map((came) => (draft: Draft) => add(draft, came)),
    fc
      .subarray(['AAAAAA', 'BBBBBB', 'CCCCCC', 'DDDDDD', 'EEEEEE'])
      .map((left) => (draft: Draft) => settle(draft, programme(...left.map((one) => session(one))), now, anyTime)),
    fc.constant((draft: Draft) => undo(draft)),
    fc.constant((draft: Draft) => reach(draft, '6-overzicht')),
  );

  test('no session stands in the proposal twice, none is both in and out, steps and versions only go up', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        let draft = fresh;
        for (const next of acts) {
          const before = draft;
          draft = next(before);
          expect(new Set(codes(draft)).size).toBe(draft.choices.length);
          expect(codes(draft).filter((one) => draft.not.includes(one))).toEqual([]);
          expect(draft.reached).toBeGreaterThanOrEqual(before.reached);
          expect(draft.version).toBeGreaterThanOrEqual(before.version);
          expect(draft.wanted.fits >= 0 && draft.wanted.surprises >= 0).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('undo after any change of the proposal gives exactly what was there', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 15 }), act, (acts, last) => {
        const before = acts.reduce((draft, next) => next(draft), fresh);
        const after = last(before);
        if (after === before || after.last === null || after.last === before.last || after.last.before === null) return;
        expect({ choices: undo(after).choices, not: undo(after).not }).toEqual({ choices: before.choices, not: before.not });
      }),
    );
  });
});
