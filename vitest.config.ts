import { defineConfig } from 'vitest/config';

/** Everything that runs without VS Code. In-host and UI tests live in test/host and test/e2e with their own runners. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/host/**', 'test/e2e/**'],
    globalSetup: ['test/threads/buildWorkers.ts'],
    // Vitest leaves one processor free; there is nobody to keep it for.
    maxWorkers: '100%',
    // What fails twice in a row is a fault. `npm test` names what was tried again; look for such tests with `--retry=0`.
    retry: 1,
    // Long enough for a machine that does five things beside: only what hangs runs into it.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
