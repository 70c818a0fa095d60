// The five steps in which the first edition of an installation is made, and who takes them. What is typed is kept in the
// edition itself, so that going back and forward loses nothing.
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import type { Visit } from '#ground/visit.ts';
import { currentEdition } from '#rooms/programme';
import type { Edition } from '#rooms/programme/edition.ts';
import { administrator } from '../organisatie/beheer/entrance.server.ts';

type Coming = Pick<RequestEvent, 'locals' | 'url' | 'request' | 'params'>;

/** Who makes the first edition, with what there is of it. An example is never changed into a real one. */
export async function beginner(event: Coming): Promise<{ readonly visit: Visit; readonly edition: Edition | null }> {
  const { visit } = administrator(event);
  const edition = await currentEdition(visit);
  if (edition?.isExample) redirect(303, address(event.locals.place, '/organisatie/edities/nieuw'));
  return { visit, edition };
}

/** The same, from the second step on. */
export async function beginning(event: Coming): Promise<{ readonly visit: Visit; readonly edition: Edition }> {
  const { visit, edition } = await beginner(event);
  if (edition === null) redirect(303, address(event.locals.place, '/begin'));
  return { visit, edition };
}
