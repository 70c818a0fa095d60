/** What a programme is worth: the weights of every sum in this room, in units of fit. */

/** Units of fit. The bonuses stay well under the turn, or sessions of a small theme or week would crowd out their equals. */
export const weights = {
  theme: 0.002,
  organisation: 0.001,
  week: 0.001,
  /** The most that the seed adds, so that among equals small sessions get their turn. */
  turn: 0.02,
} as const;

/** No request may ask for more; `tiers` is large enough for these. */
export const most = { fits: 10, surprises: 5 } as const;

/** Each outweighs everything below it: 15 picks of at most 1 with their bonuses stay under 17, five times 17 under 128. */
export const tiers = { filled: 128, elsewhere: 17 } as const;

/** For a new theme, a new organisation, a new week. */
export const bonus = [weights.theme, weights.organisation, weights.week] as const;

/** Between 0 and `weights.turn`, evenly spread, the same for the same seed and code. */
export function turn(seed: number, code: string): number {
  // FNV-1a over seed and code, then murmur3's finaliser, so that neighbouring seeds have nothing in common.
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < code.length; at++) hash = Math.imul(hash ^ code.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ seed ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000) * weights.turn;
}
