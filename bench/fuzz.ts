// npm run fuzz -- [--requests N] [--seed N]: questions made from the API's own document, to a real server.
import { randomInt } from 'node:crypto';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz/run.ts';
import { exactly, report } from './table.ts';

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '5000' }, seed: { type: 'string' }, minutes: { type: 'string', default: '60' } },
});
const seed = Number(values.seed ?? randomInt(2 ** 30));
const { asked, faults, statuses, reached, milliseconds, memory, seconds, said } = await fuzz(Number(values.requests), seed, {
  tell: console.log,
  minutes: Number(values.minutes),
});
for (const { question, wrong } of faults.slice(0, 20))
  console.log(
    `\n${question.method} ${question.path.slice(0, 300)} as ${question.as}\n  ${wrong}\n  ${JSON.stringify({ ...question.headers, authorization: '' }).slice(0, 300)}\n  ${question.body?.slice(0, 300)}`,
  );
if (said !== '') console.log(said.slice(-3000));
console.log(statuses);
const server = (statuses['500'] ?? 0) + (statuses['503'] ?? 0) + (statuses['599'] ?? 0);
const name = String(asked);
report('fuzz', seed, [
  { case: name, metric: 'answers that the document does not promise', value: faults.length, unit: 'answers', ...exactly(faults.length, 0) },
  { case: name, metric: 'answers 5xx, or none', value: server, unit: 'answers', ...exactly(server, 0) },
  { case: name, metric: 'operations that gave a good answer', value: reached.operations, unit: `of ${reached.of}` },
  { case: name, metric: 'answer, half of them within', value: milliseconds.p50, unit: 'ms' },
  { case: name, metric: 'answer, 99% within', value: milliseconds.p99, unit: 'ms' },
  { case: name, metric: 'slowest answer', value: milliseconds.worst, unit: 'ms' },
  { case: name, metric: 'memory at the start', value: memory.start, unit: 'MB' },
  { case: name, metric: 'memory after a fifth', value: memory.warm, unit: 'MB' },
  { case: name, metric: 'memory at the end', value: memory.end, unit: 'MB' },
  { case: name, metric: 'took', value: seconds, unit: 's' },
  { case: name, metric: 'load of the machine at the end', value: Math.round(loadavg()[0]! * 10) / 10, unit: 'processes' },
]);
process.exit(faults.length === 0 && server === 0 ? 0 : 1);
