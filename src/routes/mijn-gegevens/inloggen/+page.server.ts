import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import * as identity from '#rooms/identity';
import { mostPasskeys } from '#rooms/identity/passkeys/passkey.ts';
import { zoneOf } from '#rooms/programme/edition.ts';
import { signInFirst } from '../../sign-in-first.server.ts';
import { oneself } from '../oneself.server.ts';
import { keepPasskey, waysOffered } from '../../inloggen/ways.server.ts';
import type { Actions, PageServerLoad } from './$types';

type Coming = Pick<RequestEvent, 'locals' | 'url' | 'cookies' | 'request'>;
/** Somebody who has signed in here, in this browser; who has not does so first. */
function signedIn(event: Coming) {
  const visit = oneself(event);
  return { visit, token: identity.tokenIn(event.cookies) ?? signInFirst(event) };
}

export const load: PageServerLoad = async (event) => {
  const { visit, token } = signedIn(event);
  const passkeys = await identity.myPasskeys(visit);
  return {
    passkeys: passkeys.map((passkey) => ({ ...passkey, waits: passkey.usableAt > visit.now })),
    mayAdd: waysOffered().passkey && passkeys.length < mostPasskeys,
    signIns: await identity.mySignIns(visit, token),
    timeZone: zoneOf(event.locals.edition),
    done: event.url.searchParams.get('gedaan'),
  };
};

/** What a form says, of whoever has signed in. */
async function asked(event: Coming) {
  const mine = signedIn(event);
  const form = await event.request.formData();
  return { ...mine, form, id: String(form.get('id') ?? '') };
}
const back = ({ locals: { place } }: Coming, done: string): never => redirect(303, `${address(place, '/mijn-gegevens/inloggen')}?gedaan=${done}`);

export const actions: Actions = {
  nieuw: (event) => {
    signedIn(event);
    return keepPasskey(event);
  },
  noem: async (event) => {
    const { visit, form, id } = await asked(event);
    const name = String(form.get(`name-${id}`) ?? '').slice(0, 200);
    const no = await identity.renamePasskey(visit, id, name);
    return no ? fail(no.refused === 'name-malformed' ? 400 : 409, { refused: no.refused, id, name }) : back(event, 'naam');
  },
  haalweg: async (event) => {
    const { visit, token, form, id } = await asked(event);
    const no = await identity.removePasskey(visit, id, token, { isSure: form.has('zeker') });
    return no ? fail(409, { refused: no.refused, id }) : back(event, 'weg');
  },
  weiger: async (event) => {
    const { visit, id } = await asked(event);
    const no = await identity.refusePasskey(visit, id);
    return no ? fail(409, { refused: no.refused, id }) : back(event, 'geweigerd');
  },
  loguit: async (event) => {
    const { visit, id } = await asked(event);
    const no = await identity.endSignIn(visit, id);
    return no ? fail(409, { refused: no.refused, id }) : back(event, 'uitgelogd');
  },
  loganderenuit: async (event) => {
    const { visit, token } = await asked(event);
    await identity.endOtherSignIns(visit, token);
    return back(event, 'overal');
  },
};
