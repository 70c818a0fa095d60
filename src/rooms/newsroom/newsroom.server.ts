// The door of the newsroom: news and interviews of an edition. Who calls what writes has made sure that the visitor may.
import { newId } from '#ground/chance.server.ts';
import { atOnce } from '#ground/database.server.ts';
import { isId, type EditionId } from '#ground/id.ts';
import type { Refusal } from '#ground/refusal.ts';
import { isSlug, slugOf } from '#ground/text.ts';
import { seesInternal, type Visit } from '#ground/visit.ts';
import { record } from '#rooms/journal';
import * as queries from './queries.server.ts';
import type { Photo, Story, StoryState, WrittenStory } from './story.ts';

export { documentOf } from './document.server.ts';

type In = { readonly id: EditionId };

/** What this visitor may read of an edition, the newest first. */
export const news = (visit: Visit, edition: In, from = 0, most = 20): Promise<Story[]> =>
  queries.published(visit.db, edition.id, seesInternal(visit), from, most);
export const countNews = (visit: Visit, edition: In): Promise<number> => queries.countPublished(visit.db, edition.id, seesInternal(visit));

/** One story, when this visitor may read it. */
export const story = async (visit: Visit, edition: In, slug: string): Promise<Story | null> =>
  isSlug(slug) ? queries.publishedOne(visit.db, edition.id, slug, seesInternal(visit)) : null;

/** Every story in whatever state, for those who write them. */
export const stories = (visit: Visit, edition: In): Promise<Story[]> => queries.all(visit.db, edition.id);
export const storyToWrite = async (visit: Visit, edition: In, id: string): Promise<Story | null> =>
  isId<'story'>(id) ? queries.one(visit.db, edition.id, id) : null;

type NotWritten = Refusal<'session-unknown' | 'changed-meanwhile' | 'story-unknown'>;

/** Makes a draft; its address comes from its title, with a number when that is taken. */
export const makeStory = (visit: Visit, edition: In, written: WrittenStory, photo: Photo | null): Promise<Story | NotWritten> =>
  atOnce(visit, async (visit): Promise<Story | NotWritten> => {
    const id = newId<'story'>(visit.now);
    const title = slugOf(written.title['nl'] ?? written.title['en'] ?? '') || 'bericht';
    for (let nth = 1; ; nth++) {
      const slug = nth === 1 ? title : `${title}-${nth}`;
      if (await queries.insert(visit.db, id, edition.id, slug, written, photo, visit.person?.id ?? null, visit.now)) break;
    }
    if (!(await queries.link(visit.db, id, edition.id, written.sessions))) return { refused: 'session-unknown' };
    await record(visit, { what: 'story-made', edition: edition.id, details: { story: id } });
    return (await queries.one(visit.db, edition.id, id))!;
  });

/** Changes a story; `revision` is of what the visitor began with. */
export const writeStory = (
  visit: Visit,
  edition: In,
  id: string,
  revision: number,
  written: WrittenStory,
  photo: Photo | null,
): Promise<Story | NotWritten> =>
  atOnce(visit, async (visit): Promise<Story | NotWritten> => {
    const found = await held(visit, edition, id);
    if (found === null) return { refused: 'story-unknown' };
    if (found.revision !== revision) return { refused: 'changed-meanwhile' };
    await queries.update(visit.db, found.id, written, photo, visit.now);
    if (!(await queries.link(visit.db, found.id, edition.id, written.sessions))) return { refused: 'session-unknown' };
    await record(visit, { what: 'story-changed', edition: edition.id, details: { story: found.id } });
    return (await queries.one(visit.db, edition.id, id))!;
  });

type NotMoved = Refusal<'story-unknown' | 'changed-meanwhile'>;

/** Publishes a story now, or plans it for later; the worker publishes it then. */
export const publish = (visit: Visit, edition: In, id: string, at: Date = visit.now): Promise<void | NotMoved> =>
  move(visit, edition, id, ['draft', 'scheduled', 'withdrawn'], at > visit.now ? 'scheduled' : 'published', at);

/** Nobody reads it any more; it can be published again. */
export const withdraw = (visit: Visit, edition: In, id: string): Promise<void | NotMoved> =>
  move(visit, edition, id, ['scheduled', 'published'], 'withdrawn', null);

const words = { draft: 'story-changed', scheduled: 'story-changed', published: 'story-published', withdrawn: 'story-withdrawn' } as const;
const move = (visit: Visit, edition: In, id: string, from: readonly StoryState[], to: StoryState, at: Date | null): Promise<void | NotMoved> =>
  atOnce(visit, async (visit): Promise<void | NotMoved> => {
    const found = await held(visit, edition, id);
    if (found === null) return { refused: 'story-unknown' };
    if (!(await queries.setState(visit.db, found.id, from, to, at, visit.now))) return { refused: 'changed-meanwhile' };
    await record(visit, { what: words[to], edition: edition.id, details: { story: found.id } });
  });

async function held(visit: Visit, edition: In, id: string): Promise<Story | null> {
  if (!isId<'story'>(id)) return null;
  await queries.hold(visit.db, id);
  return queries.one(visit.db, edition.id, id);
}

/** Publishes what was planned for now or before; answers how many. */
export const publishDue = (visit: Visit): Promise<number> =>
  atOnce(visit, async (visit) => {
    const due = await queries.due(visit.db, visit.now);
    for (const { id, edition } of due) {
      await queries.setState(visit.db, id, ['scheduled'], 'published', null, visit.now);
      await record(visit, { what: 'story-published', edition, details: { story: id } });
    }
    return due.length;
  });
