// The load as a process of its own: the plan comes in on standard input, what came of it goes out on standard output.
import { json } from 'node:stream/consumers';
import { run, type Plan } from './load.ts';

const plan = (await json(process.stdin)) as Plan;
process.stdout.write(JSON.stringify(await run(plan)));
