import { expect, test } from 'vitest';
import { byLimits, endOf, ok, unknown, warning, wrong } from './finding.ts';
import { dmarcOf, spfOf } from './mail-domain.ts';

test('a program ends with the worst of what was found; what cannot be seen is no fault', () => {
  expect([
    endOf([]),
    endOf([ok('clock'), unknown('site-away')]),
    endOf([ok('clock'), warning('mx-none')]),
    endOf([wrong('spf-none'), warning('mx-none')]),
  ]).toEqual([0, 0, 1, 2]);
  expect([byLimits(1, 2, 30), byLimits(2, 2, 30), byLimits(30, 2, 30)]).toEqual(['ok', 'warning', 'wrong']);
});

test('SPF is one record that refuses everybody else and asks ten look-ups at most', () => {
  const code = (...records: string[]) => spfOf(records, 'example.org').code;
  expect([
    code('google-site-verification=x'),
    code('v=spf1 mx -all'),
    code('V=SPF1 include:mail.example.org ~all', 'another'),
    code('v=spf1 redirect=_spf.example.org'),
    code('v=spf1 mx ?all'),
    code('v=spf1 mx -all', 'v=spf1 a -all'),
    code(`v=spf1 ${Array.from({ length: 11 }, (_, nth) => `include:${nth}.example.org`).join(' ')} -all`),
    code('v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all'),
  ]).toEqual(['spf-none', 'spf', 'spf', 'spf', 'spf-loose', 'spf-two', 'spf-many', 'spf']);
});

test('DMARC that only watches could be better', () => {
  const code = (...records: string[]) => dmarcOf(records, 'example.org').code;
  expect([code(), code('v=DMARC1; p=none'), code('v=DMARC1;p=reject; sp=none'), code('v=DMARC1; rua=mailto:x@example.org; p=quarantine')]).toEqual([
    'dmarc-none',
    'dmarc-loose',
    'dmarc',
    'dmarc',
  ]);
});
