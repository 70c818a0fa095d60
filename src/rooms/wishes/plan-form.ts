// What an organiser fills in to plan a window, read once; what is not right keeps what was typed.
import type { Problems } from '#ground/problem.ts';
import { hasProblems } from '#ground/problem.ts';
import { isCode } from '#rooms/programme/session.ts';
import { wholeIn } from '#rooms/seats/typed.ts';
import { fieldIn } from '#ui/field.ts';
import { momentIn } from '#rooms/programme/moment.ts';
import { mostWanted, type Plan } from './window.ts';

export interface TypedPlan {
  readonly opensAt: string;
  readonly closesAt: string;
  readonly which: 'all' | 'some';
  /** Codes. */
  readonly sessions: readonly string[];
  readonly wanted: string;
  /** Words by which sessions are looked for, and a theme. */
  readonly q: string;
  readonly theme: string;
}
export type PlanField = 'opensAt' | 'closesAt' | 'sessions' | 'wanted';

const mostSessions = 5_000;
export const typedPlan = (form: Pick<FormData, 'get' | 'getAll'>): TypedPlan => ({
  opensAt: fieldIn(form, 'opensAt', 30),
  closesAt: fieldIn(form, 'closesAt', 30),
  which: form.get('which') === 'some' ? 'some' : 'all',
  sessions: [...new Set(form.getAll('sessions').map(String).filter(isCode))].slice(0, mostSessions),
  wanted: fieldIn(form, 'wanted', 20),
  q: fieldIn(form, 'q', 60),
  theme: fieldIn(form, 'theme', 60),
});

/** The plan that was typed, or what is not right about it. */
export function planIn(typed: TypedPlan, timeZone: string): { readonly plan: Plan } | { readonly problems: Problems<PlanField> } {
  const opensAt = momentIn(typed.opensAt, timeZone);
  const closesAt = momentIn(typed.closesAt, timeZone);
  const wanted = wholeIn(typed.wanted, 1, mostWanted);
  const problems: Problems<PlanField> = {
    ...(opensAt === null && { opensAt: 'moment-missing' }),
    ...(closesAt === null && { closesAt: 'moment-missing' }),
    ...(wanted === null && { wanted: 'wanted-not-a-number' }),
    ...(typed.which === 'some' && typed.sessions.length === 0 && { sessions: 'sessions-missing' }),
    ...(typed.which === 'all' && typed.sessions.length > 0 && { sessions: 'sessions-or-all' }),
  };
  if (opensAt === null || closesAt === null || wanted === null || hasProblems(problems)) return { problems };
  return { plan: { opensAt, closesAt, wanted, sessions: typed.which === 'all' ? null : typed.sessions } };
}

/** The field that a refusal of a plan is about. */
export const fieldOf = (refused: string): PlanField =>
  refused === 'wanted-too-many' ? 'wanted' : /closes|closing|closed/.test(refused) ? 'closesAt' : refused === 'window-open' ? 'opensAt' : 'sessions';
