import { Worker } from 'node:worker_threads';
import { Cancelled } from '../../../core/errors.ts';
import { heldCaptures } from '../../../core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../../../core/evidence/incidentStore.ts';
import type { Cancellation } from '../../../core/ports.ts';
import type { Checked } from '../../../core/validate/checked.ts';
import { type ValidateInput, validatedSources } from '../../../core/validate/validate.ts';
import type { CapturesToValidate, ValidateProgress } from './validateCaptures.ts';

export interface ValidateIncidentOptions extends Pick<ValidateInput, 'coverage' | 'now'> {
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
  { coverage, now, lost, cancel, onProgress }: ValidateIncidentOptions,
): Promise<Checked> {
  if (cancel?.aborted) throw new Cancelled();
  const captures = heldCaptures(journal.records)
    .map(({ capture }) => capture)
    .filter(({ source, file }) => validatedSources.includes(source) && !lost.has(file))
    // The proofs of pages are most of a capture's record, and tell nothing here.
    .map((capture) => ({ ...capture, slices: capture.slices.map((slice) => ({ ...slice, pages: [] })) }));
  const parts = coverage.map(({ source, account, state, why }) => ({ source, account, state, why }));
  const workerData: CapturesToValidate = { folder, captures, coverage: parts, now };
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
