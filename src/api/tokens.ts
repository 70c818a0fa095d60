import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { isRefusal } from '#ground/refusal.ts';
import * as identity from '#rooms/identity';
import { isTokenName, tokenDays } from '#rooms/identity/my-token.ts';
import { badContent, empty, good, not } from './answers.ts';
import type { Env } from './api.ts';
import { refused } from './problem.ts';
import * as shapes from './shapes.ts';

const security = [{ token: [] }];
const tags = ['tokens'];

const scope = z.enum(['read', 'write']).openapi({ description: 'write reads too' });
const token = z
  .object({
    id: z.uuid(),
    name: z.string().nullable().openapi({ description: 'null: made by the operator' }),
    scope,
    createdAt: z.iso.datetime(),
    usedAt: z.iso.datetime().nullable().openapi({ description: 'To the hour' }),
    expiresAt: z.iso.datetime().nullable(),
  })
  .openapi('Token');
const newToken = z.strictObject({
  name: z.string().trim().refine(isTokenName).openapi({ description: 'What it is for: one line of at most 60 characters', maxLength: 60 }),
  scope,
  days: z.literal(tokenDays).openapi({ description: 'How long it holds', type: 'integer', enum: [...tokenDays] }),
});

/** The tokens by which programs ask in somebody's name. */
export function tokens(api: OpenAPIHono<Env>): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/me/tokens',
      operationId: 'listTokens',
      tags,
      summary: 'My tokens: for what, since when and until when',
      security,
      responses: { 200: good('My tokens', shapes.listOf(token)), ...not() },
    }),
    async (c) => c.json({ items: (await identity.myTokens(c.var.visit)).map(tokenShape), next: null }, 200),
  );

  api.openapi(
    createRoute({
      method: 'post',
      path: '/me/tokens',
      operationId: 'makeToken',
      tags,
      summary: 'Make a token for a program; it stands in this answer alone. It can do no more than the one it is made with, and not for longer',
      security,
      request: { body: { content: { 'application/json': { schema: newToken } }, required: true } },
      responses: { 201: good('The token', token.extend({ token: z.string() }).openapi('NewToken')), ...not(400, 403, 409, ...badContent) },
    }),
    async (c) => {
      const made = await identity.makeMyToken(c.var.visit, c.req.valid('json'));
      return isRefusal(made) ? (refused(c, made) as never) : c.json({ ...tokenShape(made), token: made.secret }, 201);
    },
  );

  api.openapi(
    createRoute({
      method: 'delete',
      path: '/me/tokens/{token}',
      operationId: 'endToken',
      tags,
      summary: 'End a token, from the next request on',
      security,
      request: { params: z.object({ token: z.uuid() }) },
      responses: { 204: empty('It has ended'), ...not(400, 403, 404) },
    }),
    async (c) => {
      const no = await identity.endToken(c.var.visit, c.req.valid('param').token);
      return isRefusal(no) ? (refused(c, no) as never) : c.body(null, 204);
    },
  );
}

const tokenShape = ({ id, name, scopes, createdAt, usedAt, expiresAt }: identity.MyToken): z.infer<typeof token> => ({
  id,
  name,
  scope: scopes.length === 0 || scopes.includes('write') ? 'write' : 'read',
  createdAt: createdAt.toISOString(),
  usedAt: usedAt?.toISOString() ?? null,
  expiresAt: expiresAt?.toISOString() ?? null,
});
