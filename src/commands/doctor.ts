import { config } from '#ground/config.server.ts';
import { examine, type Finding } from '#rooms/upkeep';
import { endOf, wrong } from '#rooms/upkeep/doctor/finding.ts';
import { sentence, words } from '#words';
import { openHouse, visitOfHouse } from '../house.server.ts';
import { fail, languageOfTool, readOptions } from './tool/tool.ts';

const language = languageOfTool();
const t = words(language);

export const help = t('tool.help-doctor');

/** How the installation is doing, beside a running server or alone; nothing is changed. */
export async function runAlone(args: readonly string[]): Promise<number> {
  const asked = readOptions(args, [], ['json'], language);
  if ('wrong' in asked) return fail(asked.wrong);
  const findings = await look();
  process.stdout.write(asked.flags.has('json') ? `${JSON.stringify(findings.map(told))}\n` : `${findings.map(line).join('\n')}\n`);
  return endOf(findings);
}

async function look(): Promise<Finding[]> {
  const settings = config();
  try {
    const house = await openHouse(settings, { asItIs: true });
    return await examine(visitOfHouse(house.db, 'innovember doctor'), settings, { isThorough: true }).finally(house.close);
  } catch (fault) {
    return [wrong('database-away', { why: fault instanceof Error ? fault.message : String(fault) })];
  }
}

const told = ({ state, code, values }: Finding) => ({ state, code, values, text: sentence(language, `tool.doctor-${code}`, values) });
const line = (finding: Finding): string => `${t(`tool.state-${finding.state}`).padEnd(16)} ${told(finding).text}`;
