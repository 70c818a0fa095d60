import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import { addDays, local } from '#rooms/programme/when.ts';
import { callOf, changeCall, counts } from '#rooms/proposals';
import { callState, limits, type Call, type CallText } from '#rooms/proposals/call.ts';
import {
  callIn,
  criterionIn,
  freeKey,
  moved,
  questionIn,
  typedCall,
  typedFromCall,
  typedFromCriterion,
  typedFromQuestion,
  typedItem,
  type TypedCall,
} from '#rooms/proposals/call-form.ts';
import { fieldIn } from '#ui/field.ts';
import { begunIn, meet, settled } from '#ui/meanwhile.ts';
import { leader } from '../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

const dones = ['bewaard', 'vraag', 'criterium', 'geopend', 'gesloten'] as const;

/** The call of an edition: dates, text, questions, what is judged; and how many proposals there are. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = leader(event);
  const call = await callOf(visit, edition);
  const today = local(visit.now, edition.timeZone).day;
  const empty: TypedCall = {
    ...{ opensAt: `${addDays(today, 1)}T09:00`, closesAt: `${addDays(today, 31)}T17:00`, 'text-nl': '', 'text-en': '' },
    ...{ anonymous: '', reviewsEach: '3', reviewUntil: '' },
  };
  return {
    edition,
    call,
    state: callState(call, visit.now),
    typed: call ? typedFromCall(call, edition.timeZone) : empty,
    questions: (call?.questions ?? []).map((question) => ({ question, typed: typedFromQuestion(question) })),
    criteria: (call?.criteria ?? []).map((criterion) => ({ criterion, typed: typedFromCriterion(criterion) })),
    counts: await counts(visit, edition),
    did: dones.find((one) => one === event.url.searchParams.get('gedaan')) ?? null,
  };
};

const none: Pick<CallText, 'questions' | 'criteria'> = { questions: [], criteria: [] };

export const actions: Actions = {
  bewaar: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    const typed = settled(form, typedCall(form));
    const begun = begunIn(form);
    const call = await callOf(visit, edition);
    const read = callIn(typed, edition.timeZone, call ?? none);
    if ('problems' in read) return fail(400, { typed, begun, problems: read.problems });
    const saved = await changeCall(visit, edition, begun.revision, read.call);
    if (!isRefusal(saved)) return go(event, 'bewaard');
    const now = await callOf(visit, edition);
    if (saved.refused !== 'changed-meanwhile' || !now) return fail(409, { typed, begun, refused: saved.refused });
    const meeting = meet({ ...begun, revision: now.revision, theirs: typedFromCall(now, edition.timeZone), mine: typed });
    return fail(409, { typed: meeting.fields, begun, meeting });
  },

  open: (event) =>
    withCall(event, (call, now) => ({ ...call, opensAt: now, closesAt: call.closesAt > now ? call.closesAt : inAWeek(now) }), 'geopend'),
  sluit: (event) => withCall(event, (call, now) => (call.opensAt < now && now < call.closesAt ? { ...call, closesAt: now } : call), 'gesloten'),

  vraag: (event) =>
    withItem(event, 'vraag', (call, typed) => {
      const before = call.questions.find(({ key }) => key === typed.key) ?? null;
      const read = questionIn(typed, before, before?.key ?? freeKey('v', call.questions));
      if ('problems' in read) return read;
      return { call: { ...call, questions: put(call.questions, read.item, limits.questions) } };
    }),
  criterium: (event) =>
    withItem(event, 'criterium', (call, typed) => {
      const before = call.criteria.find(({ key }) => key === typed.key) ?? null;
      const read = criterionIn(typed, before?.key ?? freeKey('c', call.criteria));
      if ('problems' in read) return read;
      return { call: { ...call, criteria: put(call.criteria, read.item, limits.criteria) } };
    }),
  schuif: async (event) => {
    const form = await event.request.formData();
    const [key, by] = [fieldIn(form, 'key', 20), form.get('by') === 'up' ? (-1 as const) : (1 as const)];
    return withCall(event, (call) => ({ ...call, questions: moved(call.questions, key, by), criteria: moved(call.criteria, key, by) }), 'bewaard');
  },
  /** Out of the list; what it said goes along in the answer, so that it can be put back. */
  weg: async (event) => {
    const { visit, edition } = leader(event);
    const key = fieldIn(await event.request.formData(), 'key', 20);
    const call = await callOf(visit, edition);
    const question = call?.questions.find((one) => one.key === key);
    const criterion = call?.criteria.find((one) => one.key === key);
    if (!call || (!question && !criterion)) return fail(409, { refused: 'changed-meanwhile' });
    const without = { questions: call.questions.filter((one) => one !== question), criteria: call.criteria.filter((one) => one !== criterion) };
    const saved = await changeCall(visit, edition, call.revision, { ...call, ...without });
    if (isRefusal(saved)) return fail(409, { refused: saved.refused });
    return question
      ? { gone: { action: 'vraag' as const, label: question.label, typed: typedFromQuestion(question) } }
      : { gone: { action: 'criterium' as const, label: criterion!.label, typed: typedFromCriterion(criterion!) } };
  },
};

/** At its place when it was there, else behind the others. */
function put<T extends { readonly key: string }>(items: readonly T[], item: T, most: number): readonly T[] {
  const isThere = items.some(({ key }) => key === item.key);
  return isThere ? items.map((one) => (one.key === item.key ? item : one)) : [...items, item].slice(0, most);
}

const inAWeek = (now: Date): Date => new Date(now.getTime() + 7 * 24 * 60 * 60 * 1000);

/** A change of which nothing was typed: it is made to the call as it is now. */
async function withCall(event: RequestEvent, change: (call: Call, now: Date) => CallText, said: (typeof dones)[number]) {
  const { visit, edition } = leader(event);
  const call = await callOf(visit, edition);
  const saved = call ? await changeCall(visit, edition, call.revision, change(call, visit.now)) : ({ refused: 'changed-meanwhile' } as const);
  return isRefusal(saved) ? fail(409, { refused: saved.refused }) : go(event, said);
}

type Read = { readonly call: CallText } | { readonly problems: Readonly<Partial<Record<string, string>>> };
/** A question or a criterion as typed; of one that another changed meanwhile, what was typed stays in the form. */
async function withItem(event: RequestEvent, what: 'vraag' | 'criterium', read: (call: Call, typed: ReturnType<typeof typedItem>) => Read) {
  const { visit, edition } = leader(event);
  const form = await event.request.formData();
  const typed = typedItem(form);
  const no = { item: { what, typed } };
  const call = await callOf(visit, edition);
  if (!call) return fail(409, { ...no, refused: 'changed-meanwhile' });
  if (form.has('revision') && Number(form.get('revision')) !== call.revision) return fail(409, { ...no, refused: 'changed-meanwhile' });
  const made = read(call, typed);
  if ('problems' in made) return fail(400, { ...no, problems: made.problems });
  const saved = await changeCall(visit, edition, call.revision, made.call);
  return isRefusal(saved) ? fail(409, { ...no, refused: saved.refused }) : go(event, what, what === 'vraag' ? '#vragen' : '#criteria');
}

const go = (event: RequestEvent, said: (typeof dones)[number], at = ''): never =>
  redirect(303, `${address(event.locals.place, '/organisatie/oproep')}?gedaan=${said}${at}`);
