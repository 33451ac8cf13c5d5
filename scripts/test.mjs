#!/usr/bin/env node
// `npm test`: from a bare checkout to "N passed, N failed".
// Plain JavaScript for Node 20: it runs before anything is installed, and hands over to the project's own Node.
import { ensureDependencies } from './setup/dependencies.mjs';
import { runScript } from './setup/toolchain.mjs';

await ensureDependencies();
process.exitCode = await runScript('scripts/harness/testAll.ts', process.argv.slice(2));
