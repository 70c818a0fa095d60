// npm run faults [-- --app 200 --postgres 30 --seed N]: kill -9 of the app and of PostgreSQL under load; nothing may be lost.
import { ensureBuilt, ensureInstalled, goOn } from './ready.js';

ensureInstalled();
ensureBuilt();
await goOn('bench/rush/faults.ts');
