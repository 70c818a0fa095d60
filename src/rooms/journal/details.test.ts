import { expect, test } from 'vitest';
import { atOnce } from '#ground/database.server.ts';
import { testVisit } from '#ground/testing.server.ts';
import { strangeIn } from './details.ts';
import { lines, record } from './journal.server.ts';

const id = '01938c5e-7d2b-7000-8000-000000000001';
const visit = testVisit();

test('numbers of things, codes, slugs, known words, counts and moments may stand in a line', () => {
  const after = { standing: 'held', attendance: 'onSite', wants: null, arrival: 3, until: '2026-11-10T09:00:00.000Z' };
  const fine = [
    {},
    { turn: 4, after },
    { turn: 4, after: null, reason: true },
    { turn: 1, attendance: 'online', from: null, to: 20 },
    { turn: 1, attendance: 'online', from: [], to: [{ group: 'organisation:het-waterschap', most: 3 }] },
    { role: 'host', scope: 'EIGEN1' },
    { role: 'admin', scope: '' },
    { kind: 'letter', which: 'all', count: 2 },
    { window: id, sessions: ['EIGEN1'], wanted: 1 },
  ];
  expect(fine.map(strangeIn)).toEqual(fine.map(() => null));
});

test('no name, no address and nothing that somebody typed may stand in a line, however deep; where it stands is told, never what', () => {
  const after = { standing: 'held', attendance: 'onSite', wants: null, arrival: 3 };
  const wrong = [
    [{ name: 'Naam' }, 'name'],
    [{ window: 'deelnemer-1@example.org' }, 'window'],
    [{ role: 'host', scope: 'deelnemer-1@example.org' }, 'scope'],
    [{ reason: 'Een eigen zin' }, 'reason'],
    [{ after: { ...after, email: 'deelnemer-1@example.org' } }, 'after.email'],
    [{ to: [{ group: 'organisation:Een zin', most: 1 }] }, 'to'],
    [{ host: 'thuis.example.org' }, 'host'],
    [{ language: 'dialect' }, 'language'],
    [{ turn: '4' }, 'turn'],
    [{ sessions: ['Titel van een sessie'] }, 'sessions.0'],
  ] as const;
  expect(wrong.map(([details]) => strangeIn(details))).toEqual(wrong.map(([, where]) => where));
});

test('such a line is not written', async () => {
  const said = { what: 'sign-in', details: { way: 'deelnemer-1@example.org' } } as const;
  await expect(atOnce(visit, (visit) => record(visit, said))).rejects.toThrow("'sign-in' may not say what it says in way");
});

test('a reason in own words stands beside the line', async () => {
  const line = await atOnce(visit, (visit) => record(visit, { what: 'seat-released', details: { turn: 1, reason: 'Dubbel' } }));
  expect(await lines(visit, { ids: [line] })).toMatchObject([{ details: { turn: 1, reason: 'Dubbel' } }]);
  const { details } = await visit.db.selectFrom('journal').select('details').where('id', '=', line).executeTakeFirstOrThrow();
  expect(details).toEqual({ turn: 1, reason: true });
});
