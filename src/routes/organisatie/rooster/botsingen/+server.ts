import { json } from '@sveltejs/kit';
import { figures } from '#rooms/schedule';
import { notHere } from '../../../not-here.server.ts';
import { leader } from '../../entrance.server.ts';
import type { RequestHandler } from './$types';

/** What it would mean to put a session anywhere: counts per time and venue, for who has picked it up. */
export const GET: RequestHandler = async (event) => {
  const { visit, edition } = leader(event);
  const found = await figures(visit, edition.id, event.url.searchParams.get('sessie') ?? '');
  if (!found) notHere(visit);
  return json(found, { headers: { 'cache-control': 'no-store' } });
};
