import { address } from '#ground/address.ts';
import { config } from '#ground/config.server.ts';
import { story } from '#rooms/newsroom';
import { articleOf } from '#rooms/newsroom/article.ts';
import { sessionsWith } from '#rooms/programme';
import { notHere } from '../../not-here.server.ts';
import type { PageServerLoad } from './$types';

/** A story, with the sessions that it is about and that this reader may see. */
export const load: PageServerLoad = async ({ params, locals: { visit, edition, place } }) => {
  const found = edition && (await story(visit, edition, params.slug));
  if (!edition || !found) return notHere(visit);
  const { photo, ...told } = found;
  return {
    edition,
    // Where the file is, is nobody's business.
    story: { ...told, photo: photo && { file: '', width: photo.width, height: photo.height } },
    sessions: (await sessionsWith(visit, found.sessions)).map(({ code, title }) => ({ code, title })),
    article: articleOf(found, place.language, config().baseUrl.origin + address(place, `/nieuws/${found.slug}`)),
  };
};
