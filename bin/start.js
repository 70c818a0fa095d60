// npm start: everything needed, then the server.
import { build, goOn, install } from './ready.js';

install();
build();
await goOn('build/server/main.js');
