import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { atOnce } from '#ground/database.server.ts';
import type { PersonId } from '#ground/id.ts';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import { answerTo } from '#rooms/identity/access.ts';
import * as programme from '#rooms/programme';
import { attendances, type Session } from '#rooms/programme/session.ts';
import * as seats from '#rooms/seats';
import { groupPattern, mostPlaces, mostReason } from '#rooms/seats/typed.ts';
import { badContent, empty, good, not } from './answers.ts';
import type { Env } from './api.ts';
import { problem, refused } from './problem.ts';
import * as shapes from './shapes.ts';

const one = z.object({ edition: z.string().max(100), code: z.string().max(100) });
const somebody = one.extend({ person: z.uuid() });
const security = [{ token: [] }];
const tags = ['places'];

const capacity = z.int().min(0).max(mostPlaces).nullable().openapi({ description: '0: not offered; null: without limit' });
const fullness = z.object({ capacity, held: z.int(), offered: z.int(), waiting: z.int(), checkedIn: z.int() });
const places = z.object({ onSite: fullness, online: fullness }).openapi('Places');
const fewerOrMore = z.strictObject({ onSite: z.strictObject({ capacity }).optional(), online: z.strictObject({ capacity }).optional() });

const most = z.int().min(0).max(mostPlaces);
const group = z
  .string()
  .max(100)
  .regex(groupPattern)
  .openapi({ description: 'internal, external, organisation:SLUG, or organisation:* for each organisation' });
const share = z
  .object({ attendance: shapes.attendance, group, most, taken: z.int().openapi({ description: 'Of organisation:* the fullest one' }) })
  .openapi('Share');
const newShares = z.strictObject({
  items: z
    .array(z.strictObject({ attendance: shapes.attendance, group, most }))
    .max(200)
    .refine((all) => new Set(all.map(({ attendance, group }) => `${attendance} ${group}`)).size === all.length, { error: 'A group has one share' }),
});

const onRoll = z
  .object({
    person: z.uuid(),
    name: z.string().nullable(),
    email: z.string(),
    organisation: z.string().nullable(),
    standing: shapes.standing,
    attendance: shapes.attendance,
    waitsFor: shapes.attendance.nullable(),
    position: z.int().nullable(),
    arrival: z.int(),
    offeredUntil: z.iso.datetime().nullable(),
    claimedAt: z.iso.datetime(),
    checkedInAt: z.iso.datetime().nullable(),
  })
  .openapi('OnRoll');
// Signs that steer and halves of signs are nobody's reason, and not all of them can be kept.
const reason = z
  .string()
  .trim()
  .min(1)
  .max(mostReason)
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text))
  .openapi({ description: 'For the journal: one line, no names or personal details' });

/** For who runs a session: how many places, shared how, held by whom. */
export function sessionPlaces(api: OpenAPIHono<Env>): void {
  api.openapi(
    createRoute({
      method: 'get',
      path: '/editions/{edition}/sessions/{code}/places',
      operationId: 'getPlaces',
      tags,
      summary: 'How full a session is, for who runs it',
      security,
      request: { params: one },
      responses: { 200: good('Places', places), ...not(400, 403, 404) },
    }),
    async (c) => {
      const session = await runBy(c, c.req.valid('param'));
      if (isRefusal(session)) return refused(c, session) as never;
      return c.json((await seats.occupancy(c.var.visit, session)).places, 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'patch',
      path: '/editions/{edition}/sessions/{code}/places',
      operationId: 'changePlaces',
      tags,
      summary: 'More or fewer places; with more the first in line move up at once',
      security,
      request: { params: one, body: { content: { 'application/json': { schema: fewerOrMore } }, required: true } },
      responses: { 200: good('Places', places), ...not(400, 403, 404, 409, ...badContent) },
    }),
    async (c) => {
      const session = await runBy(c, c.req.valid('param'));
      if (isRefusal(session)) return refused(c, session) as never;
      const to = c.req.valid('json');
      const changed = await atOnce(c.var.visit, async (visit) => {
        for (const attendance of attendances) {
          const way = to[attendance];
          const no = way && (await seats.setPlaces(visit, session, attendance, way.capacity));
          if (isRefusal(no)) return no;
        }
        return (await seats.occupancy(visit, session)).places;
      });
      if (isRefusal(changed)) return refused(c, changed) as never;
      return c.json(changed, 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'get',
      path: '/editions/{edition}/sessions/{code}/shares',
      operationId: 'listShares',
      tags,
      summary: 'At most so many places for a group',
      security,
      request: { params: one },
      responses: { 200: good('Shares', shapes.listOf(share)), ...not(400, 403, 404) },
    }),
    async (c) => {
      const session = await runBy(c, c.req.valid('param'));
      if (isRefusal(session)) return refused(c, session) as never;
      return c.json({ items: [...(await seats.occupancy(c.var.visit, session)).shares], next: null }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'put',
      path: '/editions/{edition}/sessions/{code}/shares',
      operationId: 'setShares',
      tags,
      summary: 'All shares of a session, in the place of those there were',
      security,
      request: { params: one, body: { content: { 'application/json': { schema: newShares } }, required: true } },
      responses: { 200: good('Shares', shapes.listOf(share)), ...not(400, 403, 404, 409, ...badContent) },
    }),
    async (c) => {
      const session = await runBy(c, c.req.valid('param'));
      if (isRefusal(session)) return refused(c, session) as never;
      const { items } = c.req.valid('json');
      const changed = await atOnce(c.var.visit, async (visit) => {
        for (const attendance of attendances) {
          const own = items.filter((share) => share.attendance === attendance);
          const no = await seats.setShares(visit, session, attendance, own);
          if (isRefusal(no)) return no;
        }
        return (await seats.occupancy(visit, session)).shares;
      });
      if (isRefusal(changed)) return refused(c, changed) as never;
      return c.json({ items: [...changed], next: null }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'get',
      path: '/editions/{edition}/sessions/{code}/seats',
      operationId: 'listSeats',
      tags,
      summary: 'Who has a place and who waits, in order of arrival, for who runs the session',
      security,
      request: { params: one, query: shapes.page.extend({ standing: shapes.standing.optional(), attendance: shapes.attendance.optional() }) },
      responses: { 200: good('Seats', shapes.listOf(onRoll)), ...not(400, 403, 404) },
    }),
    async (c) => {
      const session = await runBy(c, c.req.valid('param'));
      if (isRefusal(session)) return refused(c, session) as never;
      const { cursor, ...asked } = c.req.valid('query');
      if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) return problem(c, c.var.visit.language, 400, 'cursor-unknown') as never;
      const { items, next } = await seats.roll(c.var.visit, session, { ...asked, after: cursor });
      const address = new URL(c.req.url);
      if (next !== null) address.searchParams.set('cursor', next);
      return c.json({ items: items.map(rollShape), next: next === null ? null : address.pathname + address.search }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: 'put',
      path: '/editions/{edition}/sessions/{code}/seats/{person}',
      operationId: 'placeByHand',
      tags,
      summary: 'Give somebody a place past the line, or move them to the other way of taking part',
      security,
      request: {
        params: somebody,
        body: { content: { 'application/json': { schema: z.strictObject({ attendance: shapes.attendance, reason }) } }, required: true },
      },
      responses: { 200: good('Their seat', onRoll), ...not(400, 403, 404, 409, ...badContent) },
    }),
    async (c) => {
      const { visit } = c.var;
      const session = await runBy(c, c.req.valid('param'));
      if (isRefusal(session)) return refused(c, session) as never;
      const { attendance, reason } = c.req.valid('json');
      const person = c.req.valid('param').person as PersonId;
      const no = await seats.placeByHand(visit, session, person, attendance, reason);
      if (isRefusal(no)) return refused(c, no) as never;
      const [seat] = (await seats.roll(visit, session, { person, limit: 1 })).items;
      return seat ? c.json(rollShape(seat), 200) : (refused(c, { refused: 'not-on-roll' }) as never);
    },
  );

  api.openapi(
    createRoute({
      // Not a DELETE with the reason behind it: what is written about somebody does not stand in an address.
      method: 'put',
      path: '/editions/{edition}/sessions/{code}/seats/{person}/removal',
      operationId: 'removeByHand',
      tags,
      summary: 'Take somebody out of a session; who waits longest moves up at once; again is as right as once',
      security,
      request: { params: somebody, body: { content: { 'application/json': { schema: z.strictObject({ reason }) } }, required: true } },
      responses: { 204: empty('They have no seat'), ...not(400, 403, 404, ...badContent) },
    }),
    async (c) => {
      const session = await runBy(c, c.req.valid('param'));
      if (isRefusal(session)) return refused(c, session) as never;
      await seats.removeByHand(c.var.visit, session, c.req.valid('param').person as PersonId, c.req.valid('json').reason);
      return c.body(null, 204);
    },
  );
}

/** The session, for who runs it. Who may not even see it hears that it is not there. */
export async function runBy(
  c: Context<Env>,
  { edition, code }: { readonly edition: string; readonly code: string },
): Promise<Session | Refusal<'not-signed-in' | 'session-unknown' | 'not-yours'>> {
  const { visit } = c.var;
  if (!visit.person) return { refused: 'not-signed-in' };
  const session = await programme.sessionOfHolder(visit, code);
  if (!session || session.edition !== edition) return { refused: 'session-unknown' };
  const answer = answerTo(visit.person, 'session.run', session);
  if (answer === 'yes') return session;
  return { refused: answer === 'not-yours' ? 'not-yours' : 'session-unknown' };
}

const rollShape = ({ pass: _, ...seat }: seats.OnRoll): z.infer<typeof onRoll> => ({
  ...seat,
  offeredUntil: seat.offeredUntil?.toISOString() ?? null,
  claimedAt: seat.claimedAt.toISOString(),
  checkedInAt: seat.checkedInAt?.toISOString() ?? null,
});
