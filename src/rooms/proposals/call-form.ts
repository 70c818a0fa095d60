// What a team fills in to make a call, read once.
import { hasProblems, type Problems } from '#ground/problem.ts';
import type { Text } from '#ground/text.ts';
import { momentIn, typedMoment } from '#rooms/programme/moment.ts';
import { wholeIn } from '#rooms/seats/typed.ts';
import { fieldIn } from '#ui/field.ts';
import { limits, questionKinds, type CallText, type Criterion, type Question } from './call.ts';

export type TypedCall = Readonly<Record<'opensAt' | 'closesAt' | 'text-nl' | 'text-en' | 'anonymous' | 'reviewsEach' | 'reviewUntil', string>>;

const mostText = 6000;
export const typedCall = (form: Pick<FormData, 'get'>): TypedCall => ({
  opensAt: fieldIn(form, 'opensAt', 30),
  closesAt: fieldIn(form, 'closesAt', 30),
  'text-nl': fieldIn(form, 'text-nl', mostText),
  'text-en': fieldIn(form, 'text-en', mostText),
  anonymous: form.get('anonymous') === 'yes' ? 'yes' : '',
  reviewsEach: fieldIn(form, 'reviewsEach', 5),
  reviewUntil: fieldIn(form, 'reviewUntil', 30),
});

export const typedFromCall = (call: CallText, timeZone: string): TypedCall => ({
  opensAt: typedMoment(call.opensAt, timeZone),
  closesAt: typedMoment(call.closesAt, timeZone),
  'text-nl': call.text['nl'] ?? '',
  'text-en': call.text['en'] ?? '',
  anonymous: call.isAnonymous ? 'yes' : '',
  reviewsEach: String(call.reviewsEach),
  reviewUntil: call.reviewUntil ? typedMoment(call.reviewUntil, timeZone) : '',
});

/** The call as typed, with the questions and criteria that it has. */
export function callIn(
  typed: TypedCall,
  timeZone: string,
  { questions, criteria }: Pick<CallText, 'questions' | 'criteria'>,
): { readonly call: CallText } | { readonly problems: Problems } {
  const [opensAt, closesAt] = [momentIn(typed.opensAt, timeZone), momentIn(typed.closesAt, timeZone)];
  const reviewUntil = typed.reviewUntil === '' ? null : momentIn(typed.reviewUntil, timeZone);
  const reviewsEach = wholeIn(typed.reviewsEach, 1, 9);
  const text = both(typed['text-nl'], typed['text-en']);
  const problems: Problems = {
    ...(opensAt === null && { opensAt: 'moment-missing' }),
    ...(closesAt === null && { closesAt: 'moment-missing' }),
    ...(opensAt !== null && closesAt !== null && closesAt <= opensAt && { closesAt: 'call-closes-first' }),
    ...(Object.keys(text).length === 0 && { 'text-nl': 'call-text-missing' }),
    ...(reviewsEach === null && { reviewsEach: 'reviews-not-a-number' }),
    ...(typed.reviewUntil !== '' && reviewUntil === null && { reviewUntil: 'moment-missing' }),
  };
  if (hasProblems(problems) || opensAt === null || closesAt === null || reviewsEach === null) return { problems };
  return { call: { opensAt, closesAt, text, questions, criteria, isAnonymous: typed.anonymous === 'yes', reviewsEach, reviewUntil } };
}

// A question, and what is judged by

export type TypedItem = Readonly<
  Record<'key' | 'label-nl' | 'label-en' | 'hint-nl' | 'hint-en' | 'kind' | 'options' | 'required' | 'forReviewers' | 'most' | 'weight', string>
>;
export const typedItem = (form: Pick<FormData, 'get'>): TypedItem => ({
  key: fieldIn(form, 'key', 20),
  'label-nl': fieldIn(form, 'label-nl', 300),
  'label-en': fieldIn(form, 'label-en', 300),
  'hint-nl': fieldIn(form, 'hint-nl', 300),
  'hint-en': fieldIn(form, 'hint-en', 300),
  kind: fieldIn(form, 'kind', 10),
  options: fieldIn(form, 'options', 3000).replaceAll('\r\n', '\n'),
  required: form.get('required') === 'yes' ? 'yes' : '',
  forReviewers: form.get('forReviewers') === 'yes' ? 'yes' : '',
  most: fieldIn(form, 'most', 10),
  weight: fieldIn(form, 'weight', 5),
});
export const emptyItem: TypedItem = {
  ...{ key: '', 'label-nl': '', 'label-en': '', 'hint-nl': '', 'hint-en': '', kind: 'line', options: '' },
  ...{ required: '', forReviewers: 'yes', most: '', weight: '1' },
};

export const typedFromQuestion = (question: Question): TypedItem => ({
  ...emptyItem,
  key: question.key,
  'label-nl': question.label['nl'] ?? '',
  'label-en': question.label['en'] ?? '',
  'hint-nl': question.hint['nl'] ?? '',
  'hint-en': question.hint['en'] ?? '',
  kind: question.kind,
  options: question.options.map(({ label }) => [label['nl'], label['en']].filter((said) => said).join(' | ')).join('\n'),
  required: question.isRequired ? 'yes' : '',
  forReviewers: question.isForReviewers ? 'yes' : '',
  most: String(question.most),
});
export const typedFromCriterion = (criterion: Criterion): TypedItem => ({
  ...emptyItem,
  key: criterion.key,
  'label-nl': criterion.label['nl'] ?? '',
  'label-en': criterion.label['en'] ?? '',
  'hint-nl': criterion.hint['nl'] ?? '',
  'hint-en': criterion.hint['en'] ?? '',
  weight: String(criterion.weight),
});

/** A question as typed; one line of options is 'Nederlands | English'. An option keeps its key while it is called the same. */
export function questionIn(typed: TypedItem, before: Question | null, key: string): { readonly item: Question } | { readonly problems: Problems } {
  const kind = questionKinds.find((one) => one === typed.kind) ?? 'line';
  const options = kind === 'choice' ? optionsIn(typed.options, before?.options ?? []) : [];
  const ceiling = kind === 'line' ? limits.line : limits.text;
  const most = typed.most === '' ? ceiling : wholeIn(typed.most, 1, limits.text);
  const label = both(typed['label-nl'], typed['label-en']);
  const problems: Problems = {
    ...(Object.keys(label).length === 0 && { 'label-nl': 'question-missing' }),
    ...(kind === 'choice' && (options.length < 2 || options.length > limits.options) && { options: 'options-missing' }),
    ...(most === null && { most: 'most-not-a-number' }),
  };
  if (hasProblems(problems) || most === null) return { problems };
  const flags = { isRequired: typed.required === 'yes', isForReviewers: typed.forReviewers === 'yes' };
  return { item: { key, label, hint: both(typed['hint-nl'], typed['hint-en']), kind, options, ...flags, most } };
}

export function criterionIn(typed: TypedItem, key: string): { readonly item: Criterion } | { readonly problems: Problems } {
  const weight = wholeIn(typed.weight, 1, limits.weight);
  const label = both(typed['label-nl'], typed['label-en']);
  const problems: Problems = {
    ...(Object.keys(label).length === 0 && { 'label-nl': 'criterion-missing' }),
    ...(weight === null && { weight: 'weight-not-a-number' }),
  };
  if (hasProblems(problems) || weight === null) return { problems };
  return { item: { key, label, hint: both(typed['hint-nl'], typed['hint-en']), weight } };
}

/** The first number that nothing has yet, behind a letter. */
export function freeKey(letter: string, taken: readonly { readonly key: string }[]): string {
  let number = 1;
  while (taken.some(({ key }) => key === `${letter}${number}`)) number++;
  return `${letter}${number}`;
}

/** The same list with one of them a place up or down. */
export function moved<T extends { readonly key: string }>(items: readonly T[], key: string, by: -1 | 1): readonly T[] {
  const from = items.findIndex((item) => item.key === key);
  const item = items[from];
  const to = from + by;
  if (!item || to < 0 || to >= items.length) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

function optionsIn(typed: string, before: Question['options']): Question['options'] {
  const options: { key: string; label: Text }[] = [];
  for (const line of typed.split('\n').filter((said) => said.trim() !== '')) {
    const [nl = '', en = ''] = line.split('|').map((said) => said.trim());
    const known = before.find(({ key, label }) => (label['nl'] ?? label['en']) === (nl || en) && !options.some((one) => one.key === key));
    options.push({ key: known?.key ?? freeKey('k', [...before, ...options]), label: both(nl, en) });
  }
  return options;
}

const both = (nl: string, en: string): Text => ({ ...(nl !== '' && { nl }), ...(en !== '' && { en }) });
