import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#ground/address.ts';
import { isRefusal } from '#ground/refusal.ts';
import { mergeThreeWays } from '#ground/three-way.ts';
import { mayAdminister } from '#rooms/identity/may.ts';
import * as programme from '#rooms/programme';
import { editionIn, typedBefore, typedEdition, typedFrom } from '#rooms/programme/edition-form.ts';
import { fieldIn } from '#ui/field.ts';
import { leader } from '../entrance.server.ts';
import { administrator } from '../beheer/entrance.server.ts';
import { notHere } from '../../not-here.server.ts';
import { themeActions, themesShown } from './theme-actions.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Everything that an edition is, for who leads it. */
export const load: PageServerLoad = async (event) => {
  const { visit, person, edition } = leader(event);
  const shown = await themesShown({ visit, edition }, event.url);
  const current = await programme.currentEdition(visit);
  return {
    edition,
    ...shown,
    typed: typedFrom(edition),
    isMeant: current?.id === edition.id,
    mayMakeCurrent: mayAdminister(person),
    did: event.url.searchParams.get('gedaan'),
  };
};

export const actions: Actions = {
  bewaar: async (event) => {
    const { visit, edition } = leader(event);
    const form = await event.request.formData();
    const typed = typedEdition(form);
    const revision = Number(fieldIn(form, 'revision', 9));
    const read = editionIn(typed);
    if ('problems' in read) return fail(400, { typed, before: typedBefore(form), revision, problems: read.problems });
    const saved = await programme.changeEdition(visit, edition.slug, revision, read.written);
    if (!isRefusal(saved)) return go(event, 'gedaan=bewaard');
    if (saved.refused !== 'changed-meanwhile') return fail(409, { refused: saved.refused });
    const now = await programme.edition(visit, edition.slug);
    if (now === null) return fail(409, { refused: saved.refused });
    // What only one of the two changed is kept of both; what both changed is for this reader to choose.
    const theirs = typedFrom(now);
    const merged = mergeThreeWays({ ...typedBefore(form) }, { ...theirs }, { ...typed });
    return fail(409, { typed: merged.fields, before: theirs, revision: now.revision, meanwhile: { theirs, clashes: merged.clashes } });
  },
  huidig: async (event) => {
    const { visit } = administrator(event);
    const { edition } = event.locals;
    if (edition === null) return notHere(visit);
    await programme.makeCurrent(visit, edition);
    return go(event, 'gedaan=huidig');
  },
  sluit: async (event) => {
    const { visit, edition } = leader(event);
    await programme.closeEdition(visit, edition);
    return go(event, 'gedaan=gesloten#sluiten');
  },
  open: async (event) => {
    const { visit, edition } = leader(event);
    await programme.openEdition(visit, edition);
    return go(event, 'gedaan=geopend#sluiten');
  },
  ...themeActions(leader, (event, said) => `${here(event)}?${said.startsWith('weg=') ? said : `gedaan=${said}`}#themas`),
};

const here = (event: RequestEvent): string => address(event.locals.place, '/organisatie/editie');
const go = (event: RequestEvent, said: string): never => redirect(303, `${here(event)}?${said}`);
