import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callState, timeLeft, type CallState, type Question } from './call.ts';
import { after, answersTo, emptyContent, missingIn, standingOf, stateIn, steps, whyNot, type Content, type Standing } from './proposal.ts';

const at = (hours: number): Date => new Date(Date.UTC(2026, 10, 1, hours));
const call = { opensAt: at(0), closesAt: at(24) };
const question = (more: Partial<Question>): Question => ({
  key: 'v1',
  label: { nl: 'Vraag' },
  hint: {},
  kind: 'line',
  options: [],
  isRequired: true,
  isForReviewers: true,
  most: 5,
  ...more,
});
const whole: Content = {
  ...emptyContent({ nl: 'Titel' }),
  summary: { nl: 'Kort' },
  description: { nl: 'Lang' },
  themes: ['inkoop'],
  organisations: ['een'],
  languages: ['nl'],
  minutes: 60,
  capacity: { onSite: 20, online: 0 },
};

test('a call is not yet open, open from its first moment, and closed from its last', () => {
  expect([null, at(-1), at(0), at(23), at(24)].map((now) => (now ? callState(call, now) : callState(null, at(0))))).toEqual([
    'none',
    'not-yet',
    'open',
    'open',
    'closed',
  ]);
});

test('what is left is said in the largest unit that says enough', () => {
  expect([at(24 * 5), at(30), at(1)].map((until) => timeLeft(until, at(0)))).toEqual([
    { unit: 'days', count: 5 },
    { unit: 'hours', count: 30 },
    { unit: 'minutes', count: 60 },
  ]);
});

/** A proposal as its row says it, after some steps at some moments; a step that cannot be taken changes nothing. */
const walked = (taken: readonly (readonly [(typeof steps)[number], CallState])[]) => {
  let row = { submittedAt: null as Date | null, withdrawnAt: null as Date | null, decision: null, releasedAt: null };
  const seen: { step: string; was: Standing; is: Standing; open: boolean }[] = [];
  for (const [step, open] of taken) {
    const was = standingOf(row);
    const wasSubmitted = row.submittedAt !== null;
    if (whyNot(step, was, open, wasSubmitted) !== null) continue;
    if (step === 'submit') row = { ...row, submittedAt: at(1) };
    if (step === 'withdraw') row = { ...row, withdrawnAt: at(2) };
    if (step === 'reopen') row = { ...row, withdrawnAt: null };
    expect(standingOf(row)).toBe(after(step, was, wasSubmitted));
    seen.push({ step, was, is: standingOf(row), open: open === 'open' });
  }
  return { row, seen };
};
const someSteps = fc.array(fc.tuple(fc.constantFrom(...steps), fc.constantFrom<CallState>('none', 'not-yet', 'open', 'closed')), { maxLength: 30 });

test('whatever happens, nothing is handed in or written outside the call, and withdrawing can always be taken back', () => {
  fc.assert(
    fc.property(someSteps, (taken) => {
      const { row, seen } = walked(taken);
      for (const one of seen) if (one.step === 'write' || one.step === 'submit') expect(one.open).toBe(true);
      const standing = standingOf(row);
      if (standing === 'submitted') expect(whyNot('withdraw', standing, 'closed')).toBeNull();
      if (standing === 'withdrawn') expect(whyNot('reopen', standing, 'closed', row.submittedAt !== null) === null).toBe(row.submittedAt !== null);
      if (standing === 'draft' || standing === 'submitted' || standing === 'withdrawn')
        expect(stateIn(standing)).toBe(row.submittedAt && !row.withdrawnAt ? 'submitted' : 'draft');
    }),
  );
});

test('after a decision was told nothing can be done with it here, and before that nobody knows of it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...steps), fc.constantFrom('accept', 'waitlist', 'decline' as const), (step, decision) => {
      const row = { submittedAt: at(1), withdrawnAt: null, decision };
      expect(standingOf({ ...row, releasedAt: null })).toBe('submitted');
      expect(whyNot(step, standingOf({ ...row, releasedAt: at(3) }), 'open')).toBe('proposal-decided');
    }),
  );
});

test('a whole proposal misses nothing, an empty one says all that it misses', () => {
  expect(missingIn(whole, { questions: [] })).toEqual({});
  expect(
    missingIn(emptyContent({ nl: 'Titel' }), {
      questions: [question({}), question({ key: 'v2', kind: 'yes-no' }), question({ key: 'v3', isRequired: false })],
    }),
  ).toEqual({
    summary: 'proposal-summary-missing',
    description: 'proposal-description-missing',
    themes: 'proposal-theme-missing',
    organisation: 'proposal-organisation-missing',
    languages: 'proposal-language-missing',
    minutes: 'proposal-minutes-missing',
    where: 'proposal-where-missing',
    'answer-v1': 'answer-missing',
    'answer-v2': 'choice-missing',
  });
});

test('a text that is half Dutch and half English is whole in neither', () => {
  expect(missingIn({ ...whole, summary: { en: 'Short' } }, { questions: [] })).toEqual({ title: 'proposal-no-whole-language' });
});

test('an answer is what the question asks, and no longer than it may be', () => {
  const asked = [
    question({}),
    question({ key: 'v2', kind: 'choice', options: [{ key: 'a', label: { nl: 'A' } }] }),
    question({ key: 'v3', kind: 'yes-no' }),
  ];
  expect(answersTo(asked, { v1: ' 1234567 ', v2: 'b', v3: 'yes', v4: 'niet gevraagd' })).toEqual({ v1: '12345', v3: 'yes' });
});
