import { error } from '@sveltejs/kit';
import type { Visit } from '#ground/visit.ts';
import { sentence } from '#words';

/** The page that says that there is nothing here, also to who may not know that there is. */
export function notHere(visit: Visit): never {
  error(404, sentence(visit.language, 'shell.notFound'), { request: visit.request });
}
