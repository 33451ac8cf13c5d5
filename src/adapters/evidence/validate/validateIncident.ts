import { Worker } from 'node:worker_threads';
import { ownIn } from '../../../core/contain/ownChanges.ts';
import { Cancelled } from '../../../core/errors.ts';
import type { CapturedRow } from '../../../core/evidence/evidenceStore.ts';
import { type HeldCapture, heldCaptures } from '../../../core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../../../core/evidence/incidentStore.ts';
import { lineOf } from '../../../core/evidence/lineRef.ts';
import type { Cancellation } from '../../../core/ports.ts';
import type { Checked } from '../../../core/validate/checked.ts';
import type { ChangedThreshold } from '../../../core/validate/thresholdSettings.ts';
import { type ValidateInput, validatedSources } from '../../../core/validate/validate.ts';
import { captureRows } from '../captureReader.ts';
import type { CapturesToValidate, ValidateProgress } from './validateCaptures.ts';

export interface ValidateIncidentOptions extends Pick<ValidateInput, 'coverage' | 'now' | 'from' | 'thresholds'> {
  /** Of the thresholds, those that are not the usual ones: they are told with the verdicts. */
  readonly changed?: readonly ChangedThreshold[];
  /** Captures whose files are gone. */
  readonly lost: ReadonlySet<string>;
  readonly cancel?: Cancellation;
  readonly onProgress?: (progress: ValidateProgress) => void;
}

interface Answer {
  readonly progress?: ValidateProgress;
  readonly result?: Checked;
}

/**
 * Judges an incident's evidence in a thread of its own, whose script is `worker`: a million messages hold a thread for seconds. Asks
 * Twilio nothing and records nothing. Rejects with `Cancelled`.
 */
export async function validateIncident(
  { folder, journal }: Pick<OpenIncident, 'folder' | 'journal'>,
  worker: string | URL,
  { coverage, now, from, lost, thresholds, changed = [], cancel, onProgress }: ValidateIncidentOptions,
): Promise<Checked> {
  if (cancel?.aborted) throw new Cancelled();
  const captures = heldCaptures(journal.records)
    .map(({ capture }) => capture)
    .filter(({ source, file }) => validatedSources.includes(source) && !lost.has(file))
    // The proofs of pages are most of a capture's record, and tell nothing here.
    .map((capture) => ({ ...capture, slices: capture.slices.map((slice) => ({ ...slice, pages: [] })) }));
  const parts = coverage.map(({ source, account, state, why }) => ({ source, account, state, why }));
  const workerData: CapturesToValidate = {
    folder,
    captures,
    coverage: parts,
    now,
    changed,
    own: ownIn(journal.records),
    ...(from !== undefined && { from }),
    ...(thresholds && { thresholds }),
  };
  const thread = new Worker(worker, { workerData });
  const stop = (): void => void thread.terminate();
  cancel?.addEventListener('abort', stop);
  try {
    return await new Promise((resolve, reject) => {
      thread.on('message', ({ progress, result }: Answer) => {
        if (result) resolve(result);
        else if (progress) onProgress?.(progress);
      });
      thread.on('error', reject);
      thread.on('exit', () =>
        reject(cancel?.aborted ? new Cancelled() : new Error('The thread that validates ended early.')),
      );
    });
  } finally {
    cancel?.removeEventListener('abort', stop);
    await thread.terminate();
  }
}

/**
 * One row of an incident's evidence by its id, `evidence/messages-0003.jsonl.gz:17`, and the capture it lies in. `undefined` when the journal
 * holds no such line. Throws `UserError`, which names the file, when the file cannot be relied on.
 */
export async function evidenceRow(
  { folder, journal }: Pick<OpenIncident, 'folder' | 'journal'>,
  ref: string,
): Promise<{ readonly row: CapturedRow; readonly held: HeldCapture } | undefined> {
  const wanted = lineOf(ref);
  const held = heldCaptures(journal.records).find(({ capture }) => capture.file === wanted?.file);
  if (!wanted || !held) return undefined;
  for await (const row of captureRows(folder, held.capture)) if (row.line === wanted.line) return { row, held };
  return undefined;
}
