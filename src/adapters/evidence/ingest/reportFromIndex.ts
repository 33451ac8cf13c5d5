import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../../core/cancellation.ts';
import type { Cancellation } from '../../../core/ports.ts';
import { type ImportedReport, reportSteps } from '../../../core/traffic/importedReport.ts';
import type { TrafficIndex } from './openIndex.ts';

/** The report of the seven days up to the newest imported message; lets the event loop turn while it counts. `now`: epoch ms. */
export async function reportFromIndex(
  { columns, summary }: TrafficIndex,
  { now, cancel }: { readonly now: number; readonly cancel?: Cancellation },
): Promise<ImportedReport> {
  const steps = reportSteps(columns, summary, now);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await nextTurn();
    throwIfCancelled(cancel);
  }
}
