/**
 * What a file is, by its content and never by its name or by what a browser says of it. The name must agree: a file that
 * is one thing and is called another misleads whoever opens it.
 */
import type { Refusal } from '#ground/refusal.ts';

export interface FileKind {
  readonly kind: 'picture' | 'document';
  readonly type: string;
  readonly ending: string;
}

type Unknown = Refusal<'file-unknown-kind' | 'file-not-what-it-says' | 'archive-too-large' | 'file-has-macros'>;

const pictures: ReadonlyMap<string, string> = new Map(
  Object.entries({ jpg: 'jpeg', jpeg: 'jpeg', png: 'png', webp: 'webp', gif: 'gif', avif: 'avif' }),
);
const documents: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pdf: 'application/pdf',
    odt: 'application/vnd.oasis.opendocument.text',
    ods: 'application/vnd.oasis.opendocument.spreadsheet',
    odp: 'application/vnd.oasis.opendocument.presentation',
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    txt: 'text/plain; charset=utf-8',
    md: 'text/plain; charset=utf-8',
  }),
);

/** The endings that can be chosen, as a form names them. */
export const endings = [...pictures.keys(), ...documents.keys()].map((ending) => `.${ending}`).join(',');

export function kindOf(name: string, bytes: Uint8Array): FileKind | Unknown {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const picture = pictures.get(ending);
  if (picture !== undefined)
    return pictureIn(bytes) === picture ? { kind: 'picture', type: `image/${picture}`, ending } : { refused: 'file-not-what-it-says' };
  const type = documents.get(ending);
  if (type === undefined) return { refused: 'file-unknown-kind' };
  if (ending === 'pdf') return startsWith(bytes, '%PDF-') ? { kind: 'document', type, ending } : { refused: 'file-not-what-it-says' };
  if (type.startsWith('text/')) return isText(bytes) ? { kind: 'document', type, ending } : { refused: 'file-not-what-it-says' };
  const no = whyNotOffice(bytes, ending, type);
  return no ?? { kind: 'document', type, ending };
}

function pictureIn(bytes: Uint8Array): string | null {
  if (startsWith(bytes, '\xff\xd8\xff')) return 'jpeg';
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return 'png';
  if (startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')) return 'gif';
  if (startsWith(bytes, 'RIFF') && startsWith(bytes.subarray(8), 'WEBP')) return 'webp';
  return startsWith(bytes.subarray(4), 'ftyp') && /avi[fs]/.test(latin(bytes.subarray(8, 40))) ? 'avif' : null;
}

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const startsWith = (bytes: Uint8Array, start: string): boolean => latin(bytes.subarray(0, start.length)) === start;

/** Text in UTF-8, without signs that steer a terminal or make a program take it for something else. */
function isText(bytes: Uint8Array): boolean {
  try {
    return !/[\x00-\x08\x0b\x0e-\x1f]/.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}

const most = { entries: 5_000, unpacked: 500_000_000, ratio: 200 };

/** An office document is a parcel of files: which are in it, how large they become, and whether a program is among them. */
function whyNotOffice(bytes: Uint8Array, ending: string, type: string): Unknown | null {
  const entries = entriesIn(bytes);
  if (entries === null) return { refused: 'file-not-what-it-says' };
  const unpacked = entries.reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (entries.length > most.entries || unpacked > most.unpacked || unpacked > bytes.length * most.ratio) return { refused: 'archive-too-large' };
  const has = (start: string): boolean => entries.some(({ name }) => name.startsWith(start));
  const isIt = type.includes('opendocument')
    ? startsWith(bytes.subarray(30), `mimetype${type}`) && has('content.xml')
    : has('[Content_Types].xml') && has(ending === 'docx' ? 'word/' : 'ppt/');
  if (!isIt || entries.some(({ name }) => /(^|\/)\.\.(\/|$)|^\/|\\|\0/.test(name))) return { refused: 'file-not-what-it-says' };
  return entries.some(({ name }) => /(^|\/)vbaProject\.bin$|^(Basic|Scripts)\//i.test(name)) ? { refused: 'file-has-macros' } : null;
}

interface Entry {
  readonly name: string;
  readonly unpacked: number;
}

/** What the list at the end of a ZIP says is in it; null when that cannot be. */
function entriesIn(bytes: Uint8Array): readonly Entry[] | null {
  if (!startsWith(bytes, 'PK\x03\x04')) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfList(view);
  if (end === null) return null;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: Entry[] = [];
  for (let nth = 0; nth < count; nth++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) return null;
    const length = view.getUint16(at + 28, true);
    entries.push({ unpacked: view.getUint32(at + 24, true), name: latin(bytes.subarray(at + 46, at + 46 + length)) });
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  // One list, and nothing behind it: another program would else read another list.
  return at === end ? entries : null;
}

function endOfList(view: DataView): number | null {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at--)
    if (view.getUint32(at, true) === 0x06054b50 && at + 22 + view.getUint16(at + 20, true) === view.byteLength) return at;
  return null;
}
