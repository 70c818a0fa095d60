// What the pages share on which a story is written.
import { fail } from '@sveltejs/kit';
import { isRefusal, type Refusal } from '#ground/refusal.ts';
import { shelvePicture } from '#rooms/library';
import { storyIn, typedStory, type Photo, type StoryField, type TypedStory, type WrittenStory } from '#rooms/newsroom/story.ts';

/** What was typed, and what of it can be kept. `before` is the photo that there was. */
export async function readStory(form: FormData, before: Photo | null): Promise<Read> {
  const typed = typedStory(form);
  const file = form.get('photo');
  const isNew = file instanceof File && file.size > 0;
  const read = storyIn(typed, isNew || before !== null);
  if ('problems' in read) return { typed, problems: named(read.problems) };
  const photo = isNew ? await shelvePicture(file) : before;
  if (isRefusal(photo)) return { typed, problems: { photo: `refused.${photo.refused}` } };
  return { typed, written: read.written, photo };
}
type Read =
  | { readonly typed: TypedStory; readonly written: WrittenStory; readonly photo: Photo | null }
  | { readonly typed: TypedStory; readonly problems: Problems };
type Problems = Partial<Record<StoryField, string>>;

/** How it would be read; nothing is kept. */
export function previewOf(typed: TypedStory): { typed: TypedStory; problems: Problems; preview: WrittenStory | null } {
  const read = storyIn(typed, typed.alternative !== '' || typed.isDecorative);
  return 'problems' in read ? { typed, problems: named(read.problems), preview: null } : { typed, problems: {}, preview: read.written };
}

const named = (problems: Problems): Problems => Object.fromEntries(Object.entries(problems).map(([field, name]) => [field, `problem.${name}`]));

/** A refusal of a story stands at the field that it is about. */
export const refusedStory = (typed: TypedStory, { refused }: Refusal) =>
  fail(409, {
    typed,
    problems: { [refused === 'session-unknown' ? 'sessions' : 'titleNl']: `refused.${refused}` } satisfies Problems,
    preview: null,
  });
