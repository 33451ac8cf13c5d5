import type { SourceId } from '../evidence/source.ts';
import { rowsText } from './coverageText.ts';
import type { Coverage } from './facts.ts';

const numbers = new Intl.NumberFormat('en-US');

/** How far collecting is. */
export interface CollectionState {
  readonly rows: number;
  readonly requests: number;
  /** Of each source, how many of its accounts are done. */
  readonly sources: readonly { readonly done: number; readonly of: number }[];
}

/**
 * `48,211 rows, 1,250 a second, 412 requests, 9 of 16 sources, about 2 min left`. `elapsed` in milliseconds since it began; `remaining` in seconds, where it
 * is known.
 */
export function collectionText(
  { rows, requests, sources }: CollectionState,
  elapsed: number,
  remaining: number | undefined,
): string {
  const seconds = elapsed / 1000;
  const rate = seconds >= 2 && rows > 0 ? [`${numbers.format(Math.round(rows / seconds))} a second`] : [];
  const asked = requests === 1 ? '1 request' : `${numbers.format(requests)} requests`;
  const ended = sources.filter(({ done, of }) => done === of).length;
  const of = sources.length > 1 ? [`${ended} of ${sources.length} sources`] : [];
  return [rowsText(rows), ...rate, asked, ...of, ...remainingText(remaining)].join(', ');
}

function remainingText(seconds: number | undefined): readonly string[] {
  if (seconds === undefined) return [];
  return [seconds < 60 ? 'less than a minute left' : `about ${Math.round(seconds / 60)} min left`];
}

export interface CollectionResult {
  /** In words, for the end of collecting. The reasons in it may hold hostile text. */
  readonly sentence: string;
  readonly complete: boolean;
}

/** Rows of a collection, by source. */
type ReadRows = readonly { readonly source: Coverage['source']; readonly rows: number }[];

/** Rows that sum up a day are read whole each time, as states are. Named here, so that a window that opens does not load all sources. */
const daily: ReadonlySet<SourceId> = new Set<SourceId>(['usage']);

/**
 * How many of the rows that a collection read (by source) lie before the window. The views count those in it alone, so the others are what they do not count:
 * `held` is the coverage from before, `now` from afterwards.
 */
export function rowsBefore(read: ReadRows, held: readonly Coverage[], now: readonly Coverage[]): number {
  const logs = logsIn(now);
  const sum = (all: ReadRows): number => all.reduce((rows, one) => (logs.has(one.source) ? rows + one.rows : rows), 0);
  const led = (all: readonly Coverage[]): number =>
    all.reduce((rows, { source, lead }) => (daily.has(source) ? rows + (lead?.rows ?? 0) : rows), 0);
  return Math.max(0, sum(read) - (sum(now) - sum(held))) + Math.max(0, led(now) - led(held));
}

/**
 * How many of the rows that a collection read are new or changed, where all of it had been collected before; `undefined` where it had not. Of a log only such
 * rows are kept; what is read whole each time does not tell.
 */
export function rowsChanged(read: ReadRows, held: readonly Coverage[]): number | undefined {
  if (held.length === 0 || held.some(({ state }) => state === 'not collected')) return undefined;
  const logs = logsIn(held);
  return read.reduce((sum, { source, rows }) => (logs.has(source) ? sum + rows : sum), 0);
}

/** The logs of which each row is kept once. */
function logsIn(coverage: readonly Coverage[]): ReadonlySet<Coverage['source']> {
  return new Set(coverage.flatMap(({ source, kind }) => (kind === 'log' && !daily.has(source) ? [source] : [])));
}

/** What rows of a collection are: how many lie before the window, and how many are new or changed, where that can be told. */
interface RowsTold {
  readonly before?: number;
  readonly changed?: number | undefined;
}

/**
 * What is complete and what is not, of what was asked for, and what to do. `stopped`: the person stopped it. `gap`: why there may be more
 * accounts than those asked.
 */
export function collectionResult(
  coverage: readonly Coverage[],
  rows: number,
  stopped: boolean,
  gap?: string,
  told: RowsTold = {},
): CollectionResult {
  const result = resultOf(coverage, readText(rows, told), stopped);
  return gap === undefined ? result : { sentence: `${result.sentence} ${gap}`, complete: false };
}

function resultOf(coverage: readonly Coverage[], read: string, stopped: boolean): CollectionResult {
  const asked = [...new Set(coverage.map(({ source }) => source))];
  const lacking = coverage.filter(({ state }) => state !== 'complete');
  const complete = asked.length - new Set(lacking.map(({ source }) => source)).size;
  if (stopped)
    return {
      sentence: `Stopped. ${read} What was read is kept; “Collect Evidence…” goes on from there.`,
      complete: false,
    };
  if (lacking.length === 0) {
    const all =
      asked.length === 1 ? `${coverage[0]?.title ?? ''}: complete.` : `All ${asked.length} sources are complete.`;
    return { sentence: `${read} ${all}`, complete: true };
  }
  const [first] = lacking;
  const example = first ? `${first.title}: ${first.why[0] ?? `${first.state}.`}` : '';
  return {
    sentence: `${read} ${complete} of ${asked.length} sources complete. ${example} The Incident view says what the others lack; collect again to try them.`,
    complete: false,
  };
}

/** `48,211 rows read in this run: 44,000 in the window, 4,211 before it.` */
function readText(rows: number, { before = 0, changed }: RowsTold): string {
  const parts =
    before > 0 ? [`${numbers.format(rows - before)} in the window`, `${numbers.format(before)} before it`] : [];
  if (before === 0 && changed !== undefined) {
    parts.push(`${numbers.format(changed)} new or changed`);
    if (rows > changed) parts.push(`${numbers.format(rows - changed)} of what is read whole each time`);
  }
  const told = rows > 0 && parts.length > 0 ? `: ${parts.join(', ')}` : '';
  return `${rowsText(rows)} read in this run${told}.`.replace(/^n/, 'N');
}
