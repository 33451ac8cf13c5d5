import { parseArgs } from 'node:util';
import { runInHost } from './inHost.ts';

/** The part of the `code` command line that @vscode/test-electron uses; everything else on it is for a window and ignored. */
const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
  },
});

const developmentPaths = (values.extensionDevelopmentPath ?? []).filter((value) => typeof value === 'string');
const testsPath = values.extensionTestsPath;
if (typeof testsPath !== 'string' || developmentPaths.length === 0) {
  console.error('usage: vscode-headless.mjs --extensionDevelopmentPath=FOLDER --extensionTestsPath=FILE [workspace]');
  process.exit(2);
}

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

const budget = Number(process.env['HOST_TEST_TIMEOUT_MS']);
process.exitCode = await runInHost({
  developmentPaths,
  testsPath,
  signal: interrupted.signal,
  ...(positionals[0] ? { workspace: positionals[0] } : {}),
  ...(budget > 0 ? { budgetMs: budget } : {}),
});
