import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { sentence } from '#words';
import type { Language, Visit } from '#ground/visit.ts';
import * as compose from '#rooms/compose';
import type { Reason } from '#rooms/compose/asking.ts';
import * as identity from '#rooms/identity';
import * as programme from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
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
        body: { content: { 'application/json': { schema: shapes.asking } }, required: false },
      },
      responses: { 200: good('The best programme', shapes.proposal), ...not(400, 404, ...badContent) },
    }),
    async (c) => {
      const { visit } = c.var;
      const edition = await programme.edition(visit, c.req.valid('param').edition);
      if (!edition) return problem(c, visit.language, 404, 'edition-unknown') as never;
      const asked = shapes.asking.parse(c.req.valid('json') ?? {});
      const faults = await unknownNames(visit, edition, asked);
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

type Asked = z.infer<typeof shapes.asking>;
async function unknownNames(visit: Visit, edition: Edition, asked: Asked): Promise<FieldFault[]> {
  const [themes, organisations, sessions] = await Promise.all([
    asked.themes.length === 0 ? [] : programme.themes(visit, edition.id),
    asked.organisation === null ? [] : identity.organisations(visit),
    programme.sessionsWith(visit, asked.chosen),
  ]);
  const isTheme = (slug: string) => themes.some((theme) => theme.slug === slug);
  const isHere = (code: string) => sessions.some((session) => session.code === code && session.edition === edition.slug);
  const isKnown = organisations.some((organisation) => organisation.slug === asked.organisation);
  const fault = (field: string): FieldFault => ({ field, code: 'unknown', text: sentence(visit.language, 'api.fault-unknown') });
  return [
    ...asked.themes.flatMap((slug, i) => (isTheme(slug) ? [] : [fault(`themes.${i}`)])),
    ...asked.chosen.flatMap((code, i) => (isHere(code) ? [] : [fault(`chosen.${i}`)])),
    ...(asked.organisation === null || isKnown ? [] : [fault('organisation')]),
    ...asked.availability.flatMap(({ from, until }, i) => (Date.parse(from) < Date.parse(until) ? [] : [fault(`availability.${i}`)])),
  ];
}
