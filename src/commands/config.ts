import { settings } from '#ground/config.server.ts';
import type { Visit } from '#ground/visit.ts';
import { words } from '#words';
import { fail, languageOfTool } from './tool/tool.ts';

const t = words(languageOfTool());

export const help = t('exchange.help-config');

/** Tells every setting and what it is for; with --values as they are set here, and nothing secret. */
export function run(_visit: Visit, args: readonly string[]): Promise<number> {
  const strange = args.find((arg) => arg !== '--values');
  if (strange !== undefined) return Promise.resolve(fail(t('exchange.unknown-option', { option: strange })));
  const lines =
    args.length > 0 ? valuesIn(process.env) : Object.entries(settings.shape).map(([name, it]) => `${name.padEnd(23)} ${it.description ?? ''}`);
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return Promise.resolve(0);
}

/** What is set; a password in an address and a token are covered. */
export const valuesIn = (environment: Readonly<Record<string, string | undefined>>): string[] =>
  Object.keys(settings.shape).flatMap((name) => {
    const value = environment[name];
    return value ? [`${name}=${/TOKEN|SECRET|PASSWORD/.test(name) ? '***' : value.replace(/(\w+:\/\/[^/@\s]*?:)[^/\s]*@/g, '$1***@')}`] : [];
  });
