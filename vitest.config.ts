import { defineConfig } from 'vitest/config';

/** Everything that runs without VS Code. In-host and UI tests live in test/host and test/e2e with their own runners. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/host/**', 'test/e2e/**'],
    testTimeout: 30_000,
  },
});
