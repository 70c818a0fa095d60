import type { Cookies } from '@sveltejs/kit';
import { config } from '#ground/config.server.ts';
import { forgetSignIn } from '#rooms/identity';
import { choiceCookie } from '#rooms/itinerary/cookie.ts';
import { draftCookie } from '#rooms/registration/cookie.ts';
import { wishCookie } from '#rooms/wishes/cookie.ts';

/** Whoever sits down here next finds nothing of who left: not their sign-in, and not what they told the guide. */
export function leaveBrowser(cookies: Pick<Cookies, 'delete'>): void {
  forgetSignIn(cookies);
  for (const cookie of [draftCookie, choiceCookie, wishCookie]) {
    const { name, options } = cookie(config().baseUrl);
    cookies.delete(name, options);
  }
}
