import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import type { Refusal } from '#ground/refusal.ts';
import * as identity from '#rooms/identity';
import { answer } from '#rooms/registration';
import { deviceIn } from '../../inloggen/ways.server.ts';
import { guideOf, mustBeOpen, onTo, pageOf } from '../guide.server.ts';

export const load: PageServerLoad = async (event) => {
  const guide = guideOf(event);
  mustBeOpen(guide, '5-wie-ben-je', await event.parent());
  const browser = identity.browserOf(event.cookies);
  return {
    organisations: await identity.organisations(guide.visit),
    asked: guide.visit.person || browser === null ? null : await identity.codeAsked(guide.visit, browser),
  };
};

export const actions: Actions = {
  /** Who has signed in only tells the rest; everybody else gets a code first. */
  who: async (event) => {
    const guide = guideOf(event);
    const form = await event.request.formData();
    if (guide.visit.person) form.delete('email');
    else if (!form.has('email')) form.set('email', '');
    const kept = await answer(guide.visit, guide.secret, guide.edition, '5-wie-ben-je', form);
    if ('problems' in kept) return fail(400, { problems: kept.problems, typed: typedIn(form) });
    if (guide.visit.person) onTo('6-overzicht', kept, guide, event.cookies);
    const asked = await identity.askCode(guide.visit, kept.draft.answers.email, identity.markBrowser(event.cookies), event.getClientAddress());
    if ('refused' in asked) return fail(statusOf(event, asked), { refused: asked.refused, seconds: secondsIn(asked), typed: typedIn(form) });
    onTo('5-wie-ben-je', kept, guide, event.cookies);
  },
  enter: async (event) => {
    const guide = guideOf(event);
    const form = await event.request.formData();
    const entered = await identity.signIn(
      guide.visit,
      String(form.get('code') ?? ''),
      identity.browserOf(event.cookies) ?? '',
      event.getClientAddress(),
      deviceIn(event),
    );
    if ('refused' in entered) return fail(statusOf(event, entered), { codeRefused: entered.refused, seconds: secondsIn(entered) });
    identity.keepSignedIn(event.cookies, entered.token);
    redirect(303, pageOf(guide.place, '6-overzicht'));
  },
  again: async (event) => {
    const guide = guideOf(event);
    const browser = identity.markBrowser(event.cookies);
    const asked = await identity.codeAsked(guide.visit, browser);
    const sent = asked && (await identity.askCode(guide.visit, asked.email, browser, event.getClientAddress()));
    if (sent && 'refused' in sent) return fail(statusOf(event, sent), { codeRefused: sent.refused, seconds: secondsIn(sent) });
    redirect(303, pageOf(guide.place, '5-wie-ben-je', '?nieuw'));
  },
  other: async (event) => {
    const guide = guideOf(event);
    await identity.forgetCode(guide.visit, identity.browserOf(event.cookies) ?? '');
    redirect(303, pageOf(guide.place, '5-wie-ben-je'));
  },
};

const typedIn = (form: FormData) => ({
  email: String(form.get('email') ?? ''),
  organisation: String(form.get('organisation') ?? ''),
  accessNeeds: String(form.get('accessNeeds') ?? ''),
  agreed: form.get('agreed') === 'yes',
});

type Refused = Refusal & { readonly retryAfter?: number };
const secondsIn = ({ retryAfter = 0 }: Refused): number => retryAfter;
/** Whoever must wait is told how long, the browser as well. */
function statusOf({ setHeaders }: RequestEvent, refused: Refused): 400 | 409 | 429 {
  if (refused.retryAfter === undefined) return refused.refused === 'code-malformed' ? 400 : 409;
  setHeaders({ 'retry-after': String(refused.retryAfter) });
  return 429;
}
