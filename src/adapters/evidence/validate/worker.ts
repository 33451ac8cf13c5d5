import { parentPort, workerData } from 'node:worker_threads';
import { type CapturesToValidate, type ValidateProgress, validateCaptures } from './validateCaptures.ts';

// A thread that judges one incident's evidence and ends.
const result = await validateCaptures(workerData as CapturesToValidate, (progress: ValidateProgress) =>
  parentPort?.postMessage({ progress }),
);
parentPort?.postMessage({ result });
