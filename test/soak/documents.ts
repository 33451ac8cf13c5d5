import { execFileSync } from 'node:child_process';
import path from 'node:path';

// Hostile strings through every document, and random edits of an RCA before it is refreshed: 100,000 of each unless told otherwise. No
// link, HTML, image or heading may come from data, and no character of a person may be lost.
const runs = process.argv[2] ?? '100000';
const root = path.join(import.meta.dirname, '../..');
const tests = [
  'test/adapters/markdown.test.ts',
  'test/adapters/markdownHtml.test.ts',
  'test/core/rca/refresh.test.ts',
  'test/core/rca/dragged.test.ts',
];
let failed = 0;
for (const file of tests)
  try {
    const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
    const env = { ...process.env, PROPERTY_RUNS: runs };
    execFileSync(process.execPath, [vitest, 'run', file, '--testTimeout=3600000'], {
      cwd: root,
      env,
      stdio: 'inherit',
    });
  } catch {
    failed += 1;
  }
console.log(`RESULT ${JSON.stringify({ runs: Number(runs), files: tests.length, failed })}`);
process.exitCode = failed > 0 ? 1 : 0;
