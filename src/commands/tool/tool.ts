// What commands share: the operator's language, and options that are refused in a sentence.
import { parseArgs } from 'node:util';
import type { Language } from '#ground/visit.ts';
import { words } from '#words';

/** Dutch for who set Dutch, else English. */
export function languageOfTool(environment: Readonly<Record<string, string | undefined>> = process.env): Language {
  const set = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return set.toLowerCase().startsWith('nl') ? 'nl' : 'en';
}

export interface Options {
  readonly positionals: readonly string[];
  readonly values: ReadonlyMap<string, string>;
  readonly flags: ReadonlySet<string>;
}

/** What was typed: options with a value, options without; or a sentence about what is not known. */
export function readOptions(
  args: readonly string[],
  valued: readonly string[],
  flagged: readonly string[],
  language: Language,
): Options | { readonly wrong: string } {
  const t = words(language);
  const known = Object.fromEntries([
    ...valued.map((name) => [name, { type: 'string' as const }]),
    ...flagged.map((name) => [name, { type: 'boolean' as const }]),
  ]);
  const { tokens, positionals } = parseArgs({ args: [...args], options: known, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string>();
  const flags = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    if (flagged.includes(token.name) && token.value === undefined) flags.add(token.name);
    else if (!valued.includes(token.name)) return { wrong: t('exchange.unknown-option', { option: token.rawName }) };
    else if (token.value === undefined || token.value === '' || (!token.inlineValue && token.value.startsWith('--')))
      return { wrong: t('exchange.no-value', { option: token.rawName }) };
    else values.set(token.name, token.value);
  }
  return { positionals, values, flags };
}

export function fail(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 1;
}
