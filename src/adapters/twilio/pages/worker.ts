import { parentPort } from 'node:worker_threads';
import { createKeeper, type KeeperResult, type KeeperTask } from './keeper.ts';

// A thread that reads pages: it answers each task under its number, in whatever order they are done. What went wrong is told by nothing
// but the missing result: the message of an error may hold what a reply said.
const keeper = createKeeper();
parentPort?.on('message', ({ id, task }: { readonly id: number; readonly task: KeeperTask }) => {
  keeper
    .run(task)
    .then((result) => parentPort?.postMessage({ id, result }, memoryOf(result)))
    .catch(() => parentPort?.postMessage({ id, failed: true }));
});
parentPort?.postMessage('ready');

/** What of a result is handed over rather than copied: this thread has no more use for it. */
function memoryOf(result: KeeperResult): ArrayBuffer[] {
  if (!result) return [];
  const arrays = 'table' in result ? [result.table.at, result.table.keys, result.table.states] : [];
  const member = 'member' in result && result.member ? [result.member] : [];
  return [...arrays, ...member].map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}
