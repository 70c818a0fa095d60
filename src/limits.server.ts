// How often forms are heard that cost much or keep something for who has no account. A whole office may sit behind one
// address and begin at the same moment, so a network gets what thousands of people need.
import type { RequestEvent } from '@sveltejs/kit';
import { atMost } from '#ground/counting.server.ts';
import { networkOf } from '#rooms/identity/network.ts';
import { sentence } from '#words';

const minute = 60;
/** Steps of the guide: thirty a second. */
const guide = atMost(20_000, 10 * minute);
/** Everything of somebody as a file. */
const takenAlong = atMost(20, 60 * minute);

/** The answer to whoever sends such a form too often; null when it may be heard. */
export async function tooOften({ request, route, locals: { visit }, getClientAddress }: RequestEvent): Promise<Response | null> {
  if (request.method !== 'POST') return null;
  const { person } = visit;
  const seconds =
    person === null && route.id?.startsWith('/aanmelden')
      ? await guide.wait(networkOf(getClientAddress()))
      : person !== null && route.id === '/mijn-gegevens/uitvoer/bestand'
        ? await takenAlong.wait(person.id)
        : null;
  if (seconds === null) return null;
  return new Response(`${sentence(visit.language, 'refused.too-often')}\n`, {
    status: 429,
    headers: { 'retry-after': String(seconds), 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
}
