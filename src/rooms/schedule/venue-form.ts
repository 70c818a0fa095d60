// What somebody types of venues, of times and of when they cannot.
import { addDays, daysBetween, weekdayOf } from '#rooms/programme/when.ts';
import { momentIn } from '#rooms/programme/moment.ts';
import { fieldIn } from '#ui/field.ts';
import type { Attendance } from '#rooms/programme/session.ts';
import type { Span, Venue } from './board.ts';
import { clockIn } from './place-form.ts';
import { isDay } from './view.ts';

type Form = Pick<FormData, 'get' | 'getAll' | 'has'>;
export type Problems = Readonly<Record<string, string>>;

export interface TypedRoom {
  readonly name: string;
  readonly kind: Attendance;
  readonly capacity: string;
  readonly address: string;
  readonly isStepFree: '' | 'ja' | 'nee';
}

export function typedRoom(form: Form): TypedRoom {
  const stepFree = fieldIn(form, 'stepFree', 3);
  return {
    name: fieldIn(form, 'name', 120),
    kind: fieldIn(form, 'kind', 6) === 'online' ? 'online' : 'onSite',
    capacity: fieldIn(form, 'capacity', 6),
    address: fieldIn(form, 'address', 300),
    isStepFree: stepFree === 'ja' || stepFree === 'nee' ? stepFree : '',
  };
}

export function roomIn(
  typed: TypedRoom,
): { readonly room: Pick<Venue, 'name' | 'kind' | 'capacity' | 'address' | 'isStepFree'> } | { readonly problems: Problems } {
  const capacity = typed.capacity === '' ? null : /^[1-9]\d{0,5}$/.test(typed.capacity) ? Number(typed.capacity) : undefined;
  if (typed.name === '' || capacity === undefined)
    return { problems: { ...(typed.name === '' && { name: 'name-missing' }), ...(capacity === undefined && { capacity: 'capacity-not-a-number' }) } };
  const { name, kind, address } = typed;
  return { room: { name, kind, capacity, address, isStepFree: typed.isStepFree === '' ? null : typed.isStepFree === 'ja' } };
}

export const typedRoomOf = ({ name, kind, capacity, address, isStepFree }: Venue): TypedRoom => ({
  ...{ name, kind, address, capacity: capacity === null ? '' : String(capacity) },
  isStepFree: isStepFree === null ? '' : isStepFree ? 'ja' : 'nee',
});
export const noRoom: TypedRoom = { name: '', kind: 'onSite', capacity: '', address: '', isStepFree: '' };

export interface TypedTimes {
  readonly first: string;
  readonly last: string;
  /** 0 is Monday. */
  readonly weekdays: readonly string[];
  readonly times: string;
  readonly isOpen: boolean;
}

export const typedTimes = (form: Form): TypedTimes => ({
  first: fieldIn(form, 'first', 10),
  last: fieldIn(form, 'last', 10),
  weekdays: form.getAll('weekday').filter((one): one is string => typeof one === 'string' && /^[0-6]$/.test(one)),
  times: fieldIn(form, 'times', 400),
  isOpen: form.has('open'),
});

const mostSlots = 1000;

/** Every time of the pattern on every day: '9.00-10.00, 10.30-11.30' from the first day to the last. */
export function spansIn(typed: TypedTimes, timeZone: string): { readonly spans: readonly Span[] } | { readonly problems: Problems } {
  const clocks = typed.times
    .split(/[,;\n]+/)
    .filter((part) => part.trim() !== '')
    .map((part) => part.split(/[-–]/).map(clockIn));
  const areClocks =
    clocks.length > 0 &&
    clocks.every((pair) => pair.length === 2 && pair.every((one) => /^([01]\d|2[0-3]):[0-5]\d$/.test(one)) && pair[0]! < pair[1]!);
  const problems: Record<string, string> = {
    ...(!isDay(typed.first) && { first: 'day-missing' }),
    ...((!isDay(typed.last) || typed.last < typed.first) && { last: 'day-before-first' }),
    ...(typed.weekdays.length === 0 && { weekday: 'weekday-missing' }),
    ...(!areClocks && { times: 'times-unreadable' }),
  };
  if (Object.keys(problems).length > 0) return { problems };
  const days = daysBetween(typed.first, typed.last).filter((day) => typed.weekdays.includes(String(weekdayOf(day))));
  const spans = days.flatMap((day) => clocks.flatMap(([from, until]) => spanOn(day, from!, until!, timeZone) ?? []));
  return spans.length > mostSlots ? { problems: { last: 'too-many-times' } } : { spans };
}

function spanOn(day: string, from: string, until: string, timeZone: string): Span | null {
  const [start, end] = [momentIn(`${day}T${from}`, timeZone), momentIn(`${day}T${until}`, timeZone)];
  return start && end && start < end ? { start, end } : null;
}

export interface TypedRange {
  readonly day: string;
  readonly from: string;
  readonly until: string;
}
export const typedRange = (form: Form): TypedRange => ({
  day: fieldIn(form, 'day', 10),
  from: fieldIn(form, 'from', 5),
  until: fieldIn(form, 'until', 5),
});

/** A part of a day, or all of it when no time is said. */
export function rangeIn({ day, from, until }: TypedRange, timeZone: string): { readonly span: Span } | { readonly problems: Problems } {
  if (!isDay(day)) return { problems: { day: 'day-missing' } };
  const start = momentIn(`${day}T${from === '' ? '00:00' : clockIn(from)}`, timeZone);
  const end = until === '' ? momentIn(`${addDays(day, 1)}T00:00`, timeZone) : momentIn(`${day}T${clockIn(until)}`, timeZone);
  if (start === null || end === null) return { problems: { ...(!start && { from: 'time-missing' }), ...(!end && { until: 'time-missing' }) } };
  return start < end ? { span: { start, end } } : { problems: { until: 'ends-before-start' } };
}

/** The spans that a form sends back as they were: 'from-until' in milliseconds. */
export const spansSent = (form: Form): Span[] =>
  form.getAll('span').flatMap((one) => {
    const [, start, end] = /^(\d{1,15})-(\d{1,15})$/.exec(typeof one === 'string' ? one : '') ?? [];
    return start && end && Number(start) < Number(end) ? [{ start: new Date(Number(start)), end: new Date(Number(end)) }] : [];
  });
