// What is counted while the house works, for /metrics. Labels come from closed lists of ours: never a name, an address or
// anything that somebody typed.
import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export const measures = new Registry();

const registers = [measures];
const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const requests = new Histogram({
  name: 'innovember_request_seconds',
  help: 'How long requests took, by the route they were for',
  labelNames: ['surface', 'route', 'method', 'status'],
  buckets: seconds,
  registers,
});

export const written = new Counter({
  name: 'innovember_journal_lines_total',
  help: 'What happened, by the word of the journal: registrations, places held and waited for, sign-ins, ...',
  labelNames: ['what'],
  registers,
});

export const refusals = new Counter({
  name: 'innovember_refusals_total',
  help: 'What the house refused, by the name of the refusal',
  labelNames: ['refused'],
  registers,
});

export const deskWaits = new Histogram({
  name: 'innovember_desk_wait_seconds',
  help: "How long the lock of a session's desk was waited for",
  buckets: seconds,
  registers,
});

export const failedReactions = new Counter({
  name: 'innovember_reactions_failed_total',
  help: 'Tries of what follows from the journal that failed',
  labelNames: ['what'],
  registers,
});

let isWatching = false;
/** The process itself: memory, event loop, handles. */
export function watchProcess(): void {
  if (isWatching) return;
  isWatching = true;
  collectDefaultMetrics({ register: measures, prefix: 'innovember_' });
}
