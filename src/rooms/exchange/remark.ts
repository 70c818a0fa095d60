import type { Remark } from './imported.ts';
import { clean, line } from './plain.ts';

export const remark = (name: string, values: Remark['values'] = {}): Remark => ({ remark: name, values });

/** Notes what had to be assumed about the row at hand. */
export type SayRemark = (name: string, values?: Remark['values']) => void;

/** At most so many characters, never half of one. */
export const cut = (text: string, most: number): string =>
  text.length <= most
    ? text
    : text
        .slice(0, most)
        .toWellFormed()
        .replace(/\ufffd$/, '')
        .trimEnd();
/** What the file gave, short enough for a sentence. */
export const shown = (text: string): string => cut(line(cut(text, 200)), 60);

/** An id of any shape, as long as it fits an index. */
export function identity(text: string | null): string | null {
  const id = clean(text ?? '').replace(/\s+/g, ' ');
  return id === '' || id.length > 200 ? null : id;
}
