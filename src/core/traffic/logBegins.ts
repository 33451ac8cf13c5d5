import { span } from '../model/age.ts';
import type { TrafficReport } from './report.ts';

/**
 * When the first row of a report's accounts was sent, epoch milliseconds, where that is more than a day after its window began: what was
 * usual before is not known then. `undefined` where the log reaches back, or is empty.
 */
export function logBegins({ window, accounts }: Pick<TrafficReport, 'window' | 'accounts'>): number | undefined {
  let first = Number.POSITIVE_INFINITY;
  for (const { table } of accounts) for (const { firstAt } of table.values()) first = Math.min(first, firstAt);
  return Number.isFinite(first) && first > window.from + span.day ? first : undefined;
}
