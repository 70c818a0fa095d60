import { error, json } from '@sveltejs/kit';
import { window as windowAt } from '#rooms/wishes';
import { sentence } from '#words';
import type { RequestHandler } from './$types';

/** How far a draw is, for a page that tells it while it runs. */
export const GET: RequestHandler = async ({ locals: { visit }, params }) => {
  const window = await windowAt(visit, params.window);
  if (!window) error(404, { message: sentence(visit.language, 'shell.notFound'), request: visit.request });
  return json({ state: window.state, progress: window.progress }, { headers: { 'cache-control': 'no-store' } });
};
