import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import * as exchange from '#rooms/exchange';
import { isUnreadable } from '#rooms/exchange/imported.ts';
import { csvFields, merged, noMapping } from '#rooms/exchange/mapping.ts';
import { changeInWords, countsOf, remarkInWords, unreadableInWords } from '#rooms/exchange/report.ts';
import { readDay, readZone } from '#rooms/exchange/when.ts';
import * as programme from '#rooms/programme';
import { fieldIn } from '#ui/field.ts';
import { pageAt } from '#ui/page.ts';
import { leader } from '../entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** What comes in and goes out, and what a file that was tried would do. */
export const load: PageServerLoad = async (event) => {
  const { visit, edition } = leader(event);
  const id = event.url.searchParams.get('proef');
  const [earlier, conflicts, trial, themes] = await Promise.all([
    exchange.earlierImports(visit, edition.id),
    programme.conflictsOf(visit, edition.id),
    id === null ? null : exchange.trialOf(edition.slug, id),
    programme.themes(visit, edition.id),
  ]);
  const open = conflicts.filter(({ choice }) => choice === null).length;
  return { edition, earlier, open, themes, isGone: id !== null && trial === null, trial: trial && shownTrial(trial, event) };
};

function shownTrial(trial: exchange.Trial, { url, locals }: Pick<RequestEvent, 'url' | 'locals'>) {
  const { language } = locals.visit;
  const { id, origin, state, found } = trial;
  if (isUnreadable(found))
    return { id, origin, state, whyNot: unreadableInWords(found, language), columns: columnsIn(found.values['columns']), found: null };
  const only = url.searchParams.get('alleen') ?? '';
  const rows = found.rows.filter(
    (row) =>
      only === '' || row.result === only || (only === 'remarks' && row.remarks.length > 0) || (only === 'conflicts' && row.conflicts.length > 0),
  );
  const page = pageAt(rows.length, url.searchParams.get('pagina'), 50);
  return {
    id,
    origin,
    state,
    whyNot: null,
    columns: found.words?.columns ?? [],
    found: {
      only,
      page,
      counts: countsOf(found),
      newThemes: found.newThemes,
      words: found.words ?? null,
      source: found.source ?? null,
      conflicts: found.rows.filter((row) => row.conflicts.length > 0).length,
      remarks: found.remarks.map((one) => remarkInWords(one, language)),
      missing: found.missing.slice(0, 100),
      rows: rows.slice(page.from, page.until).map((row) => ({
        ...row,
        remarks: row.remarks.map((one) => remarkInWords(one, language)),
        changes: row.changes.map((one) => changeInWords(one, language, locals.edition?.timeZone)),
        conflicts: row.conflicts.map((one) => changeInWords(one, language, locals.edition?.timeZone)),
      })),
    },
  };
}
const columnsIn = (value: unknown): readonly string[] => (typeof value === 'string' ? value.split(', ') : []);

export const actions: Actions = {
  proef: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    const file = form.get('file');
    const typed = { address: fieldIn(form, 'address', 1_000), starts: fieldIn(form, 'starts', 10), zone: fieldIn(form, 'zone', 60) };
    const problems = {
      ...(typed.starts !== '' && readDay(typed.starts) === null && { starts: 'problem.import-day' }),
      ...(typed.zone !== '' && readZone(typed.zone) === null && { zone: 'problem.import-zone' }),
      ...(typed.address === '' && !(file instanceof File && file.size > 0) && { file: 'problem.import-nothing' }),
    };
    if (Object.keys(problems).length > 0) return fail(400, { typed, problems });
    const isFile = file instanceof File && file.size > 0;
    const bytes = isFile ? new Uint8Array(await file.arrayBuffer()) : await exchange.fetchAt(typed.address);
    if ('unreadable' in bytes) return fail(409, { typed, whyNot: unreadableInWords(bytes, visit.language) });
    const origin = isFile ? file.name.slice(0, 200) : (URL.parse(typed.address)?.host ?? typed.address);
    const options = { slug: edition.slug, timeZone: typed.zone || edition.timeZone, starts: typed.starts || undefined, columns: undefined };
    return to(event, await exchange.tryImport(visit, bytes, { ...options, origin }));
  },

  neem: async (event) => {
    const { visit, edition } = leader(event);
    const trial = await exchange.trialOf(edition.slug, fieldIn(await event.request.formData(), 'proef', 43));
    if (trial === null) return fail(409, { refused: 'refused.trial-gone' });
    await exchange.takeTrial(visit, trial);
    return to(event, trial);
  },

  /** What they call it, and what we call it; kept for the next time. */
  koppel: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    const trial = await exchange.trialOf(edition.slug, fieldIn(form, 'proef', 43));
    if (trial === null) return fail(409, { refused: 'refused.trial-gone' });
    const source = isUnreadable(trial.found) ? 'csv' : trial.found.source;
    const said = (prefix: string): Record<string, string> =>
      Object.fromEntries(
        [...form].flatMap(([name, value]) =>
          name.startsWith(prefix) && typeof value === 'string' && value.trim() !== ''
            ? [[name.slice(prefix.length), value.trim().slice(0, 200)] as const]
            : [],
        ),
      );
    const columns = Object.fromEntries(csvFields.flatMap((field) => (said('column-')[field] ? [[field, said('column-')[field]!] as const] : [])));
    const known = (await exchange.mappingsOf(visit, edition.slug))[source] ?? noMapping;
    await exchange.keepMapping(visit, edition.slug, source, merged(known, { columns, themes: said('theme-'), rooms: said('room-') }));
    const again = await exchange.tryAgain(visit, trial, undefined);
    return again ? to(event, again) : fail(409, { refused: 'refused.trial-gone' });
  },
};

const to = (event: RequestEvent, { id }: exchange.Trial): never =>
  redirect(303, `${address(event.locals.place, '/organisatie/uitwisseling')}?proef=${id}`);
