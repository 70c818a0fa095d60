import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { atOnce } from '#ground/database.server.ts';
import { hashOf } from '#ground/chance.server.ts';
import { testNow, testPerson, testVisit, watched } from '#ground/testing.server.ts';
import type { Visit } from '#ground/visit.ts';
import { lines } from '#rooms/journal';
import * as itinerary from '#rooms/itinerary';
import * as programme from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import * as seats from '#rooms/seats';
import * as wishes from '#rooms/wishes';
import type { Draft } from './draft.ts';
import {
  answer,
  choose,
  draft,
  isGone,
  lookFor,
  more,
  proposal,
  reach,
  remove,
  startAnew,
  submit,
  swap,
  undo,
  type Kept,
} from './registration.server.ts';

const visitor = testVisit();
const days = (count: number) => new Date(testNow.getTime() + count * 86_400_000);
const titles = [
  'Sneller inkopen met een startup',
  'Inkopen zonder aanbesteding',
  'Contracten in tien dagen',
  'Data delen tussen ministeries',
  'Kunstmatige intelligentie in je team',
  'Brieven die iedereen begrijpt',
  'Luisteren naar een orkest',
  'Veilig werken met wachtwoorden',
  'Een inkoper vertelt',
];
const edition = await editionWith(titles);

/** An edition with so many sessions on the days after, two a day, and two themes. */
async function editionWith(titles: readonly string[], slug = 'innovember'): Promise<Edition> {
  await programme.takeIn(visitor, {
    slug,
    name: { nl: slug },
    startsOn: '2026-11-02',
    endsOn: '2026-11-27',
    timeZone: 'Europe/Amsterdam',
    rules: { atLeast: 3, fits: 2, surprises: 1 },
    isExample: false,
    themes: [
      { slug: 'inkoop', name: { nl: 'Inkoop' } },
      { slug: 'anders', name: { nl: 'Anders' } },
    ],
    organisations: [
      { slug: 'rvo', name: { nl: 'RVO' } },
      { slug: 'rdw', name: { nl: 'RDW' } },
    ],
    source: 'test',
    sessions: titles.map((title, row) => {
      const start = new Date(Date.UTC(2026, 10, 11 + Math.floor(row / 2), row % 2 === 0 ? 9 : 13));
      return {
        row,
        guid: null,
        sourceId: String(row),
        code: null,
        title: { nl: title },
        summary: {},
        description: {},
        themes: [/inko|contract/i.test(title) ? 'inkoop' : 'anders'],
        speakers: [],
        format: 'webinar',
        languages: ['nl'],
        start,
        end: new Date(start.getTime() + 3_600_000),
        location: null,
        capacity: { onSite: 0, online: 1 },
        own: { level: null, organisations: [row % 2 === 0 ? 'rvo' : 'rdw'], deepens: [] },
      };
    }),
  });
  return (await programme.edition(visitor, slug))!;
}

function form(fields: Record<string, string>): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.append(name, value);
  return made;
}
const codes = (draft: Draft | null) => draft?.choices.map(({ session }) => session) ?? [];
const kinds = (draft: Draft | null) => draft?.choices.map(({ as }) => as) ?? [];
async function asked(question = 'ik wil sneller inkopen', visit: Visit = visitor): Promise<{ secret: string; draft: Draft }> {
  const kept = (await answer(visit, null, edition, '1-vraag', form({ question }))) as Kept;
  return { secret: kept.secret, draft: (await proposal(visit, kept.secret, edition))! };
}
const somebody = async () => testVisit({ person: await testPerson() });
const cancel = (code: string) =>
  sql`update sessions set state = 'cancelled', cancelled_at = ${testNow}, updated_at = now() where code = ${code}`.execute(visitor.db);
const uncancel = (code: string) =>
  sql`update sessions set state = 'published', cancelled_at = null, updated_at = now() where code = ${code}`.execute(visitor.db);

test('a question becomes two that fit and one surprise, and stays that at every look', async () => {
  const { secret, draft: first } = await asked();
  expect(kinds(first)).toEqual(['fit', 'fit', 'surprise']);
  expect(await proposal(visitor, secret, edition)).toEqual(first);
});

test('only the hash of the secret is kept', async () => {
  const { secret } = await asked();
  const { rows } = await sql<{ secret_hash: string }>`select secret_hash from drafts where secret_hash in (${secret}, ${hashOf(secret)})`.execute(
    visitor.db,
  );
  expect(rows).toEqual([{ secret_hash: hashOf(secret) }]);
});

test('another browser finds nothing', async () => {
  await asked();
  expect(await draft(visitor, 'x'.repeat(43), edition)).toBe(null);
});

test('a swap brings another of the same kind, and undo the first one back', async () => {
  const { secret, draft: first } = await asked();
  const gone = first.choices[2]!.session;
  const swapped = (await swap(visitor, secret, edition, gone)).draft;
  expect({ kinds: kinds(swapped), kept: codes(swapped).slice(0, 2), isOther: swapped.choices[2]?.session !== gone }).toEqual({
    kinds: ['fit', 'fit', 'surprise'],
    kept: codes(first).slice(0, 2),
    isOther: true,
  });
  expect(codes((await undo(visitor, secret, edition)).draft)).toEqual(codes(first));
});

test('swapping on and on ends with a word that there is no other, never with an empty place', async () => {
  const { secret } = await asked();
  let last: Draft | null = null;
  for (let turn = 0; turn < 15; turn++) {
    const now: Draft | null = last ?? (await proposal(visitor, secret, edition));
    last = (await swap(visitor, secret, edition, now!.choices[2]!.session)).draft;
  }
  expect({ what: last?.last?.what, count: last?.choices.length }).toEqual({ what: 'none-left', count: 3 });
});

test('one more, and one out that stays out', async () => {
  const { secret, draft: first } = await asked();
  const four = (await more(visitor, secret, edition, 'surprise')).draft;
  expect({ kinds: kinds(four), first: codes(four).slice(0, 3) }).toEqual({ kinds: ['fit', 'fit', 'surprise', 'surprise'], first: codes(first) });
  await remove(visitor, secret, edition, first.choices[0]!.session);
  expect(codes(await proposal(visitor, secret, edition))).toEqual(codes(four).slice(1));
});

test('a session that is cancelled is replaced, the others stay', async () => {
  const { secret, draft: first } = await asked();
  const [gone = '', ...rest] = codes(first);
  await cancel(gone);
  const now = await proposal(visitor, secret, edition);
  await uncancel(gone);
  expect({
    rest: rest.every((code) => codes(now).includes(code)),
    gone: codes(now).includes(gone),
    count: codes(now).length,
    losses: now?.losses,
  }).toEqual({ rest: true, gone: false, count: 3, losses: [{ session: gone, why: 'session-cancelled' }] });
});

test('two tabs at once each keep their own answer, and the one that is behind is told', async () => {
  const { secret } = await asked('');
  const version = (await draft(visitor, secret, edition))!.draft.version;
  const [one, other] = (await Promise.all([
    answer(visitor, secret, edition, '2-themas', form({ themes: 'inkoop', version: String(version) })),
    answer(visitor, secret, edition, '3-wanneer', form({ parts: 'morning', version: String(version) })),
  ])) as [Kept, Kept];
  const { answers } = (await draft(visitor, secret, edition))!.draft;
  expect({ themes: answers.themes, parts: answers.parts, behind: [one.isBehind, other.isBehind].sort() }).toEqual({
    themes: ['inkoop'],
    parts: ['morning'],
    behind: [false, true],
  });
});

test('after thirty days the draft has gone, and what is posted then begins a new one and says so', async () => {
  const { secret } = await asked();
  const later = testVisit({ now: days(30) });
  expect(await draft(later, secret, edition)).toBe(null);
  const kept = (await answer(later, secret, edition, '2-themas', form({ themes: 'inkoop' }))) as Kept;
  expect({ isAnew: kept.isAnew, secret: kept.secret, answers: [kept.draft.answers.question, kept.draft.answers.themes] }).toEqual({
    isAnew: true,
    secret,
    answers: ['', ['inkoop']],
  });
});

test('a draft that is touched lives another thirty days; the others are found no more', async () => {
  const [touched, other] = [await asked(), await asked()];
  await answer(testVisit({ now: days(20) }), touched.secret, edition, '1-vraag', form({ question: 'data' }));
  const later = testVisit({ now: days(35) });
  expect([(await draft(later, touched.secret, edition)) !== null, await draft(later, other.secret, edition)]).toEqual([true, null]);
});

test('nothing is claimed before somebody has signed in and confirms', async () => {
  const { secret, draft: first } = await asked();
  expect(await submit(visitor, secret, edition)).toEqual({ refused: 'not-signed-in' });
  const left = await Promise.all(codes(first).map(async (code) => (await programme.session(visitor, code))?.placesLeft.online));
  expect(left).toEqual([1, 1, 1]);
});

test('confirming puts every choice in the programme as what it is, and remembers who they work for', async () => {
  const other = await editionWith(titles, 'in-het-echt');
  const me = await somebody();
  const kept = (await answer(visitor, null, other, '1-vraag', form({ question: 'inkopen' }))) as Kept;
  await proposal(visitor, kept.secret, other);
  await answer(me, kept.secret, other, '5-wie-ben-je', form({ organisation: 'rdw', accessNeeds: 'ringleiding', agreed: 'yes' }));
  const done = await submit(me, kept.secret, other);
  expect(done).toMatchObject({ isNew: true, outcomes: [{ standing: 'held' }, { standing: 'held' }, { standing: 'held' }] });
  expect((await itinerary.mine(me, other.id)).map(({ seat }) => seat.chosenAs).sort()).toEqual(['fit', 'fit', 'surprise']);
  const { rows } =
    await sql`select o.slug, p.access_needs from people p join organisations o on o.id = p.organisation_id where p.id = ${me.person!.id}`.execute(
      visitor.db,
    );
  expect(rows).toEqual([{ slug: 'rdw', access_needs: 'ringleiding' }]);
});

test('a double click, a retry and ten at once are one registration', async () => {
  const other = await editionWith(titles, 'tien-tegelijk');
  const me = await somebody();
  const kept = (await answer(visitor, null, other, '1-vraag', form({ question: 'inkopen' }))) as Kept;
  const { version } = (await proposal(visitor, kept.secret, other))!;
  const all = await Promise.all(Array.from({ length: 10 }, () => submit(me, kept.secret, other, version)));
  expect(all.filter((one) => 'isNew' in one && one.isNew)).toHaveLength(1);
  expect(all.every((one) => 'outcomes' in one && one.outcomes.length === 3)).toBe(true);
  expect((await lines(me, { person: me.person!.id })).map(({ what }) => what).sort()).toEqual([
    'registration-confirmed',
    'seat-held',
    'seat-held',
    'seat-held',
  ]);
});

test('negative control: when confirmations do not wait for each other, one click too many is one registration too many', async () => {
  const other = await editionWith(titles, 'zonder-slot');
  const me = await somebody();
  const kept = (await answer(visitor, null, other, '1-vraag', form({ question: 'inkopen' }))) as Kept;
  await proposal(visitor, kept.secret, other);
  const unguarded = watched(me, (statement) => statement.replace('pg_advisory_xact_lock(', 'abs('));
  const all = await Promise.all(Array.from({ length: 10 }, () => submit(unguarded, kept.secret, other)));
  expect(all.filter((one) => 'isNew' in one && one.isNew).length).toBeGreaterThan(1);
});

test('two who confirm the same choices at once wait for nobody, and the second stands in line', async () => {
  const other = await editionWith(titles, 'twee-tegelijk');
  const people = await Promise.all([somebody(), somebody(), somebody(), somebody()]);
  const chosen = (await programme.sessions(visitor, other.id)).slice(0, 3).map(({ code }) => code);
  const secrets: string[] = [];
  for (const [nth] of people.entries()) {
    let secret: string | null = null;
    for (const code of nth % 2 === 0 ? chosen : chosen.toReversed()) secret = (await choose(visitor, secret, other, code)).secret;
    const before = (await draft(visitor, secret, other))!.draft;
    expect(codes(before)).toHaveLength(3);
    secrets.push(secret!);
  }
  const done = await Promise.all(people.map((me, nth) => submit(me, secrets[nth]!, other)));
  const standings = done.flatMap((one) => ('outcomes' in one ? one.outcomes.map(({ standing }) => standing) : [one.refused])).sort();
  expect(standings).toEqual([...Array<string>(3).fill('held'), ...Array<string>(9).fill('waiting')]);
});

test('what filled up, started or was cancelled meanwhile is told, and the rest is confirmed', async () => {
  const other = await editionWith(titles, 'intussen');
  const [full = '', off = '', good = ''] = (await programme.sessions(visitor, other.id)).map(({ code }) => code);
  const [me, first] = [await somebody(), await somebody()];
  let secret: string | null = null;
  for (const code of [full, off, good]) secret = (await choose(visitor, secret, other, code)).secret;
  await seats.claim(first, (await programme.session(visitor, full))!, null, 'own');
  await cancel(off);
  expect(await submit(me, secret, other)).toEqual({
    isNew: true,
    outcomes: [
      { session: full, standing: 'waiting', position: 1, refused: null },
      { session: off, standing: 'refused', position: null, refused: 'session-cancelled' },
      { session: good, standing: 'held', position: null, refused: null },
    ],
  });
});

test('where places are shared out later a choice becomes a wish; a wish that was there stays as it was', async () => {
  const other = await editionWith(titles, 'met-wensen');
  const [first, second, third] = (await programme.sessions(visitor, other.id)).map(({ code }) => code);
  const lead = testVisit({ person: { ...(await testPerson()), roles: [{ role: 'team', scope: other.slug }] } });
  const window = await wishes.planWindow(lead, other, { opensAt: days(-1), closesAt: days(0.01), sessions: [second!, third!], wanted: 3 });
  expect(window).toMatchObject({ state: 'open' });
  const me = await somebody();
  await wishes.wish(me, third!, { strength: 'must' });
  let secret: string | null = null;
  for (const code of [first!, second!, third!]) secret = (await choose(me, secret, other, code)).secret;
  expect(await submit(me, secret, other)).toEqual({
    isNew: true,
    outcomes: [
      { session: first, standing: 'held', position: null, refused: null },
      { session: second, standing: 'wished', position: null, refused: null },
      { session: third, standing: 'wished', position: null, refused: null },
    ],
  });
  expect(await wishes.wishesOf(me, other.id)).toEqual([
    { session: second, strength: 'want', attendance: null },
    { session: third, strength: 'must', attendance: null },
  ]);
});

test('what was wished already is not proposed again; once the window is over the guide says so', async () => {
  const other = await editionWith(titles, 'na-de-wensen');
  const [first] = (await programme.sessions(visitor, other.id)).map(({ code }) => code);
  const lead = testVisit({ person: { ...(await testPerson()), roles: [{ role: 'team', scope: other.slug }] } });
  const window = await wishes.planWindow(lead, other, { opensAt: days(-1), closesAt: days(0.01), sessions: [first!], wanted: 3 });
  const me = await somebody();
  await wishes.wish(me, first!, { strength: 'want' });
  // Each time by another chance.
  for (let time = 0; time < 10; time++) {
    const kept = await choose(me, null, other, first!);
    expect(codes(await proposal(me, kept.secret, other))).not.toContain(first);
  }
  await wishes.unwish(me, first!);
  const again = await choose(me, null, other, first!);
  expect('id' in window && (await wishes.drawNow(lead, window.id))).toMatchObject({ state: 'closed' });
  expect(await submit(me, again.secret, other)).toEqual({
    isNew: true,
    outcomes: [{ session: first, standing: 'refused', position: null, refused: 'window-closed' }],
  });
});

test('an overview that is behind is shown again before it is confirmed', async () => {
  const { secret, draft: first } = await asked();
  await remove(visitor, secret, edition, first.choices[0]!.session);
  expect(await submit(await somebody(), secret, edition, first.version)).toEqual({ refused: 'draft-changed' });
});

test('without a draft, and without a choice, nothing is confirmed', async () => {
  const me = await somebody();
  expect(await submit(me, null, edition)).toEqual({ refused: 'draft-gone' });
  const kept = await startAnew(visitor, null, edition);
  expect(await submit(me, kept.secret, edition)).toEqual({ refused: 'nothing-chosen' });
});

test('a session found without an account stands in the draft as chosen, of its own edition only', async () => {
  const other = await editionWith(titles.slice(0, 2), 'een-andere');
  const [theirs] = await programme.sessions(visitor, other.id);
  const [ours] = await programme.sessions(visitor, edition.id);
  const { secret } = await choose(visitor, null, edition, ours!.code);
  await choose(visitor, secret, edition, theirs!.code);
  const now = await proposal(visitor, secret, edition);
  expect(now?.choices.map(({ session, as }) => `${as === 'own' ? session : ''}${as}`)).toEqual([`${ours!.code}own`, 'fit', 'fit', 'surprise']);
});

test('a new round keeps the answers, also in another browser, and looks for what is asked', async () => {
  const other = await editionWith(titles, 'nog-een-ronde');
  const me = await somebody();
  const kept = (await answer(visitor, null, other, '1-vraag', form({ question: 'inkopen' }))) as Kept;
  await proposal(visitor, kept.secret, other);
  await submit(me, kept.secret, other);
  const { secret } = await lookFor(me, null, other, { fits: 0, surprises: 1 });
  const now = await proposal(me, secret, other);
  const mine = (await itinerary.mine(me, other.id)).map(({ session }) => session.code);
  expect({ question: now?.answers.question, kinds: kinds(now), isNew: codes(now).every((code) => !mine.includes(code)) }).toEqual({
    question: 'inkopen',
    kinds: ['surprise'],
    isNew: true,
  });
});

test('answering again after confirming begins a new round', async () => {
  const { secret } = await asked();
  const me = await somebody();
  await submit(me, secret, edition);
  const kept = (await answer(me, secret, edition, '2-themas', form({ themes: 'anders' }))) as Kept;
  expect({ choices: kept.draft.choices, isConfirmed: (await draft(me, secret, edition))?.isConfirmed }).toEqual({ choices: [], isConfirmed: false });
});

test('a step is opened once and stays open', async () => {
  const { secret } = await asked();
  await reach(visitor, secret, edition, '6-overzicht');
  expect((await reach(visitor, secret, edition, '5-wie-ben-je')).draft.reached).toBe(6);
});

test('a confirmation that fails halfway leaves nothing behind', async () => {
  const { secret } = await asked('brieven');
  const me = await somebody();
  await expect(
    atOnce(me, async (visit) => {
      await submit(visit, secret, edition);
      throw new Error('the world breaks');
    }),
  ).rejects.toThrow('the world breaks');
  expect([await itinerary.mine(me, edition.id), (await draft(me, secret, edition))?.isConfirmed, await lines(me, { person: me.person!.id })]).toEqual(
    [[], false, []],
  );
});

test('what somebody took up elsewhere meanwhile is no longer asked, and the rest of the proposal stays', async () => {
  const other = await editionWith(titles, 'elders-gekozen');
  const me = await somebody();
  const kept = (await answer(me, null, other, '1-vraag', form({ question: 'inkopen' }))) as Kept;
  const first = await proposal(me, kept.secret, other);
  await itinerary.add(me, codes(first)[0]!);
  expect(codes(await proposal(me, kept.secret, other))).toEqual(codes(first).slice(1));
});

test('a first answer in another edition is no draft that has gone', async () => {
  const { secret } = await asked();
  const other = await editionWith(titles.slice(0, 2), 'nooit-begonnen');
  const kept = (await answer(visitor, secret, other, '1-vraag', form({ question: 'data' }))) as Kept;
  expect({ isAnew: kept.isAnew, here: (await draft(visitor, secret, edition))?.draft.answers.question }).toEqual({
    isAnew: false,
    here: 'ik wil sneller inkopen',
  });
});

test('a browser of which nothing is left had a draft that has gone', async () => {
  const { secret } = await asked();
  await sql`delete from drafts where secret_hash = ${hashOf(secret)}`.execute(visitor.db);
  expect([await isGone(visitor, secret, edition), await isGone(visitor, null, edition)]).toEqual([true, false]);
});
