// Kill -9 under load, of the app or of PostgreSQL, at a random moment; then it must work again, and nothing may be lost.
import { chance } from '../table.ts';
import type { Held, Participant, Site } from './site.ts';
import { judge, startTrial, type Told, type Verdict } from './trial.ts';

export interface Kill extends Verdict {
  readonly killed: 'app' | 'postgres';
  /** Answers under load before the kill. */
  readonly before: number;
  /** From the kill until somebody had an answer again, in milliseconds. */
  readonly backAfter: number;
  readonly answered: number;
  readonly again: number;
  readonly odd: readonly string[];
}

export interface Killing {
  readonly site: Site;
  readonly people: readonly Participant[];
  readonly sessions: readonly Held[];
  readonly clients: number;
  readonly seed: number;
}

/** One kill after another; each is judged before the next. */
export async function* kills({ site, seed, ...load }: Killing, what: readonly Kill['killed'][]): AsyncGenerator<Kill> {
  const draw = chance(seed);
  const told = new Map<string, Told>();
  for (const [nth, killed] of what.entries()) {
    const running = startTrial({ ...load, ports: [site.server.port], seed: seed + nth, told });
    // Also on a machine that is busy with other things: first somebody has an answer, then the moment is random.
    while (running.answered() === 0) await pause(5);
    await pause(1000 * draw());
    const before = running.answered();
    const killedAt = performance.now();
    if (killed === 'app') {
      await site.server.kill('SIGKILL');
      await site.server.start();
    } else await until(site.killPostgres(draw() < 0.5), killedAt);
    // What was on its way is no answer of the new one: that comes after this.
    const had = running.answered();
    await until(() => running.answered() > had, killedAt);
    const backAfter = performance.now() - killedAt;
    await pause(200 + 300 * draw());
    await running.stop();
    yield {
      killed,
      before,
      backAfter,
      answered: running.answered(),
      again: running.again(),
      odd: running.odd,
      ...(await judge(site.db, told, load.sessions)),
    };
  }
}

async function until(isSo: () => boolean, since: number): Promise<void> {
  while (!isSo()) {
    if (performance.now() - since > 60_000) throw new Error('nobody had an answer within a minute after the kill');
    await pause(5);
  }
}

/** What is wrong with it, in short; empty when all is well. */
export const faultsOf = ({ ledger, lost, unasked, odd, backAfter }: Kill): string[] => [
  ...ledger.deviations.map(({ session, code, values }) => `${session}: ${code} ${JSON.stringify(values)}`),
  ...lost.map((key) => `acknowledged and gone: ${key}`),
  ...unasked.map((key) => `there and never asked for: ${key}`),
  ...new Set(odd.map((answer) => `an answer that is none: ${answer}`)),
  ...(backAfter > 30_000 ? [`back after ${Math.round(backAfter)} ms`] : []),
];

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
