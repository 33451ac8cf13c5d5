import {
  dayName,
  type ExportedDay,
  type ExportFiles,
  fetchDay,
  type RowBatch,
} from '../../core/bulkExport/exportedDay.ts';
import { createCancellation, orCancelled, throwIfCancelled } from '../../core/cancellation.ts';
import { UserError } from '../../core/errors.ts';
import { type JsonObject, textOf } from '../../core/model/json.ts';
import type { Cancellation, Clock } from '../../core/ports.ts';
import { describe, type TwilioRequest } from '../../core/twilio/request.ts';
import { instant, requestIdOf } from './attempt.ts';
import type { Breakage } from './breakage.ts';
import { BrokenOff } from './download.ts';
import { readExportLink } from './exportLink.ts';
import { readExportRows } from './exportRows.ts';
import type { Answer } from './readReply.ts';
import type { Route } from './route.ts';
import type { Sockets } from './socket.ts';
import type { Stripped } from './stripSecrets.ts';

export interface ExportFilesDeps {
  readonly route: Route;
  readonly sockets: Pick<Sockets, 'download'>;
  readonly clock: Clock;
  /** Asks Twilio, with the credential. */
  readonly ask: (request: TwilioRequest, cancel?: Cancellation) => Promise<Answer>;
  /** Removes secrets from a row; `undefined` for one that cannot be Twilio's. */
  readonly clean: (row: JsonObject) => Stripped | undefined;
  /** Ends every download. */
  readonly closing: Cancellation;
}

/**
 * Fetches exported days: Twilio is asked with the credential where the file lies, and the file is fetched from there without one. Rows are given while
 * bytes arrive, so a file of any length takes little memory and nothing unchecked touches the disk. Downloads end with `cancel`.
 */
export function createExportFiles(deps: ExportFilesDeps): ExportFiles {
  const { route, sockets, clock, ask } = deps;

  async function* rows(day: ExportedDay, asked?: Cancellation): AsyncGenerator<RowBatch, void, void> {
    const name = dayName(day);
    const either = createCancellation();
    const sources = [asked, deps.closing];
    for (const source of sources) source?.addEventListener('abort', either.abort);
    if (sources.some((source) => source?.aborted)) either.abort();
    const cancel = either.signal;
    try {
      const request = fetchDay(day);
      const answer = await ask(request, cancel);
      const link = readExportLink(answer.headers.location ?? textOf(answer.body, 'redirect_to'), route);
      const proof = proofOf(request, answer, clock.now());
      const download = await orCancelled(sockets.download(link, cancel), cancel);
      if (download.kind === 'broken') throw brokenOff(name, download.breakage);
      if (download.kind === 'denied') throw denied(name, download.status);
      for await (const { rows: found, sha256, bytes } of readExportRows(download.bytes, { name, size: day.size })) {
        throwIfCancelled(cancel);
        const { kept, removed } = cleaned(found, name, deps);
        yield { rows: kept, proof: { ...proof, sha256, bytes, rows: kept.length, removed } };
      }
    } catch (reason) {
      throw reason instanceof BrokenOff ? brokenOff(name, reason.breakage) : reason;
    } finally {
      for (const source of sources) source?.removeEventListener('abort', either.abort);
    }
  }
  return { rows };
}

function proofOf(request: TwilioRequest, { headers }: Answer, receivedAt: number) {
  const requestId = requestIdOf(headers);
  const serverTime = instant(headers.date);
  return {
    request: describe(request),
    ...(requestId !== undefined && { requestId }),
    receivedAt,
    ...(serverTime !== undefined && { serverTime }),
  };
}

function cleaned(rows: readonly JsonObject[], name: string, { clean }: ExportFilesDeps) {
  const removed: Record<string, number> = {};
  const kept = rows.map((row) => {
    const stripped = clean(row);
    if (!stripped)
      throw new UserError(
        'bad-reply',
        `A row of the exported file with the ${name} is nested deeper than Twilio’s are. Nothing of it was kept. Try again.`,
      );
    for (const [what, times] of Object.entries(stripped.removed)) removed[what] = (removed[what] ?? 0) + times;
    return stripped.body;
  });
  return { kept, removed };
}

function brokenOff(name: string, breakage: Breakage): UserError {
  if (breakage === 'certificate')
    return new UserError(
      'network',
      `The certificate of the storage where Twilio keeps the exported file with the ${name} (Amazon S3) could not be verified, so nothing was fetched. A proxy that inspects traffic is the usual cause: install its certificate in the system, or use another network.`,
    );
  return new UserError(
    'network',
    `The exported file with the ${name} did not arrive whole from the storage where Twilio keeps it (Amazon S3). Nothing of it was kept. A proxy or firewall that does not know amazonaws.com is a usual cause; check the network, then try again.`,
  );
}

function denied(name: string, status: number): UserError {
  if (status >= 300 && status < 400)
    return new UserError(
      'not-allowed',
      `The storage where Twilio keeps the exported file with the ${name} sends on to another place (HTTP ${status}), which is never followed. Nothing was fetched. Try again; if it stays, a proxy is in the way, or ask Twilio Support.`,
    );
  const why = status === 403 ? 'the link was used up or is older than four minutes' : `HTTP ${status}`;
  return new UserError(
    'server',
    `The storage where Twilio keeps the exported file with the ${name} did not give it (${why}). Nothing was kept. Try again.`,
    { status },
  );
}
