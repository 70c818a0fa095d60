#!/usr/bin/env node
// npx innovember COMMAND: the operator's tool, beside a running server or alone.
import { build, goOn, install } from './ready.js';

install();
build();
await goOn('build/server/innovember.js');
