// npm start: everything needed, then the server.
import { ensureBuilt, ensureInstalled, goOn } from './ready.js';

ensureInstalled();
ensureBuilt();
await goOn('build/server/main.js');
