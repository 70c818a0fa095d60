import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { repeatDraw } from '#rooms/wishes';
import { auditInWords } from '#rooms/wishes/audit.ts';
import { words } from '#words';
import { fail, languageOfTool, readOptions } from './tool/tool.ts';

const language = languageOfTool();
const t = words(language);

export const help = t('wishes.help-allocate');

const most = 500_000_000;

/** Repeats a draw from its file, without the database; 0 when everything is as the file says. */
export async function runAlone(args: readonly string[]): Promise<number> {
  const asked = readOptions(args, ['verify', 'hash', 'seed-hash'], ['json'], language);
  if ('wrong' in asked) return fail(asked.wrong);
  const [file, published, committed] = ['verify', 'hash', 'seed-hash'].map((name) => asked.values.get(name));
  if (file === undefined || asked.positionals.length > 0) return fail(t('wishes.draw-no-file'));
  for (const hash of [published, committed])
    if (hash !== undefined && !/^[0-9a-f]{64}$/i.test(hash)) return fail(t('wishes.draw-bad-hash', { hash }));
  const read = await textOf(file);
  if ('wrong' in read) return fail(read.wrong);
  const repeat = await repeatDraw(read.text);
  if ('unreadable' in repeat) return fail(t(`wishes.${repeat.unreadable}`, { line: repeat.line }));
  const audit = auditInWords(repeat, { published: published?.toLowerCase(), committed: committed?.toLowerCase() }, language);
  process.stdout.write(`${asked.flags.has('json') ? JSON.stringify(audit.facts, null, 2) : audit.lines.join('\n')}\n`);
  return audit.facts.isSame ? 0 : 1;
}

async function textOf(file: string): Promise<{ readonly text: string } | { readonly wrong: string }> {
  try {
    // Opening a pipe would otherwise wait for somebody to write to it.
    await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const about = await handle.stat();
    if (about.isDirectory()) return { wrong: t('exchange.file-directory', { file }) };
    if (!about.isFile()) return { wrong: t('exchange.file-not-a-file', { file }) };
    if (about.size > most) return { wrong: t('exchange.file-large', { most: most / 1_000_000 }) };
    const bytes = await handle.readFile();
    const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const plain = isZipped ? await promisify(gunzip)(bytes, { maxOutputLength: most }) : bytes;
    return { text: fileIn(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain)) };
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return { wrong: t('exchange.file-missing', { file }) };
    if (code === 'ERR_BUFFER_TOO_LARGE') return { wrong: t('exchange.file-large', { most: most / 1_000_000 }) };
    if (code === '' || code.startsWith('Z_') || code.startsWith('ERR_')) return { wrong: t('wishes.draw-not-a-draw') };
    return { wrong: t('exchange.file-closed', { file, fault: code }) };
  }
}

/** A program gets the file as a part of its answer; who keeps that answer may hand it in as it is. */
function fileIn(text: string): string {
  if (!text.startsWith('{"file"')) return text;
  const answer: unknown = JSON.parse(text);
  return typeof answer === 'object' && answer !== null && 'file' in answer && typeof answer.file === 'string' ? answer.file : text;
}
