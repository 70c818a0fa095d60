import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOfDomains, readEmail } from './email.ts';

test('an address has one spelling, whatever was typed', () => {
  expect(readEmail('  Deelnemer-1@Example.ORG ')).toBe('deelnemer-1@example.org');
  expect(readEmail("d'ame+innovember@mail.example.org")).toBe("d'ame+innovember@mail.example.org");
  expect(readEmail('loket@Gemeente-Súdwest.example')).toBe('loket@xn--gemeente-sdwest-cvb.example');
});

test('what is no address is none', () => {
  const none = [
    '',
    '@',
    'a',
    'a@',
    '@example.org',
    'a@example',
    'a@b@example.org',
    'a b@example.org',
    '.a@example.org',
    'a.@example.org',
    'a..b@example.org',
    'a@example.org\nBcc: b@example.org',
    'a\r\nBcc:b@example.org',
    'a,b@example.org',
    '"a b"@example.org',
    'a<b@example.org>',
    'a@exa mple.org',
    'a@-example.org',
    'a@example..org',
    'a@1.2.3.4',
    'a@[::1]',
    'a@example.org:25',
    'a@example.org/x',
    'a@example.org?x',
    'mıke@example.org',
    `${'a'.repeat(65)}@example.org`,
    `a@${'b'.repeat(64)}.org`,
    `a@${'bbbb.'.repeat(50)}org`,
    'a@example.org\u0000',
  ];
  expect(none.map(readEmail)).toEqual(none.map(() => null));
});

test('no text in the world gives an address with room for a second header or recipient', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })).map(([a, b]) => `${a}@${b}.org`),
      ),
      (typed) => {
        const email = readEmail(typed);
        expect(email === null || (/^[!-~]+$/.test(email) && !/[\s"(),:;<>[\]\\]/.test(email) && email.split('@').length === 2)).toBe(true);
        if (email !== null) expect(readEmail(email)).toBe(email);
      },
    ),
    { numRuns: 2000 },
  );
});

test('an address belongs to a domain and to what lies below it, not to what looks like it', () => {
  const domains = ['rijk.example', 'Example.gov'];
  expect(['a@rijk.example', 'a@dienst.rijk.example', 'a@example.gov'].map((email) => isOfDomains(email, domains))).toEqual([true, true, true]);
  expect(
    ['a@nepRijk.example', 'a@neprijk.example', 'a@rijk.example.org', 'rijk.example@example.org'].map((email) => isOfDomains(email, domains)),
  ).toEqual([false, false, false, false]);
});
