import { UserError } from '../../core/errors.ts';
import type { Route } from './route.ts';

/** Where an exported file lies: a host and a path on it with query, spelled as Twilio gave them. */
export interface ExportLink {
  readonly host: string;
  readonly path: string;
}

/** Of Amazon S3 alone, in its four spellings: global or regional, with a dot, a hyphen or `dualstack`. Other hosts below amazonaws.com are rented out. */
const s3 =
  /^https:\/\/((?:[a-z0-9][a-z0-9-]*\.)*s3(?:[.-](?:dualstack\.)?[a-z]{2}(?:-[a-z]+)+-\d)?\.amazonaws\.com)(\/[\x21-\x7e]*)$/;
const longest = 8192;

/**
 * Reads where Twilio sends a request for an exported file. Twilio keeps these files in Amazon S3, so `https://*.s3.*.amazonaws.com` at the default
 * port is the only place they are fetched from, and the simulator's own address in the demo. The link itself is a credential, good once and
 * for 240 s: it appears in no error. Throws `UserError('not-allowed')`.
 * https://www.twilio.com/docs/usage/bulkexport/day, https://docs.aws.amazon.com/general/latest/gr/s3.html
 */
export function readExportLink(text: string | undefined, route: Route): ExportLink {
  const link = text !== undefined && text.length <= longest ? parse(text, route) : undefined;
  // A second reading by another parser: what one takes for a path, the other must not take for a host.
  const url = link && URL.parse(text ?? '');
  if (!link || url?.host !== link.host || url.username !== '' || url.password !== '' || url.hash !== '')
    throw new UserError(
      'not-allowed',
      'Twilio named a place for the exported file that is not the storage it keeps such files in (Amazon S3). Nothing was fetched from there, and no credential was sent. Try again; if it stays, ask Twilio Support.',
    );
  return link;
}

function parse(text: string, route: Route): ExportLink | undefined {
  if (route.kind === 'twilio') {
    const [, host, path] = s3.exec(text) ?? [];
    return host !== undefined && path !== undefined && !/[\\#]/.test(path) ? { host, path } : undefined;
  }
  const host = `127.0.0.1:${route.port}`;
  const path = text.startsWith(`http://${host}/`) ? text.slice(`http://${host}`.length) : '';
  return /^\/[\x21-\x7e]*$/.test(path) && !/[\\#]/.test(path) ? { host, path } : undefined;
}
