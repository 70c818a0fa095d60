import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { config } from '#ground/config.server.ts';
import { told } from '#ground/few.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import type { Visit } from '#ground/visit.ts';
import { mayLead } from '#rooms/identity/may.ts';
import * as programme from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import * as wishes from '#rooms/wishes';
import { figures } from '#rooms/wishes/figures.ts';
import { whySaid } from '#rooms/wishes/told.ts';
import { mostWanted, sessionsIn, windowStates, type Outcome, type Why, type Window } from '#rooms/wishes/window.ts';
import { strengths, weightOf, type Wish } from '#rooms/wishes/wish.ts';
import { badContent, empty, good, not } from './answers.ts';
import type { Env } from './api.ts';
import { problem, refused } from './problem.ts';
import * as shapes from './shapes.ts';

const coded = z.object({ code: z.string().max(100) });
const named = z.object({ edition: z.string().max(100) });
const one = named.extend({ window: z.string().max(100) });
const security = [{ token: [] }];
const tags = ['wishes'];
const moment = z.iso.datetime();
const body = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } }, required: true });

const strength = z.enum(strengths);
const either = shapes.attendance.nullable().openapi({ description: 'null: the room where there is a place, else online' });
const wish = z.object({ session: shapes.code, strength, attendance: either }).openapi('Wish');

const few = z.int().nullable().openapi({ description: 'null: too few people to be told; who leads the edition is told' });
const report = z
  .object({
    people: z.int(),
    wishes: z.int(),
    places: z.int(),
    given: z.int(),
    engine: z.string(),
    method: z.enum(['exact', 'auction']),
    value: z.number(),
    bound: z.number(),
    worstOff: z.number(),
    firstPercentile: z.number(),
    withThree: few,
    withNothing: few,
    belowThree: few,
    sessions: z.array(z.int()).nullable(),
    envy: z.object({ pairs: z.int(), isSample: z.boolean(), envious: z.int(), breaches: z.int() }),
  })
  .openapi('DrawReport');
const window = z
  .object({
    id: z.uuid(),
    edition: shapes.slug,
    state: z.enum(windowStates),
    opensAt: moment,
    closesAt: moment,
    sessions: z.array(shapes.code).nullable().openapi({ description: 'null: all of the edition' }),
    wanted: z.int().openapi({ description: 'How many sessions somebody gets by the draw at most' }),
    weights: z.object({ must: z.number(), want: z.number(), maybe: z.number() }).openapi({ description: 'Scaled to one total a person' }),
    seedHash: z.string().nullable().openapi({ description: 'SHA-256 of the seed, from the opening' }),
    seed: z.string().nullable().openapi({ description: 'Known when the draw is done' }),
    fileHash: z.string().nullable().openapi({ description: 'SHA-256 of the file by which the draw is repeated' }),
    progress: z.number(),
    drawnAt: moment.nullable(),
    confirmedAt: moment.nullable(),
    calledOffAt: moment.nullable(),
    report: report.nullable().openapi({
      description: 'Known when the draw is confirmed; to who leads the edition when it is done. Of fewer than ten people nothing is told to others',
    }),
  })
  .openapi('WishWindow');
const plan = z.strictObject({
  opensAt: z.iso.datetime({ offset: true }),
  closesAt: z.iso.datetime({ offset: true }),
  sessions: z
    .array(shapes.code)
    .max(5000)
    .nullable()
    .default(null)
    .openapi({ description: 'null: every session of the edition that starts after the closing' }),
  wanted: z.int().min(1).max(mostWanted).optional(),
});
const change = z.strictObject({
  opensAt: plan.shape.opensAt.optional(),
  closesAt: plan.shape.closesAt.optional(),
  sessions: z.array(shapes.code).max(5000).nullable().optional(),
  wanted: plan.shape.wanted,
});
const reviewed = z
  .object({
    session: shapes.code,
    wished: z.int(),
    must: z.int(),
    ways: z.array(z.object({ attendance: shapes.attendance, places: z.int(), wished: z.int(), given: z.int(), line: z.int(), price: z.number() })),
  })
  .openapi('ReviewedSession');
const outcome = z
  .object({
    pseudonym: z.string().nullable().openapi({ description: 'The name in the file of the draw by which you find your own line' }),
    share: z.number().openapi({ description: 'What you got, as a part of the best you could have had alone' }),
    wishes: z.array(
      z.object({
        session: shapes.code,
        strength,
        given: shapes.attendance.nullable(),
        line: z.object({ attendance: shapes.attendance, nth: z.int() }).nullable(),
        why: z.object({ code: z.string(), text: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) }),
      }),
    ),
  })
  .openapi('DrawOutcome');

/** Wishes and the windows in which they are given: for who wishes, for everybody, and for who leads an edition. */
export function wishWindows(api: OpenAPIHono<Env>): void {
  mine(api);
  known(api);
  led(api);
}

function mine(api: OpenAPIHono<Env>): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/me/wishes',
      operationId: 'getMyWishes',
      tags,
      summary: 'My wishes in an edition that wait for a draw, by time',
      security,
      request: { query: z.object({ edition: shapes.slug.optional() }) },
      responses: { 200: good('My wishes', shapes.listOf(wish)), ...not(400, 404) },
    }),
    async (c) => {
      const { visit } = c.var;
      const slug = c.req.valid('query').edition;
      const edition = slug === undefined ? await programme.currentEdition(visit) : await programme.edition(visit, slug);
      if (!edition) return refused(c, { refused: 'edition-unknown' }) as never;
      return c.json({ items: await wishes.wishesOf(visit, edition.id), next: null }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'get',
      path: '/me/wishes/{code}',
      operationId: 'getMyWish',
      tags,
      summary: 'My wish for a session',
      security,
      request: { params: coded },
      responses: { 200: good('My wish', wish), ...not(400, 404) },
    }),
    async (c) => {
      const found = await wishes.wishFor(c.var.visit, c.req.valid('param').code);
      return found ? c.json(found, 200) : (refused(c, { refused: 'wish-unknown' }) as never);
    },
  );

  api.openapi(
    createRoute({
      method: 'put',
      path: '/me/wishes/{code}',
      operationId: 'wish',
      tags,
      summary: 'Say how much I want a session, while its wish window is open',
      security,
      request: { params: coded, body: body(z.strictObject({ strength, attendance: shapes.attendance.nullable().optional() })) },
      responses: { 200: good('Was there already', wish), 201: good('New', wish), ...not(400, 403, 404, 409, ...badContent) },
    }),
    async (c) => {
      const { strength, attendance = null } = c.req.valid('json');
      const made = await wishes.wish(c.var.visit, c.req.valid('param').code, { strength, attendance });
      if (isRefusal(made)) return refused(c, made) as never;
      const { isNew, ...kept } = made;
      return c.json(kept satisfies Wish, isNew ? 201 : 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/me/wishes/{code}',
      operationId: 'unwish',
      tags,
      summary: 'Take my wish for a session back',
      security,
      request: { params: coded },
      responses: { 204: empty('I have no wish for it'), ...not(400, 403, 409) },
    }),
    async (c) => {
      const no = await wishes.unwish(c.var.visit, c.req.valid('param').code);
      return isRefusal(no) ? (refused(c, no) as never) : c.body(null, 204);
    },
  );

  api.openapi(
    createRoute({
      method: 'get',
      path: '/me/draws/{window}',
      operationId: 'getMyOutcome',
      tags,
      summary: 'What came of my wishes, and why',
      security,
      request: { params: z.object({ window: z.string().max(100) }) },
      responses: { 200: good('What came of them', outcome), ...not(400, 404) },
    }),
    async (c) => {
      const found = await wishes.myOutcome(c.var.visit, c.req.valid('param').window);
      return found ? c.json(await outcomeShape(c.var.visit, found), 200) : (refused(c, { refused: 'outcome-unknown' }) as never);
    },
  );
}

function known(api: OpenAPIHono<Env>): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/editions/{edition}/wish-windows',
      operationId: 'listWishWindows',
      tags,
      summary: 'The wish windows of an edition, the latest first',
      request: { params: named },
      responses: { 200: good('Wish windows', shapes.listOf(window)), ...not(400, 404) },
    }),
    async (c) => {
      const edition = await programme.edition(c.var.visit, c.req.valid('param').edition);
      if (!edition) return refused(c, { refused: 'edition-unknown' }) as never;
      return c.json({ items: (await wishes.windows(c.var.visit, edition)).map((found) => windowShape(c.var.visit, found)), next: null }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'get',
      path: '/editions/{edition}/wish-windows/{window}',
      operationId: 'getWishWindow',
      tags,
      summary: 'A wish window: its seed, and after the draw its report',
      request: { params: one },
      responses: { 200: good('Wish window', window), ...not(400, 404) },
    }),
    async (c) => {
      const found = await windowIn(c, c.req.valid('param'));
      return isRefusal(found) ? (refused(c, found) as never) : c.json(windowShape(c.var.visit, found), 200);
    },
  );
}

function led(api: OpenAPIHono<Env>): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/editions/{edition}/wish-windows',
      operationId: 'planWishWindow',
      tags,
      summary: 'Plan a wish window; from now on its sessions give no places by themselves',
      security,
      request: {
        params: named,
        headers: z.object({
          'idempotency-key': z.string().min(1).max(200).optional().openapi({ description: 'The same key with the same plan makes one window' }),
        }),
        body: body(plan),
      },
      responses: { 201: good('Wish window', window), ...not(400, 403, 404, 409, ...badContent) },
    }),
    async (c) => {
      const edition = await editionFor(c, c.req.valid('param').edition);
      if (isRefusal(edition)) return refused(c, edition) as never;
      const { opensAt, closesAt, sessions, wanted = edition.rules.atLeast } = c.req.valid('json');
      const planned = { opensAt: new Date(opensAt), closesAt: new Date(closesAt), sessions, wanted };
      const made = await wishes.planWindow(c.var.visit, edition, planned, c.req.valid('header')['idempotency-key'] ?? null);
      return isRefusal(made) ? (refused(c, made) as never) : c.json(windowShape(c.var.visit, made), 201);
    },
  );

  api.openapi(
    createRoute({
      method: 'patch',
      path: '/editions/{edition}/wish-windows/{window}',
      operationId: 'changeWishWindow',
      tags,
      summary: 'Change a wish window before it opens; after that only its closing',
      security,
      request: { params: one, body: body(change) },
      responses: { 200: good('Wish window', window), ...not(400, 403, 404, 409, ...badContent) },
    }),
    async (c) => {
      const { opensAt, closesAt, sessions, wanted } = c.req.valid('json');
      const to = {
        ...(opensAt !== undefined && { opensAt: new Date(opensAt) }),
        ...(closesAt !== undefined && { closesAt: new Date(closesAt) }),
        ...(sessions !== undefined && { sessions }),
        ...(wanted !== undefined && { wanted }),
      };
      const changed = await withWindow(c, c.req.valid('param'), (id) => wishes.changeWindow(c.var.visit, id, to));
      return isRefusal(changed) ? (refused(c, changed) as never) : c.json(windowShape(c.var.visit, changed), 200);
    },
  );

  const steps = [
    ['closing', 'closeWishWindow', 'Close a wish window now, so that the draw begins', wishes.drawNow],
    ['redraw', 'drawAgain', 'Draw again with the same seed, when something changed that the draw depends on', wishes.drawAgain],
    ['confirmation', 'confirmDraw', 'Give everybody what the draw gave them; again is as right as once', wishes.confirm],
    ['calling-off', 'callOffWishWindow', 'End a wish window without giving places', wishes.callOff],
  ] as const;
  for (const [step, operationId, summary, take] of steps)
    api.openapi(
      createRoute({
        method: 'put',
        path: `/editions/{edition}/wish-windows/{window}/${step}`,
        operationId,
        tags,
        summary,
        security,
        request: { params: one },
        responses: { 200: good('Wish window', window), ...not(400, 403, 404, 409) },
      }),
      async (c) => {
        const taken = await withWindow(c, c.req.valid('param'), (id): Promise<Window | Refusal> => take(c.var.visit, id));
        return isRefusal(taken) ? (refused(c, taken) as never) : c.json(windowShape(c.var.visit, taken), 200);
      },
    );

  api.openapi(
    createRoute({
      method: 'get',
      path: '/editions/{edition}/wish-windows/{window}/sessions',
      operationId: 'reviewDraw',
      tags,
      summary: 'Per session how much it is wished and what the draw makes of it, by time',
      security,
      request: { params: one, query: shapes.page },
      responses: { 200: good('Sessions', shapes.listOf(reviewed)), ...not(400, 403, 404) },
    }),
    async (c) => {
      const { limit, cursor = null } = c.req.valid('query');
      if (cursor !== null && !/^[0-9A-Z]{6}$/.test(cursor)) return problem(c, c.var.visit.language, 400, 'cursor-unknown') as never;
      const page = await withWindow(c, c.req.valid('param'), (id) => wishes.review(c.var.visit, id, { after: cursor, limit }));
      if (isRefusal(page)) return refused(c, page) as never;
      const address = new URL(c.req.url);
      if (page.next !== null) address.searchParams.set('cursor', page.next);
      const items = page.items.map((item) => ({ ...item, ways: [...item.ways] }));
      return c.json({ items, next: page.next === null ? null : address.pathname + address.search }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'get',
      path: '/editions/{edition}/wish-windows/{window}/file',
      operationId: 'getDrawFile',
      tags,
      summary: 'The file by which the draw is repeated: without names, addresses or our ids; who reads it is written down',
      security,
      request: { params: one },
      responses: {
        200: good('A line of JSON about the draw, one an item, one a person', z.object({ file: z.string(), hash: z.string() })),
        ...not(400, 403, 404, 409),
      },
    }),
    async (c) => {
      const file = await withWindow(c, c.req.valid('param'), (id) => wishes.auditFile(c.var.visit, { window: id }));
      return isRefusal(file) ? (refused(c, file) as never) : c.json({ file: file.text, hash: file.hash }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'post',
      path: '/editions/{edition}/wish-windows/{window}/audit-link',
      operationId: 'makeAuditLink',
      tags,
      summary: 'A secret address where an auditor reads the file, for 30 days; replaces the earlier one',
      security,
      request: { params: one },
      responses: { 201: good('The address', z.object({ url: z.string(), until: moment })), ...not(400, 403, 404, 409, ...badContent) },
    }),
    async (c) => {
      const link = await withWindow(c, c.req.valid('param'), (id) => wishes.makeAuditLink(c.var.visit, id));
      if (isRefusal(link)) return refused(c, link) as never;
      const url = new URL(`/loting/controle/${link.secret}`, config().baseUrl).href;
      return c.json({ url, until: link.until.toISOString() }, 201);
    },
  );
}

/** The window, in the edition that the address names. */
async function windowIn(c: Context<Env>, { edition, window: id }: z.infer<typeof one>): Promise<Window | Refusal<'window-unknown'>> {
  const found = await wishes.window(c.var.visit, id);
  return found?.edition === edition ? found : { refused: 'window-unknown' };
}

/** What somebody who has signed in does with a window of this edition. */
async function withWindow<T>(
  c: Context<Env>,
  named: z.infer<typeof one>,
  work: (id: string) => Promise<T>,
): Promise<T | Refusal<'not-signed-in' | 'window-unknown'>> {
  if (!c.var.visit.person) return { refused: 'not-signed-in' };
  const found = await windowIn(c, named);
  return isRefusal(found) ? found : work(found.id);
}

async function editionFor(c: Context<Env>, slug: string): Promise<Edition | Refusal<'not-signed-in' | 'edition-unknown'>> {
  if (!c.var.visit.person) return { refused: 'not-signed-in' };
  return (await programme.edition(c.var.visit, slug)) ?? { refused: 'edition-unknown' };
}

const windowShape = (visit: Visit, found: Window): z.infer<typeof window> => ({
  ...found,
  sessions: found.sessions && [...found.sessions],
  weights: { ...weightOf },
  opensAt: found.opensAt.toISOString(),
  closesAt: found.closesAt.toISOString(),
  drawnAt: found.drawnAt?.toISOString() ?? null,
  confirmedAt: found.confirmedAt?.toISOString() ?? null,
  calledOffAt: found.calledOffAt?.toISOString() ?? null,
  report: reportShape(found, mayLead(visit.person, found.edition)),
});

/** As on the pages: while a draw is checked nobody else is told what may still change, and few people are not counted out loud. */
function reportShape({ state, report }: Window, leads: boolean): z.infer<typeof window>['report'] {
  if (report === null || !(leads || state === 'confirmed')) return null;
  const figure = figures(report, !leads);
  if (figure === null) return null;
  const { groups, belowThree } = figure;
  const areTold = groups.every(({ told }) => told.is === 'exact');
  return {
    ...report,
    sessions: areTold && report.sessions.every((people) => told(people, !leads).is === 'exact') ? [...report.sessions] : null,
    ...(!areTold && { withThree: null, withNothing: null }),
    belowThree: belowThree.is === 'exact' ? belowThree.count : null,
  };
}

async function outcomeShape(visit: Visit, { pseudonym, share, wishes }: Outcome): Promise<z.infer<typeof outcome>> {
  const titles = new Map((await programme.sessionsWith(visit, sessionsIn(wishes))).map(({ code, title }) => [code, title]));
  const why = ({ code, values }: Why) => ({ code, text: whySaid({ code, values }, titles, visit.language), values: { ...values } });
  return { pseudonym, share, wishes: wishes.map((answered) => ({ ...answered, why: why(answered.why) })) };
}
