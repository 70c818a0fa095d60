// A POST with an Idempotency-Key has one effect, however often it is sent: a retry within a day gets the first answer.
import { z } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { hashOf, locked, unlocked } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import type { Visit } from '#ground/visit.ts';
import type { Env } from './api.ts';
import { languageOf, problem, type FieldFault } from './problem.ts';
import { sentence } from '#words';

const mostSigns = 200;
const answered = z.object({ status: z.union([z.literal(200), z.literal(201), z.literal(204)]), body: z.string() });

/**
 * The key is kept in the transaction of what it is for. So two at the same moment stand in line, one that is broken off
 * leaves nothing, and an answer that says no is not kept: the next try is judged anew. What is kept is locked with the
 * key and the token, of which only a hash stands beside it: an answer may hold a secret.
 */
export const oneEffect: MiddlewareHandler<Env> = async (c, next) => {
  const key = c.req.header('Idempotency-Key');
  const { visit } = c.var;
  if (c.req.method !== 'POST' || key === undefined || !visit.person || c.var.operation.headers) return next();
  if (key === '' || key.length > mostSigns) {
    const fault: FieldFault = { field: 'idempotency-key', code: 'too_big', text: sentence(languageOf(c), 'api.fault-too_big') };
    return problem(c, languageOf(c), 400, 'invalid', [fault]);
  }
  const secret = JSON.stringify([visit.person.id, c.req.header('Authorization'), key]);
  const question = hashOf(JSON.stringify([c.req.path, await c.req.text()]));
  const kept = await atOnce(visit, async (visit) => {
    const before = await keep(visit, hashOf(secret), question);
    if (before) return before;
    c.set('visit', visit);
    await next();
    if (!c.res.ok) return { refused: 'invalid' as const };
    const answer = Buffer.from(JSON.stringify({ status: c.res.status, body: await c.res.clone().text() }));
    await visit.db
      .updateTable('kept_answers')
      .set({ answer: locked(answer, secret) })
      .where('key_hash', '=', hashOf(secret))
      .execute();
    return null;
  });
  c.set('visit', visit);
  if (kept === null || 'refused' in kept) return;
  if (kept.question_hash !== question || kept.answer === null) return problem(c, languageOf(c), 409, 'key-used');
  const { status, body } = answered.parse(JSON.parse(unlocked(kept.answer, secret).toString()));
  if (body === '') return c.body(null, 204);
  c.header('Content-Type', 'application/json');
  return c.newResponse(body, status);
};

/** Keeps the place for an answer; who comes second waits for the first, and gets what is there. */
async function keep({ db, now }: Visit, key: string, question: string) {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('kept_answers')
    .values({ key_hash: key, question_hash: question, created_at: now })
    .onConflict((conflict) => conflict.column('key_hash').doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 1n) return null;
  return db.selectFrom('kept_answers').select(['question_hash', 'answer']).where('key_hash', '=', key).executeTakeFirstOrThrow();
}
