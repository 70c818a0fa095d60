// How often somebody may do something. Counted in the memory of one process: what must hold exactly, such as how often a
// code is guessed, is counted in the database beside it (docs/decisions/0014).
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export interface Counted {
  readonly isOver: boolean;
  /** How often it may still be done. */
  readonly left: number;
  /** Seconds until it counts from nothing again. */
  readonly again: number;
}

export interface AtMost {
  readonly most: number;
  readonly seconds: number;
  /** Counts one more. */
  readonly count: (key: string) => Promise<Counted>;
  /** Counts one more, and answers the seconds to wait; null when it may be done. */
  readonly wait: (key: string) => Promise<number | null>;
  /** The last one does not count. */
  readonly giveBack: (key: string) => Promise<void>;
}

/** At most so many in so many seconds, for each key. */
export function atMost(most: number, seconds: number): AtMost {
  const limiter = new RateLimiterMemory({ points: most, duration: seconds });
  const count = async (key: string): Promise<Counted> => {
    const { isOver, now } = await limiter.consume(key).then(
      (now) => ({ isOver: false, now }),
      (over: unknown) => {
        if (over instanceof RateLimiterRes) return { isOver: true, now: over };
        throw over;
      },
    );
    return { isOver, left: Math.max(0, now.remainingPoints), again: Math.max(1, Math.ceil(now.msBeforeNext / 1000)) };
  };
  return {
    most,
    seconds,
    count,
    wait: async (key) => {
      const { isOver, again } = await count(key);
      return isOver ? again : null;
    },
    giveBack: async (key) => void (await limiter.reward(key, 1)),
  };
}
