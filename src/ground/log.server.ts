// One line of JSON on standard error for each thing an operator should know; never personal data, secrets or codes.
import { pino } from 'pino';
import { config } from './config.server.ts';
import { newSessionCode } from './chance.server.ts';

const secrets = ['email', 'recipient', 'token', 'secret', 'code', 'password', 'authorization', 'cookie', 'bearer'];

export const log = pino(
  {
    level: config().logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: [...secrets, ...secrets.map((name) => `*.${name}`), ...secrets.map((name) => `*.*.${name}`)], censor: '(kept out of the log)' },
    serializers: { fault: withoutValues },
  },
  pino.destination({ fd: 2, sync: true }),
);

const start = newSessionCode();
let requests = 0;
/** The number of a request: unique over starts, short enough to read out on the telephone. */
export const nextRequest = (): string => `${start}-${(++requests).toString(36)}`;

/** PostgreSQL repeats what somebody typed in the detail of a fault; the log keeps only what went wrong and where. */
function withoutValues(fault: unknown): unknown {
  if (!(fault instanceof Error)) return { message: String(fault) };
  const { name, message, stack, cause } = fault;
  const kind = 'code' in fault ? fault.code : undefined;
  return { name, message, kind, stack, ...(cause === undefined ? {} : { cause: withoutValues(cause) }) };
}
