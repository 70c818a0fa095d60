import { config } from '#ground/config.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { isId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import { sentence } from '#words';
import { register } from './register.ts';
import type { Taken } from './take-along.ts';
import * as queries from './queries.server.ts';

/** Everything that is kept of the visitor, by the register; that they took it is written down. */
export const takeAlong = (visit: Visit): Promise<Taken | Refusal<'not-signed-in'>> =>
  atOnce(visit, async (visit) => {
    const { person } = visit;
    if (!person) return { refused: 'not-signed-in' };
    const about = register.filter(({ whose, told }) => whose !== null && told.length > 0);
    const parts: Taken['parts'][number][] = [];
    for (const kept of about) {
      const rows = await queries.toldOf(visit.db, kept, { person: person.id, email: person.email });
      parts.push({
        name: kept.name,
        what: sentence(visit.language, `privacy.what-${kept.name}`),
        why: sentence(visit.language, `privacy.why-${kept.purpose}`),
        rows,
      });
    }
    await record(visit, { what: 'data-taken', person: person.id });
    return { takenAt: visit.now.toISOString(), from: config().baseUrl.origin, email: person.email, parts: await named(visit, parts) };
  });

const numbered: Readonly<Record<string, string>> = { session_id: 'session', edition_id: 'edition', organisation_id: 'organisation' };

/** Numbers of sessions, editions and organisations become what people call them. */
async function named(visit: Visit, parts: Taken['parts']): Promise<Taken['parts']> {
  const ids = parts.flatMap(({ rows }) =>
    rows.flatMap((row) => Object.keys(numbered).flatMap((column) => (typeof row[column] === 'string' && isId(row[column]) ? [row[column]] : []))),
  );
  const names = await queries.namesOf(visit.db, [...new Set(ids)]);
  const nameOf = ([column, value]: [string, unknown]): [string, unknown] => {
    const name = numbered[column];
    return name === undefined ? [column, value] : [name, typeof value === 'string' ? (names.get(value) ?? value) : value];
  };
  return parts.map((part) => ({ ...part, rows: part.rows.map((row) => Object.fromEntries(Object.entries(row).map(nameOf))) }));
}
