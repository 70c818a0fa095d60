// While nothing can be changed: what a browser sends is refused in plain words, and nothing that somebody filled in is lost.
import type { RequestEvent } from '@sveltejs/kit';
import { goesOn, retryAfter } from '#rooms/upkeep/notice.ts';
import { sentence } from '#words';

const reads = ['GET', 'HEAD', 'OPTIONS'];
const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

/**
 * What to answer to a change that cannot be made now. Null: nothing special, or the page is shown as if it was asked
 * for, with what was sent ready to be sent again.
 */
export async function whileClosed(event: RequestEvent): Promise<Response | null> {
  const { request, url, locals, route } = event;
  if (!locals.notices.readOnly || reads.includes(request.method) || goesOn(route.id)) return null;
  const message = sentence(locals.visit.language, 'refused.read-only');
  const type = (request.headers.get('content-type') ?? '').split(';', 1)[0]!.trim();
  if (request.method !== 'POST' || !formTypes.includes(type)) return answer({ message });
  // A page with script keeps what was typed by itself; this is what it takes for a form that was not accepted.
  if (request.headers.get('x-sveltekit-action') === 'true') return answer({ type: 'failure', status: 503, data: '[{"notSent":1},true]' }, 200);
  const form = [...(await request.formData())];
  locals.notSent = {
    to: url.pathname + url.search,
    fields: form.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
    hadFiles: form.some(([, value]) => typeof value !== 'string' && value.size > 0),
  };
  const headers = [...request.headers].filter(([name]) => !name.startsWith('content-')) as [string, string][];
  Object.assign(event, { request: new Request(url, { headers }) });
  return null;
}

/** The page that shows what was not sent is no answer to what was asked. A page that would lead elsewhere cannot show it. */
export function asNotSent(response: Response, { locals }: RequestEvent): Response {
  const { headers } = response;
  headers.set('retry-after', String(retryAfter));
  if (response.status < 300 || response.status >= 400) return new Response(response.body, { status: 503, headers });
  headers.delete('location');
  headers.set('content-type', 'text/plain; charset=utf-8');
  return new Response(`${sentence(locals.visit.language, 'refused.read-only')}\n`, { status: 503, headers });
}

const answer = (body: unknown, status = 503): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'private, no-store', 'retry-after': String(retryAfter) },
  });
