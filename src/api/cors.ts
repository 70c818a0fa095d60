// Which other sites' pages may ask from a browser. Nothing is done with cookies here, so nobody's sign-in comes along.
import type { MiddlewareHandler } from 'hono';
import type { Env } from './api.ts';

/** Sites that the operator named; the document itself is for everybody. */
export const cors =
  (origins: () => readonly string[]): MiddlewareHandler<Env> =>
  async (c, next) => {
    const origin = c.req.header('Origin');
    const isOpen = c.req.path === '/api/v1/openapi.json';
    if (origin === undefined || !(isOpen || origins().includes(origin))) return next();
    c.header('Access-Control-Allow-Origin', isOpen ? '*' : origin);
    c.header('Access-Control-Expose-Headers', 'API-Version, Allow, Deprecation, Retry-After, Sunset, WWW-Authenticate');
    const method = c.req.header('Access-Control-Request-Method');
    if (c.req.method !== 'OPTIONS' || method === undefined) return next();
    c.header('Access-Control-Allow-Methods', 'GET, HEAD, POST, PUT, PATCH, DELETE');
    c.header('Access-Control-Allow-Headers', 'Accept, Accept-Language, Authorization, Content-Type, Idempotency-Key');
    c.header('Access-Control-Max-Age', '600');
    return c.body(null, 204);
  };
