import { expect, test } from 'vitest';
import type { PersonId } from '#ground/id.ts';
import type { Person, Role } from '#ground/visit.ts';
import { answerTo, operations, type Operation, type Thing } from './access.ts';

const somebody = (isInternal: boolean, ...roles: Role[]): Person => ({
  id: 'p' as PersonId,
  email: 'deelnemer-1@example.org',
  isInternal,
  organisation: null,
  roles,
});
const own = { code: 'ABC123', edition: 'innovember-2026', organisations: ['waterschap', 'provincie'], visibility: 'public' } as const;
const classes: Readonly<Record<string, Person | null>> = {
  visitor: null,
  external: somebody(false),
  internal: somebody(true),
  host: somebody(false, { role: 'host', scope: own.code }),
  manager: somebody(false, { role: 'manager', scope: 'waterschap' }),
  moderator: somebody(false, { role: 'moderator', scope: own.code }),
  reviewer: somebody(false, { role: 'reviewer', scope: own.edition }),
  team: somebody(false, { role: 'team', scope: own.edition }),
  admin: somebody(false, { role: 'admin', scope: '' }),
};
const whoMay = (operation: Operation, thing: Thing | null): string[] =>
  Object.keys(classes).filter((name) => answerTo(classes[name]!, operation, thing) === 'yes');

const everybody = Object.keys(classes);
const signedIn = everybody.slice(1);
const running = ['host', 'manager', 'team', 'admin'];
const leading = ['team', 'admin'];

test('who may do what with something public of theirs', () => {
  const may = (names: readonly string[], ...which: Operation[]) => Object.fromEntries(which.map((operation) => [operation, names]));
  expect(Object.fromEntries(Object.keys(operations).map((operation) => [operation, whoMay(operation as Operation, own)]))).toEqual({
    ...may(everybody, 'house.read', 'edition.read', 'programme.read', 'programme.compose', 'sign-in', 'sign-out', 'own.look', 'own.draft'),
    ...may(everybody, 'session.read', 'session.follow', 'window.read', 'window.audit', 'own.calendar-feed'),
    ...may(signedIn, 'session.choose', 'session.wish'),
    ...may(signedIn, 'own.details', 'own.programme', 'own.pass', 'own.wishes', 'own.calendar'),
    ...may(running, 'arrangements.enter', 'session.run', 'session.places', 'session.roll', 'session.door', 'session.journal', 'session.materials'),
    ...may(['reviewer', ...leading], 'review.enter'),
    ...may(['reviewer'], 'review.write'),
    ...may(leading, 'review.arrange', 'review.decide'),
    ...may(everybody, 'news.read'),
    ...may(['admin'], 'edition.make'),
    ...may(leading, 'edition.arrange', 'news.write', 'edition.lead', 'window.plan', 'window.draw', 'window.file'),
    ...may(everybody, 'letters.unsubscribe'),
    ...may(leading, 'letters.arrange'),
    ...may(running, 'session.write', 'session.state-times'),
    ...may(['manager', ...leading], 'session.make', 'session.cancel', 'role.offer-host', 'role.offer-manager'),
    ...may(['manager', 'admin'], 'organisation.look-after'),
    ...may(everybody, 'organisation.read'),
    ...may(leading, 'organisation.arrange'),
    ...may(signedIn, 'role.answer'),
    ...may(everybody, 'call.read'),
    ...may(signedIn, 'proposal.make', 'proposal.answer'),
    ...may([], 'proposal.write'),
    ...may(leading, 'call.arrange', 'schedule.arrange', 'figures.read', 'figures.arrange', 'programme.import'),
    ...may(['admin'], 'installation.look-after'),
  });
});

test('what is internal is there for civil servants and for who runs it, and for nobody else', () => {
  const internal = { ...own, visibility: 'internal' } as const;
  expect([
    whoMay('session.read', internal),
    whoMay('session.choose', internal),
    whoMay('session.roll', internal),
    whoMay('window.read', internal),
  ]).toEqual([['internal'], ['internal'], running, ['internal', ...leading]]);
  const toExternals = (operation: Operation) => answerTo(classes['external']!, operation, internal);
  expect([toExternals('session.read'), toExternals('session.choose'), toExternals('session.roll')]).toEqual(['not-here', 'not-here', 'not-here']);
  expect([answerTo(classes['internal']!, 'session.roll', internal), answerTo(null, 'session.read', internal)]).toEqual(['not-yours', 'not-here']);
});

test('who is in a committee judges what they were asked to read, in their own edition', () => {
  const reviewer = classes['reviewer']!;
  const [asked, others] = [
    { edition: own.edition, readers: [reviewer.id] },
    { edition: own.edition, readers: [] },
  ];
  const elsewhere = somebody(true, { role: 'reviewer', scope: 'innovember-2025' });
  expect([answerTo(reviewer, 'review.write', asked), answerTo(reviewer, 'review.write', others), answerTo(elsewhere, 'review.write', asked)]).toEqual(
    ['yes', 'not-yours', 'not-yours'],
  );
  expect(answerTo(elsewhere, 'review.enter', { edition: own.edition })).toBe('not-yours');
});

test('what is of another, of another edition or of another organisation is seen and not run', () => {
  const others: readonly Thing[] = [
    { ...own, code: 'ZZZZZZ', edition: 'innovember-2025', organisations: ['provincie', 'waterschap'] },
    { ...own, code: 'ZZZZZZ', edition: 'innovember-2025', organisations: [] },
    {},
  ];
  for (const thing of others)
    for (const name of ['host', 'manager', 'team', 'moderator', 'internal'])
      expect([name, answerTo(classes[name]!, 'session.read', thing), answerTo(classes[name]!, 'session.roll', thing)]).toEqual([
        name,
        'yes',
        'not-yours',
      ]);
});

test('what is not there is there for nobody; who has not signed in hears first to do so', () => {
  for (const [name, person] of Object.entries(classes))
    expect([name, answerTo(person, 'session.read', null), answerTo(person, 'session.roll', null)]).toEqual([
      name,
      'not-here',
      name === 'visitor' ? 'sign-in' : 'not-here',
    ]);
});
