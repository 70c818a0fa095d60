// How often somebody may ask or guess. What protects one address stands in the database (queries.server.ts); this is
// the wider ring in the memory of one process. A whole ministry may come from one address, so networks get a lot.
import { atMost } from '#ground/counting.server.ts';

const minute = 60;
const hour = 60 * minute;

const askedByNetwork = atMost(1000, 10 * minute);
const askedByBrowser = atMost(6, 10 * minute);
/** So that nobody uses up somebody else's codes from one place: below what an address gets in all. */
const askedForAddressByNetwork = atMost(5, hour);
const wrongByNetwork = atMost(200, hour);
const provedByNetwork = atMost(2000, 10 * minute);
const invitationsByNetwork = atMost(30, hour);

/** The seconds to wait before asking for another code; null when it may. */
export async function waitToAsk(email: string, browser: string, network: string | null): Promise<number | null> {
  const seconds = network === null ? null : await askedByNetwork.wait(network);
  return seconds ?? (await askedByBrowser.wait(browser)) ?? (network === null ? null : await askedForAddressByNetwork.wait(`${network} ${email}`));
}

/** The seconds to wait before another guess; null when it may. Counted beforehand, so that guesses side by side count too. */
export const waitToGuess = async (network: string | null): Promise<number | null> => (network === null ? null : wrongByNetwork.wait(network));

/** A right guess does not count. */
export async function forgiveGuess(network: string | null): Promise<void> {
  if (network !== null) await wrongByNetwork.giveBack(network);
}

/** The seconds to wait before a browser is asked to prove anything; null when it may. */
export const waitToProve = async (network: string | null): Promise<number | null> => (network === null ? null : provedByNetwork.wait(network));

/** The seconds to wait before another guess at an invitation; null when it may. */
export const waitToUseInvitation = async (network: string | null): Promise<number | null> =>
  network === null ? null : invitationsByNetwork.wait(network);
