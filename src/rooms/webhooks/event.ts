/** What a program can be told. */
export const told = ['session-published', 'session-changed', 'session-cancelled', 'session-full', 'session-free', 'edition-imported'] as const;
export type Told = (typeof told)[number];
/** A trial is told to whoever asks for one. */
export type Event = Told | 'ping';

export const mostWebhooks = 20;

/** One thing to tell, as it stands in the outbox. */
export interface Delivery {
  readonly id: string;
  readonly type: Event;
  /** A session's code, or an edition's slug. */
  readonly subject: string;
  readonly sequence: number;
  readonly happenedAt: Date;
}
interface From {
  readonly edition: string;
  readonly origin: string;
  readonly oin: string | null;
}

/** NL GOV profile for CloudEvents 1.0, in structured JSON mode: where to look, not what is there. */
export function cloudEvent({ id, type, subject, sequence, happenedAt }: Delivery, { edition, origin, oin }: From) {
  const isSession = type.startsWith('session-');
  return {
    specversion: '1.0',
    id,
    source: oin === null ? origin : `urn:nld:oin:${oin}:systeem:innovember`,
    type: `nl.innovember.${type}`,
    subject,
    time: happenedAt.toISOString(),
    datacontenttype: 'application/json',
    dataref: `${origin}/api/v1/editions/${edition}${isSession ? `/sessions/${subject}` : ''}`,
    sequence: String(sequence).padStart(16, '0'),
    data: { edition, ...(isSession && { session: subject }) },
  };
}

/** Seconds until the next try: soon at first, then every few hours. */
export const pauseAfter = (tries: number): number => Math.min(4 * 3600, 10 * 3 ** (tries - 1));
/** So long a program may be away. */
export const daysOfTrying = 3;

/** What an answer means: 2xx is taken, 410 is never again; one that points elsewhere is not followed. */
export const answerOf = (status: number): 'taken' | 'gone' | 'not-taken' =>
  status >= 200 && status < 300 ? 'taken' : status === 410 ? 'gone' : 'not-taken';

/** An address of the web that nobody reads on the way; plain http only where the operator allows private addresses. */
export function webAddress(typed: string, mayBePlain: boolean): string | null {
  const url = URL.parse(typed.trim());
  if (!url || url.username !== '' || url.password !== '' || url.href.length > 500) return null;
  url.hash = '';
  return url.protocol === 'https:' || (mayBePlain && url.protocol === 'http:') ? url.href : null;
}
