import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import * as identity from '#rooms/identity';
import * as programme from '#rooms/programme';
import { good, not } from './answers.ts';
import type { Env } from './api.ts';
import { problem } from './problem.ts';
import { pageOf } from './list.ts';
import * as shapes from './shapes.ts';

const named = z.object({ edition: z.string().max(100) });

/** The editions, their themes, and the organisations that host something. */
export function editions(api: OpenAPIHono<Env>): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/editions',
      operationId: 'listEditions',
      tags: ['editions'],
      summary: 'All editions, the latest first',
      request: { query: shapes.page },
      responses: { 200: good('Editions', shapes.listOf(shapes.edition)), ...not(400) },
    }),
    async (c) => {
      const found = pageOf(await programme.editions(c.var.visit), (edition) => edition.slug, new URL(c.req.url), c.req.valid('query'));
      if (!found) return problem(c, c.var.visit.language, 400, 'cursor-unknown') as never;
      return c.json({ ...found, items: found.items.map(shapes.editionShape) }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'get',
      path: '/editions/{edition}',
      operationId: 'getEdition',
      tags: ['editions'],
      summary: 'One edition',
      request: { params: named },
      responses: { 200: good('Edition', shapes.edition), ...not(400, 404) },
    }),
    async (c) => {
      const found = await programme.edition(c.var.visit, c.req.valid('param').edition);
      if (!found) return problem(c, c.var.visit.language, 404, 'edition-unknown') as never;
      return c.json(shapes.editionShape(found), 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'get',
      path: '/editions/{edition}/themes',
      operationId: 'listThemes',
      tags: ['editions'],
      summary: 'The themes of an edition',
      request: { params: named, query: shapes.page },
      responses: { 200: good('Themes', shapes.listOf(shapes.theme)), ...not(400, 404) },
    }),
    async (c) => {
      const { visit } = c.var;
      const found = await programme.edition(visit, c.req.valid('param').edition);
      if (!found) return problem(c, visit.language, 404, 'edition-unknown') as never;
      const page = pageOf(await programme.themes(visit, found.id), (theme) => theme.slug, new URL(c.req.url), c.req.valid('query'));
      if (!page) return problem(c, visit.language, 400, 'cursor-unknown') as never;
      return c.json({ ...page, items: page.items.map(shapes.themeShape) }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'get',
      path: '/organisations',
      operationId: 'listOrganisations',
      tags: ['organisations'],
      summary: 'One list of organisations for all editions',
      request: { query: shapes.page },
      responses: { 200: good('Organisations', shapes.listOf(shapes.organisation)), ...not(400) },
    }),
    async (c) => {
      const found = pageOf(await identity.organisations(c.var.visit), (organisation) => organisation.slug, new URL(c.req.url), c.req.valid('query'));
      if (!found) return problem(c, c.var.visit.language, 400, 'cursor-unknown') as never;
      return c.json({ ...found, items: found.items.map(shapes.organisationShape) }, 200);
    },
  );
}
