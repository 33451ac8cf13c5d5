import { createCancellation } from '../cancellation.ts';
import { Cancelled, UserError } from '../errors.ts';
import { collectEvidence } from '../evidence/collect/collectEvidence.ts';
import type { CollectOptions, CollectResult } from '../evidence/collect/options.ts';
import type { CaptureWriter } from '../evidence/evidenceStore.ts';
import { sources } from '../evidence/sources.ts';
import { span } from '../model/age.ts';
import type { JournalEntry } from '../ports.ts';
import { perishable } from './perishable.ts';
import type { PlannedAccount } from './planAccounts.ts';

/** How long a containment waits for evidence, in milliseconds: loss goes on meanwhile. */
export const captureLimit = 2000;
/** Of that, kept for what was read to reach the disk. */
const forWriting = 200;
const stillWriting = 'It was still being written when the containment went on; its own record follows.';
/** More are not read within the limit anyway. */
const mostAccounts = 8;

const perishableSources = perishable.flatMap((id) => sources.find((source) => source.id === id) ?? []);

/** How it ended. `why`: what is missing, as sentences, which may hold hostile text. */
export type CapturedFirst =
  | { readonly result: 'captured' | 'partly' | 'skipped'; readonly rows: number; readonly why: readonly string[] }
  /** The time was over: how many rows it came to is told by `rest`, which never rejects. */
  | { readonly result: 'writing'; readonly rest: Promise<CapturedFirst>; readonly why: readonly string[] };

type Ended = Exclude<CapturedFirst, { readonly result: 'writing' }>;

export interface CaptureFirstParts
  extends Pick<CollectOptions, 'main' | 'held' | 'rowsOf' | 'clock'>,
    Pick<CollectEvidenceParts, 'twilio'> {
  /** Of the incident's folder; closed here. */
  readonly writer: () => Promise<CaptureWriter>;
  /** Resolves after so many milliseconds; rejects with `Cancelled`. */
  readonly delay: CollectOptions['delay'];
}
interface CollectEvidenceParts {
  readonly twilio: Parameters<typeof collectEvidence>[0];
}

/**
 * Captures what is about to be changed, of the last 24 hours where it is a log. Reads until `captureLimit` is almost over; what is still being
 * written then is finished beside the containment. Never throws for what can be expected.
 */
export async function captureFirst(
  accounts: readonly PlannedAccount[],
  parts: CaptureFirstParts,
): Promise<CapturedFirst> {
  const ending = createCancellation();
  const over = createCancellation();
  const left = accounts.length - mostAccounts;
  const read = reading(accounts.slice(0, mostAccounts), parts, ending.signal)
    .catch(failed)
    .then((found) => leftOut(found, left));
  const limit = async (): Promise<CapturedFirst> => {
    await parts.delay(captureLimit - forWriting, over.signal);
    ending.abort();
    await parts.delay(forWriting, over.signal);
    return { result: 'writing', rest: read, why: [stillWriting] };
  };
  const ended = await Promise.race([read, limit().catch(ignoreCancelled)]);
  over.abort();
  return ended ?? (await read);
}

function leftOut(found: Ended, left: number): Ended {
  if (left <= 0) return found;
  const why = [...found.why, `${left} more accounts were left out, to lose no time.`];
  return { ...found, result: found.result === 'captured' ? 'partly' : found.result, why };
}

/** What the journal says of it; `late` when containment had gone on. How many rows it came to is not told before it is known. */
export function capturedFirstEntry(
  found: CapturedFirst,
  accounts: readonly PlannedAccount[],
  late = false,
): JournalEntry {
  const { result, why } = found;
  return {
    type: 'evidence-first',
    result,
    ...(found.result !== 'writing' && { rows: found.rows }),
    ...(late && { late: true }),
    accounts: accounts.map(({ account }) => account),
    ...(why.length > 0 && { why: [...why] }),
  };
}

async function reading(
  accounts: readonly PlannedAccount[],
  { twilio, main, held, rowsOf, clock, delay, writer: open }: CaptureFirstParts,
  cancel: CollectOptions['cancel'],
): Promise<Ended> {
  const now = clock.now();
  const to = Math.floor(now / 1000) * 1000;
  const writer = await open();
  const options: CollectOptions = {
    sources: perishableSources,
    accounts,
    main,
    window: { from: to - span.day, to },
    now,
    held,
    settled: span.hour,
    ...(rowsOf && { rowsOf }),
    writer,
    clock,
    delay,
    ...(cancel && { cancel }),
  };
  const result = await collectEvidence(twilio, options).finally(() => writer.close());
  return { ...summary(result), rows: result.rows };
}

function summary({ outcomes, writeFailure }: CollectResult): Pick<Ended, 'result' | 'why'> {
  if (writeFailure !== undefined) return { result: 'skipped', why: [writeFailure] };
  const missing = outcomes.filter(({ complete }) => !complete);
  const why = missing.map(({ source, account, why: reasons }) => `${source} of ${account}: ${reasons.join(' ')}`);
  return { result: missing.length === 0 ? 'captured' : 'partly', why };
}

/** Evidence that cannot be captured must not keep anybody from stopping the loss. */
function failed(reason: unknown): Ended {
  const why = reason instanceof UserError ? reason.message : 'Something unexpected went wrong.';
  return { result: 'skipped', rows: 0, why: [why] };
}

function ignoreCancelled(reason: unknown): undefined {
  if (!(reason instanceof Cancelled)) throw reason;
}
