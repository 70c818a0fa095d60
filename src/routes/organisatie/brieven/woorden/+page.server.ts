import * as mail from '#rooms/mail';
import { changeables, formOf } from '#rooms/mail/forms.ts';
import { may } from '#rooms/identity/access.ts';
import { leader } from '../../entrance.server.ts';
import type { PageServerLoad } from './$types';

/** Every kind of letter that can be put in other words here, and whether it is. */
export const load: PageServerLoad = async (event) => {
  const { visit, person, edition } = leader(event);
  const isAdministrator = may(person, 'installation.look-after');
  const [ours, houses] = await Promise.all([mail.templatesOf(visit, edition.id), isAdministrator ? mail.templatesOf(visit, null) : []]);
  const own = new Set([...ours, ...houses].filter(({ wording }) => wording !== null).map(({ kind }) => kind));
  return {
    edition,
    kinds: changeables
      .filter((kind) => isAdministrator || formOf(kind).of === 'edition')
      .map((kind) => ({ kind, of: formOf(kind).of, isOwn: own.has(kind) })),
  };
};
