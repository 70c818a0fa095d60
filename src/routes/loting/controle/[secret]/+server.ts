import { isRefusal } from '#ground/refusal.ts';
import { auditFile } from '#rooms/wishes';
import { drawFileHeaders } from '#rooms/wishes/draw-file-name.ts';
import { notHere } from '../../../not-here.server.ts';
import type { RequestHandler } from './$types';

/** The file of a draw for an auditor, who knows its secret address. */
export const GET: RequestHandler = async ({ locals: { visit }, params }) => {
  const file = await auditFile(visit, { secret: params.secret });
  if (isRefusal(file)) notHere(visit);
  return new Response(file.text, { headers: drawFileHeaders(file) });
};
