// Two people edit one thing. The form carries what it began with and of which revision that was; who saves second is shown
// what the other saved beside what they typed, and chooses. Nothing is lost, and no script is needed.
//
// In the page, within the form:   <Meanwhile {language} {revision} base={...} meeting={form?.meeting} labels={{ title: t('...') }} />
// In the action:                  const typed = settled(form, typedIn(form));            what was chosen is in it
//                                 const { revision, base } = begunIn(form);
//                                 ... refused 'changed-meanwhile': read the thing again, as typed fields `theirs`
//                                 const meeting = meet({ revision: now.revision, base, theirs, mine: typed });
//                                 return fail(409, { typed: meeting.fields, meeting });
// With another problem, hand `begun: begunIn(form)` back and give its revision and base to the page's form again.
// The fields of the form then show `meeting.fields`: what either changed, and of what both changed what was typed here.
import { mergeThreeWays, same } from '#ground/three-way.ts';

/** The fields of a form as somebody fills them in; several values of one name are a list. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

export interface Begun {
  readonly revision: number;
  /** Empty when the form did not say. */
  readonly base: Typed;
}

/** One field that another changed. */
export interface Difference {
  readonly name: string;
  readonly base: string | readonly string[];
  readonly theirs: string | readonly string[];
  readonly mine: string | readonly string[];
  /** Both changed it to something else. */
  readonly isClash: boolean;
}

export interface Meeting<T extends Typed = Typed> {
  /** What the form shows now: everything of both; where both changed the same, what was typed here. */
  readonly fields: T;
  readonly differences: readonly Difference[];
  /** Of what the other saved: what is sent next is about that. */
  readonly revision: number;
  readonly base: T;
}

export function meet<T extends Typed>({ revision, base, theirs, mine }: { revision: number; base: Typed; theirs: T; mine: T }): Meeting<T> {
  const known: T = { ...theirs, ...base };
  const { fields, clashes } = mergeThreeWays(known, theirs, mine);
  const changed = Object.keys(mine).filter((name) => !same(known[name], theirs[name]) && !same(theirs[name], mine[name]));
  return {
    fields,
    differences: changed.map((name) => ({
      name,
      base: known[name] ?? '',
      theirs: theirs[name] ?? '',
      mine: mine[name] ?? '',
      isClash: clashes.includes(name),
    })),
    revision,
    base: theirs,
  };
}

/** What a form began with, as its hidden fields say. */
export function begunIn(form: Pick<FormData, 'get'>): Begun {
  const revision = Number(form.get('revision') ?? Number.NaN);
  return { revision: Number.isSafeInteger(revision) ? revision : -1, base: typedFrom(String(form.get('begun') ?? '')) };
}

/** What was typed, with what the other saved where that was chosen. */
export function settled<T extends Typed>(form: Pick<FormData, 'get'>, typed: T): T {
  const { base } = begunIn(form);
  const theirs = Object.keys(typed).filter((name) => form.get(`keep-${name}`) === 'theirs' && base[name] !== undefined);
  return { ...typed, ...Object.fromEntries(theirs.map((name) => [name, base[name]])) };
}

function typedFrom(written: string): Typed {
  try {
    const read: unknown = JSON.parse(written);
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return {};
    return Object.fromEntries(Object.entries(read).filter((entry): entry is [string, string | string[]] => isField(entry[1])));
  } catch {
    return {};
  }
}
const isField = (value: unknown): boolean => typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));

export interface Piece {
  readonly is: 'same' | 'gone' | 'new';
  readonly text: string;
}

const mostWords = 600;
/** From one text to another by word: what stayed, what went and what came. Long texts differ as a whole. */
export function piecesOf(before: string, after: string): Piece[] {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  if (old.length > mostWords || now.length > mostWords) return joined([...whole('gone', before), ...whole('new', after)]);
  // How many words from here on are the same, at best.
  const best = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let a = old.length - 1; a >= 0; a--)
    for (let b = now.length - 1; b >= 0; b--)
      best[a]![b] = old[a] === now[b] ? best[a + 1]![b + 1]! + 1 : Math.max(best[a + 1]![b]!, best[a]![b + 1]!);
  const pieces: Piece[] = [];
  let [a, b] = [0, 0];
  while (a < old.length || b < now.length) {
    if (a < old.length && b < now.length && old[a] === now[b]) {
      pieces.push({ is: 'same', text: old[a]! });
      [a, b] = [a + 1, b + 1];
    } else if (b === now.length || (a < old.length && best[a + 1]![b]! >= best[a]![b + 1]!)) pieces.push({ is: 'gone', text: old[a++]! });
    else pieces.push({ is: 'new', text: now[b++]! });
  }
  return joined(pieces);
}

/** Words with the space behind them. */
const wordsOf = (text: string): string[] => text.match(/\s*\S+\s*/g)?.flatMap((word) => word.match(/\s+|\S+/g) ?? []) ?? [];
const whole = (is: Piece['is'], text: string): Piece[] => (text === '' ? [] : [{ is, text }]);

function joined(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (last?.is === piece.is) all[all.length - 1] = { is: last.is, text: last.text + piece.text };
    else all.push(piece);
  }
  return all;
}

/** A list as one reads it. */
export const asText = (value: string | readonly string[]): string => (typeof value === 'string' ? value : value.join(', '));
