import type { Buffer } from 'node:buffer';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Fault } from './faults.ts';
import type { Received } from './receive.ts';
import { digest, type ExportLink, type ServerState } from './serverState.ts';

/** What faults are switched on by: no operation of Twilio's, because the file lies elsewhere. */
export const downloadOperation = 'DownloadExportFile';

/** How long a link is good for. https://www.twilio.com/docs/usage/bulkexport */
const linkLife = 240_000;
const folder = '/exported-files/';

/** Makes a link; gives its path. */
export function linkTo(state: ServerState, link: ExportLink): string {
  const path = `${folder}${digest(`${state.world.seed} link ${state.sid('')}`)}.json.gz`;
  state.links.set(path, link);
  return `${path}?X-Amz-Expires=240&X-Amz-Signature=${digest(path)}`;
}

/** As Twilio stores it: gzip of JSON Lines. */
export function zipped(lines: readonly string[]): Buffer {
  return gzipSync(lines.map((line) => `${line}\n`).join(''));
}

/** True for the storage where files lie: nothing of Twilio's, so requests name no host of Twilio's. */
export function isDownload({ host, pathname }: Received): boolean {
  return host === '' && pathname.startsWith(folder);
}

/** The link a request brings, which is used up with it; `undefined` when there is none that is good. */
export function takeLink(state: ServerState, { pathname, method }: Received, now: number): ExportLink | undefined {
  const link = method === 'GET' ? state.links.get(pathname) : undefined;
  state.links.delete(pathname);
  return link && now - link.made <= linkLife ? link : undefined;
}

/**
 * Serves the file of a link as S3 would: no credential is wanted, and a request that brings one is turned down.
 * `cutBody`, `cutGzip`, `flipBit`, `dropItem`, `repeatItem`, `expiredLink` and `redirectAgain` spoil it.
 */
export function sendFile(
  response: ServerResponse,
  { authorization }: Received,
  link: ExportLink | undefined,
  faults: readonly Fault[],
): number {
  const of = <K extends Fault['kind']>(kind: K) =>
    faults.find((fault): fault is Extract<Fault, { kind: K }> => fault.kind === kind);
  if (authorization !== undefined) return refuse(response, 400, 'InvalidArgument');
  if (!link || of('expiredLink')) return refuse(response, 403, 'AccessDenied');
  const again = of('redirectAgain');
  if (again) {
    response.writeHead(307, { Location: again.to }).end();
    return 307;
  }
  const kept = of('dropItem') ? link.lines.slice(1) : link.lines;
  const whole = zipped(of('repeatItem') ? [...kept, ...kept.slice(-1)] : kept);
  const flip = of('flipBit');
  if (flip) whole.writeUInt8(whole.readUInt8(flip.at % whole.length) ^ 1, flip.at % whole.length);
  const bytes = whole.subarray(0, of('cutGzip')?.at);
  response.writeHead(200, { 'Content-Type': 'application/gzip', 'Content-Length': String(bytes.length) });
  const cut = of('cutBody');
  if (cut) response.write(bytes.subarray(0, cut.at), () => response.destroy());
  else response.end(bytes);
  return 200;
}

function refuse(response: ServerResponse, status: number, code: string): number {
  response.writeHead(status, { 'Content-Type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
  return status;
}
