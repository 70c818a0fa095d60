// The load: so many connections that each ask the next question when they have their answer (closed loop), or so many
// questions a second, each at its own moment whether the earlier ones were answered or not (open loop).
import { openWire, question, type Answer, type Wire } from './wire.ts';

export interface Question {
  readonly method: 'PUT' | 'DELETE' | 'GET';
  readonly path: string;
  readonly token: string;
}

export interface Plan {
  readonly port: number;
  readonly connections: number;
  /** Questions a second; null: as fast as they are answered. */
  readonly rate: number | null;
  readonly questions: readonly Question[];
}

export interface Outcome {
  readonly seconds: number;
  /** In milliseconds, in the order of the questions. In an open loop from the moment it was due, so waiting for a connection counts. */
  readonly latencies: readonly number[];
  readonly answers: readonly { readonly status: number; readonly body: string }[];
}

export async function run({ port, connections, rate, questions }: Plan): Promise<Outcome> {
  const texts = questions.map(({ method, path, token }) => question(method, path, token));
  const latencies = new Array<number>(texts.length).fill(0);
  const answers = new Array<{ status: number; body: string }>(texts.length);
  const wires = await Promise.all(Array.from({ length: connections }, () => openWire(port)));
  const ask = async (nth: number, wire: Wire, due: number): Promise<void> => {
    const { status, body } = await wire.ask(texts[nth]!).catch(noAnswer);
    latencies[nth] = performance.now() - due;
    answers[nth] = { status, body };
  };
  const begin = performance.now();
  await (rate === null ? closedLoop(texts.length, wires, ask) : openLoop(texts.length, wires, ask, rate, begin));
  const seconds = (performance.now() - begin) / 1000;
  for (const wire of wires) wire.close();
  return { seconds, latencies, answers };
}

/** Counted as status 0. */
const noAnswer = (fault: Error): Answer => ({ status: 0, head: '', body: fault.message });

type Ask = (nth: number, wire: Wire, due: number) => Promise<void>;

async function closedLoop(count: number, wires: readonly Wire[], ask: Ask): Promise<void> {
  let next = 0;
  await Promise.all(
    wires.map(async (wire) => {
      while (next < count) await ask(next++, wire, performance.now());
    }),
  );
}

function openLoop(count: number, wires: readonly Wire[], ask: Ask, rate: number, begin: number): Promise<void> {
  return new Promise((done) => {
    const idle = [...wires];
    let next = 0;
    let answered = 0;
    const dueOf = (nth: number): number => begin + (nth * 1000) / rate;
    const go = (): void => {
      while (next < count && idle.length > 0 && dueOf(next) <= performance.now()) {
        const wire = idle.pop()!;
        void ask(next, wire, dueOf(next++)).then(() => {
          idle.push(wire);
          if (++answered === count) finish();
          else go();
        });
      }
    };
    const timer = setInterval(go, 1);
    const finish = () => (clearInterval(timer), done());
    go();
  });
}
