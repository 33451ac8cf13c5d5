#!/usr/bin/env node
// Stands in for the desktop `code` program where there is no desktop: the same command line, the same exit codes.
// VSCODE_EXECUTABLE=scripts/harness/vscode-headless.mjs makes @vscode/test-electron use it.
if (!process.features.typescript) {
  console.error(
    'This needs the Node the project installs: run it through an npm script, or put node_modules/.bin first on PATH.',
  );
  process.exit(1);
}
await import('./headless.ts');
