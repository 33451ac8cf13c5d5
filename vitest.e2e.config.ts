import { defineConfig } from 'vitest/config';

/** Tests that drive a VS Code window with the packaged extension installed. One file at a time: each has a server and a browser. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/e2e/harnessGlobal.ts'],
    setupFiles: ['test/e2e/harnessEach.ts'],
    fileParallelism: false,
    // A window on a busy machine may lose a key press. What fails three times in a row is a fault; the report names what was tried again.
    retry: 2,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
