import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import * as seats from '#rooms/seats';
import { badContent, empty, good, not } from './answers.ts';
import type { Env } from './api.ts';
import { runBy } from './places.ts';
import { problem, refused } from './problem.ts';
import * as shapes from './shapes.ts';

const one = z.object({ edition: z.string().max(100), code: z.string().max(100) });
const withPass = one.extend({ pass: z.uuid() });
const security = [{ token: [] }];
const tags = ['door'];

const guest = z
  .object({
    pass: z.uuid(),
    name: z.string().openapi({ description: 'How they want to be called, else their mail address' }),
    organisation: z.string().nullable(),
    standing: shapes.standing,
    attendance: shapes.attendance,
    waitsFor: shapes.attendance.nullable(),
    position: z.int().nullable(),
    checkedInAt: z.iso.datetime().nullable(),
  })
  .openapi('Guest');
const checkedIn = z.object({ pass: z.uuid(), standing: shapes.standing, checkedInAt: z.iso.datetime() }).openapi('CheckIn');
const moment = z.iso
  .datetime({ offset: true })
  .refine((at) => Date.parse(at) >= 0)
  .openapi({ description: 'When they came in; now when absent, and never later than now' });

/** At the door of a session, for the programs of who runs it: who is expected, and who is in. */
export function door(api: OpenAPIHono<Env>): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/editions/{edition}/sessions/{code}/check-ins',
      operationId: 'listCheckIns',
      tags,
      summary: 'Who is expected at a session and who is in, in order of arrival of their seats',
      security,
      request: { params: one, query: shapes.page },
      responses: { 200: good('Guests', shapes.listOf(guest)), ...not(400, 403, 404) },
    }),
    async (c) => {
      const session = await runBy(c, c.req.valid('param'));
      if (isRefusal(session)) return refused(c, session) as never;
      const { cursor, limit } = c.req.valid('query');
      if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) return problem(c, c.var.visit.language, 400, 'cursor-unknown') as never;
      const { items, next } = await seats.roll(c.var.visit, session, { after: cursor, limit });
      const address = new URL(c.req.url);
      if (next !== null) address.searchParams.set('cursor', next);
      return c.json({ items: items.map(guestShape), next: next === null ? null : address.pathname + address.search }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'put',
      path: '/editions/{edition}/sessions/{code}/check-ins/{pass}',
      operationId: 'checkIn',
      tags,
      summary: 'Let somebody in, once: asked again, what was told first counts. Who waits gets a place when one is free',
      security,
      request: {
        params: withPass,
        body: { content: { 'application/json': { schema: z.strictObject({ at: moment.optional() }) } }, required: false },
      },
      responses: {
        200: good('Was in already', checkedIn),
        201: good('Is in now', checkedIn),
        ...not(400, 403, 404, 409, ...badContent),
      },
    }),
    async (c) => {
      const { visit } = c.var;
      const session = await runBy(c, c.req.valid('param'));
      if (isRefusal(session)) return refused(c, session) as never;
      const { pass } = c.req.valid('param');
      const at = c.req.valid('json')?.at;
      const done = await seats.checkIn(visit, session, { pass }, at === undefined ? visit.now : new Date(at));
      if (isRefusal(done)) return notIn(c, done) as never;
      return c.json({ pass, standing: done.standing, checkedInAt: done.at.toISOString() }, done.isNew ? 201 : 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/editions/{edition}/sessions/{code}/check-ins/{pass}',
      operationId: 'undoCheckIn',
      tags,
      summary: 'It was a mistake: they are not in',
      security,
      request: { params: withPass },
      responses: { 204: empty('They are not in'), ...not(400, 403, 404) },
    }),
    async (c) => {
      const session = await runBy(c, c.req.valid('param'));
      if (isRefusal(session)) return refused(c, session) as never;
      const done = await seats.undoCheckIn(c.var.visit, session, { pass: c.req.valid('param').pass });
      if (isRefusal(done)) return notIn(c, done) as never;
      return c.body(null, 204);
    },
  );
}

const notIn = (c: Context<Env>, no: Refusal): Response =>
  no.refused === 'pass-unknown' || no.refused === 'not-on-roll' ? problem(c, c.var.visit.language, 404, no.refused) : refused(c, no);

/** No more about somebody than a host needs. */
const guestShape = ({
  pass,
  name,
  email,
  organisation,
  standing,
  attendance,
  waitsFor,
  position,
  checkedInAt,
}: seats.OnRoll): z.infer<typeof guest> => ({
  pass,
  name: name ?? email,
  organisation,
  standing,
  attendance,
  waitsFor,
  position,
  checkedInAt: checkedInAt?.toISOString() ?? null,
});
