import { spawnSync } from 'node:child_process';
import path from 'node:path';

// Exports hostile texts as CSV, 100,000 unless told otherwise: none may be a formula, be invisible, or come back changed.
const texts = Number(process.argv[2] ?? 100_000);
const vitest = path.join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/core/evidence/export/csv.test.ts'], {
  cwd: path.join(import.meta.dirname, '../..'),
  env: { ...process.env, HOSTILE_TEXTS: String(texts) },
  stdio: 'inherit',
});
console.log(`RESULT ${JSON.stringify({ texts, failed: status === 0 ? 0 : 1 })}`);
process.exitCode = status ?? 1;
