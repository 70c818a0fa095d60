import type { Visit } from '#ground/visit.ts';
import { edition } from '#rooms/programme';
import { ledger } from '#rooms/seats';
import { sentence, words } from '#words';
import { fail, languageOfTool, readOptions } from './tool/tool.ts';

const language = languageOfTool();
const t = words(language);

export const help = t('seats.help-ledger');

/** Says whether the journal and the seats tell the same story; ends with 1 when they do not. */
export async function run(visit: Visit, args: readonly string[]): Promise<number> {
  const asked = readOptions(args, ['edition'], ['json'], language);
  if ('wrong' in asked) return fail(asked.wrong);
  const slug = asked.values.get('edition');
  const found = slug === undefined ? null : await edition(visit, slug);
  if (slug !== undefined && !found) return fail(t('exchange.edition-missing', { slug }));
  const report = await ledger(visit, found ? { edition: found.id } : {});
  const said = asked.flags.has('json') ? JSON.stringify(report) : inWords(report);
  process.stdout.write(`${said}\n`);
  return report.found === 0 ? 0 : 1;
}

function inWords({ sessions, turns, seats, found, deviations }: Awaited<ReturnType<typeof ledger>>): string {
  const counts = t('seats.ledger-read', { sessions, turns, seats });
  if (found === 0) return `${counts}\n${t('seats.ledger-clean')}`;
  const lines = deviations.map(({ session, code, values }) => `  ${session}: ${sentence(language, `seats.ledger-fault-${code}`, values)}`);
  const more = found - deviations.length;
  return [counts, t('seats.ledger-faults', { count: found }), ...lines, ...(more > 0 ? [t('seats.ledger-more', { count: more })] : [])].join('\n');
}
