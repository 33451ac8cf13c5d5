import { UserError } from '../errors.ts';
import type { CaptureWriter } from '../evidence/evidenceStore.ts';
import type { EvidenceSource } from '../evidence/source.ts';
import { calls } from '../evidence/sources/calls.ts';
import { messages } from '../evidence/sources/messages.ts';
import { span } from '../model/age.ts';
import { instantOf, type JsonObject, textOf } from '../model/json.ts';
import type { Cancellation } from '../ports.ts';
import { dayWindow } from './days.ts';
import { type ExportedDay, type ExportFiles, type ExportType, exportTypes } from './exportedDay.ts';

const sources: Readonly<Record<ExportType, EvidenceSource>> = { Messages: messages, Calls: calls };
const mostTries = 3;
/** Milliseconds before a file is fetched anew, times the tries so far. */
const pause = 2000;

/** The evidence could not be written, after which nothing more can be. `cause` says why. */
export class WriteFailed extends Error {
  override readonly cause: unknown;

  constructor(cause: unknown) {
    super('evidence could not be written');
    this.name = 'WriteFailed';
    this.cause = cause;
  }
}

export interface CaptureDayDeps {
  readonly files: ExportFiles;
  readonly writer: CaptureWriter;
  /** Resolves after so many milliseconds; rejects with `Cancelled`. */
  readonly delay: (milliseconds: number, cancel?: Cancellation) => Promise<void>;
}

/**
 * Captures the file of a day as one complete slice; gives how many rows were kept. A file that does not arrive whole leaves nothing behind and is fetched
 * anew, three times in all. Rows of another account, or of which no date lies in the day, are not kept but counted in the proof. A message that was sent
 * after midnight stays with the day Twilio filed it under. Throws what ended the last try, and `WriteFailed` at once.
 */
export async function captureDay(
  day: ExportedDay,
  { files, writer, delay }: CaptureDayDeps,
  { cancel, onRows }: { readonly cancel?: Cancellation | undefined; readonly onRows?: (rows: number) => void } = {},
): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await once(day, files, writer, cancel, onRows);
    } catch (reason) {
      const again = reason instanceof UserError && ['network', 'server', 'bad-reply'].includes(reason.code);
      if (!again || tries >= mostTries) throw reason;
      await delay(pause * tries, cancel);
    }
  }
}

async function once(
  day: ExportedDay,
  files: ExportFiles,
  writer: CaptureWriter,
  cancel: Cancellation | undefined,
  onRows: ((rows: number) => void) | undefined,
): Promise<number> {
  const window = dayWindow(day.day);
  const slice = writer.begin({ source: exportTypes[day.type], account: day.account, window });
  const seen = createExtent();
  let rows = 0;
  try {
    for await (const batch of files.rows(day, cancel)) {
      const { kept, removed } = ownRows(batch.rows, day);
      for (const row of kept) seen.add(sources[day.type].at?.(row));
      rows += kept.length;
      onRows?.(kept.length);
      const proof = { ...batch.proof, rows: kept.length, removed: { ...batch.proof.removed, ...removed } };
      await written(slice.page(kept, proof));
    }
    await written(slice.end({ complete: true, ...seen.extent() }));
    return rows;
  } catch (reason) {
    slice.drop();
    onRows?.(-rows);
    throw reason;
  }
}

/** Tells what the disk refuses from what the network does. */
export async function written(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (reason) {
    throw new WriteFailed(reason);
  }
}

function ownRows(rows: readonly JsonObject[], { account, day }: ExportedDay) {
  const { from } = dayWindow(day);
  const removed: Record<string, number> = {};
  const kept = rows.filter((row) => {
    const owner = textOf(row, 'account_sid');
    const why =
      owner !== undefined && owner !== account
        ? 'rows of another account'
        : isOf(row, from)
          ? undefined
          : 'rows of another day';
    if (why !== undefined) removed[why] = (removed[why] ?? 0) + 1;
    return why === undefined;
  });
  return { kept, removed };
}

const dates = ['date_created', 'date_sent', 'start_time', 'date_updated', 'end_time'];

function isOf(row: JsonObject, from: number): boolean {
  return dates.some((name) => {
    const at = instantOf(row, name);
    return at !== undefined && at >= from && at < from + span.day;
  });
}

/** First and last instant. */
function createExtent() {
  let first: number | undefined;
  let last: number | undefined;
  return {
    add(at: number | undefined): void {
      if (at === undefined) return;
      first = Math.min(first ?? at, at);
      last = Math.max(last ?? at, at);
    },
    extent: () => ({ ...(first !== undefined && { first }), ...(last !== undefined && { last }) }),
  };
}
