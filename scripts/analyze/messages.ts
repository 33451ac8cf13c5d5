import { countryOf } from '../../src/core/traffic/country.ts';
import { outcomes, type Sender } from '../../src/core/traffic/detect/rows.ts';
import { isOutbound } from '../../src/core/traffic/logColumns.ts';
import { defects, readLogRow } from '../../src/core/traffic/logRow.ts';
import { fieldsOf, plainName, recordsOf } from './files.ts';

/** An outbound message as the detector needs it. */
export interface ReadMessage {
  readonly account: string;
  readonly channel: string;
  readonly country: string;
  /** Epoch seconds. */
  readonly time: number;
  readonly recipient: number;
  readonly outcome: number;
  /** Millionths, NaN until rated. */
  readonly price: number;
  readonly sender: Sender;
}

export interface LogRows {
  readonly messages: readonly ReadMessage[];
  /** The currency of each account. */
  readonly currencies: ReadonlyMap<string, string>;
  /** What was not read, a sentence each. */
  readonly problems: readonly { readonly file: string; readonly problem: string }[];
}

/** Reads message logs. Of a message that is there more than once the state updated last counts; messages dated more than a day ahead do not. */
export async function readMessages(files: readonly string[]): Promise<LogRows> {
  const latest = new Map<string, { readonly updated: number; readonly message: ReadMessage | undefined }>();
  const currencies = new Map<string, string>();
  const problems: { file: string; problem: string }[] = [];
  const tomorrow = Date.now() / 1000 + 86_400;
  for (const file of files) {
    let bad = 0;
    let first = '';
    const note = (why: string): void => {
      if (bad++ === 0) first = why;
    };
    try {
      for await (const record of recordsOf(file, (line) => note(`line ${line} is no record`))) {
        const field = fieldsOf(record);
        const row = readLogRow((name) => field(plainName(name)));
        if (typeof row === 'string') note(`a row ${defects[row]}`);
        else if (row.time > tomorrow) note('a row is dated in the future');
        else if ((latest.get(row.sid)?.updated ?? -1) <= row.updated) {
          latest.set(row.sid, {
            updated: row.updated,
            message: isOutbound(row.direction) ? messageOf(row, field) : undefined,
          });
          currencies.set(row.account, row.currency);
        }
      }
    } catch (reason) {
      problems.push({ file, problem: reason instanceof Error ? reason.message : String(reason) });
    }
    if (bad > 0) problems.push({ file, problem: `${bad} rows were not counted; ${first}.` });
  }
  const messages = [...latest.values()].flatMap(({ message }) => (message ? [message] : []));
  return { messages, currencies, problems };
}

type Row = Exclude<ReturnType<typeof readLogRow>, string>;

function messageOf(row: Row, field: (name: string) => string | undefined): ReadMessage {
  const scheme = /^([a-z]+):/i.exec(row.to)?.[1]?.toLowerCase();
  return {
    account: row.account,
    channel: scheme ?? 'sms',
    country: countryOf(row.to),
    time: row.time,
    recipient: recipientOf(row.to),
    outcome: outcomeOf(row),
    price: row.price ?? Number.NaN,
    sender: senderOf(field('from') ?? '', field('messagingservicesid') ?? ''),
  };
}

/** The digits of a whole number in E.164; 0 of a masked one, a short code or a name. */
export function recipientOf(to: string): number {
  return Number(/^(?:[a-z]+:)?\+(\d{5,15})$/i.exec(to)?.[1] ?? 0);
}

function outcomeOf({ errorCode, status }: Row): number {
  if (errorCode === 30450) return outcomes.pumpingBlocked;
  if (errorCode === 60410) return outcomes.guardBlocked;
  if (status === 'failed' || status === 'undelivered') return outcomes.failed;
  return status === 'delivered' || status === 'read' ? outcomes.delivered : outcomes.sent;
}

const unknownSender: Sender = { name: '', kind: 'unknown' };
/** Numbers of a pool take turns, so they are one sender. */
const numbers: Sender = { name: 'numbers', kind: 'number' };
const shared = new Map<string, Sender>();

function senderOf(from: string, service: string): Sender {
  if (service === '' && from === '') return unknownSender;
  if (service === '' && /^(?:[a-z]+:)?\+/i.test(from)) return numbers;
  const name = service === '' ? from : service;
  const kind = service !== '' ? 'service' : /^\d{3,8}$/.test(from) ? 'short-code' : 'alphanumeric';
  const known = shared.get(name) ?? { name, kind };
  shared.set(name, known);
  return known;
}
