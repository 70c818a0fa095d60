/** How much at once: `lanes` works side by side, each with at most `most` asks. */
export interface Lanes {
  readonly lanes: number;
  readonly most: number;
}

interface Waiting<Ask, Answer> {
  readonly ask: Ask;
  readonly done: (answer: Answer) => void;
  readonly fail: (fault: unknown) => void;
}

/**
 * Lets what is asked at the same moment be done together, and what has the same key by turns: a key is in one work at a
 * time, so that those who wait for it wait here, in order, and not in the database. `work` answers in the order of its asks.
 */
export function inTurns<Ask, Answer>(
  work: (asks: readonly Ask[]) => Promise<readonly Answer[]>,
  { lanes, most }: Lanes,
): (key: string, ask: Ask) => Promise<Answer> {
  const ready = new Map<string, Waiting<Ask, Answer>[]>();
  const busy = new Map<string, Waiting<Ask, Answer>[]>();
  let working = 0;

  function take(): { keys: string[]; taken: Waiting<Ask, Answer>[] } {
    const keys: string[] = [];
    const taken: Waiting<Ask, Answer>[] = [];
    for (const [key, waiting] of ready) {
      taken.push(...waiting.splice(0, most - taken.length));
      ready.delete(key);
      busy.set(key, waiting);
      keys.push(key);
      if (taken.length === most) break;
    }
    return { keys, taken };
  }

  async function go(): Promise<void> {
    working++;
    const { keys, taken } = take();
    try {
      const answers = await work(taken.map(({ ask }) => ask));
      for (const [nth, { done }] of taken.entries()) done(answers[nth]!);
    } catch (fault) {
      for (const { fail } of taken) fail(fault);
    }
    working--;
    for (const key of keys) {
      const left = busy.get(key)!;
      busy.delete(key);
      if (left.length > 0) ready.set(key, left);
    }
    start();
  }

  function start(): void {
    while (working < lanes && ready.size > 0) void go();
  }

  return (key, ask) =>
    new Promise((done, fail) => {
      const line = busy.get(key) ?? ready.get(key);
      if (line) line.push({ ask, done, fail });
      else ready.set(key, [{ ask, done, fail }]);
      start();
    });
}

/** The same for each owner apart, such as each database. */
export function inTurnsPer<Owner extends WeakKey, Ask, Answer>(
  work: (owner: Owner, asks: readonly Ask[]) => Promise<readonly Answer[]>,
  lanes: Lanes,
): (owner: Owner, key: string, ask: Ask) => Promise<Answer> {
  const owners = new WeakMap<Owner, (key: string, ask: Ask) => Promise<Answer>>();
  return (owner, key, ask) => {
    const turns = owners.get(owner) ?? inTurns<Ask, Answer>((asks) => work(owner, asks), lanes);
    owners.set(owner, turns);
    return turns(key, ask);
  };
}
