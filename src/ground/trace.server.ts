// What belongs together: everything that is done for one request, here and at those we ask, has one number (W3C Trace Context).
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

export interface Trace {
  /** 32 hexadecimal digits, the same at everybody who works for this request. */
  readonly id: string;
  /** 16, ours alone. */
  readonly span: string;
  readonly flags: string;
  /** The number that its visitor sees, once there is one. */
  request?: string;
  /** Which page, question or file this is, as a name from a closed list; never what somebody typed. */
  route?: string;
}

const storage = new AsyncLocalStorage<Trace>();

/** The trace of what is being done now. */
export const trace = (): Trace | undefined => storage.getStore();

/** Does something as part of the trace that somebody else began, or of a new one. */
export const inTrace = <T>(given: string | string[] | undefined, work: () => T): T => storage.run(traceFrom(given), work);

/** Notes what a request is for, by a name from a closed list. */
export function isFor(route: string): void {
  const now = trace();
  if (now) now.route = route;
}

/** What to tell those whom we ask something for this request. */
export function traceparent(): string | null {
  const now = trace();
  return now ? `00-${now.id}-${now.span}-${now.flags}` : null;
}

const form = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(?:$|-)/;

/** What is not well formed is not believed: then the trace begins here. */
export function traceFrom(given: string | string[] | undefined): Trace {
  const [, id, flags] = (typeof given === 'string' && form.exec(given)) || [];
  return { id: id ?? randomBytes(16).toString('hex'), span: randomBytes(8).toString('hex'), flags: flags ?? '00' };
}
