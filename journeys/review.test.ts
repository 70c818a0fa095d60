// From proposals to letters, as a committee and the programme team see it.
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { isAccessible, openSite, type Site } from './browser.ts';
import { press } from './guide.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site?.close());

const lead = 'team-1@example.org';
const [reader, other] = ['commissie-1@example.org', 'commissie-2@example.org'];

/** Three proposals that were handed in: one of the reader's own organisation. */
async function handedIn(): Promise<string[]> {
  const { db } = site;
  const criteria = [{ key: 'nut', label: { nl: 'Nut' }, hint: {}, weight: 1 }];
  const edition = sql`(select id from editions where slug = 'voorbeeld')`;
  await sql`insert into calls (edition_id, opens_at, closes_at, criteria, is_anonymous, reviews_each, revision)
    values (${edition}, now() - interval '20 days', now() - interval '1 day', ${JSON.stringify(criteria)}, true, 1, 1)
    on conflict (edition_id) do update set criteria = excluded.criteria, is_anonymous = true, reviews_each = 1, review_until = null`.execute(db);
  await sql`update people set organisation_id = (select id from organisations order by slug limit 1) where email = ${reader}`.execute(db);
  const codes = ['PR0001', 'PR0002', 'PR0003'];
  for (const [nth, code] of codes.entries()) {
    const [id, person] = [newId(new Date()), newId(new Date())];
    await sql`insert into people (id, email, created_at) values (${person}, ${`indiener-${nth}@example.org`}, now())`.execute(db);
    await sql`insert into sessions (id, edition_id, code, title, summary, description, speakers, format, visibility, state, updated_at, created_at)
      values (${id}, ${edition}, ${code}, ${JSON.stringify({ nl: `Voorstel ${nth + 1}` })}, '{"nl":"Kort"}', '{"nl":"Lang"}', '{Kanarienaam}', 'workshop', 'public', 'submitted', now(), now())`.execute(
      db,
    );
    await sql`insert into places (session_id, attendance, capacity) values (${id}, 'onSite', 20), (${id}, 'online', 0)`.execute(db);
    await sql`insert into proposals (session_id, submitted_at) values (${id}, now())`.execute(db);
    await sql`insert into proposers (session_id, person_id, position, joined_at) values (${id}, ${person}, 0, now())`.execute(db);
    await sql`insert into session_organisations (session_id, organisation_id, position)
      select ${id}, id, 0 from organisations order by slug offset ${nth === 0 ? 0 : 1} limit 1`.execute(db);
  }
  return codes;
}

const without = async (): Promise<Page> => site.visitor({ javaScriptEnabled: false });

test('the committee reads without names, the team chooses, and who proposed reads it in a letter', { timeout: 240_000 }, async () => {
  const [team, one, two] = [await without(), await without(), await without()];
  await site.signInStrongly(team, lead, 'team:voorbeeld');
  await site.signInStrongly(one, reader, 'reviewer:voorbeeld');
  await site.signInStrongly(two, other, 'reviewer:voorbeeld');
  const [ofOwn] = await handedIn();

  // The team looks how the work would be divided, and divides it so.
  await team.goto('/organisatie/voorstellen/commissie');
  await isAccessible(team);
  await press(team, 'Laat de verdeling zien');
  await team.getByText('Er komen 3 leesbeurten bij.').waitFor();
  await isAccessible(team);
  await press(team, 'Verdeel zo');
  await team.getByText('Het werk is verdeeld.').waitFor();

  // Somebody of the committee reads, without names, and nothing of their own organisation.
  for (const page of [one, two]) {
    await page.goto('/beoordelen');
    await isAccessible(page);
    await page.getByRole('link', { name: 'Lees het volgende voorstel' }).click();
    await page.getByRole('heading', { name: 'Jouw oordeel' }).waitFor();
    expect(await page.content()).not.toContain('Kanarienaam');
    await isAccessible(page);
    await page.getByRole('group', { name: 'Nut' }).getByLabel('4 goed').check();
    await page.getByLabel('Wat wil je erover zeggen?').fill('Kanarieoordeel');
    await page
      .getByRole('button', { name: /^Bewaar/ })
      .first()
      .click();
  }
  expect((await one.goto(`/beoordelen/${ofOwn}`))?.status()).toBe(404);

  // Who cannot judge fairly says so, and can take it back.
  const { rows } = await sql<{
    code: string;
  }>`select s.code from assignments a join sessions s on s.id = a.session_id join people p on p.id = a.person_id
    where p.email = ${other} order by s.code limit 1`.execute(site.db);
  await two.goto(`/beoordelen/${rows[0]!.code}`);
  await press(two, 'Ik beoordeel dit niet');
  await two.getByRole('heading', { name: 'Dit voorstel beoordeel je niet' }).waitFor();
  expect(await two.getByText('Voorstel').count()).toBeGreaterThan(0);
  await isAccessible(two);
  await press(two, 'Toch beoordelen');
  await two.getByText('Je kunt dit voorstel weer beoordelen.').waitFor();

  // The team decides, takes one back, and looks at the letters.
  await team.goto('/organisatie/voorstellen');
  await isAccessible(team);
  await press(team, 'Kies: Voorstel 1');
  await team.getByText('Gekozen: Voorstel 1.').waitFor();
  await press(team, 'Maak ongedaan');
  await team.getByText('Weer open: Voorstel 1.').waitFor();
  await press(team, 'Kies: Voorstel 1');
  await press(team, 'Kies niet: Voorstel 2');
  await team.getByRole('link', { name: 'Voorstel 1' }).first().click();
  await team.getByText('Kanarieoordeel').or(team.getByText('Niemand heeft dit nog beoordeeld.')).first().waitFor();
  await isAccessible(team);
  await team.getByLabel('Eigen tekst in de brief').fill('Neem je collega mee.');
  await press(team, 'Bewaar het besluit');
  await team.goto('/organisatie/voorstellen/brieven');
  await isAccessible(team);
  await team.getByText('Brief aan indiener-0@example.org').click();
  await team.getByText('Neem je collega mee.').waitFor();
  await press(team, 'Verstuur deze brieven');
  await team.getByText('2 besluiten zijn verteld.').waitFor();

  const good = await site.letterTo('indiener-0@example.org', 'Gekozen: Voorstel 1');
  expect(good).toContain('Neem je collega mee.');
  const kind = await site.letterTo('indiener-1@example.org', 'Je voorstel: Voorstel 2');
  expect(kind).toContain('Dank je wel');
  expect(good + kind).not.toContain('Kanarieoordeel');
});
