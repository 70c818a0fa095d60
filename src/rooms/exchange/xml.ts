import { SaxesParser } from 'saxes';
import { limits, unreadable, isUnreadable, type Unreadable } from './imported.ts';

export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  readonly text: string;
}

export interface Document {
  readonly root: Element;
  /** Notes to programs, by their target. */
  readonly instructions: ReadonlyMap<string, string>;
}

interface Open extends Element {
  readonly attributes: Map<string, string>;
  readonly children: Open[];
  text: string;
}

/** An XML text as a tree. No document type and so no entities of its own: nothing can grow that was not in the file. */
export function parseXml(text: string): Document | Unreadable {
  const parser = new SaxesParser({ xmlns: false });
  const instructions = new Map<string, string>();
  const open: Open[] = [];
  let root: Open | null = null;
  let elements = 0;
  let sessions = 0;
  const stop = (name: string, values: Unreadable['values'] = {}): never => {
    throw unreadable(name, values);
  };
  parser.on('doctype', () => stop('doctype'));
  parser.on('error', (fault) => stop('xml', { line: parser.line, column: parser.column, fault: fault.message.replace(/^\d+:\d+: /, '') }));
  parser.on('processinginstruction', ({ target, body }) => instructions.set(target, body));
  parser.on('opentag', (tag) => {
    elements += 1;
    if (tag.name === 'event') sessions += 1;
    if (open.length >= limits.depth) stop('deep', { depth: limits.depth });
    if (elements > limits.elements || sessions > limits.sessions) stop('many', { most: limits.sessions });
    const element: Open = { name: tag.name, attributes: new Map(Object.entries(tag.attributes)), children: [], text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const said = (more: string): void => {
    const element = open.at(-1);
    if (element) element.text += more;
  };
  parser.on('text', said);
  parser.on('cdata', said);
  try {
    parser.write(text).close();
  } catch (thrown) {
    if (typeof thrown === 'object' && thrown !== null && isUnreadable(thrown)) return thrown;
    throw thrown;
  }
  return root === null ? unreadable('empty') : { root, instructions };
}

export const children = (element: Element | undefined, name: string): readonly Element[] =>
  element?.children.filter((child) => child.name === name) ?? [];
export const child = (element: Element | undefined, name: string): Element | undefined => element?.children.find((one) => one.name === name);
/** The text of a child; emptiness is nothing. */
export function textOf(element: Element | undefined, name: string): string | null {
  const text = child(element, name)?.text.trim();
  return text === undefined || text === '' ? null : text;
}
export const attribute = (element: Element, name: string): string | null => element.attributes.get(name)?.trim() || null;
