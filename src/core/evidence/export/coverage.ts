import { untrusted } from '../../untrusted.ts';
import type { Capture } from '../capture.ts';
import type { SourceCoverage } from '../coverage.ts';
import { byteOrderMark } from './csv.ts';
import { maskText } from './maskValue.ts';

const header = 'source,account,from,to,complete,why,rows,capture_file\r\n';

/**
 * What was read and what was not, a line for each slice (RFC 4180): it lies beside exported tables, so that what is incomplete is not
 * taken for complete. `lacking`: sources that are not complete for the incident, which no slice may tell of; a line for each, without times.
 * `damaged`: sentences about files whose rows are missing. Times are ISO 8601, UTC.
 */
export function coverageCsv(
  captures: readonly Capture[],
  damaged: readonly string[],
  lacking: readonly Pick<SourceCoverage, 'source' | 'account' | 'why'>[] = [],
): string {
  const lines = captures.flatMap(({ source, file, slices }) =>
    slices.map(({ account, window, complete, why, rows }) => {
      const [from, to] = window ? [iso(window.from), iso(window.to)] : ['', ''];
      const reason = why === undefined ? '' : inert(why);
      return `${[source, account, from, to, complete, reason, rows, file].join(',')}\r\n`;
    }),
  );
  const unread = lacking.map(
    ({ source, account, why }) => `${source},${account},,,false,${inert(why.join(' '))},,\r\n`,
  );
  const missing = damaged.map((sentence) => `,,,,false,${untrusted(sentence).for('csv')},,\r\n`);
  return `${byteOrderMark}${header}${[...lines, ...unread, ...missing].join('')}`;
}

function inert(sentence: string): string {
  return untrusted(maskText(sentence)).for('csv');
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
