// How a letter leaves the house: by a mail server, or as a file for whoever has none.
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import type { Config } from '#ground/config.server.ts';
import { asHtml, asText, subjectOf, type Letter } from './letter.ts';

/** A letter in its envelope; the same each time it is tried. */
export interface Envelope {
  readonly id: string;
  readonly kind: string;
  readonly recipient: string;
  readonly writtenAt: Date;
  readonly letter: Letter;
}

export interface Carrier {
  readonly carry: (envelope: Envelope) => Promise<void>;
  readonly close: () => void;
}

export const carrierFor = (settings: Pick<Config, 'smtpUrl' | 'dataDir' | 'mailFrom' | 'baseUrl'>): Carrier =>
  settings.smtpUrl === null ? toFiles(settings) : toServer(settings, settings.smtpUrl);

type Settings = Pick<Config, 'dataDir' | 'mailFrom' | 'baseUrl'>;

function toServer(settings: Settings, url: string): Carrier {
  const seconds = 1000;
  const server = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: 5,
    connectionTimeout: 10 * seconds,
    greetingTimeout: 10 * seconds,
    socketTimeout: 20 * seconds,
    ...harmless,
  });
  return {
    carry: async (envelope) => {
      await server.sendMail(messageOf(settings, envelope));
    },
    close: () => server.close(),
  };
}

function toFiles(settings: Settings): Carrier {
  const writer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows', ...harmless });
  const folder = join(settings.dataDir, 'mail');
  return {
    carry: async (envelope) => {
      const { message } = await writer.sendMail(messageOf(settings, envelope));
      if (!Buffer.isBuffer(message)) throw new Error('A letter was not put on paper');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await keep(folder, `${envelope.writtenAt.toISOString().replaceAll(':', '-')}-${envelope.kind}-${envelope.id}.eml`, message);
    },
    close: () => {},
  };
}

/** Whole or not at all, and still there after a power cut: who watches the folder never reads half a letter. */
async function keep(folder: string, name: string, content: Buffer): Promise<void> {
  const unfinished = join(folder, `.${name}.unfinished`);
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, join(folder, name));
  const shelf = await open(folder, 'r');
  await shelf.sync().finally(() => shelf.close());
}

// What a letter says never makes us read a file or an address.
const harmless = { disableFileAccess: true, disableUrlAccess: true };

const messageOf = ({ mailFrom, baseUrl }: Settings, { id, recipient, writtenAt, letter }: Envelope) => ({
  from: mailFrom,
  to: { name: '', address: recipient },
  subject: subjectOf(letter),
  // The same for each try, so that a mail program shows a letter once that arrived twice.
  messageId: `<${id}@${baseUrl.hostname}>`,
  date: writtenAt,
  headers: {
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    'Content-Language': letter.language,
    // RFC 8058: a mail program ends them with one press, without a page.
    ...(letter.unsubscribe !== undefined && {
      'List-Unsubscribe': `<${letter.unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    }),
  },
  textEncoding: 'quoted-printable' as const,
  text: asText(letter),
  html: asHtml(letter),
  attachments: (letter.attachments ?? []).map(({ name, type, content }) => ({ filename: name, contentType: type, content })),
});

/**
 * The status with which a server refused this recipient for good. A letter that its sender may not send, or a server
 * that is not ready, says nothing about who it is for.
 */
export function statusForGood(fault: unknown): string | null {
  if (typeof fault !== 'object' || fault === null || !('responseCode' in fault) || !('code' in fault)) return null;
  if (fault.code !== 'EENVELOPE' || typeof fault.responseCode !== 'number' || fault.responseCode < 500) return null;
  if (!('command' in fault) || fault.command !== 'RCPT TO') return null;
  const said = 'response' in fault && typeof fault.response === 'string' ? /\b5\.\d{1,3}\.\d{1,3}\b/.exec(fault.response)?.[0] : undefined;
  return said ?? String(fault.responseCode);
}

/** Whether it is the mail that failed, and not we. */
export const isOfMail = (fault: unknown): boolean => nameOfFault(fault) !== 'unknown';

/** What went wrong, without what the server repeated of the letter or its address. */
export function nameOfFault(fault: unknown): string {
  if (typeof fault !== 'object' || fault === null) return 'unknown';
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : 'unknown';
  return 'responseCode' in fault && typeof fault.responseCode === 'number' ? `${code} ${fault.responseCode}` : code;
}
