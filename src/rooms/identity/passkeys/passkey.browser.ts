import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';

/** Whether this browser knows passkeys at all. */
export const knowsPasskeys = browserSupportsWebAuthn;

type Asked = PublicKeyCredentialRequestOptionsJSON | PublicKeyCredentialCreationOptionsJSON | { readonly said: string };
export type Proven = { readonly answer: string } | { readonly said: string } | { readonly not: 'stopped' | 'known' | 'broken' };

/** Asks the house, by what is filled in, what to prove or make, and has the device do it. */
export async function prove(form: HTMLFormElement, ask: string): Promise<Proven> {
  const asked: Asked | null = await fetch(ask, { method: 'POST', body: new FormData(form), cache: 'no-store' })
    .then((answer) => answer.json())
    .catch(() => null);
  if (asked === null || !('said' in asked || 'challenge' in asked)) return { not: 'broken' };
  if ('said' in asked) return { said: asked.said };
  try {
    const made = 'user' in asked ? await startRegistration({ optionsJSON: asked }) : await startAuthentication({ optionsJSON: asked });
    return { answer: JSON.stringify(made) };
  } catch (fault) {
    return { not: fault instanceof WebAuthnError && fault.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED' ? 'known' : 'stopped' };
  }
}
