import type { BaselineProgress, BaselineResult } from './baselineProgress.ts';
import type { ExportDay } from './exportedDay.ts';
import type { Surveyed } from './survey.ts';

/** What became of the days of one run. */
export interface DayLog {
  /** Days captured in this run. */
  readonly captured: number;
  survey(surveyed: readonly Surveyed[]): void;
  /** Neither captured nor given up in this run. */
  isWanted(day: ExportDay): boolean;
  addRows(rows: number): void;
  done(day: ExportDay): void;
  /** Gives a day up, for this run. */
  failed(day: ExportDay, sentence: string): void;
  /** Notes what went wrong, once. */
  fail(sentence: string): void;
  waiting(days: number): void;
  report(waiting?: BaselineProgress['waiting']): void;
  result(cancelled: boolean): BaselineResult;
}

export function createDayLog(
  {
    accounts,
    types,
    days,
  }: { readonly accounts: readonly unknown[]; readonly types: readonly unknown[]; readonly days: readonly unknown[] },
  onProgress: ((progress: BaselineProgress) => void) | undefined,
): DayLog {
  const all = accounts.length * types.length * days.length;
  const captured = new Set<string>();
  const given = new Set<string>();
  const failures = new Set<string>();
  let rows = 0;
  let before = 0;
  let waited = 0;
  const keyOf = ({ account, type, day }: ExportDay) => `${account} ${type} ${day}`;
  const progress = () => ({ rows, captured: before + captured.size, of: all });
  const report: DayLog['report'] = (waiting) => onProgress?.({ ...progress(), ...(waiting && { waiting }) });
  return {
    get captured() {
      return captured.size;
    },
    survey(surveyed) {
      before = surveyed.reduce((sum, part) => sum + part.captured, 0);
      for (const { failure } of surveyed) if (failure !== undefined) failures.add(failure);
      report();
    },
    isWanted: (day) => !captured.has(keyOf(day)) && !given.has(keyOf(day)),
    addRows(more) {
      rows += more;
      report();
    },
    done(day) {
      captured.add(keyOf(day));
      report();
    },
    failed(day, sentence) {
      given.add(keyOf(day));
      failures.add(sentence);
    },
    fail: (sentence) => void failures.add(sentence),
    waiting(count) {
      waited = count;
    },
    report,
    result: (cancelled) => ({
      days: captured.size,
      rows,
      waiting: waited,
      missing: Math.max(0, all - before - captured.size - waited),
      failures: [...failures],
      cancelled,
    }),
  };
}
