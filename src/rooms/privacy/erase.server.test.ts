import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '#ground/chance.server.ts';
import { testNow, testPerson, testVisit } from '#ground/testing.server.ts';
import type { PersonId } from '#ground/id.ts';
import { personOfCookie, signOut } from '#rooms/identity';
import { deliverDue } from '#rooms/mail';
import { claim, ledger, occupancy, seatIn } from '#rooms/seats';
import { asSomebody, sessionWith } from '#rooms/seats/session-with.testing.server.ts';
import { addErased, erasedIn } from './erased-list.server.ts';
import { livedBy, placesWith } from './life.testing.server.ts';
import { erase, eraseAgain, eraseMe, finishErasing, forgetWhatIsOver, keepErased } from './privacy.server.ts';

const visit = testVisit();
let dataDir: string;
let keeping: { readonly dataDir: string };
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'innovember-erase-'));
  keeping = { dataDir };
});

const papersWith = async (word: string): Promise<string[]> => {
  const files = (await readdir(join(dataDir, 'mail')).catch(() => [])).map((file) => join(dataDir, 'mail', file));
  const texts = await Promise.all(files.map(async (file) => ({ file, text: await readFile(file, 'utf8') })));
  return texts.filter(({ text }) => text.includes(word)).map(({ file }) => file);
};
const sent: { readonly recipient: string; readonly kind: string }[] = [];
const carrier = { carry: (letter: { recipient: string; kind: string }) => Promise.resolve(void sent.push(letter)), close: () => {} };
const carryAll = async (at = visit) => {
  while ((await deliverDue(() => at, carrier)) > 0);
};

test('who is erased is nowhere any more, in no column of the database and in no file, and who waited moves up', async () => {
  const me = await livedBy(dataDir, sessionWith);
  const next = await asSomebody();
  await claim(next, me.session, 'onSite', 'own');
  expect(await placesWith(me.word)).toContain('people');
  expect((await papersWith(me.word)).length).toBe(2);

  expect(await eraseMe(me.visit, keeping)).toBeUndefined();
  expect(await seatIn(next, me.session)).toMatchObject({ standing: 'held' });
  expect((await occupancy(visit, me.session)).places.onSite).toEqual({ capacity: 1, held: 1, offered: 0, waiting: 0, checkedIn: 0 });
  await carryAll();
  expect(sent.filter(({ recipient }) => recipient === me.email).map(({ kind }) => kind)).toEqual(['erased']);
  expect({ database: await placesWith(me.word), paper: await papersWith(me.word), ledger: (await ledger(visit)).deviations }).toEqual({
    database: [],
    paper: [],
    ledger: [],
  });
  // As a number they are only where the page says so.
  expect(await placesWith(me.person)).toEqual(['erasures', 'journal']);
});

test('who has a special role is erased after a strong sign-in only: a code can be read by somebody else', async () => {
  const person = await testPerson();
  const host = { role: 'host', scope: 'ABC' } as const;
  const byMail = { ...person, way: 'code' as const, withheld: [host] };
  expect(await eraseMe({ ...visit, person: byMail }, keeping)).toEqual({ refused: 'stronger-first' });
  expect(await eraseMe({ ...visit, person: { ...person, way: 'passkey', roles: [host] } }, keeping)).toBeUndefined();
});

test('negative control: to delete only the person leaves words of theirs, and the database does not even let it', async () => {
  const me = await livedBy(dataDir, sessionWith);
  await expect(sql`delete from people where id = ${me.person}`.execute(visit.db)).rejects.toThrow('seats_go_by_their_desk');
  await sql`alter table seats drop constraint seats_go_by_their_desk`.execute(visit.db);
  await sql`delete from seats where person_id = ${me.person}`.execute(visit.db);
  await sql`delete from people where id = ${me.person}`.execute(visit.db);
  await sql`alter table seats add constraint seats_go_by_their_desk foreign key (person_id) references people`.execute(visit.db);
  expect(await placesWith(me.word)).toEqual(['drafts', 'letters', 'proposer_invitations', 'reasons', 'role_offers', 'sign_in_codes']);
  expect((await ledger(visit)).deviations.map(({ code }) => code)).toEqual(expect.arrayContaining(['held-differs', 'seat-missing']));
  await sql`delete from seats`.execute(visit.db);
});

test('the sign-in and everything else by which somebody acts ends at once', async () => {
  const me = await livedBy(dataDir, sessionWith);
  const token = 'x'.repeat(43);
  await sql`update sign_ins set token_hash = encode(sha256(convert_to(${token}, 'UTF8')), 'hex') where person_id = ${me.person}`.execute(visit.db);
  expect((await personOfCookie(visit, token))?.id).toBe(me.person);
  await eraseMe(me.visit, keeping);
  expect(await personOfCookie(visit, token)).toBe(null);
  await signOut(visit, token);
});

test('it is written down beside the data and beside every backup before it is answered, as a number and a moment', async () => {
  const me = await livedBy(dataDir, sessionWith);
  const backups = await mkdtemp(join(tmpdir(), 'innovember-backups-'));
  await sql`insert into installation (fact, noted_at, value) values ('backup-folders', ${testNow}, ${JSON.stringify([backups, '/not/there'])})`.execute(
    visit.db,
  );
  await eraseMe(me.visit, keeping);
  const line = { person: me.person, at: testNow };
  expect([(await erasedIn(dataDir)).at(-1), await erasedIn(backups)]).toEqual([line, [line]]);
  expect(await readFile(join(backups, 'erased.jsonl'), 'utf8')).not.toContain(me.word);

  // A backup whose disk was away is told later.
  await rm(join(backups, 'erased.jsonl'));
  await keepErased(visit, keeping);
  expect(await erasedIn(backups)).toContainEqual(line);
});

test('half a line of a power cut spoils no other', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'innovember-half-'));
  const [one, two] = [newId<'person'>(testNow), newId<'person'>(testNow)];
  await addErased(folder, [{ person: one, at: testNow }]);
  await writeFile(join(folder, 'erased.jsonl'), '{"person":"0', { flag: 'a' });
  await addErased(folder, [{ person: two, at: testNow }]);
  expect((await erasedIn(folder)).map(({ person }) => person)).toEqual([one, two]);
});

test('who comes back with a backup is erased again, without another letter; who was not erased stays', async () => {
  const [me, other] = [await livedBy(dataDir, sessionWith), await asSomebody()];
  sent.length = 0;
  expect(await eraseAgain(visit, [me.person, newId<'person'>(testNow)], keeping)).toBe(1);
  await carryAll();
  expect({ word: await placesWith(me.word), told: sent.filter(({ recipient }) => recipient === me.email) }).toEqual({ word: [], told: [] });
  expect(await placesWith(other.person.id)).toContain('people');
});

test('an erasure that was cut short is finished by the worker, which then notes that nothing is left', async () => {
  const me = await livedBy(dataDir, sessionWith);
  // As far as the first step came.
  await sql`insert into erasures (person_id, asked_at) values (${me.person}, ${testNow})`.execute(visit.db);
  const later = testVisit({ now: new Date(testNow.getTime() + 6 * 60_000) });
  expect(await finishErasing(later, keeping)).toBeGreaterThan(0);
  await carryAll(later);
  const { rows } = await sql<{ at: Date }>`select erased_at as at from erasures where person_id = ${me.person}`.execute(visit.db);
  expect({ word: await placesWith(me.word), noted: rows[0]!.at }).toEqual({ word: [], noted: later.now });
});

test('the last letter is given up after eighteen hours: the promise is a day', async () => {
  const me = await livedBy(dataDir, sessionWith);
  await eraseMe(me.visit, keeping);
  await forgetWhatIsOver(testVisit({ now: new Date(testNow.getTime() + 17 * 3_600_000) }), keeping);
  expect(await placesWith(me.word)).toEqual(['letters']);
  await forgetWhatIsOver(testVisit({ now: new Date(testNow.getTime() + 19 * 3_600_000) }), keeping);
  expect(await placesWith(me.word)).toEqual([]);
});

test('who chooses at the very moment they are erased ends without a seat, and counts stay right', async () => {
  const session = await sessionWith({ online: 50 });
  const people = await Promise.all(Array.from({ length: 8 }, () => asSomebody()));
  await Promise.allSettled(people.flatMap((me) => [claim(me, session, 'online', 'own'), eraseMe(me, keeping), claim(me, session, 'online', 'own')]));
  for (const me of people) if ((await placesWith(me.person.email)).includes('people')) await erase(visit, me.person.id, keeping);
  expect((await occupancy(visit, session)).places.online).toMatchObject({ held: 0, waiting: 0 });
  expect((await ledger(visit)).deviations.filter((one) => one.session === session.code)).toEqual([]);
});

test('a seat in what nobody sees any more is given back too', async () => {
  const session = await sessionWith({ online: 5 });
  const me = await asSomebody();
  await claim(me, session, 'online', 'own');
  await sql`update sessions set state = 'accepted' where id = ${session.id}`.execute(visit.db);
  await eraseMe(me, keeping);
  expect((await occupancy(visit, session)).places.online).toMatchObject({ held: 0 });
});

test('the only administrator cannot go from a page; with another one, or by the operator, it is done', async () => {
  const [me, other] = [await asSomebody(), await testPerson()];
  const appoint = (id: PersonId) =>
    sql`insert into roles (person_id, role, scope, granted_at) values (${id}, 'admin', '', ${testNow})`.execute(visit.db);
  await appoint(me.person.id);
  expect(await eraseMe(me, keeping)).toEqual({ refused: 'last-administrator' });
  await appoint(other.id);
  expect(await eraseMe(me, keeping)).toBeUndefined();
  await erase(visit, other.id, keeping);
  expect(await placesWith(other.email)).toEqual(['letters']);
});

test('letters of others on paper stay where they are', async () => {
  const id = newId<'letter'>(testNow);
  const folder = join(dataDir, 'mail');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'een-briefje.txt'), 'van iemand');
  await sql`insert into letters (id, line_id, kind, recipient, language, created_at, due_at, sent_at) values (${id}, ${id}, 'session-changed', 'deelnemer-9@example.org', 'nl', ${testNow}, ${testNow}, ${testNow})`.execute(
    visit.db,
  );
  await writeFile(join(folder, `brief-${id}.eml`), 'To: deelnemer-9@example.org');
  await eraseMe((await livedBy(dataDir, sessionWith)).visit, keeping);
  expect(await readdir(folder)).toEqual(expect.arrayContaining(['een-briefje.txt', `brief-${id}.eml`]));
});
