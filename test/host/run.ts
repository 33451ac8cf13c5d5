import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { supportsCodeServer } from '../../scripts/setup/codeServer.ts';
import { root } from '../../scripts/setup/toolchain.mjs';
import { buildSuite } from './buildSuite.ts';

// Which VS Code: VSCODE_EXECUTABLE names one; VSCODE_VERSION ("stable", "1.121.0", …) downloads that desktop version, which needs the
// internet and a display; with neither it is code-server without a window, and a download where that does not exist.
const workspace = mkdtempSync(path.join(tmpdir(), 'twilio-incident-host-'));
const results = path.join(root, 'artifacts/host.json');
rmSync(results, { force: true });
const version = process.env['VSCODE_VERSION'];
const headless = path.join(root, 'scripts/harness/vscode-headless.mjs');
const executable = process.env['VSCODE_EXECUTABLE'] ?? (version || !supportsCodeServer() ? undefined : headless);
try {
  await runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: await buildSuite(),
    extensionTestsEnv: { HOST_TEST_RESULTS: results },
    launchArgs: [workspace],
    ...(executable ? { vscodeExecutablePath: path.resolve(executable) } : {}),
    ...(version ? { version } : {}),
  });
} catch (error) {
  console.error(`In-host tests: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  rmSync(workspace, { recursive: true, force: true });
}
if (existsSync(results)) {
  const { passed, failed } = JSON.parse(readFileSync(results, 'utf8'));
  console.log(`In-host tests: ${passed} passed, ${failed} failed`);
}
