import * as library from '#rooms/library';
import { dispositionOf } from '#rooms/library/material.ts';
import { session } from '#rooms/programme';
import { notHere } from '../../../../not-here.server.ts';
import type { RequestHandler } from './$types';

/** A file of a session, for exactly who may see that session. A picture is ours, drawn anew; a document is taken along, never opened here. */
export const GET: RequestHandler = async ({ locals: { visit }, params, request }) => {
  const found = await session(visit, params.code);
  const file = found && (await library.opened(visit, found, params.id));
  if (!file) return notHere(visit);
  const { material, body } = file;
  // What has this number never changes; who may see it does, so every time is asked.
  const headers = {
    'cache-control': 'private, no-cache',
    etag: `"${material.id}"`,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  };
  if (request.headers.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers });
  return new Response(request.method === 'HEAD' ? null : body(), {
    headers: {
      ...headers,
      'content-type': material.type,
      'content-length': String(material.bytes),
      'content-disposition': dispositionOf(material.name, material.kind === 'picture'),
    },
  });
};
