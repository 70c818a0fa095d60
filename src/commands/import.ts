import type { Visit } from '#ground/visit.ts';
import { importFile } from '#rooms/exchange';
import { isUnreadable } from '#rooms/exchange/imported.ts';
import { csvFields, readColumn } from '#rooms/exchange/mapping.ts';
import { reportInJson, reportInWords, unreadableInWords } from '#rooms/exchange/report.ts';
import { readDay, readZone } from '#rooms/exchange/when.ts';
import { words } from '#words';
import { fail, languageOfTool, readOptions } from './tool/tool.ts';

const language = languageOfTool();
const t = words(language);

export const help = t('exchange.help-import');

/** Reads a programme of somebody else into an edition; the report goes to standard output, what is wrong to standard error. */
export async function run(visit: Visit, args: readonly string[]): Promise<number> {
  const asked = readOptions(args, ['edition', 'time-zone', 'starts', 'map'], ['dry-run', 'json'], language);
  if ('wrong' in asked) return fail(asked.wrong);
  const [file, ...more] = asked.positionals;
  const [slug, timeZone, starts] = ['edition', 'time-zone', 'starts'].map((name) => asked.values.get(name));
  if (file === undefined) return fail(t('exchange.no-file'));
  if (more.length > 0) return fail(t('exchange.one-file'));
  if (slug === undefined) return fail(t('exchange.no-edition'));
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) || slug.length > 80) return fail(t('exchange.bad-slug', { slug }));
  if (timeZone !== undefined && readZone(timeZone) === null) return fail(t('exchange.bad-zone', { zone: timeZone }));
  if (starts !== undefined && (starts.length !== 10 || readDay(starts) === null)) return fail(t('exchange.bad-date', { date: starts }));

  const columns = (asked.values.get('map') ?? '')
    .split(',')
    .filter((one) => one !== '')
    .map((one) => [one, readColumn(one)] as const);
  const wrong = columns.find(([, column]) => column === null);
  if (wrong) return fail(t('exchange.bad-map', { given: wrong[0], fields: csvFields.join(', ') }));

  const map = Object.fromEntries(columns.flatMap(([, column]) => (column === null ? [] : [column])));
  const report = await importFile({ ...visit, language }, file, {
    slug,
    timeZone,
    starts,
    columns: asked.values.has('map') ? map : undefined,
    isDryRun: asked.flags.has('dry-run'),
  });
  if (isUnreadable(report)) return fail(unreadableInWords(report, language));
  process.stdout.write(`${asked.flags.has('json') ? reportInJson(report, language) : reportInWords(report, language)}\n`);
  return 0;
}
