import { expect, test } from 'vitest';
import { browserCookie, keepsSecure, signInCookie } from './cookie.ts';

test('cookies are bound to the host, closed to script and to other sites', () => {
  expect(signInCookie(new URL('https://innovember.example'))).toEqual({
    name: '__Host-sign-in',
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure: true, maxAge: 2_592_000 },
  });
  expect(browserCookie(new URL('http://localhost:3000')).name).toBe('__Host-browser');
});

test('over plain http elsewhere a cookie goes without the mark that a browser would refuse', () => {
  expect(signInCookie(new URL('http://innovember.example'))).toMatchObject({ name: 'sign-in', options: { secure: false, httpOnly: true } });
  expect(
    ['http://127.0.0.1:3000', 'http://[::1]:3000', 'http://a.localhost', 'http://localhost.example'].map((address) => keepsSecure(new URL(address))),
  ).toEqual([true, true, true, false]);
});
