import { utc } from '../model/age.ts';
import { gapsOfImport, type ImportedTraffic, type ImportSummary, rowsTaken } from './logImport.ts';
import { moneysText } from './money.ts';

/** `1,234,567 messages, 20 calls and 3 Verify attempts from 2 files`. Kinds that were not there are not named. */
export function countsOfImport({ rows, calls, attempts, files }: ImportSummary): string {
  const taken = files.filter(({ refused }) => refused === undefined).length;
  const parts = [
    rows > 0 || !(calls || attempts) ? many(rows, 'message') : '',
    calls ? many(calls.rows, 'call') : '',
    attempts ? many(attempts.rows, 'Verify attempt') : '',
  ].filter((part) => part);
  return `${listed(parts)} from ${many(taken, 'file')}`;
}

/** What was imported and what was not, for whoever just did it. Where that was nothing, with a reason that names a file: hostile text. */
export function describeImport({ summary, from, to }: Pick<ImportedTraffic, 'summary' | 'from' | 'to'>): string {
  if (rowsTaken(summary) === 0) return nothingImported(summary);
  const { rows, bad, files, calls, attempts } = summary;
  const refused = files.filter((file) => file.refused !== undefined).length;
  const spans = [...(rows > 0 ? [{ from, to }] : []), ...[calls, attempts].filter((log) => log && log.rows > 0)];
  const begin = Math.min(...spans.flatMap((span) => (span ? [span.from] : [])));
  const end = Math.max(...spans.flatMap((span) => (span ? [span.to] : [])));
  return [
    `Imported ${countsOfImport(summary)}${spans.length > 0 ? `, ${utc(begin)} to ${utc(end)}` : ''}.`,
    calls && calls.rows > 0
      ? `Calls: ${many(calls.outbound, 'outbound call')}, ${many(calls.minutes, 'billed minute')}, ${moneysText(calls.cost)}.`
      : '',
    attempts && attempts.rows > 0
      ? `Verify attempts: ${number(attempts.converted)} converted, ${moneysText(attempts.cost)}.`
      : '',
    bad.count > 0 ? `${many(bad.count, 'row')} ${bad.count === 1 ? 'was' : 'were'} not understood.` : '',
    refused > 0 ? `${many(refused, 'file')} ${refused === 1 ? 'was' : 'were'} refused.` : '',
    bad.count + refused > 0 ? 'The panel says why.' : '',
  ]
    .filter((part) => part)
    .join(' ');
}

function nothingImported(summary: ImportSummary): string {
  const gaps = gapsOfImport(summary);
  const why = gaps.length > 0 ? gaps.slice(0, 2).join(' ') : 'There is no row in these files.';
  return `Nothing was imported. ${why} What was imported before, if anything, is unchanged.`;
}

function many(value: number, one: string): string {
  return `${number(value)} ${value === 1 ? one : `${one}s`}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

function listed(parts: readonly string[]): string {
  const [last = '', ...before] = parts.toReversed();
  return before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`;
}
