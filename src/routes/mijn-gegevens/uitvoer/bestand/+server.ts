import { isRefusal } from '#ground/refusal.ts';
import { takeAlong } from '#rooms/privacy';
import { asPage } from '#rooms/privacy/take-along.ts';
import { oneself } from '../../oneself.server.ts';
import type { RequestHandler } from './$types';

/** Everything of the visitor as a file to keep; its name says nothing about them. */
export const POST: RequestHandler = async (event) => {
  const visit = oneself(event);
  const form = (await event.request.formData()).get('vorm') === 'html' ? 'html' : 'json';
  const taken = await takeAlong(visit);
  if (isRefusal(taken)) return new Response(null, { status: 401 });
  const content = form === 'html' ? asPage(taken, visit.language) : `${JSON.stringify(taken, null, 2)}\n`;
  return new Response(content, {
    headers: {
      'content-type': form === 'html' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="innovember-mijn-gegevens.${form}"`,
      'cache-control': 'no-store',
    },
  });
};
