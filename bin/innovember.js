#!/usr/bin/env node
// npx innovember COMMAND: the operator's tool, beside a running server or alone.
import { ensureBuilt, ensureInstalled, goOn } from './ready.js';

ensureInstalled();
ensureBuilt();
await goOn('build/server/innovember.js');
