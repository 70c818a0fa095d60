import { isHttpError, isRedirect, json, type RequestHandler } from '@sveltejs/kit';
import { z } from 'zod';
import { mostAtOnce, type Answer } from '#rooms/seats/door/phone.ts';
import { runner } from '../../../../entrance.server.ts';
import { boardOf, take } from '../board.server.ts';

const question = z.object({
  told: z
    .array(z.object({ nr: z.int().min(0), pass: z.uuid(), what: z.enum(['in', 'out']), ago: z.number().min(0) }))
    .max(mostAtOnce)
    .readonly(),
  mark: z.string().max(64).nullable(),
});

/** A phone at the door tells what was done there, and hears how things stand now. */
export const POST: RequestHandler = async (event) => {
  const entered = await runner(event).catch((no: unknown) => {
    if (isRedirect(no)) return 401;
    if (isHttpError(no)) return 403;
    throw no;
  });
  if (typeof entered === 'number') return new Response(null, { status: entered });
  const asked = question.safeParse(await event.request.json().catch(() => null));
  if (!asked.success) return new Response(null, { status: 400 });
  const { visit, session } = entered;
  const answers = await take(visit, session, asked.data.told);
  const board = await boardOf(visit, session);
  return json({ answers, board: board.mark === asked.data.mark ? null : board } satisfies Answer);
};
