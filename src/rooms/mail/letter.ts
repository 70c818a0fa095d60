import type { Language } from '#ground/visit.ts';

/** A piece of a letter; what it says is plain text, whoever wrote it. */
export type Block =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'heading'; readonly text: string }
  | { readonly is: 'code'; readonly code: string }
  | { readonly is: 'link'; readonly text: string; readonly href: string }
  /** A session: when, its title (with the language it is in) and what there is to know. */
  | {
      readonly is: 'stop';
      readonly when: string;
      readonly title: string;
      readonly lang: string;
      readonly href: string;
      readonly about: readonly string[];
    };

export interface Attachment {
  readonly name: string;
  readonly type: string;
  readonly content: string;
}

/** What somebody is told, before it is put on paper. */
export interface Letter {
  readonly language: Language;
  readonly subject: string;
  readonly blocks: readonly Block[];
  readonly attachments?: readonly Attachment[];
  /** The address by which somebody ends letters like this one. */
  readonly unsubscribe?: string;
}

/** One line without anything that could begin another header. */
export const subjectOf = ({ subject }: Letter): string =>
  subject
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 200);

export const asText = ({ blocks }: Letter): string => `${blocks.map(textOf).join('\n\n')}\n`;

function textOf(block: Block): string {
  switch (block.is) {
    case 'text':
      return block.text;
    case 'heading':
      return `${line(block.text)}\n${'-'.repeat(Math.min(60, block.text.length))}`;
    case 'code':
      return block.code;
    case 'link':
      return `${block.text}:\n${block.href}`;
    case 'stop':
      return [block.when, line(block.title), ...block.about.map(line), block.href].join('\n');
  }
}

const line = (text: string): string => text.replace(/\s+/g, ' ');

/** Readable without pictures, style sheets or script, by everybody's mail program; colours also hold in the dark. */
export const asHtml = (letter: Letter): string => `<!doctype html>
<html lang="${letter.language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(subjectOf(letter))}</title></head>
<body style="margin:0;padding:24px 16px;background:#fdfaf4;color:#181f2e;font:17px/1.5 sans-serif">
<div style="max-width:36em;margin:0 auto">
${letter.blocks.map(htmlOf).join('\n')}
</div>
</body>
</html>
`;

function htmlOf(block: Block): string {
  switch (block.is) {
    case 'text':
      return `<p style="margin:0 0 16px">${escape(block.text).replaceAll('\n', '<br>')}</p>`;
    case 'heading':
      return `<h2 style="margin:32px 0 16px;font-size:20px">${escape(block.text)}</h2>`;
    case 'code':
      return `<p style="margin:0 0 16px;font-size:32px;font-weight:bold;letter-spacing:4px">${escape(block.code)}</p>`;
    case 'link':
      return `<p style="margin:0 0 16px"><a href="${escape(block.href)}" style="color:#00638f;font-weight:bold">${escape(block.text)}</a></p>`;
    case 'stop':
      return `<p style="margin:0 0 16px;padding:0 0 0 12px;border-left:4px solid #00638f">${escape(block.when)}<br><a href="${escape(block.href)}" lang="${escape(block.lang)}" style="color:#181f2e;font-weight:bold">${escape(block.title)}</a>${block.about.map((about) => `<br>${escape(about)}`).join('')}</p>`;
  }
}

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);
