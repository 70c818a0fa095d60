// Answers for one page, the one at the door of a session that registered it (seats/door/phone.browser.ts), so that it
// opens without a connection. It keeps that page empty: names stand elsewhere, and go when they must. It touches no other
// page.
import { immutable } from '$app/manifest';
import { self } from '$app/service-worker';

const files = immutable.map(({ path }) => new URL(path, self.location.origin).pathname);
const page = new URL(self.registration.scope).pathname;
const family = `door ${page} `;
const kept = family + markOf(files.join());
/** Slower than this is no connection to somebody at a door. */
const patience = 4000;

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (pathname === page) event.respondWith(opened(request));
  } else if (files.includes(pathname)) event.respondWith(file(request));
});

async function keep(): Promise<void> {
  const cache = await caches.open(kept);
  const empty = await fetch(`${page}?leeg`, { credentials: 'same-origin', cache: 'no-store' });
  // Who is not signed in is sent elsewhere; then there is nothing to keep yet.
  if (!empty.ok || empty.redirected) throw new Error('The page at the door did not open');
  await cache.put(page, empty);
  await cache.addAll(files);
}

async function takeOver(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(family) && name !== kept) await caches.delete(name);
  await self.clients.claim();
}

async function opened(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patience) });
    if (answer.status < 500) return answer;
  } catch {
    // No connection: what is kept opens.
  }
  return (await caches.match(page, { cacheName: kept })) ?? Response.error();
}

/** Files have a name of their own for each content, so the one that is kept is the right one. */
const file = async (request: Request): Promise<Response> =>
  (await caches.match(new URL(request.url).pathname, { cacheName: kept })) ?? fetch(request);

/** A short name for a list of files. */
function markOf(text: string): string {
  let mark = 5381;
  for (const sign of text) mark = (mark * 33 + sign.codePointAt(0)!) >>> 0;
  return mark.toString(36);
}
