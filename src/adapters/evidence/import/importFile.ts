import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../../core/cancellation.ts';
import type { CaptureWriter } from '../../../core/evidence/evidenceStore.ts';
import type { AccountRows, ImportedLog, TakenColumn } from '../../../core/evidence/importRecord.ts';
import { accountSid } from '../../../core/model/sid.ts';
import type { Cancellation } from '../../../core/ports.ts';
import { rememberedBadRows } from '../../../core/traffic/logImport.ts';
import { unnamedAccount } from '../../../core/traffic/logRow.ts';
import { untrusted } from '../../../core/untrusted.ts';
import { keptText } from '../importedSecrets.ts';
import { columnsIn } from '../ingest/csv.ts';
import { rawRows } from '../ingest/rawRows.ts';
import type { RecognisedLog } from '../ingest/recogniseLog.ts';
import { mostBadRows, mostlyBad, notALog } from '../ingest/refused.ts';
import type { RejectedText } from '../ingest/rejected.ts';
import { createImportSlices } from './importSlices.ts';
import { createLogRows, namesEnough, takenColumns } from './logRows.ts';

/** A file that was recognised and hashed. */
export interface FileToImport {
  readonly path: string;
  /** Its own name: hostile text. */
  readonly name: string;
  readonly recognised: RecognisedLog;
  readonly sha256: string;
  readonly bytes: number;
}

export interface ImportFileOptions {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Whose rows they are that name no account. */
  readonly account: string | undefined;
  /** Told whose rows there are when all were read: whose are not taken in. */
  readonly leaveOut: (accounts: readonly AccountRows[]) => Promise<ReadonlySet<string>>;
  readonly cancel?: Cancellation | undefined;
  /** Rows so far, and bytes read of the file. */
  readonly onProgress: (rows: number, bytes: number) => void;
  /** Throws `Refused` when the file is not the one any more that was hashed. */
  readonly check: () => Promise<void>;
}

/**
 * Takes the rows of one file into captures, a chunk of it at a time so that others have the thread in between; gives what was taken in and the first
 * rows that were not understood. Throws `Refused` for a file that is cut, damaged or no log, and `Cancelled`: nothing of it is kept then.
 */
export async function importFile(
  { path, name, recognised, sha256, bytes }: FileToImport,
  writer: CaptureWriter,
  { now, account, leaveOut, cancel, onProgress, check }: ImportFileOptions,
): Promise<{ readonly log: ImportedLog; readonly rejected: readonly RejectedText[] }> {
  const shown = untrusted(name).for('label');
  const { log, format } = recognised;
  const slices = createImportSlices(writer, log, { request: `FILE ${shown}`, receivedAt: now, sha256, bytes });
  const readRow = createLogRows(recognised);
  const rejected: RejectedText[] = [];
  let columns: readonly TakenColumn[] | undefined;
  let [rows, bad, unnamed] = [0, 0, 0];
  try {
    for await (const chunk of rawRows(path, name, format)) {
      for (const raw of chunk.rows) {
        if (format.kind === 'csv' && !columns) {
          if (!namesEnough(recognised)) throw notALog(name, columnsIn(raw.text));
          columns = takenColumns(raw.text, recognised);
          continue;
        }
        const read = readRow(raw);
        const owner = typeof read === 'string' ? undefined : ownerOf(read.account, account);
        const defect =
          typeof read === 'string'
            ? read
            : owner && (await slices.add(read.row, owner, read.time, read.removed))
              ? undefined
              : 'too-many-values';
        if (defect === undefined) {
          rows += 1;
          if (typeof read !== 'string' && read.account === unnamedAccount) unnamed += 1;
        } else {
          bad += 1;
          if (rejected.length < rememberedBadRows)
            rejected.push({ file: shown, line: raw.line, defect, text: keptText(raw.text, format) });
          if (bad >= mostBadRows && bad > rows) throw mostlyBad(name, defect);
        }
      }
      onProgress(rows, chunk.read);
      await nextTurn();
      throwIfCancelled(cancel);
    }
    if (rows === 0 && bad === 0 && columns === undefined) throw notALog(name);
    await check();
    const found = slices.accounts();
    const unwanted = await leaveOut(found);
    throwIfCancelled(cancel);
    const leftOut = found.filter(({ sid }) => unwanted.has(sid));
    for (const { sid } of leftOut) slices.leaveOut(sid);
    const accounts = found.filter(({ sid }) => !unwanted.has(sid) && sid !== unnamedAccount);
    const taken = await slices.end(`Imported from ${shown}: whether Twilio had more is not known.`);
    const whose = {
      ...(accounts.length > 0 && { accounts }),
      ...(unnamed > 0 && { unnamed }),
      ...(leftOut.length > 0 && { leftOut }),
    };
    return { log: { file: name, sha256, bytes, log, bad, ...taken, ...whose, ...namesOf(columns) }, rejected };
  } catch (reason) {
    slices.drop();
    throw reason;
  }
}

/** More than any log of Twilio's has. */
const mostColumns = 100;

/** What a person should know of the columns: which were not read, and which were taken for what stands in them. */
function namesOf(columns: readonly TakenColumn[] = []): Pick<ImportedLog, 'columns' | 'unknownColumns'> {
  const unknown = columns.flatMap(({ name, as }) => (as === undefined ? [name] : []));
  return {
    ...(columns.length > 0 && { columns: columns.slice(0, mostColumns) }),
    ...(unknown.length > 0 && { unknownColumns: unknown }),
  };
}

function ownerOf(named: string, incidents: string | undefined) {
  return accountSid(named === unnamedAccount ? (incidents ?? named) : named);
}
