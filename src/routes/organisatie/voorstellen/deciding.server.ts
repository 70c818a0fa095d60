// One form decides on a proposal, from the list and from its own page.
import type { RequestEvent } from '@sveltejs/kit';
import { isRefusal } from '#ground/refusal.ts';
import * as proposals from '#rooms/proposals';
import { isDecision, limits } from '#rooms/proposals/review/review.ts';
import { fieldIn } from '#ui/field.ts';
import { leader } from '../entrance.server.ts';

export async function decideFrom(
  event: RequestEvent,
  form: FormData,
  code: string,
): Promise<{ readonly was: string; readonly is: string } | { readonly refused: string }> {
  const { visit, edition } = leader(event);
  const [chosen, seen] = [fieldIn(form, 'decision', 10), fieldIn(form, 'seen', 10)];
  const decision = isDecision(chosen) ? chosen : null;
  const text = form.has('text') ? { text: fieldIn(form, 'text', limits.text) } : {};
  const done = await proposals.decide(visit, edition, code, { decision, ...text }, isDecision(seen) ? seen : null);
  return isRefusal(done) ? { refused: `refused.${done.refused}` } : { was: done.decision ?? '', is: decision ?? '' };
}
