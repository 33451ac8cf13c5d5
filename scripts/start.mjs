#!/usr/bin/env node
// `npm start`: from a bare checkout to the extension open on the demo incident in a real VS Code.
// Plain JavaScript for Node 20: it runs before anything is installed, and hands over to the project's own Node.
import { ensureDependencies } from './setup/dependencies.mjs';
import { runScript } from './setup/toolchain.mjs';

await ensureDependencies();
process.exitCode = await runScript('scripts/harness/startDemo.ts', process.argv.slice(2));
