import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import { mayLead } from '#rooms/identity/may.ts';
import * as programme from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import * as webhooks from '#rooms/webhooks';
import { told } from '#rooms/webhooks/event.ts';
import { badContent, empty, good, not } from './answers.ts';
import type { Env } from './api.ts';
import { problem, refused } from './problem.ts';
import * as shapes from './shapes.ts';

const named = z.object({ edition: z.string().max(100) });
const one = named.extend({ webhook: z.uuid() });
const security = [{ token: [] }];
const tags = ['webhooks'];
const moment = z.iso.datetime();

const shape = z
  .object({
    id: z.uuid(),
    address: z.string(),
    events: z.array(z.enum(told)),
    internal: z.boolean().openapi({ description: 'Also of sessions for civil servants only' }),
    createdAt: moment,
    failingSince: moment.nullable(),
    pausedAt: moment.nullable().openapi({ description: 'Since when it was out of reach for three days' }),
  })
  .openapi('Webhook');
const newWebhook = z.strictObject({
  address: z.string().min(9).max(500).openapi({ description: 'Starts with https://' }),
  events: z.array(z.enum(told)).min(1).max(told.length),
  internal: z.boolean().default(false),
});
const delivery = z
  .object({
    id: z.uuid().openapi({ description: 'The id of the event, and the webhook-id' }),
    event: z.enum([...told, 'ping']),
    subject: z.string(),
    happenedAt: moment,
    state: z.enum(['waiting', 'delivered', 'given-up']),
    tries: z.int(),
    nextTryAt: moment.nullable(),
    deliveredAt: moment.nullable(),
    answer: z.int().nullable().openapi({ description: 'The status of the last answer' }),
    fault: z.string().nullable().openapi({ description: 'Why there was no answer' }),
  })
  .openapi('Delivery');
const secret = z.string().openapi({ description: 'With what we sign, as standard-webhooks writes it' });

/** Programs that are told what happens in an edition, for who leads it. */
export function editionWebhooks(api: OpenAPIHono<Env>): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/editions/{edition}/webhooks',
      operationId: 'listWebhooks',
      tags,
      summary: 'The webhooks of an edition',
      security,
      request: { params: named },
      responses: { 200: good('Webhooks', shapes.listOf(shape)), ...not(400, 403, 404) },
    }),
    async (c) => {
      const edition = await ledBy(c, c.req.valid('param').edition);
      if (isRefusal(edition)) return refused(c, edition) as never;
      return c.json({ items: (await webhooks.webhooksOf(c.var.visit, edition)).map(webhookShape), next: null }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'post',
      path: '/editions/{edition}/webhooks',
      operationId: 'makeWebhook',
      tags,
      summary: 'Have a program told what happens in an edition; the secret stands in this answer alone',
      security,
      request: { params: named, body: { content: { 'application/json': { schema: newWebhook } }, required: true } },
      responses: { 201: good('The webhook', shape.extend({ secret }).openapi('NewWebhook')), ...not(400, 403, 404, 409, ...badContent) },
    }),
    async (c) => {
      const edition = await ledBy(c, c.req.valid('param').edition);
      if (isRefusal(edition)) return refused(c, edition) as never;
      const { address, events, internal } = c.req.valid('json');
      const made = await webhooks.makeWebhook(c.var.visit, edition, { address, types: [...new Set(events)], isInternal: internal });
      return isRefusal(made) ? (refused(c, made) as never) : c.json({ ...webhookShape(made), secret: made.secret }, 201);
    },
  );

  api.openapi(
    createRoute({
      method: 'get',
      path: '/editions/{edition}/webhooks/{webhook}',
      operationId: 'getWebhook',
      tags,
      summary: 'One webhook',
      security,
      request: { params: one },
      responses: { 200: good('The webhook', shape), ...not(400, 403, 404) },
    }),
    async (c) => {
      const found = await webhookFor(c, c.req.valid('param'));
      return isRefusal(found) ? (refused(c, found) as never) : c.json(webhookShape(found.webhook), 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/editions/{edition}/webhooks/{webhook}',
      operationId: 'endWebhook',
      tags,
      summary: 'End a webhook',
      security,
      request: { params: one },
      responses: { 204: empty('It has ended'), ...not(400, 403, 404) },
    }),
    async (c) => {
      const { edition: slug, webhook } = c.req.valid('param');
      const edition = await ledBy(c, slug);
      const no = isRefusal(edition) ? edition : await webhooks.endWebhook(c.var.visit, edition, webhook);
      return isRefusal(no) ? (refused(c, no) as never) : c.body(null, 204);
    },
  );

  api.openapi(
    createRoute({
      method: 'post',
      path: '/editions/{edition}/webhooks/{webhook}/secret',
      operationId: 'rotateWebhook',
      tags,
      summary: 'A new secret; the one before signs too for a day',
      security,
      request: { params: one },
      responses: { 201: good('The secret', z.object({ secret })), ...not(400, 403, 404, ...badContent) },
    }),
    async (c) => {
      const { edition: slug, webhook } = c.req.valid('param');
      const edition = await ledBy(c, slug);
      const made = isRefusal(edition) ? edition : await webhooks.rotateWebhook(c.var.visit, edition, webhook);
      return isRefusal(made) ? (refused(c, made) as never) : c.json({ secret: made.secret }, 201);
    },
  );

  api.openapi(
    createRoute({
      method: 'post',
      path: '/editions/{edition}/webhooks/{webhook}/ping',
      operationId: 'pingWebhook',
      tags,
      summary: 'Tell a webhook something that means nothing',
      security,
      request: { params: one },
      responses: { 201: good('What it is told', z.object({ delivery: z.uuid() })), ...not(400, 403, 404, ...badContent) },
    }),
    async (c) => {
      const { edition: slug, webhook } = c.req.valid('param');
      const edition = await ledBy(c, slug);
      const told = isRefusal(edition) ? edition : await webhooks.pingWebhook(c.var.visit, edition, webhook);
      return isRefusal(told) ? (refused(c, told) as never) : c.json({ delivery: told.delivery }, 201);
    },
  );

  api.openapi(
    createRoute({
      method: 'put',
      path: '/editions/{edition}/webhooks/{webhook}/resumption',
      operationId: 'resumeWebhook',
      tags,
      summary: 'Go on with a webhook that was paused, with everything that waited; again is as right as once',
      security,
      request: { params: one },
      responses: { 204: empty('It goes on'), ...not(400, 403, 404) },
    }),
    async (c) => {
      const { edition: slug, webhook } = c.req.valid('param');
      const edition = await ledBy(c, slug);
      const no = isRefusal(edition) ? edition : await webhooks.resumeWebhook(c.var.visit, edition, webhook);
      return isRefusal(no) ? (refused(c, no) as never) : c.body(null, 204);
    },
  );

  api.openapi(
    createRoute({
      method: 'get',
      path: '/editions/{edition}/webhooks/{webhook}/deliveries',
      operationId: 'listDeliveries',
      tags,
      summary: 'What a webhook was told in the last thirty days, the latest first',
      security,
      request: { params: one, query: shapes.page },
      responses: { 200: good('Deliveries', shapes.listOf(delivery)), ...not(400, 403, 404) },
    }),
    async (c) => {
      const found = await webhookFor(c, c.req.valid('param'));
      if (isRefusal(found)) return refused(c, found) as never;
      const { cursor = null, limit } = c.req.valid('query');
      if (cursor !== null && !z.uuid().safeParse(cursor).success) return problem(c, c.var.visit.language, 400, 'cursor-unknown') as never;
      const { items, next } = await webhooks.deliveriesOf(c.var.visit, found.webhook, { before: cursor, limit });
      const address = new URL(c.req.url);
      if (next !== null) address.searchParams.set('cursor', next);
      return c.json({ items: items.map(deliveryShape), next: next === null ? null : address.pathname + address.search }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'put',
      path: '/editions/{edition}/webhooks/{webhook}/deliveries/{delivery}/repetition',
      operationId: 'deliverAgain',
      tags,
      summary: 'Tell a webhook this once more',
      security,
      request: { params: one.extend({ delivery: z.uuid() }) },
      responses: { 204: empty('It will be told'), ...not(400, 403, 404) },
    }),
    async (c) => {
      const { edition: slug, webhook, delivery } = c.req.valid('param');
      const edition = await ledBy(c, slug);
      const no = isRefusal(edition) ? edition : await webhooks.deliverAgain(c.var.visit, edition, webhook, delivery);
      return isRefusal(no) ? (refused(c, no) as never) : c.body(null, 204);
    },
  );
}

type No = Refusal<'not-signed-in' | 'edition-unknown' | 'not-leading' | 'webhook-gone'>;

async function ledBy(c: Context<Env>, slug: string): Promise<Edition | No> {
  const { visit } = c.var;
  if (!visit.person) return { refused: 'not-signed-in' };
  const edition = await programme.edition(visit, slug);
  if (!edition) return { refused: 'edition-unknown' };
  return mayLead(visit.person, edition.slug) ? edition : { refused: 'not-leading' };
}

async function webhookFor(c: Context<Env>, named: z.infer<typeof one>): Promise<{ readonly webhook: webhooks.Webhook } | No> {
  const edition = await ledBy(c, named.edition);
  if (isRefusal(edition)) return edition;
  const webhook = await webhooks.webhookIn(c.var.visit, edition, named.webhook);
  return webhook ? { webhook } : { refused: 'webhook-gone' };
}

const webhookShape = ({ id, address, types, isInternal, createdAt, failingSince, pausedAt }: webhooks.Webhook): z.infer<typeof shape> => ({
  id,
  address,
  events: [...types],
  internal: isInternal,
  createdAt: createdAt.toISOString(),
  failingSince: failingSince?.toISOString() ?? null,
  pausedAt: pausedAt?.toISOString() ?? null,
});

const deliveryShape = ({
  id,
  type,
  subject,
  happenedAt,
  dueAt,
  tries,
  deliveredAt,
  givenUpAt,
  status,
  fault,
}: webhooks.ToldRow): z.infer<typeof delivery> => ({
  id,
  event: type,
  subject,
  happenedAt: happenedAt.toISOString(),
  state: deliveredAt ? 'delivered' : givenUpAt ? 'given-up' : 'waiting',
  tries,
  nextTryAt: deliveredAt || givenUpAt ? null : dueAt.toISOString(),
  deliveredAt: deliveredAt?.toISOString() ?? null,
  answer: status,
  fault,
});
