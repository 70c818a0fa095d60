// One line of JSON on standard error for each thing an operator should know. What may stand in it is a list: anything else,
// and whatever looks like somebody's, stays out. So a secret does not have to be thought of to be kept.
import { pino } from 'pino';
import { config } from './config.server.ts';
import { newSessionCode } from './chance.server.ts';
import { allowed } from './log-line.ts';
import { trace } from './trace.server.ts';

export const log = pino(
  {
    level: config().logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: allowed },
    mixin: () => {
      const now = trace();
      return now ? { trace: now.id, span: now.span, ...(now.request !== undefined && { request: now.request }) } : {};
    },
  },
  pino.destination({ fd: 2, sync: true }),
);

const start = newSessionCode();
let requests = 0;
/** The number of a request: unique over starts, short enough to read out on the telephone. */
export function nextRequest(): string {
  const number = `${start}-${(++requests).toString(36)}`;
  const now = trace();
  if (now) now.request = number;
  return number;
}
