// Every cookie that we set; cookies.test.ts looks whether there is another.
import { browserCookie, signInCookie, type Keeping } from '#rooms/identity/cookie.ts';
import { choiceCookie } from '#rooms/itinerary/cookie.ts';
import { draftCookie } from '#rooms/registration/cookie.ts';
import { wishCookie } from '#rooms/wishes/cookie.ts';

/** With what it is: `cookie-WHAT` in sheet privacy. */
export const cookies = (baseUrl: URL): readonly { readonly what: string; readonly name: string; readonly seconds: number }[] =>
  [
    { what: 'sign-in', keeping: signInCookie(baseUrl) },
    { what: 'browser', keeping: browserCookie(baseUrl) },
    { what: 'draft', keeping: draftCookie(baseUrl) },
    { what: 'choice', keeping: choiceCookie(baseUrl) },
    { what: 'wish', keeping: wishCookie(baseUrl) },
  ].map(({ what, keeping: { name, options } }: { what: string; keeping: Keeping }) => ({ what, name, seconds: options.maxAge }));
