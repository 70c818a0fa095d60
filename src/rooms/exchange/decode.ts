import { unreadable, type Unreadable } from './imported.ts';

/** The characters of a file: by its byte order mark, else by what the XML declaration says, else UTF-8. */
export function decode(bytes: Uint8Array): string | Unreadable {
  if (bytes.length === 0) return unreadable('empty');
  const encoding = encodingOf(bytes);
  if (encoding === null) return unreadable('binary');
  if (!(encoding in known)) return unreadable('encoding', { encoding });
  const text = decodeAs(known[encoding]!, bytes);
  // A sheet of an older program: no way to say its encoding, and nearly always this one.
  if (text === null && encoding === 'utf-8' && isSheet(bytes)) return new TextDecoder('windows-1252').decode(bytes);
  if (text === null) return unreadable('bytes', { encoding: encoding.toUpperCase(), line: firstBadLine(known[encoding]!, bytes) });
  if (text.trim() === '') return unreadable('empty');
  return text.includes('\0') ? unreadable('binary') : text;
}

const isSheet = (bytes: Uint8Array): boolean =>
  /^\s*[\w"'\x80-\xff][^\x00-\x08\x0e-\x1f]*$/.test(Buffer.from(bytes.subarray(0, 1_000)).toString('latin1'));

const known: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  'windows-1252': 'windows-1252',
};

function encodingOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, 1000);
  if (head.includes(0)) return null;
  const declared = /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(String.fromCharCode(...head));
  return declared ? declared[1]!.toLowerCase() : 'utf-8';
}

function decodeAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

const firstBadLine = (encoding: string, bytes: Uint8Array): number =>
  new TextDecoder(encoding).decode(bytes).split('\ufffd', 1)[0]!.split('\n').length;
