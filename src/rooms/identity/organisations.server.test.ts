import { expect, test } from 'vitest';
import { testPerson, testVisit } from '#ground/testing.server.ts';
import { listOrganisations, makeOrganisation, organisationOf, writeOrganisation } from './identity.server.ts';

const visit = testVisit({ person: await testPerson() });

test('an organisation is made once, found by a part of its name, and has a short name', async () => {
  expect(await makeOrganisation(visit, { nl: 'Waterschap Één' })).toBe('waterschap-een');
  expect(await makeOrganisation(visit, { nl: 'Waterschap een' })).toEqual({ refused: 'organisation-taken' });
  expect(await makeOrganisation(visit, { nl: '!!' })).toEqual({ refused: 'organisation-name-missing' });
  await makeOrganisation(visit, { nl: '100% Provincie' });
  const found = async (q: string) => (await listOrganisations(visit, { q, from: 0, limit: 9 })).items.map(({ slug }) => slug);
  expect([await found('WATER'), await found('0%'), await found('%%'), await found('')]).toEqual([
    ['waterschap-een'],
    ['100-provincie'],
    [],
    ['100-provincie', 'waterschap-een'],
  ]);
});

test('who writes upon an older revision is refused, and nothing of the first is lost', async () => {
  const before = (await organisationOf(visit, 'waterschap-een'))!;
  const written = { name: before.name, about: { nl: 'Droge voeten' }, website: null };
  expect(await writeOrganisation(visit, before.slug, before.revision, written)).toBe(undefined);
  expect(await writeOrganisation(visit, before.slug, before.revision, { ...written, about: { nl: 'Iets anders' } })).toEqual({
    refused: 'changed-meanwhile',
  });
  // The same once more changes nothing.
  expect(await writeOrganisation(visit, before.slug, before.revision + 1, written)).toBe(undefined);
  expect(await organisationOf(visit, before.slug)).toMatchObject({ ...written, revision: before.revision + 1 });
  expect(await organisationOf(visit, 'weg')).toBe(null);
});
