import type { Language } from '#ground/visit.ts';
import { sentence, words } from '#words';

/** What somebody takes along of one kind: what it is and is for, and every row of it. */
export interface Part {
  readonly name: string;
  readonly what: string;
  readonly why: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Everything that is kept of somebody, in an open format. */
export interface Taken {
  readonly takenAt: string;
  readonly from: string;
  readonly email: string;
  readonly parts: readonly Part[];
}

/** The same for who would rather read: one page that can be kept, without anything from elsewhere. */
export function asPage({ takenAt, from, email, parts }: Taken, language: Language): string {
  const t = words(language);
  const title = escape(t('privacy.takenTitle', { email }));
  const shown = parts.map((part) => {
    const body =
      part.rows.length === 0
        ? `<p>${escape(t('privacy.takenNothing'))}</p>`
        : part.rows
            .map(
              (row) =>
                `<dl>${Object.entries(row)
                  .map(([name, value]) => item(name, value, language))
                  .join('')}</dl>`,
            )
            .join('');
    return `<section><h2>${escape(part.what)}</h2><p>${escape(part.why)}</p>${body}</section>`;
  });
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>body{font:1rem/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}dl{border-left:3px solid;padding-left:1rem}dt{font-weight:bold}dd{margin:0 0 .5rem;overflow-wrap:anywhere;white-space:pre-wrap}</style>
</head><body><h1>${title}</h1><p>${escape(t('privacy.takenFrom', { from, at: takenAt }))}</p>
${shown.join('\n')}
</body></html>
`;
}

const item = (name: string, value: unknown, language: Language): string =>
  `<dt>${escape(sentence(language, `privacy.column-${name}`).replace(/^privacy\.column-/, ''))}</dt><dd>${escape(said(value))}</dd>`;

const said = (value: unknown): string => (value === null ? '-' : typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value));

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark);
