import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Visit } from '#ground/visit.ts';
import type { Edition } from '#rooms/programme/edition.ts';
import { formats } from '#rooms/programme/session.ts';
import { matching } from '#rooms/programme/question.ts';
import * as programme from '#rooms/programme';
import * as seats from '#rooms/seats';
import { good, not } from './answers.ts';
import type { Env } from './api.ts';
import { problem } from './problem.ts';
import { pageOf } from './list.ts';
import * as shapes from './shapes.ts';

const asked = shapes.page.extend({
  theme: shapes.slug.optional(),
  organisation: shapes.slug.optional(),
  format: z.enum(formats).optional(),
  language: z.string().max(20).optional(),
  from: z.iso.datetime({ offset: true }).optional().openapi({ description: 'Ends after this moment' }),
  until: z.iso.datetime({ offset: true }).optional().openapi({ description: 'Starts before this moment' }),
  q: z.string().max(200).optional(),
  visibility: z.enum(['public', 'internal']).optional(),
});

/** The sessions of an edition that the asker may see. */
export function sessions(api: OpenAPIHono<Env>): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/editions/{edition}/sessions',
      operationId: 'listSessions',
      tags: ['sessions'],
      summary: 'Sessions by time',
      request: { params: z.object({ edition: z.string().max(100) }), query: asked },
      responses: { 200: good('Sessions', shapes.listOf(shapes.session)), ...not(400, 404) },
    }),
    async (c) => {
      const { visit } = c.var;
      const edition = await programme.edition(visit, c.req.valid('param').edition);
      if (!edition) return problem(c, visit.language, 404, 'edition-unknown') as never;
      const { limit, cursor, from, until, ...filter } = c.req.valid('query');
      const moments = { ...(from && { from: new Date(from) }), ...(until && { until: new Date(until) }) };
      const all = await programme.sessions(visit, edition.id);
      const names = { themes: await programme.themes(visit, edition.id), organisations: await programme.organisations(visit, edition.id) };
      const found = matching(all, { ...filter, ...moments }, names);
      const page = pageOf(found, (session) => session.code, new URL(c.req.url), { limit, cursor });
      if (!page) return problem(c, visit.language, 400, 'cursor-unknown') as never;
      const joins = await placesOf(visit, edition);
      return c.json({ ...page, items: page.items.map((session) => shapes.sessionShape(session, joins.has(session.code))) }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'get',
      path: '/editions/{edition}/sessions/{code}',
      operationId: 'getSession',
      tags: ['sessions'],
      summary: 'One session',
      request: { params: z.object({ edition: z.string().max(100), code: z.string().max(100) }) },
      responses: { 200: good('Session', shapes.session), ...not(400, 404) },
    }),
    async (c) => {
      const { visit } = c.var;
      const { edition: slug, code } = c.req.valid('param');
      const found = await programme.session(visit, code);
      if (!found || found.edition !== slug) return problem(c, visit.language, 404, 'session-unknown') as never;
      const seat = await seats.seatIn(visit, found);
      return c.json(shapes.sessionShape(found, seat?.standing === 'held'), 200);
    },
  );
}

/** The codes of the sessions that the asker holds a place in. */
const placesOf = async (visit: Visit, edition: Edition): Promise<ReadonlySet<string>> =>
  new Set((await seats.seatsOf(visit, edition.id)).filter((seat) => seat.standing === 'held').map((seat) => seat.session));
