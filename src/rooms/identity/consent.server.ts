// Consent is a yes in the log, and what was said yes to is there only as long as the last yes holds: both change together.
import { sql } from 'kysely';
import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { PersonId } from '#ground/id.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { textVersions, type Consent, type Purpose } from './consent.ts';

/** Everything that the visitor said yes to, the newest first. */
export async function consentsOf({ db, person }: Visit): Promise<Consent[]> {
  if (!person) return [];
  const { rows } = await sql<Consent>`
    select purpose, text_version as "textVersion", given_at as "givenAt", withdrawn_at as "withdrawnAt"
    from consents where person_id = ${person.id} order by given_at desc, id desc limit 1000`.execute(db);
  return rows;
}

/** Notes that somebody said yes, to the text as it is now. Belongs in the transaction that writes what they said yes to. */
export async function agree(visit: Visit, person: PersonId, purpose: Purpose): Promise<void> {
  await end(visit, person, purpose);
  await sql`insert into consents (id, person_id, purpose, text_version, given_at)
    values (${newId<'consent'>(visit.now)}, ${person}, ${purpose}, ${textVersions[purpose]}, ${visit.now})`.execute(visit.db);
  await record(visit, { what: 'consent-given', person, details: { purpose, text: textVersions[purpose] } });
}

/** The visitor takes a yes back: what they said yes to is forgotten at once. */
export const withdraw = (visit: Visit, purpose: Purpose): Promise<void> =>
  atOnce(visit, async (visit) => {
    const person = visit.person?.id;
    if (!person) return;
    await visit.db
      .updateTable('people')
      .set(purpose === 'access-needs' ? { access_needs: null } : { name: null })
      .where('id', '=', person)
      .execute();
    await disagree(visit, person, purpose);
  });

/** Notes that a yes holds no more; nothing when there was none. */
export async function disagree(visit: Visit, person: PersonId, purpose: Purpose): Promise<void> {
  if (await end(visit, person, purpose)) await record(visit, { what: 'consent-withdrawn', person, details: { purpose } });
}

async function end({ db, now }: Visit, person: PersonId, purpose: Purpose): Promise<boolean> {
  const { rows } = await sql`
    update consents set withdrawn_at = ${now} where person_id = ${person} and purpose = ${purpose} and withdrawn_at is null returning 1`.execute(db);
  return rows.length > 0;
}
