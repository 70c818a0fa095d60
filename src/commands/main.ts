// The operator's tool: one file per command, each with `help` and `run`.
import { config } from '#ground/config.server.ts';
import { log } from '#ground/log.server.ts';
import type { Visit } from '#ground/visit.ts';
import { openHouse, visitOfHouse } from '../house.server.ts';

interface Command {
  /** The first line says in a sentence what it does. */
  readonly help: string;
  readonly run?: (visit: Visit, args: readonly string[]) => Promise<number>;
  /** In place of `run`, where no database is needed: it runs on any machine, whatever the settings. */
  readonly runAlone?: (args: readonly string[]) => Promise<number>;
}

const files = import.meta.glob<Command>(['./*.ts', '!./main.ts', '!./*.test.ts']);
const commands = new Map(Object.entries(files).map(([path, load]) => [path.slice(2, -3), load]));

process.exitCode = await main(process.argv.slice(2)).catch((fault: unknown) => {
  console.error(fault instanceof Error ? fault.message : String(fault));
  return 1;
});

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return overview();
  const load = commands.get(name);
  if (!load) {
    console.error(`There is no command '${name}'. npx innovember --help tells which there are.`);
    return 2;
  }
  const command = await load();
  if (args.includes('--help') || args.includes('-h')) return say(command.help);
  // Who runs a command reads its answer; the log speaks only of what is wrong.
  log.level = 'warn';
  if (command.runAlone) return command.runAlone(args);
  const house = await openHouse(config());
  try {
    return (await command.run?.(visitOfHouse(house.db, `innovember ${name}`), args)) ?? 0;
  } finally {
    await house.close();
  }
}

async function overview(): Promise<number> {
  const lines = await Promise.all(
    [...commands].sort().map(async ([name, load]) => `  ${name.padEnd(14)}${(await load()).help.trim().split('\n', 1)[0]}`),
  );
  return say(['npx innovember COMMAND [...]', '', ...lines, '', 'npx innovember COMMAND --help tells more.'].join('\n'));
}

function say(text: string): number {
  console.log(text.trimEnd());
  return 0;
}
