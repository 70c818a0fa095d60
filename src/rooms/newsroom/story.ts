// A story: what it says, what is not right about it, and what somebody typed.
import { marked, type Token } from 'marked';
import sanitize from 'sanitize-html';
import type { Id } from '#ground/id.ts';
import { hasProblems, type Problems } from '#ground/problem.ts';
import type { Text } from '#ground/text.ts';
import { textIn } from '#rooms/programme/edition-form.ts';
import { momentIn } from '#rooms/programme/moment.ts';
import { isCode, type Visibility } from '#rooms/programme/session.ts';
import { fieldIn } from '#ui/field.ts';

export type StoryId = Id<'story'>;
export type StoryState = 'draft' | 'scheduled' | 'published' | 'withdrawn';

export interface Photo {
  readonly file: string;
  readonly width: number;
  readonly height: number;
}

/** What people write of a story. */
export interface WrittenStory {
  readonly title: Text;
  readonly lead: Text;
  readonly body: Text;
  readonly byline: string;
  readonly visibility: Visibility;
  /** Codes of the sessions it is about. */
  readonly sessions: readonly string[];
  /** What the photo shows; null: it only decorates, or there is none. */
  readonly photoAlternative: string | null;
  readonly photoCredit: string;
}

export interface Story extends WrittenStory {
  readonly id: StoryId;
  readonly slug: string;
  readonly edition: string;
  readonly photo: Photo | null;
  readonly state: StoryState;
  readonly publishAt: Date | null;
  readonly updatedAt: Date;
  readonly revision: number;
}

export const limits = { title: 140, lead: 400, body: 20_000, byline: 120, alternative: 500, credit: 120, sessions: 10 } as const;

export interface TypedStory {
  readonly titleNl: string;
  readonly titleEn: string;
  readonly leadNl: string;
  readonly leadEn: string;
  readonly bodyNl: string;
  readonly bodyEn: string;
  readonly byline: string;
  readonly visibility: string;
  readonly sessions: string;
  readonly alternative: string;
  readonly isDecorative: boolean;
  readonly credit: string;
}
export type StoryField = keyof TypedStory | 'photo' | 'publishAt';
type Form = Pick<FormData, 'get' | 'has'>;

export const typedStory = (form: Form): TypedStory => ({
  titleNl: fieldIn(form, 'titleNl', limits.title),
  titleEn: fieldIn(form, 'titleEn', limits.title),
  leadNl: fieldIn(form, 'leadNl', limits.lead),
  leadEn: fieldIn(form, 'leadEn', limits.lead),
  bodyNl: bodyOf(form, 'bodyNl'),
  bodyEn: bodyOf(form, 'bodyEn'),
  byline: fieldIn(form, 'byline', limits.byline),
  visibility: fieldIn(form, 'visibility', 10),
  sessions: fieldIn(form, 'sessions', 200),
  alternative: fieldIn(form, 'alternative', limits.alternative),
  isDecorative: form.has('isDecorative'),
  credit: fieldIn(form, 'credit', limits.credit),
});
// Browsers send the ends of lines in their own way.
const bodyOf = (form: Form, name: string): string => fieldIn(form, name, limits.body).replace(/\r\n?/g, '\n');

export const newStory: TypedStory = {
  ...{ titleNl: '', titleEn: '', leadNl: '', leadEn: '', bodyNl: '', bodyEn: '', byline: '', visibility: 'public', sessions: '', alternative: '' },
  isDecorative: false,
  credit: '',
};
export const typedFrom = (story: Story): TypedStory => ({
  titleNl: story.title['nl'] ?? '',
  titleEn: story.title['en'] ?? '',
  leadNl: story.lead['nl'] ?? '',
  leadEn: story.lead['en'] ?? '',
  bodyNl: story.body['nl'] ?? '',
  bodyEn: story.body['en'] ?? '',
  byline: story.byline,
  visibility: story.visibility,
  sessions: story.sessions.join(' '),
  alternative: story.photoAlternative ?? '',
  isDecorative: story.photo !== null && story.photoAlternative === null,
  credit: story.photoCredit,
});

/** The story that was typed, or what is not right about it. What cannot be read by everybody is not right. */
export function storyIn(typed: TypedStory, hasPhoto: boolean): { readonly written: WrittenStory } | { readonly problems: Problems<StoryField> } {
  const codes = [
    ...new Set(
      typed.sessions
        .toUpperCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    ),
  ];
  const problems: Problems<StoryField> = {
    ...(typed.titleNl === '' && typed.titleEn === '' && { titleNl: 'story-title-missing' }),
    ...bodyProblem('bodyNl', typed.bodyNl),
    ...bodyProblem('bodyEn', typed.bodyEn),
    ...((!codes.every(isCode) || codes.length > limits.sessions) && { sessions: 'story-sessions-unreadable' }),
    ...(hasPhoto && typed.alternative === '' && !typed.isDecorative && { alternative: 'alternative-missing' }),
    ...(hasPhoto && typed.alternative !== '' && typed.isDecorative && { alternative: 'alternative-and-decorative' }),
  };
  if (hasProblems(problems)) return { problems };
  return {
    written: {
      title: textIn(typed.titleNl, typed.titleEn),
      lead: textIn(typed.leadNl, typed.leadEn),
      body: textIn(typed.bodyNl, typed.bodyEn),
      byline: typed.byline,
      visibility: typed.visibility === 'internal' ? 'internal' : 'public',
      sessions: codes,
      photoAlternative: hasPhoto && !typed.isDecorative ? typed.alternative : null,
      photoCredit: typed.credit,
    },
  };
}

const bodyProblem = (field: 'bodyNl' | 'bodyEn', text: string): Problems<StoryField> => {
  const [first] = faultsIn(text);
  return first === undefined ? {} : { [field]: first };
};

export type Fault = 'headings-skip' | 'link-says-nothing' | 'picture-in-text' | 'text-too-deep';
const saysNothing = /^(klik )?hier$|^lees (meer|verder)$|^meer$|^link$|^(click )?here$|^(read |learn )?more$|^(https?:\/\/|www\.)/i;

/** What in a text would keep somebody from reading it: headings that skip a level, links that do not say where they lead. */
export function faultsIn(text: string): Fault[] {
  const faults = new Set<Fault>();
  let depth = 1;
  try {
    marked.walkTokens(marked.lexer(text), (token: Token) => {
      if (token.type === 'heading') {
        // One and two number signs are the same heading: above it stands the title.
        const its = Math.max(2, Number(token['depth']));
        if (its > depth + 1) faults.add('headings-skip');
        depth = its;
      }
      if (token.type === 'link' && saysNothing.test(String(token['text']).trim())) faults.add('link-says-nothing');
      if (token.type === 'image') faults.add('picture-in-text');
    });
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault;
    faults.add('text-too-deep');
  }
  return [...faults];
}

/** A text as markup that can do no harm, with its headings below the title of the page. */
export const storyHtml = (text: string): string =>
  text.trim() === '' || faultsIn(text).includes('text-too-deep')
    ? ''
    : sanitize(marked.parse(text, { async: false, breaks: true, gfm: true }), {
        allowedTags: ['p', 'br', 'ul', 'ol', 'li', 'strong', 'em', 'a', 'blockquote', 'code', 'pre', 'h2', 'h3', 'h4'],
        allowedAttributes: { a: ['href', 'rel'] },
        allowedSchemes: ['http', 'https', 'mailto'],
        allowProtocolRelative: false,
        transformTags: { h1: 'h2', h5: 'h4', h6: 'h4', b: 'strong', i: 'em', a: sanitize.simpleTransform('a', { rel: 'noopener noreferrer' }) },
      });

/** When it is to be published, of what was typed; null when that is no moment. */
export const publishAtIn = (form: Form, timeZone: string): Date | null => momentIn(fieldIn(form, 'publishAt', 30), timeZone);
