import { error, redirect, type Cookies } from '@sveltejs/kit';
import { address, type Place } from '#ground/address.ts';
import type { Visit } from '#ground/visit.ts';
import type { Edition } from '#rooms/programme/edition.ts';
import { numberOf, steps, type Step } from '#rooms/registration/draft.ts';
import { draftIn, keepDraftIn, type Kept } from '#rooms/registration';

export interface Guide {
  readonly visit: Visit;
  readonly edition: Edition;
  readonly place: Place;
  /** Of this browser's draft; null when it never began one. */
  readonly secret: string | null;
}

/** Everything a page of the guide asks the door with. */
export function guideOf({ locals, cookies }: { locals: App.Locals; cookies: Cookies }): Guide {
  const { visit, edition, place } = locals;
  if (!edition) error(404);
  return { visit, edition, place, secret: draftIn(cookies) };
}

export const pageOf = (place: Place, step: Step | '', said = ''): string => address(place, step === '' ? '/aanmelden' : `/aanmelden/${step}`) + said;

/** To a step, with what must be told there: that the old draft had gone, or that another tab changed something. */
export function onTo(step: Step, kept: Kept, { place }: Guide, cookies: Cookies, hash = ''): never {
  keepDraftIn(cookies, kept.secret);
  redirect(303, pageOf(place, step, `${kept.isAnew ? '?opnieuw' : kept.isBehind ? '?elders' : ''}${hash}`));
}

/** A step opens when the ones before it are done; else back to the furthest that is open. */
export function mustBeOpen(
  guide: Guide,
  step: Step,
  { answers, reached, isConfirmed, isGone }: { answers: unknown; reached: number; isConfirmed: boolean; isGone: boolean },
): void {
  if (answers === null) redirect(303, pageOf(guide.place, '1-vraag', isGone ? '?verlopen' : ''));
  if (isConfirmed && numberOf(step) >= 4) redirect(303, pageOf(guide.place, ''));
  if (numberOf(step) > reached) redirect(303, pageOf(guide.place, steps[reached - 1] ?? '1-vraag'));
}
