import type { CapturedRow } from '../evidence/evidenceStore.ts';
import { textOf } from '../model/json.ts';
import { isSid } from '../model/sid.ts';
import { countryOf } from '../traffic/country.ts';
import { readMessage } from '../traffic/message.ts';
import { e164 } from '../untrusted/phoneNumbers.ts';

/** A message to show Support. Times are epoch milliseconds. */
export interface ExampleMessage {
  readonly sid: string;
  readonly at: number;
  readonly account: string;
  readonly country: string;
  /** The number it was sent from, E.164. */
  readonly from?: string;
  /** Messaging service, where one sent it. */
  readonly service?: string;
  readonly citation?: string;
}

/** Twilio asks for three at least. */
const wanted = 5;
/** Rows looked through: those of an attack are among the first, for they are many. */
const mostRows = 200_000;

/** Messages to these countries (ISO 3166-1 alpha-2) at or after `since`, of several accounts where there are. */
export async function exampleMessages(
  rows: AsyncIterable<CapturedRow> | Iterable<CapturedRow>,
  {
    countries,
    since,
    idOf,
  }: {
    readonly countries: ReadonlySet<string>;
    readonly since: number;
    readonly idOf: (file: string) => string | undefined;
  },
): Promise<readonly ExampleMessage[]> {
  const found: ExampleMessage[] = [];
  let seen = 0;
  for await (const { row, account, file, line } of rows) {
    seen += 1;
    if (seen > mostRows || found.length >= wanted) break;
    const message = readMessage(row);
    if (!message?.outbound || message.at < since) continue;
    const country = countryOf(message.to);
    if (!countries.has(country) || !/^(?:SM|MM)[0-9a-fA-F]{32}$/.test(message.sid)) continue;
    const service = textOf(row, 'messaging_service_sid');
    const from = textOf(row, 'from') ?? '';
    const id = idOf(file);
    found.push({
      sid: message.sid,
      at: message.at,
      account,
      country,
      ...(e164.test(from) && { from }),
      ...(service !== undefined && isSid('MG', service) && { service }),
      ...(id !== undefined && { citation: `${id}:${line}` }),
    });
  }
  return found;
}
