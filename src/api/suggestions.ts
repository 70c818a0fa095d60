import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { sentence } from '#words';
import type { Language } from '#ground/visit.ts';
import * as compose from '#rooms/compose';
import type { Reason } from '#rooms/compose/wish.ts';
import * as identity from '#rooms/identity';
import * as programme from '#rooms/programme';
import { badContent, good, not } from './answers.ts';
import type { Env } from './api.ts';
import { problem, type FieldFault } from './problem.ts';
import * as shapes from './shapes.ts';

/** A programme made to measure; needs no account and changes nothing. */
export function suggestions(api: OpenAPIHono<Env>): void {
  api.openapi(
    createRoute({
      method: 'post',
      path: '/editions/{edition}/suggestions',
      operationId: 'suggest',
      tags: ['suggestions'],
      summary: 'Two that fit and one surprise, each with its reason',
      request: {
        params: z.object({ edition: z.string().max(100) }),
        body: { content: { 'application/json': { schema: shapes.wish } }, required: false },
      },
      responses: { 200: good('The best programme', shapes.proposal), ...not(400, 404, ...badContent) },
    }),
    async (c) => {
      const { visit } = c.var;
      const edition = await programme.edition(visit, c.req.valid('param').edition);
      if (!edition) return problem(c, visit.language, 404, 'edition-unknown') as never;
      const asked = shapes.wish.parse(c.req.valid('json') ?? {});
      const faults = await unknownNames(c.var.visit, edition.id, asked);
      if (faults.length > 0) return problem(c, visit.language, 400, 'invalid', faults) as never;
      const found = await compose.suggest(visit, edition, {
        ...asked,
        fits: asked.fits ?? edition.rules.fits,
        surprises: asked.surprises ?? edition.rules.surprises,
        availability: asked.availability.map(({ from, until }) => ({ from: new Date(from), until: new Date(until) })),
      });
      const told = (reasons: readonly Reason[]) => reasons.map((reason) => ({ code: reason.code, text: said(visit.language, reason) }));
      return c.json(
        {
          fits: found.fits.map((fit) => ({ session: fit.session, fit: fit.fit, attendance: fit.attendance, reasons: told(fit.reasons) })),
          surprises: found.surprises.map((one) => ({
            session: one.session,
            intrigue: one.intrigue,
            attendance: one.attendance,
            reasons: told(one.reasons),
          })),
          alternatives: found.alternatives.map((one) => ({ for: one.for, session: one.session, reasons: told(one.reasons) })),
          value: found.value,
          optimal: found.optimal,
        },
        200,
      );
    },
  );
}

const said = (language: Language, reason: Reason): string =>
  sentence(
    language,
    `compose.${reason.code}`,
    Object.fromEntries(Object.entries(reason.values).map(([name, value]) => [name, typeof value === 'string' ? value : value.join(', ')])),
  );

type Asked = z.infer<typeof shapes.wish>;
type Who = Parameters<typeof programme.themes>;

async function unknownNames(visit: Who[0], edition: Who[1], asked: Asked): Promise<FieldFault[]> {
  const themes = new Set((await programme.themes(visit, edition)).map((theme) => theme.slug));
  const organisations = new Set((await identity.organisations(visit)).map((organisation) => organisation.slug));
  const codes = new Set((await programme.sessions(visit, edition)).map((session) => session.code));
  const fault = (field: string): FieldFault => ({ field, code: 'unknown', text: sentence(visit.language, 'api.fault-unknown') });
  return [
    ...asked.themes.flatMap((slug, i) => (themes.has(slug) ? [] : [fault(`themes.${i}`)])),
    ...asked.chosen.flatMap((code, i) => (codes.has(code) ? [] : [fault(`chosen.${i}`)])),
    ...(asked.organisation === null || organisations.has(asked.organisation) ? [] : [fault('organisation')]),
    ...asked.availability.flatMap(({ from, until }, i) => (Date.parse(from) < Date.parse(until) ? [] : [fault(`availability.${i}`)])),
  ];
}
