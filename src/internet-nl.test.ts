import { expect, test } from 'vitest';
import { faultsOfAnswer, faultsOfPlain, faultsOfPolicy, faultsOfSecurityTxt } from './internet-nl.ts';

const url = new URL('https://innovember.example.org/');
const policy =
  "default-src 'none'; script-src 'self'; img-src 'self' data:; frame-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const headers = {
  'content-security-policy': policy,
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

test('a good answer has no fault', () => {
  expect(faultsOfAnswer({ url, status: 200, headers })).toEqual([]);
});

test.each([
  ['strict-transport-security', 'max-age=3600', 'strict-transport-security: max-age is less than a year'],
  ['strict-transport-security', '', 'strict-transport-security: max-age is less than a year'],
  ['referrer-policy', 'strict-origin-when-cross-origin', 'referrer-policy: neither no-referrer nor same-origin'],
  ['referrer-policy', 'no-referrer, origin', 'referrer-policy: neither no-referrer nor same-origin'],
  ['x-content-type-options', 'sniff', 'x-content-type-options: not nosniff'],
  ['x-frame-options', 'ALLOWALL', 'x-frame-options: neither DENY nor SAMEORIGIN'],
  ['content-security-policy', '', 'content-security-policy: there is none'],
])('%s: %s is found', (name, value, fault) => {
  expect(faultsOfAnswer({ url, status: 200, headers: { ...headers, [name]: value } })).toEqual([fault]);
});

test.each([
  ["script-src 'self'", "script-src 'self' 'unsafe-inline'", ["script-src: 'unsafe-inline'"]],
  ["script-src 'self'", "script-src 'self' 'UNSAFE-EVAL'", ["script-src: 'unsafe-eval'"]],
  ["script-src 'self'", "style-src 'unsafe-hashes'", ["style-src: 'unsafe-hashes'"]],
  ["script-src 'self'", 'script-src data:', ['script-src: data:']],
  ["script-src 'self'", 'script-src https:', ['script-src: https:']],
  ["script-src 'self'", 'connect-src *', ['connect-src: *']],
  ["script-src 'self'", 'connect-src cdn.example.org', ['connect-src: cdn.example.org']],
  ["script-src 'self'", 'connect-src http://cdn.example.org', ['connect-src: http://cdn.example.org']],
  ["script-src 'self'", 'connect-src https://localhost', ['connect-src: https://localhost']],
  ["script-src 'self'", 'media-src https://video.example.org', []],
  ["script-src 'self'", "require-trusted-types-for 'script'; trusted-types svelte-trusted-html", []],
  ["default-src 'none'", 'default-src https://cdn.example.org', ["default-src: more than 'none' or 'self', or absent"]],
  ["default-src 'none'", "default-src 'self' https://static.innovember.example.org", []],
  ["base-uri 'none'", '', ["base-uri: more than 'none' or 'self', or absent"]],
  ["form-action 'self'", '', ["form-action: neither 'none', 'self' nor a host, or absent"]],
  ["form-action 'self'", 'form-action https://*.example.org', ["form-action: neither 'none', 'self' nor a host, or absent"]],
  ["frame-src 'none'", '', []],
  ["frame-ancestors 'none'", '', ["frame-ancestors: neither 'none' nor 'self', or absent"]],
  ["frame-ancestors 'none'", 'frame-ancestors https://portal.example.org', ["frame-ancestors: neither 'none' nor 'self', or absent"]],
  ["frame-ancestors 'none'", "frame-ancestors 'self' https://portal.example.org", []],
])('a policy with, instead of %s, %s', (one, other, faults) => {
  expect(faultsOfPolicy(policy.replace(one, other), url)).toEqual(faults);
});

test('over http only https on the same host is good', () => {
  const plain = (status: number, location?: string) =>
    faultsOfPlain({ url: new URL('http://innovember.example.org/a'), status, headers: location === undefined ? {} : { location } });
  expect(plain(308, 'https://innovember.example.org/a')).toEqual([]);
  expect(plain(301, 'https://www.innovember.example.org/')).toEqual(['http: leads to https://www.innovember.example.org first']);
  expect(plain(301, 'http://innovember.example.org/b')).toEqual(['http: leads to http://innovember.example.org first']);
  expect(plain(200)).toEqual(['http: does not lead to https']);
});

test('security.txt is read as a finder of leaks does', () => {
  const at = { url: new URL('https://innovember.example.org/.well-known/security.txt'), status: 200, now: new Date('2026-11-23T12:00:00Z') };
  const faults = (body: string, type = 'text/plain; charset=utf-8') => faultsOfSecurityTxt({ ...at, headers: { 'content-type': type }, body });
  const good =
    'Contact: mailto:veiligheid@example.org\nExpires: 2027-05-01T00:00:00.000Z\nCanonical: https://innovember.example.org/.well-known/security.txt\n';
  expect(faults(good)).toEqual([]);
  expect(faults(good, 'text/html')).toEqual(['security.txt: not text/plain in utf-8']);
  expect(faults(good.replace(/Contact.*\n/, ''))).toEqual(['security.txt: no Contact that can be reached']);
  expect(faults(good.replace('2027-05', '2027-12'))).toEqual(['security.txt: Expires is not one moment within a year']);
  expect(faults(good.replace('2027-05', '2026-05'))).toEqual(['security.txt: Expires is not one moment within a year']);
  expect(faults(good.replace('innovember.example', 'other.example'))).toEqual(['security.txt: Canonical is another address']);
  expect(faultsOfSecurityTxt({ ...at, status: 404, headers: {}, body: '' })).toEqual(['security.txt: the answer was 404']);
});
