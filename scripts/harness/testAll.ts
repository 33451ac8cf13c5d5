import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureChromium } from '../setup/chromium.ts';
import { ensureCodeServer, supportsCodeServer } from '../setup/codeServer.ts';
import { root, run, toolEnvironment } from '../setup/toolchain.mjs';
import { type Counts, hostCounts, vitestCounts } from './testCounts.ts';

interface Step {
  readonly name: string;
  /** An npm script. */
  readonly script: string;
  readonly args?: readonly string[];
  /** Reads how many tests passed and failed; a step without it only counts when it fails. */
  readonly counts?: () => Counts;
}

const artifacts = path.join(root, 'artifacts');
const unitReport = path.join(artifacts, 'unit.json');
const uiReport = path.join(artifacts, 'ui.json');
const report = (file: string): string[] => ['--', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];

const steps: readonly Step[] = [
  { name: 'check', script: 'check' },
  { name: 'build and package', script: 'package' },
  {
    name: 'unit and contract tests',
    script: 'test:unit',
    args: report(unitReport),
    counts: () => vitestCounts(unitReport),
  },
  { name: 'in-host tests', script: 'test:host', counts: () => hostCounts(path.join(artifacts, 'host.json')) },
  { name: 'UI tests', script: 'test:ui', args: report(uiReport), counts: () => vitestCounts(uiReport) },
];

rmSync(artifacts, { recursive: true, force: true });
mkdirSync(artifacts, { recursive: true });
try {
  if (!supportsCodeServer()) {
    throw new Error(
      'The tests drive a VS Code that exists for Linux and macOS only: on Windows run them in WSL, or npm run test:unit alone.',
    );
  }
  await ensureChromium();
  await ensureCodeServer();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

const total = { passed: 0, failed: 0 };
const lines: string[] = [];
for (const step of steps) {
  console.log(`\n== ${step.name}`);
  const begun = performance.now();
  const { passed, failed, again } = await runStep(step);
  total.passed += passed;
  total.failed += failed;
  const seconds = Math.round((performance.now() - begun) / 1000);
  lines.push(
    `${failed === 0 ? 'ok    ' : 'FAILED'} ${step.name}${step.counts ? `: ${passed} passed, ${failed} failed` : ''} (${seconds} s)`,
  );
  for (const name of again) lines.push(`       failed, then passed when tried again: ${name}`);
  console.log(lines.slice(-1 - again.length).join('\n'));
}
console.log(`\n${lines.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function runStep(step: Step): Promise<Counts> {
  const code = await run('npm', ['run', '--silent', step.script, ...(step.args ?? [])], { env: toolEnvironment() });
  const counts = step.counts?.() ?? { passed: 0, failed: 0, again: [] };
  // A step can fail without a failing test: a file that does not load, a runner that dies.
  return code === 0 ? counts : { ...counts, failed: Math.max(1, counts.failed) };
}
