// npm run fuzz -- [--requests N] [--seed N]: questions made from the API's own document, to a real server; every answer is judged.
import { ensureBuilt, ensureInstalled, goOn } from './ready.js';

ensureInstalled();
ensureBuilt();
await goOn('bench/fuzz.ts');
