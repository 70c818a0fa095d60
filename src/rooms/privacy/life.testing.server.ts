// Somebody of whom there is something in every entry of the register, with a word of theirs in every column that can
// hold one, so that a test can look for it everywhere.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql, type RawBuilder } from 'kysely';
import { newId, newSecret, hashOf } from '#ground/chance.server.ts';
import type { PersonId } from '#ground/id.ts';
import { testNow, testVisit } from '#ground/testing.server.ts';
import type { Person, Visit } from '#ground/visit.ts';
import { atOnce } from '#ground/database.server.ts';
import { record } from '#rooms/journal';
import { claim, removeByHand } from '#rooms/seats';
import type { Session } from '#rooms/programme/session.ts';

export interface Life {
  readonly visit: Visit & { readonly person: Person };
  readonly person: PersonId;
  readonly email: string;
  /** Stands in everything of theirs. */
  readonly word: string;
  /** They hold the only place; somebody else waits. */
  readonly session: Session;
}

/** Makes a session with so many places, some hours from the moment of the tests. */
type MakeSession = (asked: { readonly onSite: number; readonly startsIn?: number }) => Promise<Session>;

let lives = 0;
/** Makes somebody with a whole life here; `dataDir` gets a letter of theirs on paper. */
export async function livedBy(dataDir: string, sessionWith: MakeSession, now = testNow): Promise<Life> {
  const word = `kanarie${++lives}x${newId(now).slice(-6)}`;
  const { db } = testVisit();
  const run = (statement: RawBuilder<unknown>) => statement.execute(db);
  const id = newId<'person'>(now);
  const email = `${word}@example.org`;
  const organisation = newId(now);
  const later = new Date(now.getTime() + 3_600_000);
  await run(sql`insert into organisations (id, slug, name) values (${organisation}, ${`org-${organisation}`}, '{"nl":"Organisatie"}')`);
  await run(sql`insert into people (id, email, name, access_needs, organisation_id, created_at, seen_at)
    values (${id}, ${email}, ${`${word} naam`}, ${`${word} ringleiding`}, ${organisation}, ${now}, ${now})`);
  const person: Person = { id, email, isInternal: false, organisation: null, roles: [] };
  const visit = { ...testVisit({ person, now }), person };
  const session = await sessionWith({ onSite: 1, startsIn: 24 + (now.getTime() - testNow.getTime()) / 3_600_000 });
  const edition = (await sql<{ id: string }>`select edition_id as id from sessions where id = ${session.id}`.execute(db)).rows[0]!.id;
  await run(sql`update sessions set made_by = ${id} where id = ${session.id}`);
  await run(sql`insert into stories (id, edition_id, slug, title, byline, written_by, created_at, updated_at)
    values (${newId(now)}, ${edition}, ${`bericht-${newId(now)}`}, '{"nl":"Bericht"}', 'Redactie', ${id}, ${now}, ${now})`);
  await claim(visit, session, 'onSite', 'own');
  await run(sql`update seats set groups = ${[word]} where person_id = ${id}`);
  await run(
    sql`insert into consents (id, person_id, purpose, text_version, given_at) values (${newId(now)}, ${id}, 'door-name', 1, ${now}), (${newId(now)}, ${id}, 'access-needs', 1, ${now})`,
  );
  await run(sql`insert into roles (person_id, role, scope, granted_at) values (${id}, 'manager', ${word}, ${now})`);
  await run(
    sql`insert into invitations (code_hash, person_id, created_at, expires_at) values (${word + 'deuruitnodiging'}, ${id}, ${now}, ${later})`,
  );
  await run(sql`insert into role_offers (id, email, role, scope, offered_by, created_at, expires_at)
    values (${newId(now)}, ${email}, 'manager', ${word}, null, ${now}, ${later}), (${newId(now)}, 'ander@example.org', 'manager', ${`van-${newId(now)}`}, ${id}, ${now}, ${later})`);
  await run(sql`insert into proposals (session_id, decision, decided_at, decided_by) values (${session.id}, 'accept', ${now}, ${id})`);
  await run(sql`insert into assignments (session_id, person_id, assigned_at) values (${session.id}, ${id}, ${now})`);
  await run(sql`insert into conflicts (session_id, person_id, declared_at) values (${session.id}, ${id}, ${now})`);
  await run(
    sql`insert into reviews (session_id, person_id, scores, comment, written_at) values (${session.id}, ${id}, '{"new":3}', ${`${word} oordeel`}, ${now})`,
  );
  await run(sql`insert into proposers (session_id, person_id, position, joined_at) values (${session.id}, ${id}, 0, ${now})`);
  await run(sql`insert into proposer_invitations (id, session_id, email, invited_by, created_at, expires_at)
    values (${newId(now)}, ${session.id}, ${email}, null, ${now}, ${later}), (${newId(now)}, ${session.id}, 'ander@example.org', ${id}, ${now}, ${later})`);
  const signIn = newId(now);
  await run(sql`insert into sign_ins (id, person_id, token_hash, created_at, expires_at, device, level, provider_sign_in)
    values (${signIn}, ${id}, ${hashOf(newSecret())}, ${now}, ${later}, ${word}, ${word}, ${word})`);
  await run(sql`insert into passkeys (id, person_id, credential, public_key, name, transports, created_at, usable_at)
    values (${newId(now)}, ${id}, ${word}, '\\x01', ${word}, ${[word]}, ${now}, ${now})`);
  await run(sql`insert into provider_accounts (issuer, subject, person_id, created_at) values (${word}, ${word}, ${id}, ${now})`);
  await run(
    sql`insert into sign_in_codes (id, email, code_hash, browser_hash, created_at, expires_at) values (${newId(now)}, ${email}, 'x', 'x', ${now}, ${later})`,
  );
  await run(
    sql`insert into challenges (secret_hash, purpose, person_id, asked, expires_at) values (${word}, 'passkey-new', ${id}, ${JSON.stringify({ word })}, ${later})`,
  );
  await run(
    sql`insert into access_tokens (id, person_id, token_hash, scopes, name, created_at, expires_at) values (${newId(now)}, ${id}, ${hashOf(newSecret())}, ${['read']}, ${word}, ${now}, ${later})`,
  );
  await run(sql`insert into calendar_feeds (id, person_id, secret_hash, created_at) values (${newId(now)}, ${id}, ${hashOf(newSecret())}, ${now})`);
  const window = newId(now);
  await run(sql`insert into wish_windows (id, edition_id, opens_at, closes_at, is_all, wanted, seed, seed_hash, created_at)
    select ${window}, ${edition}, ${now}, ${later}, true, 3, seed, encode(sha256(convert_to(seed, 'UTF8')), 'hex'), ${now} from (select repeat('0', 64) as seed) s`);
  await run(sql`insert into wishers (window_id, person_id, pseudonym, wishes) values (${window}, ${id}, ${word}, 1)`);
  await run(sql`insert into wishes (window_id, person_id, session_id, strength, wished_at) values (${window}, ${id}, ${session.id}, 'must', ${now})`);
  await run(sql`insert into draw_people (window_id, person_id, share, why) values (${window}, ${id}, 1, ${JSON.stringify([{ word }])})`);
  await run(sql`insert into draw_places (window_id, session_id, person_id, attendance) values (${window}, ${session.id}, ${id}, 'onSite')`);
  await run(sql`insert into draw_lines (window_id, session_id, person_id, attendance, nth) values (${window}, ${session.id}, ${id}, 'online', 1)`);
  const answers = { answers: { email, question: word, accessNeeds: word } };
  await run(sql`insert into drafts (secret_hash, edition_id, answers, person_id, created_at, updated_at, expires_at)
    values (${hashOf(newSecret())}, ${edition}, ${JSON.stringify(answers)}, ${id}, ${now}, ${now}, ${later}),
      (${hashOf(newSecret())}, ${edition}, ${JSON.stringify(answers)}, null, ${now}, ${now}, ${later})`);
  const [letter, code] = [newId(now), newId(now)];
  await run(sql`insert into letters (id, line_id, kind, person_id, recipient, language, details, created_at, due_at, last_fault, sent_at)
    values (${letter}, ${newId(now)}, 'seat-moved-up', ${id}, ${email}, 'nl', ${JSON.stringify({ word })}, ${now}, ${now}, ${word}, ${now}),
      (${newId(now)}, ${newId(now)}, 'session-changed', ${id}, ${email}, 'nl', '{}', ${now}, ${later}, null, null),
      (${newId(now)}, ${newId(now)}, 'role-offered', null, ${email}, 'nl', '{}', ${now}, ${now}, null, ${now}),
      (${code}, ${newId(now)}, 'sign-in-code', null, ${email}, 'nl', '{}', ${now}, ${now}, null, ${now})`);
  await run(sql`insert into letter_choices (person_id, topic, often) values (${id}, 'mailings', 'daily')`);
  await run(sql`insert into unsubscribes (secret, person_id, what) values (${newSecret()}, ${id}, 'mailings')`);
  await run(sql`insert into mailings (id, edition_id, audience, subject, body, written_by, written_at, released_by, released_at)
    values (${newId(now)}, ${edition}, 'hosts', '{}', '{}', ${id}, ${now}, ${id}, ${now})`);
  await run(sql`insert into letter_templates (id, edition_id, kind, language, subject, body, changed_at, changed_by)
    values (${newId(now)}, ${edition}, 'session-changed', 'nl', 'x', 'x', ${now}, ${id})`);
  await run(sql`insert into placements (session_id, edition_id, placed_by, placed_at) values (${session.id}, ${edition}, ${id}, ${now})`);
  await run(sql`insert into board_changes (id, edition_id, made_by, made_at, moves) values (${newId(now)}, ${edition}, ${id}, ${now}, '[]')`);
  await run(
    sql`insert into releases (id, edition_id, number, released_at, released_by, changes) values (${newId(now)}, ${edition}, 1, ${now}, ${id}, '[]')`,
  );
  await run(
    sql`insert into optimisations (id, edition_id, asked_by, asked_at, settings, dropped_at) values (${newId(now)}, ${edition}, ${id}, ${now}, '{}', ${now})`,
  );
  await mkdir(join(dataDir, 'mail'), { recursive: true });
  for (const id of [letter, code])
    await writeFile(join(dataDir, 'mail', `2026-11-10T09-00-00.000Z-brief-${id}.eml`), `To: ${email}\r\n\r\n${word}\r\n`);
  await run(sql`insert into webhooks (id, edition_id, made_by, address, types, secret, created_at)
    values (${newId(now)}, ${edition}, ${id}, ${`https://${word}.example.org/`}, ${['x']}, ${word}, ${now})`);
  // By hand, with a reason in somebody's own words; and something that they did to another.
  const elsewhere = await sessionWith({ onSite: 1 });
  await claim(visit, elsewhere, 'onSite', 'own');
  await removeByHand(testVisit({ now }), elsewhere, id, `${word} is dubbel`);
  await atOnce(visit, (visit) => record(visit, { what: 'roll-downloaded', session: elsewhere.id }));
  return { visit, person: id, email, word, session };
}

/** Where in the whole database, the queue of the worker included, a word stands: as text, or as bytes. */
export async function placesWith(word: string): Promise<string[]> {
  const { db } = testVisit();
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE' order by 1, 2`.execute(db);
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const { rows } = await sql<{ is: boolean }>`
      select exists (select 1 from ${sql.table(`${schema}.${name}`)} as one
        where one::text ilike ${`%${word}%`} or one::text ilike ${`%${Buffer.from(word).toString('hex')}%`}) as is`.execute(db);
    if (rows[0]!.is) found.push(name);
  }
  return found;
}
