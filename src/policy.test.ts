import { expect, test } from 'vitest';
import { openForDoor, permissionsPolicy } from './policy.ts';

const allowed = (policy: string): string[] => policy.split(', ').filter((one) => one.endsWith('=(self)'));

test('a page may fill the screen, and make a passkey and ask for one, and nothing else', () => {
  expect(allowed(permissionsPolicy)).toEqual(['fullscreen=(self)', 'publickey-credentials-create=(self)', 'publickey-credentials-get=(self)']);
  expect(permissionsPolicy).toContain('camera=()');
});

test('the page at the door may also use the camera, and make a worker of one script', () => {
  const headers = new Headers({
    'permissions-policy': permissionsPolicy,
    'content-security-policy': "script-src 'self'; trusted-types svelte-trusted-html",
  });
  openForDoor(headers);
  expect(allowed(headers.get('permissions-policy')!)).toEqual([
    'autoplay=(self)',
    'camera=(self)',
    'fullscreen=(self)',
    'publickey-credentials-create=(self)',
    'publickey-credentials-get=(self)',
    'screen-wake-lock=(self)',
  ]);
  expect(headers.get('content-security-policy')).toBe("script-src 'self'; trusted-types innovember-door svelte-trusted-html");
});

test('an answer without a policy of its own, such as a way to the sign-in, gets none', () => {
  const headers = new Headers();
  openForDoor(headers);
  expect(headers.has('content-security-policy')).toBe(false);
});
