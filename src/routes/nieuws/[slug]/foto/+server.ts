import { shelvedPicture } from '#rooms/library';
import { story } from '#rooms/newsroom';
import { notHere } from '../../../not-here.server.ts';
import type { RequestHandler } from './$types';

/** The photo of a story, for exactly who may read the story. */
export const GET: RequestHandler = async ({ params, locals: { visit, edition } }) => {
  const photo = edition && (await story(visit, edition, params.slug))?.photo;
  const body = photo && (await shelvedPicture(photo.file));
  if (!body) return notHere(visit);
  return new Response(body, {
    headers: {
      'content-type': 'image/webp',
      'cache-control': 'private, no-cache',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    },
  });
};
