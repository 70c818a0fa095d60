// How often programs may ask: much for an account, and for who has none as much as a whole office needs.
import type { MiddlewareHandler } from 'hono';
import { config } from '#ground/config.server.ts';
import { atMost, type AtMost } from '#ground/counting.server.ts';
import { networkOf } from '#rooms/identity/network.ts';
import type { Env } from './api.ts';
import { problem } from './problem.ts';

let perAccount: AtMost | undefined;
/** What costs much to reckon, for visitors from one network: 50 a second. */
const perNetwork = atMost(3000, 60);
const isExpensive = (path: string): boolean => path.endsWith('/suggestions');

/** Counts who asks, and says how much is left (draft-ietf-httpapi-ratelimit-headers); whoever asks too often is told how long to wait. */
export const limits: MiddlewareHandler<Env> = async (c, next) => {
  const { person, language } = c.var.visit;
  if (person === null && !isExpensive(c.req.path)) return next();
  perAccount ??= atMost(config().apiLimit, 60);
  const [name, limit, key] =
    person === null
      ? (['network', perNetwork, networkOf(c.req.header('x-innovember-address') ?? '')] as const)
      : (['account', perAccount, person.id] as const);
  const { isOver, left, again } = await limit.count(key);
  c.header('RateLimit-Policy', `"${name}";q=${limit.most};w=${limit.seconds}`);
  c.header('RateLimit', `"${name}";r=${left};t=${again}`);
  if (!isOver) return next();
  c.header('Retry-After', String(again));
  return problem(c, language, 429, 'too-often');
};
