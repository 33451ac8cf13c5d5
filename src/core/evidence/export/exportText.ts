import { type Inert, phrase } from '../../untrusted.ts';
import type { Exported, ExportFormat, ExportOrder } from './exporter.ts';
import type { TableSource } from './tables.ts';

/** What is said at the end of an export; a warning when something is missing from it. */
export interface ExportText {
  readonly text: Inert<'toast'>;
  readonly warning: boolean;
}

/** What each log is called beside its number of rows. */
const names: Readonly<Record<TableSource, string>> = {
  messages: 'messages',
  calls: 'calls',
  attempts: 'Verify attempts',
  events: 'security events',
  alerts: 'alerts',
  usage: 'rows of usage by day',
};

type Result = Pick<Exported, 'count' | 'rows' | 'files' | 'leftOut' | 'damaged' | 'recorded'>;

/**
 * How much of what went where, and what did not. `incomplete`: how many of the logs, per account, are not held whole; `evidence`: whether a zip holds the
 * evidence.
 */
export function exportedText(
  made: Result,
  { format, evidence }: Pick<ExportOrder, 'format' | 'evidence'>,
  incomplete: number,
): ExportText {
  const { damaged, recorded } = made;
  const gaps = [
    ...(damaged[0] === undefined
      ? []
      : [`Not all: ${counted(damaged.length, 'file', 'files')} of evidence cannot be used. ${damaged[0]}`]),
    ...(format === 'zip' || incomplete === 0
      ? []
      : [`Not all that happened is in them: ${gapsText(incomplete, format)}`]),
  ];
  const record = recorded
    ? 'The journal has the SHA-256 of what was written.'
    : 'The incident is read-only, so its journal does not tell of this.';
  const sentences = [amountText(made, format), ...gaps, ...leftOutText(made, format, evidence), record];
  return { text: phrase('toast')`${sentences.join(' ')}`, warning: gaps.length > 0 };
}

/** `20,001 rows exported into 4 files, 3.2 MB: 12,000 messages, 8,001 calls.` */
function amountText({ count, rows, files }: Result, format: ExportFormat): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const where = `into ${files.length === 1 ? 'one file' : `${files.length} files`}, ${sizeText(bytes)}`;
  if (format === 'zip') return `${counted(count, 'file of the incident', 'files of the incident')} exported ${where}.`;
  const parts = rows.map((one) => `${grouped(one.rows)} ${names[one.source]}`).join(', ');
  return `${counted(count, 'row', 'rows')} exported ${where}: ${parts}.`;
}

function leftOutText({ leftOut }: Result, format: ExportFormat, evidence: boolean): readonly string[] {
  if (format !== 'zip') return ['Left out: settings such as keys and numbers, which only a zip holds.'];
  const asked = evidence ? [] : ['the evidence, as you chose'];
  const others = leftOut === 0 ? [] : [`${counted(leftOut, 'file', 'files')} for a reason its manifest names`];
  const parts = [...asked, ...others];
  return parts.length === 0 ? [] : [`Left out: ${parts.join(', and ')}.`];
}

/** `820 bytes`, `14 kB`, `3.2 MB`. */
function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1e6) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1e6).toLocaleString('en-US', { maximumFractionDigits: bytes < 1e7 ? 1 : 0 })} MB`;
}

function gapsText(incomplete: number, format: ExportFormat): string {
  // Toasts take names of files apart, which look like hosts.
  const where =
    format === 'timesketch'
      ? 'the timeline and the Incident view say'
      : 'the table “coverage” beside them and the Incident view say';
  return `${counted(incomplete, 'log is', 'logs are')} not complete, ${where} why.`;
}

/** What is said while it is written. */
export function exportProgress(done: number, format: ExportFormat): string {
  return format === 'zip'
    ? `${grouped(Math.floor(done / 1e6))} MB`
    : counted(Math.floor(done / 1000) * 1000, 'row', 'rows');
}

function counted(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
