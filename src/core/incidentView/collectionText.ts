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

/**
 * How many of the rows that a collection read (by source) lie before the window. The views count those in it alone, so the others are what they do not count:
 * `held` is the coverage from before, `now` from afterwards.
 */
export function rowsBefore(
  read: readonly { readonly source: Coverage['source']; readonly rows: number }[],
  held: readonly Coverage[],
  now: readonly Coverage[],
): number {
  const logs = new Set(now.filter(({ kind }) => kind === 'log').map(({ source }) => source));
  const sum = (all: readonly { readonly source: Coverage['source']; readonly rows: number }[]): number =>
    all.reduce((rows, one) => (logs.has(one.source) ? rows + one.rows : rows), 0);
  return Math.max(0, sum(read) - (sum(now) - sum(held)));
}

/**
 * What is complete and what is not, of what was asked for, and what to do. `stopped`: the person stopped it. `gap`: why there may be more
 * accounts than those asked. `before`: how many of the rows lie before the window.
 */
export function collectionResult(
  coverage: readonly Coverage[],
  rows: number,
  stopped: boolean,
  gap?: string,
  before = 0,
): CollectionResult {
  const result = resultOf(coverage, rows, before, stopped);
  return gap === undefined ? result : { sentence: `${result.sentence} ${gap}`, complete: false };
}

function resultOf(coverage: readonly Coverage[], rows: number, before: number, stopped: boolean): CollectionResult {
  const sources = [...new Set(coverage.map(({ source }) => source))];
  const lacking = coverage.filter(({ state }) => state !== 'complete');
  const complete = sources.length - new Set(lacking.map(({ source }) => source)).size;
  const read = readText(rows, before);
  if (stopped)
    return {
      sentence: `Stopped. ${read} What was read is kept; “Collect Evidence…” goes on from there.`,
      complete: false,
    };
  if (lacking.length === 0) {
    const all =
      sources.length === 1 ? `${coverage[0]?.title ?? ''}: complete.` : `All ${sources.length} sources are complete.`;
    return { sentence: `${read} ${all}`, complete: true };
  }
  const [first] = lacking;
  const example = first ? `${first.title}: ${first.why[0] ?? `${first.state}.`}` : '';
  return {
    sentence: `${read} ${complete} of ${sources.length} sources complete. ${example} The Incident view says what the others lack; collect again to try them.`,
    complete: false,
  };
}

/** `48,211 rows read: 44,000 in the window, 4,211 before it.` */
function readText(rows: number, before: number): string {
  const parts =
    before > 0 ? `: ${numbers.format(rows - before)} in the window, ${numbers.format(before)} before it` : '';
  return `${rowsText(rows)} read${parts}.`.replace(/^n/, 'N');
}
