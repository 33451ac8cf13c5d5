import { UserError } from '../core/errors.ts';
import type { CapturedRow, EvidenceStore } from '../core/evidence/evidenceStore.ts';
import type { HeldCapture } from '../core/evidence/heldCaptures.ts';
import { isRejectedFile } from '../core/evidence/importRecord.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import { rowText } from '../core/evidence/rowText.ts';
import type { IncidentRow } from '../core/incidentView/row.ts';
import { rejectedText } from '../core/traffic/rejectedText.ts';
import type { ActiveIncident } from './activeIncident.ts';
import type { TextPreview } from './textPreview.ts';

export interface OpenEvidenceParts {
  readonly incidents: ActiveIncident;
  readonly preview: TextPreview;
  /** One captured row by the file and line it lies in. */
  readonly evidenceRow: (
    incident: OpenIncident,
    ref: string,
  ) => Promise<{ readonly row: CapturedRow; readonly held: HeldCapture } | undefined>;
  readonly evidenceStore: () => Promise<Pick<EvidenceStore, 'rejected'>>;
}

/** `Show Evidence`: what a row of the Incident view stands for, in a read-only editor: a captured row, or rows that an import did not understand. */
export async function openEvidence(
  row: IncidentRow | undefined,
  { incidents, preview, evidenceRow, evidenceStore }: OpenEvidenceParts,
): Promise<void> {
  const opened = incidents.current;
  const ref = row?.evidence;
  if (!opened || ref === undefined) return;
  if (isRejectedFile(ref)) {
    const rejected = await (await evidenceStore()).rejected(opened, ref);
    if (!rejected) throw gone();
    return preview.show('rejected-rows', 'Rejected Rows', rejectedText(rejected.rows, rejected.count));
  }
  const found = await evidenceRow(opened, ref);
  if (!found) throw gone();
  const name = ref.replace(/^evidence\//, '').replace(/\.jsonl\.gz:/, ' line ');
  await preview.show(
    name.replace(/\W/g, '-'),
    name,
    rowText(`${row?.label} ${row?.description ?? ''}`, found.row, found.held),
  );
}

function gone(): UserError {
  return new UserError(
    'not-found',
    'This evidence is not in the incident any more: it was deleted, or its record cannot be read. Collect again, then validate.',
  );
}
