import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Visit } from '#ground/visit.ts';
import * as journal from '#rooms/journal';
import { sentence, words } from '#words';
import { fail, languageOfTool, readOptions } from './tool/tool.ts';

const language = languageOfTool();
const t = words(language);

export const help = t('upkeep.help-journal');

/** Checks the chain of seals, or gives the newest one; ends with 1 when something is not as it was sealed. */
export async function run(visit: Visit, args: readonly string[]): Promise<number> {
  const asked = readOptions(args, ['anchor'], ['json'], language);
  if ('wrong' in asked) return fail(asked.wrong);
  if (asked.positionals[0] === 'anchor' && asked.positionals.length === 1) return anchor(visit);
  if (asked.positionals[0] !== 'verify' || asked.positionals.length > 1) return fail(help);
  const file = asked.values.get('anchor');
  const anchors = file === undefined ? [] : await anchorsIn(file);
  if (anchors === null) return fail(t('upkeep.journal-anchor-unreadable', { file: file ?? '' }));
  const verdict = await journal.verify(visit, anchors);
  process.stdout.write(`${asked.flags.has('json') ? JSON.stringify(verdict) : inWords(verdict)}\n`);
  return verdict.found === 0 ? 0 : 1;
}

async function anchor(visit: Visit): Promise<number> {
  const newest = await journal.anchor(visit);
  if (!newest) return fail(t('upkeep.journal-none'));
  process.stdout.write(`${JSON.stringify(newest)}\n`);
  return 0;
}

const shape = z.object({ number: z.int().min(1), hash: z.string().regex(/^[0-9a-f]{64}$/) });

/** The anchors in a file, a line each; null when it is no such file. */
async function anchorsIn(file: string): Promise<z.infer<typeof shape>[] | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const read = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => shape.safeParse(parsed(line)));
  const anchors = read.flatMap(({ data }) => data ?? []);
  return anchors.length === 0 || anchors.length < read.length ? null : anchors;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function inWords({ seals, lines, waiting, found, deviations }: journal.Verdict): string {
  const counts = t('upkeep.journal-read', { seals, lines, waiting });
  if (found === 0) return `${counts}\n${t('upkeep.journal-clean')}`;
  const told = deviations.slice(0, 100);
  const more = found - told.length;
  return [
    counts,
    t('upkeep.journal-faults', { count: found }),
    ...told.map(({ code, line = '', seal = '' }) => `  ${sentence(language, `upkeep.journal-fault-${code}`, { line, seal })}`),
    ...(more > 0 ? [t('upkeep.journal-more', { count: more })] : []),
  ].join('\n');
}
