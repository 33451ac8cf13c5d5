import type { PageProof } from '../evidence/capture.ts';
import type { SourceId } from '../evidence/source.ts';
import type { JsonObject } from '../model/json.ts';
import type { AccountSid } from '../model/sid.ts';
import type { Cancellation } from '../ports.ts';
import type { TwilioRequest } from '../twilio/request.ts';

/** What BulkExport exports that is evidence here, by the name it has at Twilio. */
export const exportTypes = { Messages: 'messages', Calls: 'calls' } as const satisfies Record<string, SourceId>;
export type ExportType = keyof typeof exportTypes;

/** One UTC day (`2026-11-01`) of one account's messages or calls. */
export interface ExportDay {
  readonly account: AccountSid;
  readonly type: ExportType;
  readonly day: string;
}

/** A day whose file lies at Twilio. `size` is the file's length in bytes, where Twilio gives one. */
export interface ExportedDay extends ExportDay {
  readonly size?: number;
}

/** Some rows of a file. The proof's SHA-256 and bytes are those of these lines as they stood in the file, line feeds included. */
export interface RowBatch {
  readonly rows: readonly JsonObject[];
  readonly proof: PageProof;
}

/** The files of exported days. */
export interface ExportFiles {
  /**
   * The rows of a day's file in its order, secrets removed, some thousand at a time. Only when the last one was given without an error is the file known
   * to be whole: rows given before a `UserError` or `Cancelled` must be forgotten. Each call fetches the file anew.
   */
  rows(day: ExportedDay, cancel?: Cancellation): AsyncIterable<RowBatch>;
}

/** https://www.twilio.com/docs/usage/bulkexport/day#fetch-a-day-resource */
export function fetchDay({ account, type, day }: ExportDay): TwilioRequest {
  return { operation: 'fetchExportDay', account, path: { ResourceType: type, Day: day } };
}

/** `messages of 2026-11-01`, for sentences. */
export function dayName({ type, day }: Pick<ExportDay, 'type' | 'day'>): string {
  return `${exportTypes[type]} of ${day}`;
}
