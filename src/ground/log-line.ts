// What may stand in a line of the log.

/** Names of values that are the house's own, and of numbers by which something of ours is found again. */
const ours = new Set('applied baseUrl bytes dataDir delivery file folder hash letter line lines number request span trace tries'.split(' '));
/** Names of values in which something of others may have got. */
const texts = new Set('error kind path route what why'.split(' '));

const out = '(kept out of the log)';

/** The values of a line, as far as they may stand in it. */
export function allowed(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, valueOf(name, value)]));
}

function valueOf(name: string, value: unknown): unknown {
  if (name === 'fault') return faultOf(value);
  if (!ours.has(name) && !texts.has(name)) return out;
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined) return value;
  if (Array.isArray(value)) return value.map((one) => valueOf(name, one));
  if (typeof value !== 'string') return out;
  return ours.has(name) ? value : cleaned(value);
}

/** What went wrong and where: programs of others repeat in their sentences what somebody typed, so those lose every value. */
function faultOf(fault: unknown, depth = 0): unknown {
  if (!(fault instanceof Error)) return { message: cleaned(String(fault)) };
  const kind = 'code' in fault && typeof fault.code === 'string' ? cleaned(fault.code) : undefined;
  // A mail server says in its own words about whom it is.
  const isOfMail = 'responseCode' in fault || 'response' in fault;
  const status = 'responseCode' in fault && typeof fault.responseCode === 'number' ? fault.responseCode : undefined;
  return {
    name: cleaned(fault.name),
    message: isOfMail ? out : cleaned(fault.message),
    ...(kind !== undefined && { kind }),
    ...(status !== undefined && { status }),
    stack: framesOf(fault),
    ...(fault.cause !== undefined && depth < 3 && { cause: faultOf(fault.cause, depth + 1) }),
  };
}

/** Where it went wrong, without the sentence in front of it. */
const framesOf = ({ stack = '', message }: Error): string[] =>
  stack
    .replace(message, '')
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .map((line) => line.trim());

/** Without what stands between quotes or brackets, and without what looks like an address, a code, a pass or a secret. */
function cleaned(text: string): string {
  return text
    .split('\n', 1)[0]!
    .replace(/"[^"]*"|“[^”]*”|`[^`]*`|(?<!\p{L})'[^']*'(?!\p{L})/gu, '"…"')
    .replace(/<[^>]*>/g, '<…>')
    .replace(/\([^()]*=[^()]*\)/g, '(…)')
    .replace(/[^\s@/,;:]+@[^\s@/,;:]+/g, '…')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '…')
    .replace(/[\w+/=~-]{24,}/g, '…')
    .replace(/(?<!\d)\d{6}(?!\d)/g, '…')
    .slice(0, 500);
}
