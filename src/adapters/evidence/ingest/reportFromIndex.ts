import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../../core/cancellation.ts';
import type { Cancellation } from '../../../core/ports.ts';
import { runSteps } from '../../../core/runSteps.ts';
import type { GridLists, HourGrid } from '../../../core/traffic/hourGrid.ts';
import { type ImportedReport, reportSteps } from '../../../core/traffic/importedReport.ts';
import type { LogColumns } from '../../../core/traffic/logColumns.ts';
import type { ImportSummary } from '../../../core/traffic/logImport.ts';
import type { TrafficIndex } from './openIndex.ts';

/** The report of the seven days up to the newest imported message; lets the event loop turn while it counts. `now`: epoch ms. */
export async function reportFromIndex(
  { columns, summary, grid }: TrafficIndex,
  { now, cancel }: { readonly now: number; readonly cancel?: Cancellation },
): Promise<ImportedReport> {
  const steps = reportSteps(columns, summary, now, grid);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await nextTurn();
    throwIfCancelled(cancel);
  }
}

/**
 * The same without a look at the rows, so without ranges of numbers: milliseconds for ten million, to be shown until the other one is there. `undefined` when
 * the rows have to be looked at: there is no grid, or its newest messages are dated in the future.
 */
export function reportOfHours(
  {
    lists,
    grid,
    summary,
  }: { readonly lists: GridLists; readonly grid: HourGrid | undefined; readonly summary: ImportSummary },
  now: number,
): ImportedReport | undefined {
  if (!grid || grid.newest === 0) return undefined;
  // No more than the lists: whoever has the rows at hand may give them as well.
  const { accounts, countries, statuses, currencies } = lists;
  const columns = { ...noRows, accounts, countries, statuses, currencies };
  const report = runSteps(reportSteps(columns, summary, now, grid));
  return report.imported.to === grid.newest * 1000 ? { ...report, unjudged: true } : undefined;
}

const noRows: Omit<LogColumns, keyof GridLists> = {
  rows: 0,
  time: new Uint32Array(),
  price: new Uint32Array(),
  block: new Uint32Array(),
  error: new Uint16Array(),
  account: new Uint16Array(),
  country: new Uint8Array(),
  status: new Uint8Array(),
  currency: new Uint8Array(),
  direction: new Uint8Array(),
  segments: new Uint8Array(),
  blocks: [],
  errors: [],
  directions: [],
};
