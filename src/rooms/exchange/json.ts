import { limits, unreadable, type Unreadable } from './imported.ts';

/** A JSON text as a value. Checked first with a reader of our own, that knows where it breaks and stops at depth and number. */
export function parseJson(text: string): { readonly value: unknown } | Unreadable {
  const fault = firstFault(text);
  return fault ?? { value: JSON.parse(text) };
}

const space = /[ \t\n\r]*/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

function firstFault(text: string): Unreadable | null {
  const open: ('{' | '[')[] = [];
  let at = 0;
  let containers = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.test(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const sign = (character: string): boolean => {
    take(space);
    if (text[at] !== character) return false;
    at += 1;
    return true;
  };
  const key = (): boolean => (take(space), takeString() && sign(':'));
  const takeString = (): boolean => {
    const end = endOfString(text, at);
    if (end < 0) return false;
    at = end;
    return true;
  };
  const broken = (): Unreadable => unreadable('json', place(text, at));

  for (;;) {
    take(space);
    const first = text[at];
    if (first === '{' || first === '[') {
      at += 1;
      open.push(first);
      containers += 1;
      if (open.length > limits.depth) return unreadable('deep', { depth: limits.depth });
      if (containers > limits.elements) return unreadable('many', { most: limits.sessions });
      if (!sign(first === '{' ? '}' : ']')) {
        if (first === '{' && !key()) return broken();
        continue;
      }
      open.pop();
    } else if (!(first === '"' ? takeString() : take(scalar))) return broken();
    // A value is complete: close what ends here, or go on to the next.
    for (;;) {
      const inside = open.at(-1);
      if (inside === undefined) {
        take(space);
        return at === text.length ? null : broken();
      }
      if (sign(',')) {
        if (inside === '{' && !key()) return broken();
        break;
      }
      if (!sign(inside === '{' ? '}' : ']')) return broken();
      open.pop();
    }
  }
}

/** Where the string that starts here ends; below zero when it does not. By hand: a pattern runs out of stack on a text of megabytes. */
function endOfString(text: string, from: number): number {
  if (text[from] !== '"') return -1;
  let at = from + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 34) return at + 1;
    if (Number.isNaN(code) || code < 32) return -1;
    if (code !== 92) at += 1;
    else {
      escape.lastIndex = at;
      if (!escape.test(text)) return -1;
      at = escape.lastIndex;
    }
  }
}
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

function place(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return { line, column: at - before.lastIndexOf('\n') };
}
