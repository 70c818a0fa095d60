import { marked } from 'marked';
import sanitize from 'sanitize-html';

/** What an organiser wrote (plain text or Markdown) as markup that can do no harm: no script, no style, no picture, headings below our own. */
export function prose(text: string): string {
  if (text.trim() === '') return '';
  const html = marked.parse(text, { async: false, breaks: true, gfm: true });
  return sanitize(html, {
    allowedTags: ['p', 'br', 'ul', 'ol', 'li', 'strong', 'em', 'a', 'blockquote', 'code', 'pre', 'h3', 'h4'],
    allowedAttributes: { a: ['href', 'rel'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    transformTags: { h1: 'h3', h2: 'h3', h5: 'h4', h6: 'h4', b: 'strong', i: 'em', a: sanitize.simpleTransform('a', { rel: 'noreferrer nofollow' }) },
  });
}
