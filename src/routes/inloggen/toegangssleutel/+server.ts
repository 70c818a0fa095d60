import { json, type RequestEvent, type RequestHandler } from '@sveltejs/kit';
import * as identity from '#rooms/identity';
import { sentence } from '#words';

/** What a browser has to prove, or make: to sign in, for a new passkey, or for that of the first administrator. */
export const POST: RequestHandler = async (event) => {
  const { visit } = event.locals;
  const asked = await ask(event);
  if (!('refused' in asked)) return json(asked, { headers: { 'cache-control': 'no-store' } });
  const tooOften = 'retryAfter' in asked;
  return json(
    { said: sentence(visit.language, `refused.${asked.refused}`) },
    { status: tooOften ? 429 : 409, headers: { 'cache-control': 'no-store', ...(tooOften && { 'retry-after': String(asked.retryAfter) }) } },
  );
};

async function ask({
  locals: { visit },
  url,
  cookies,
  request,
  getClientAddress,
}: Pick<RequestEvent, 'locals' | 'url' | 'cookies' | 'request' | 'getClientAddress'>) {
  const [form, browser, from] = [await request.formData(), identity.markBrowser(cookies), getClientAddress()];
  const invitation = String(form.get('invitation') ?? '').slice(0, 100);
  switch (url.searchParams.get('voor')) {
    case 'nieuw':
      return identity.askNewPasskey(visit, browser, invitation, from);
    case 'beheerder':
      return identity.askFirstPasskey(visit, browser, { invitation, email: String(form.get('email') ?? '').slice(0, 500) }, from);
    default:
      return identity.askPasskey(visit, browser, from);
  }
}
