import { defineConfig } from 'vitest/config';

/** Everything that runs without VS Code. In-host and UI tests live in test/host and test/e2e with their own runners. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/host/**', 'test/e2e/**'],
    // What fails twice in a row is a fault. `npm test` names what was tried again; look for such tests with `--retry=0`.
    retry: 1,
    testTimeout: 30_000,
  },
});
