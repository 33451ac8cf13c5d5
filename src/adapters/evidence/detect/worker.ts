import { parentPort, workerData } from 'node:worker_threads';
import { detectCaptures } from './detectCaptures.ts';
import { detectIndex } from './detectIndex.ts';
import { detectRows } from './detectRows.ts';
import type { DetectTask } from './detectTask.ts';

// A thread that runs the detector once, on an incident's evidence, imported logs or what was read from Twilio, and ends.
const task = workerData as DetectTask;
parentPort?.postMessage({ result: await resultOf() });

function resultOf() {
  if (task.kind === 'captures') return detectCaptures(task);
  return task.kind === 'index' ? detectIndex(task) : detectRows(task);
}
