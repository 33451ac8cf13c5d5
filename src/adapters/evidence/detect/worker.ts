import { parentPort, workerData } from 'node:worker_threads';
import { detectCaptures } from './detectCaptures.ts';
import { detectIndex } from './detectIndex.ts';
import type { DetectTask } from './detectTask.ts';

// A thread that runs the detector once, on an incident's evidence or on imported logs, and ends.
const task = workerData as DetectTask;
parentPort?.postMessage({ result: await (task.kind === 'captures' ? detectCaptures(task) : detectIndex(task)) });
