import { type Inert, phrase } from '../../untrusted.ts';
import type { Exported, ExportFormat } from './exporter.ts';

/** What is said at the end of an export; a warning when something is missing from it. */
export interface ExportText {
  readonly text: Inert<'toast'>;
  readonly warning: boolean;
}

/** `incomplete`: how many of the logs, per account, are not held whole. */
export function exportedText(
  { count, damaged, recorded }: Pick<Exported, 'count' | 'damaged' | 'recorded'>,
  format: ExportFormat,
  incomplete: number,
): ExportText {
  const what =
    format === 'zip' ? counted(count, 'file of the incident', 'files of the incident') : counted(count, 'row', 'rows');
  const [first] = damaged;
  if (first !== undefined)
    return {
      text: phrase(
        'toast',
      )`${what} exported, but not all: ${counted(damaged.length, 'file', 'files')} of evidence cannot be used. ${first}`,
      warning: true,
    };
  const gaps =
    format === 'zip' || incomplete === 0 ? '' : ` Not all that happened is in them: ${gapsText(incomplete, format)}`;
  const record = recorded
    ? 'The journal has the SHA-256 of what was written.'
    : 'The incident is read-only, so its journal does not tell of this.';
  return { text: phrase('toast')`${what} exported.${gaps} ${record}`, warning: gaps !== '' };
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
