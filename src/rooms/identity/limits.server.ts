// How often somebody may ask or guess. What protects one address stands in the database (queries.server.ts); this is
// the wider ring in the memory of one process. A whole ministry may come from one address, so networks get a lot.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const minute = 60;
const hour = 60 * minute;
const limit = (points: number, duration: number): RateLimiterMemory => new RateLimiterMemory({ points, duration });

const askedByNetwork = limit(1000, 10 * minute);
const askedByBrowser = limit(6, 10 * minute);
/** So that nobody uses up somebody else's codes from one place: below what an address gets in all. */
const askedForAddressByNetwork = limit(5, hour);
const wrongByNetwork = limit(200, hour);
const provedByNetwork = limit(2000, 10 * minute);
const invitationsByNetwork = limit(30, hour);

/** The seconds to wait before asking for another code; null when it may. */
export async function waitToAsk(email: string, browser: string, network: string | null): Promise<number | null> {
  const seconds = network === null ? null : await count(askedByNetwork, network);
  return (
    seconds ?? (await count(askedByBrowser, browser)) ?? (network === null ? null : await count(askedForAddressByNetwork, `${network} ${email}`))
  );
}

/** The seconds to wait before another guess; null when it may. Counted beforehand, so that guesses side by side count too. */
export const waitToGuess = async (network: string | null): Promise<number | null> => (network === null ? null : count(wrongByNetwork, network));

/** A right guess does not count. */
export async function forgiveGuess(network: string | null): Promise<void> {
  if (network !== null) await wrongByNetwork.reward(network, 1);
}

/** The seconds to wait before a browser is asked to prove anything; null when it may. */
export const waitToProve = async (network: string | null): Promise<number | null> => (network === null ? null : count(provedByNetwork, network));

/** The seconds to wait before another guess at an invitation; null when it may. */
export const waitToUseInvitation = async (network: string | null): Promise<number | null> =>
  network === null ? null : count(invitationsByNetwork, network);

async function count(limiter: RateLimiterMemory, key: string): Promise<number | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (over) {
    if (over instanceof RateLimiterRes) return Math.max(1, Math.ceil(over.msBeforeNext / 1000));
    throw over;
  }
}
