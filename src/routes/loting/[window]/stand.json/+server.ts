import { json } from '@sveltejs/kit';
import { window as windowAt } from '#rooms/wishes';
import { notHere } from '../../../not-here.server.ts';
import type { RequestHandler } from './$types';

/** How far a draw is, for a page that tells it while it runs. */
export const GET: RequestHandler = async ({ locals: { visit }, params }) => {
  const window = await windowAt(visit, params.window);
  if (!window) notHere(visit);
  return json({ state: window.state, progress: window.progress }, { headers: { 'cache-control': 'no-store' } });
};
