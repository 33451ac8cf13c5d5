import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type MochaClass from 'mocha';

/** One file of tests: its path, and what evaluates it. */
export interface TestFile {
  readonly path: string;
  readonly load: () => Promise<unknown>;
}

/**
 * Runs the test files in this extension host, one after the other, and throws when any test fails. The counts go to the file that
 * HOST_TEST_RESULTS names. Mocha is not bundled: it comes from node_modules at run time.
 */
export async function runSuite(files: readonly TestFile[]): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha: MochaClass = new Mocha({
    ui: 'tdd',
    timeout: 30_000,
    retries: 1,
    forbidOnly: true,
    forbidPending: true,
    color: false,
  });
  for (const file of files) {
    mocha.suite.emit('pre-require', globalThis, file.path, mocha);
    await file.load();
  }
  const again = new Set<string>();
  const { passed, failed } = await new Promise<{ passed: number; failed: number }>((resolve) => {
    const runner = mocha.run((failed) => resolve({ passed: runner.stats?.passes ?? 0, failed }));
    // The host's console swallows what Mocha's own list says of a failure.
    const tell = (test: { fullTitle(): string }, reason: unknown) =>
      console.log(`${test.fullTitle()}\n${reason instanceof Error ? reason.stack : reason}`);
    runner.on('retry', (test, reason) => {
      again.add(test.fullTitle());
      tell(test, reason);
    });
    runner.on('fail', (test, reason) => {
      again.delete(test.fullTitle());
      tell(test, reason);
    });
  });
  const results = process.env['HOST_TEST_RESULTS'];
  if (results) {
    mkdirSync(path.dirname(results), { recursive: true });
    writeFileSync(results, JSON.stringify({ passed, failed, again: [...again] }));
  }
  if (failed > 0) throw new Error(`${failed} in-host test(s) failed.`);
  if (passed === 0) throw new Error('No in-host test ran.');
}
