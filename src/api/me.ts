import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { isRefusal } from '#ground/refusal.ts';
import * as calendar from '#rooms/calendar';
import { isFresh } from '#rooms/identity';
import { readEmail } from '#rooms/identity/email.ts';
import * as itinerary from '#rooms/itinerary';
import * as privacy from '#rooms/privacy';
import { freshMinutes } from '#rooms/privacy/fresh.ts';
import * as programme from '#rooms/programme';
import { badContent, empty, good, not } from './answers.ts';
import type { Env } from './api.ts';
import { problem } from './problem.ts';
import * as shapes from './shapes.ts';

const coded = z.object({ code: z.string().max(100) });
const security = [{ token: [] }];
const taken = z
  .object({
    takenAt: z.iso.datetime(),
    from: z.string().openapi({ description: 'The site it was taken from' }),
    email: z.string(),
    parts: z.array(
      z.object({
        name: z.string().openapi({ description: 'As in the register at /privacy' }),
        what: z.string(),
        why: z.string(),
        rows: z.array(z.record(z.string(), z.unknown())),
      }),
    ),
  })
  .openapi('Taken');

/** The asker's own: who they are, their programme, their calendar feed. */
export function me(api: OpenAPIHono<Env>): void {
  api.use('/me', signedIn);
  api.use('/me/*', signedIn);

  api.openapi(
    createRoute({
      method: 'get',
      path: '/me',
      operationId: 'getMe',
      tags: ['me'],
      summary: 'Who I am here',
      security,
      responses: { 200: good('Me', shapes.me), ...not() },
    }),
    (c) => {
      const { email, isInternal, organisation, roles } = c.var.visit.person!;
      return c.json({ email, isInternal, organisation, roles: [...roles] }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'get',
      path: '/me/export',
      operationId: 'takeAlong',
      tags: ['me'],
      summary: 'Everything that is kept of me',
      security,
      responses: { 200: good('Everything', taken), ...not() },
    }),
    async (c) => {
      const everything = await privacy.takeAlong(c.var.visit);
      if (isRefusal(everything)) return refused(c, everything.refused) as never;
      // Moments as programs read them.
      return c.json(taken.parse(JSON.parse(JSON.stringify(everything))), 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/me',
      operationId: 'eraseMe',
      tags: ['me'],
      summary: 'Erase my account and everything that is mine; it cannot be undone',
      description: `With a token that may write and was made at most ${freshMinutes} minutes ago, after signing in at most as long ago.`,
      security,
      request: { headers: z.object({ confirm: z.string().max(320).optional().openapi({ description: 'My own mail address, to confirm' }) }) },
      responses: { 204: empty('I am not here any more'), ...not(400, 403, 409) },
    }),
    async (c) => {
      const { visit } = c.var;
      const bearer = (c.req.header('authorization') ?? '').replace(/^Bearer +/i, '');
      if (readEmail(c.req.valid('header').confirm ?? '') !== visit.person?.email) return problem(c, visit.language, 400, 'not-confirmed') as never;
      if (!(await isFresh(visit, { bearer }, freshMinutes))) return problem(c, visit.language, 403, 'not-fresh') as never;
      const no = await privacy.eraseMe(visit);
      return no ? (refused(c, no.refused) as never) : c.body(null, 204);
    },
  );

  api.openapi(
    createRoute({
      method: 'get',
      path: '/me/programme',
      operationId: 'getMyProgramme',
      tags: ['me'],
      summary: 'My programme in an edition, by time',
      security,
      request: { query: z.object({ edition: shapes.slug.optional() }) },
      responses: { 200: good('My programme', shapes.listOf(shapes.entry)), ...not(400, 404) },
    }),
    async (c) => {
      const { visit } = c.var;
      const slug = c.req.valid('query').edition;
      const edition = slug === undefined ? await programme.currentEdition(visit) : await programme.edition(visit, slug);
      if (!edition) return problem(c, visit.language, 404, 'edition-unknown') as never;
      return c.json({ items: (await itinerary.mine(visit, edition.id)).map(shapes.entryShape), next: null }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'put',
      path: '/me/programme/{code}',
      operationId: 'choose',
      tags: ['me'],
      summary: 'Put a session in my programme: a place, or a place in line',
      security,
      request: {
        params: coded,
        body: { content: { 'application/json': { schema: z.strictObject({ attendance: shapes.attendance.optional() }) } }, required: false },
      },
      responses: {
        200: good('Was there already', shapes.entry),
        201: good('New in my programme', shapes.entry),
        ...not(400, 403, 404, 409, ...badContent),
      },
    }),
    async (c) => {
      const added = await itinerary.add(c.var.visit, c.req.valid('param').code, { attendance: c.req.valid('json')?.attendance ?? null });
      if (isRefusal(added)) return refused(c, added.refused) as never;
      return c.json(shapes.entryShape({ seat: added, overlaps: added.overlaps }), added.isNew ? 201 : 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'put',
      path: '/me/programme/{code}/acceptance',
      operationId: 'accept',
      tags: ['me'],
      summary: 'Take the place that is offered to me; again is as right as once',
      security,
      request: { params: coded },
      responses: { 200: good('It is mine', shapes.entry), ...not(400, 403, 404, 409) },
    }),
    async (c) => {
      const taken = await itinerary.accept(c.var.visit, c.req.valid('param').code);
      if (isRefusal(taken)) return refused(c, taken.refused) as never;
      return c.json(shapes.entryShape({ seat: taken, overlaps: taken.overlaps }), 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/me/programme/{code}',
      operationId: 'drop',
      tags: ['me'],
      summary: 'Take a session out of my programme',
      security,
      request: { params: coded },
      responses: { 204: empty('It is not in my programme'), ...not(400, 403) },
    }),
    async (c) => {
      await itinerary.drop(c.var.visit, c.req.valid('param').code);
      return c.body(null, 204);
    },
  );

  api.openapi(
    createRoute({
      method: 'post',
      path: '/me/calendar-feed',
      operationId: 'makeFeed',
      tags: ['me'],
      summary: 'A secret address for my calendar; replaces the earlier one',
      security,
      responses: { 201: good('The address', z.object({ url: z.string() })), ...not(400, 403, ...badContent) },
    }),
    async (c) => {
      const url = await calendar.feedAddress(c.var.visit);
      if (isRefusal(url)) return refused(c, url.refused) as never;
      return c.json({ url }, 201);
    },
  );

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/me/calendar-feed',
      operationId: 'endFeed',
      tags: ['me'],
      summary: 'End my calendar address',
      security,
      responses: { 204: empty('It is gone'), ...not(403) },
    }),
    async (c) => {
      await calendar.endFeed(c.var.visit);
      return c.body(null, 204);
    },
  );
}

async function signedIn(c: Context<Env>, next: () => Promise<void>): Promise<Response | void> {
  if (c.var.visit.person) return next();
  c.header('WWW-Authenticate', 'Bearer');
  return problem(c, c.var.visit.language, 401, 'not-signed-in');
}

const refused = (c: Context<Env>, name: string): Response =>
  problem(c, c.var.visit.language, name === 'session-unknown' ? 404 : name === 'not-signed-in' ? 401 : 409, name);
