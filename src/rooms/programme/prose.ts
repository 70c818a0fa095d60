import { marked } from 'marked';
import sanitize from 'sanitize-html';

/** What an organiser wrote (plain text or Markdown) as markup that can do no harm: no script, no style, no picture, headings below our own. */
export function prose(text: string): string {
  if (text.trim() === '') return '';
  return sanitize(htmlOf(text), {
    allowedTags: ['p', 'br', 'ul', 'ol', 'li', 'strong', 'em', 'a', 'blockquote', 'code', 'pre', 'h3', 'h4'],
    allowedAttributes: { a: ['href', 'rel'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    transformTags: {
      h1: 'h3',
      h2: 'h3',
      h5: 'h4',
      h6: 'h4',
      b: 'strong',
      i: 'em',
      a: sanitize.simpleTransform('a', { rel: 'nofollow noopener noreferrer ugc' }),
    },
  });
}

/** Text that is nested thousands deep is no Markdown, and is shown as it stands. */
function htmlOf(text: string): string {
  try {
    return marked.parse(text, { async: false, breaks: true, gfm: true });
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault;
    return `<p>${sanitize(text, { allowedTags: [], disallowedTagsMode: 'escape' })}</p>`;
  }
}
