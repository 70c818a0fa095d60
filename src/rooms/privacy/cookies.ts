// Every cookie that we set; cookies.test.ts looks whether there is another.
import { browserCookie, keeping, signInCookie, type Keeping } from '#rooms/identity/cookie.ts';
import { draftCookie } from '#rooms/registration/cookie.ts';

/** With what it is: `cookie-WHAT` in sheet privacy. */
export const cookies = (baseUrl: URL): readonly { readonly what: string; readonly name: string; readonly seconds: number }[] =>
  [
    { what: 'sign-in', keeping: signInCookie(baseUrl) },
    { what: 'browser', keeping: browserCookie(baseUrl) },
    { what: 'draft', keeping: draftCookie(baseUrl) },
    { what: 'choice', keeping: keeping('choice', 1800, baseUrl) },
    { what: 'wish', keeping: keeping('wish', 1800, baseUrl) },
  ].map(({ what, keeping: { name, options } }: { what: string; keeping: Keeping }) => ({ what, name, seconds: options.maxAge }));
