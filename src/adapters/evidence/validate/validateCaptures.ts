import { UserError } from '../../../core/errors.ts';
import type { Capture } from '../../../core/evidence/capture.ts';
import { rowsOf } from '../../../core/evidence/captureRecord.ts';
import type { CapturedRow } from '../../../core/evidence/evidenceStore.ts';
import { signals } from '../../../core/signalRegistry.ts';
import type { Checked } from '../../../core/validate/checked.ts';
import { checkedOf, type LeftOut } from '../../../core/validate/checkedOf.ts';
import { say } from '../../../core/validate/results.ts';
import type { ChangedThreshold } from '../../../core/validate/thresholdSettings.ts';
import { type ValidateInput, validate } from '../../../core/validate/validate.ts';
import { captureRows } from '../captureReader.ts';
import { citedRows } from './citedRows.ts';

/** Everything needed to judge an incident's evidence: plain data, for a thread of its own. */
export interface CapturesToValidate extends Pick<ValidateInput, 'coverage' | 'now' | 'from' | 'thresholds' | 'own'> {
  /** Of the thresholds, those that are not the usual ones. */
  readonly changed: readonly ChangedThreshold[];
  /** The incident's folder. */
  readonly folder: string;
  readonly captures: readonly Capture[];
}

/** How far it is. The rows are gone through twice or three times; `reading` counts from 1. */
export interface ValidateProgress {
  readonly rows: number;
  readonly total: number;
  readonly reading: number;
}

const rowsBetween = 5000;

/** Runs every indicator on these captures. A file that does not match its record is left out, and what is judged by it called incomplete. */
export async function validateCaptures(
  { folder, captures, coverage, now, from, thresholds, own, changed }: CapturesToValidate,
  onProgress: (progress: ValidateProgress) => void,
): Promise<Checked> {
  const total = captures.reduce((sum, capture) => sum + rowsOf(capture), 0);
  const leftOut = new Map<string, LeftOut>();
  let reading = 0;

  async function* rows(): AsyncGenerator<CapturedRow> {
    reading += 1;
    let count = 0;
    for (const capture of captures) {
      if (leftOut.has(capture.file)) continue;
      try {
        for await (const row of captureRows(folder, capture)) {
          yield row;
          count += 1;
          if (count % rowsBetween === 0) onProgress({ rows: count, total, reading });
        }
      } catch (reason) {
        if (!(reason instanceof UserError)) throw reason;
        leftOut.set(capture.file, { source: capture.source, why: say`${reason.message}` });
      }
    }
  }
  const validation = await validate({
    signals,
    rows,
    coverage,
    now,
    ...(from !== undefined && { from }),
    ...(thresholds && { thresholds }),
    ...(own && { own }),
  });
  const cited = await citedRows(
    folder,
    captures,
    validation.judged.flatMap(({ result }) => result.evidence),
  );
  return checkedOf(validation, { leftOut: [...leftOut.values()], cited, changed });
}
