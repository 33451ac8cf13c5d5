import { build } from 'esbuild';
import { root } from '../../scripts/setup/toolchain.mjs';
import { builtWorkers, workers } from './workerOf.ts';

/** Builds what threads run, once before all tests. */
export async function setup(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: workers,
    outdir: builtWorkers,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    sourcemap: 'inline',
    logLevel: 'error',
  });
}
