// One kept-alive HTTP/1.1 connection with as little as possible around it, so that the load costs less than what it loads.
import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  /** Everything above the body, as it came. */
  readonly head: string;
  readonly body: string;
}

export interface Wire {
  /** Sends a question and waits for its answer; fails when the connection ends first. One at a time. */
  readonly ask: (question: string) => Promise<Answer>;
  readonly isOpen: () => boolean;
  readonly close: () => void;
}

/** Fails when nobody answers the door within the patience, or an answer stays away longer. */
export function openWire(port: number, { patience = 60_000 } = {}): Promise<Wire> {
  return new Promise((opened, refused) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.setTimeout(patience, () => socket.destroy(new Error('no answer in time')));
    socket.once('error', refused);
    socket.once('connect', () => {
      socket.off('error', refused);
      opened(wireOf(socket));
    });
  });
}

function wireOf(socket: Socket): Wire {
  let waiting: { done: (answer: Answer) => void; fail: (fault: Error) => void } | undefined;
  let come = Buffer.alloc(0);
  let isOpen = true;
  socket.on('data', (chunk) => {
    come = come.length === 0 ? chunk : Buffer.concat([come, chunk]);
    const read = readAnswer(come);
    if (!read) return;
    come = come.subarray(read.length);
    const asked = waiting;
    waiting = undefined;
    asked?.done(read.answer);
  });
  const end = (fault: Error) => {
    isOpen = false;
    waiting?.fail(fault);
    waiting = undefined;
  };
  socket.on('error', end);
  socket.on('close', () => end(new Error('the connection ended before the answer')));
  return {
    ask: (question) =>
      new Promise((done, fail) => {
        if (!isOpen) return fail(new Error('the connection had ended'));
        waiting = { done, fail };
        socket.write(question);
      }),
    isOpen: () => isOpen,
    close: () => socket.destroy(),
  };
}

/** The first answer in what came, and how long it is; undefined while some of it is still on its way. */
function readAnswer(come: Buffer): { readonly answer: Answer; readonly length: number } | undefined {
  const end = come.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = come.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const start = end + 4;
  if (status === 204 || status === 304) return { answer: { status, head, body: '' }, length: start };
  const counted = /\r\ncontent-length: *(\d+)/i.exec(head);
  if (counted) {
    const length = start + Number(counted[1]);
    return come.length < length ? undefined : { answer: { status, head, body: come.toString('utf8', start, length) }, length };
  }
  return readChunks(come, start, { status, head });
}

function readChunks(come: Buffer, start: number, { status, head }: Omit<Answer, 'body'>) {
  const parts: string[] = [];
  for (let at = start; ;) {
    const line = come.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(come.toString('latin1', at, line), 16);
    const next = line + 2 + size + 2;
    if (come.length < next) return undefined;
    if (size === 0) return { answer: { status, head, body: parts.join('') }, length: next };
    parts.push(come.toString('utf8', line + 2, line + 2 + size));
    at = next;
  }
}

/** A question as it travels. */
export const question = (method: string, path: string, token: string, body = ''): string =>
  `${method} ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${token}\r\naccept: application/json\r\n${body === '' ? '' : 'content-type: application/json\r\n'}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
