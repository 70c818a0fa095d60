// The first start: a house with something to look at. It happens once, whatever is removed later.
import { sql } from 'kysely';
import { atOnce } from '#ground/database.server.ts';
import { isRefusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { welcome } from '#rooms/identity';
import { sessions as examples } from '#rooms/programme/example/all.ts';
import { session, setVisibility } from '#rooms/programme';
import { claim } from '#rooms/seats';
import { exampleAround, guidOf, innovember2020 } from './example.ts';
import { importProgramme } from './exchange.server.ts';
import { dayOf } from './when.ts';

/** Loads the example month around today and what is known of INNOvember 2020. */
export const loadExamples = (visit: Visit): Promise<void> =>
  atOnce(visit, async (visit) => {
    const { rows } =
      await sql`insert into installation (fact, noted_at) values ('examples-loaded', ${visit.now}) on conflict (fact) do nothing returning fact`.execute(
        visit.db,
      );
    if (rows.length === 0) return;
    await importProgramme(visit, innovember2020(), { slug: 'innovember-2020' });
    const month = await importProgramme(visit, exampleAround(dayOf(visit.now, 'Europe/Amsterdam')), { slug: 'voorbeeld', isExample: true });
    const codes = new Map(month.rows.map((row) => [row.id, row.code!]));
    const codesOf = (which: typeof examples) => which.map(({ key }) => codes.get(guidOf(key))!);
    await fill(visit, codesOf(examples.filter(({ full }) => full)));
    await setVisibility(visit, codesOf(examples.filter(({ visibility }) => visibility === 'internal')), 'internal');
  });

/** Some sessions are full from the start. Whoever sits there has an address that no mail can reach (RFC 2606). */
async function fill(visit: Visit, codes: readonly string[]): Promise<void> {
  for (const code of codes) {
    const full = await session(visit, code);
    if (!full) continue;
    const places = (full.capacity.onSite ?? 0) + (full.capacity.online ?? 0);
    for (let nth = 1; nth <= places; nth++) {
      const person = await welcome(visit, `voorbeeld-${nth}@voorbeeld.invalid`);
      if (!isRefusal(person)) await claim({ ...visit, person }, full, null, 'own');
    }
  }
}
