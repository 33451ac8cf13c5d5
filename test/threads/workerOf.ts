import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../scripts/setup/toolchain.mjs';

/** The scripts that threads run. */
export const workers = {
  detect: 'src/adapters/evidence/detect/worker.ts',
  ingest: 'src/adapters/evidence/ingest/worker.ts',
  pages: 'src/adapters/twilio/pages/worker.ts',
  validate: 'src/adapters/evidence/validate/worker.ts',
};
export const builtWorkers = path.join(root, '.cache/test/workers');

/**
 * A script for a thread. Under Vitest the one `buildWorkers.ts` built: Node strips types by WebAssembly, and a thread that ends while it does so can
 * bring the process down.
 */
export function workerOf(name: keyof typeof workers): URL {
  return process.env['VITEST'] ? builtWorker(name) : pathToFileURL(path.join(root, workers[name]));
}

/** The one `buildWorkers.ts` built: as users have it, without what stripping types takes. */
export function builtWorker(name: keyof typeof workers): URL {
  return pathToFileURL(path.join(builtWorkers, `${name}.mjs`));
}
