import { utc } from '../model/age.ts';
import { defang } from '../untrusted/defang.ts';
import { untrusted } from '../untrusted.ts';
import type { CapturedRow } from './evidenceStore.ts';
import { visibleJson } from './export/inertJson.ts';
import { maskObject } from './export/maskValue.ts';
import type { HeldCapture } from './heldCaptures.ts';

/**
 * A captured row as a document to look at: where it lies and what proves it, then the row as JSON. Addresses in it lead nowhere, what is
 * invisible is an escape and phone numbers are masked, so it is for reading; the file itself is as it was captured.
 */
export function rowText(
  title: string,
  { file, line, account, row }: CapturedRow,
  { capture, at, seq }: HeldCapture,
): string {
  // Line by line: the breaks between them are of the layout, those within a text are escapes already.
  const json = defang(JSON.stringify(maskObject(row), undefined, 2))
    .split('\n')
    .map(visibleJson);
  return [
    `# ${untrusted(title).for('label')}`,
    '',
    `- Line ${line} of ${file}, recorded ${utc(at)} as record ${seq} of the journal`,
    `- SHA-256 of the file: ${capture.sha256}`,
    `- Account: ${account}`,
    '- For reading only: links are broken on purpose, one-time codes are masked as the incident keeps them, and the last four digits of phone numbers are masked here',
    '',
    '```json',
    ...json,
    '```',
    '',
  ].join('\n');
}
