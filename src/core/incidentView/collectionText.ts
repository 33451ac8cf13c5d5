import { rowsText } from './coverageText.ts';
import type { Coverage } from './facts.ts';

const numbers = new Intl.NumberFormat('en-US');

/** How far collecting is. */
export interface CollectionState {
  readonly rows: number;
  readonly requests: number;
  /** Estimated share of the work that is left, from 1 to 0. */
  readonly left: number;
}

/** `48,211 rows, 1,250 a second, 412 requests, about 2 min left`. `elapsed` in milliseconds since it began. */
export function collectionText({ rows, requests, left }: CollectionState, elapsed: number): string {
  const seconds = elapsed / 1000;
  const rate = seconds >= 2 && rows > 0 ? [`${numbers.format(Math.round(rows / seconds))} a second`] : [];
  const asked = requests === 1 ? '1 request' : `${numbers.format(requests)} requests`;
  return [rowsText(rows), ...rate, asked, ...remaining(left, seconds)].join(', ');
}

/** Nothing before there is something to judge by: a wrong promise is worse than none. */
function remaining(left: number, seconds: number): readonly string[] {
  if (seconds < 5 || left > 0.95 || left <= 0) return [];
  const time = (seconds / (1 - left)) * left;
  return [time < 90 ? `about ${Math.ceil(time / 5) * 5} s left` : `about ${Math.round(time / 60)} min left`];
}

export interface CollectionResult {
  /** In words, for the end of collecting. The reasons in it may hold hostile text. */
  readonly sentence: string;
  readonly complete: boolean;
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
): CollectionResult {
  const result = resultOf(coverage, rows, stopped);
  return gap === undefined ? result : { sentence: `${result.sentence} ${gap}`, complete: false };
}

function resultOf(coverage: readonly Coverage[], rows: number, stopped: boolean): CollectionResult {
  const sources = [...new Set(coverage.map(({ source }) => source))];
  const lacking = coverage.filter(({ state }) => state !== 'complete');
  const complete = sources.length - new Set(lacking.map(({ source }) => source)).size;
  const read = `${rowsText(rows)} read.`.replace(/^n/, 'N');
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
