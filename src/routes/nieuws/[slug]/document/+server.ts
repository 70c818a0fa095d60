import { shelvedPicture } from '#rooms/library';
import { dispositionOf } from '#rooms/library/material.ts';
import { documentOf, story } from '#rooms/newsroom';
import { dayName, local } from '#rooms/programme/when.ts';
import { words } from '#words';
import { notHere } from '../../../not-here.server.ts';
import type { RequestHandler } from './$types';

/** A story as a document to take along, made from the same text. */
export const GET: RequestHandler = async ({ params, locals: { visit, edition, place } }) => {
  const found = edition && (await story(visit, edition, params.slug));
  if (!edition || !found) return notHere(visit);
  const t = words(place.language);
  const stream = found.photo && (await shelvedPicture(found.photo.file));
  const day = found.publishAt && dayName(local(found.publishAt, edition.timeZone).day, place.language, 'full');
  const bytes = await documentOf(found, place.language, {
    photo: stream && Buffer.from(await new Response(stream).arrayBuffer()),
    byline: [day, found.byline].filter(Boolean).join(' · '),
    credit: found.photoCredit && t('newsroom.photoBy', { credit: found.photoCredit }),
  });
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'application/vnd.oasis.opendocument.text',
      'content-disposition': dispositionOf(`${found.slug}.odt`, false),
      'cache-control': 'private, no-cache',
    },
  });
};
