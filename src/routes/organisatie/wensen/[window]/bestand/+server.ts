import { isRefusal } from '#ground/refusal.ts';
import { auditFile } from '#rooms/wishes';
import { drawFileHeaders } from '#rooms/wishes/draw-file-name.ts';
import { notHere } from '../../../../not-here.server.ts';
import { windowHere } from '../../window.server.ts';
import type { RequestHandler } from './$types';

/** The file of a draw for who leads the edition. */
export const GET: RequestHandler = async (event) => {
  const { visit, window } = await windowHere(event);
  const file = await auditFile(visit, { window: window.id });
  return isRefusal(file) ? notHere(visit) : new Response(file.text, { headers: drawFileHeaders(file) });
};
