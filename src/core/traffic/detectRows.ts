import { instantOf, type JsonObject, textOf } from '../model/json.ts';
import { type Columns, createColumns, createNames } from '../validate/column.ts';
import { outcomeOf, recipientOf, senderOf, senderText } from '../validate/messageFacts.ts';
import type { Channel } from './channel.ts';
import { countryOf } from './country.ts';
import { conversions, type SeriesRows } from './detect/rows.ts';
import type { Message } from './message.ts';

const shape = {
  account: 'u16',
  country: 'u16',
  /** Epoch seconds: when it was sent, and its last change. */
  time: 'u32',
  updated: 'u32',
  recipient: 'f64',
  outcome: 'u8',
  conversion: 'u8',
  /** Millionths of the account's currency, the one that came first; NaN until rated, and in another currency. */
  price: 'f64',
  sender: 'u16',
  /** 52 bits made of the SID: among a million messages two share them once in ten thousand times. */
  sid: 'f64',
} as const;
type Rows = Columns<typeof shape> & { readonly rows: number };

/** A row as it was listed, with what only the detector needs of it. */
export interface DetectedMessage extends Message {
  /** Epoch milliseconds; 0 where it is not told. */
  readonly updated: number;
  /** `MG…`, or empty. */
  readonly service?: string | undefined;
}

/** A row as it is listed or captured, for the detector. */
export function listedRow(row: JsonObject, message: Message): DetectedMessage {
  return {
    ...message,
    updated: instantOf(row, 'date_updated') ?? message.at,
    service: textOf(row, 'messaging_service_sid'),
  };
}

/** Takes in the outbound rows of one channel, one after the other and in any order: 45 bytes each. */
export interface DetectRows {
  add(account: string, message: DetectedMessage): void;
  /** By account and country, each message once: as it was updated last. The builder is not to be used afterwards. */
  series(): readonly SeriesRows[];
}

export function createDetectRows(channel: Channel): DetectRows {
  const columns = createColumns(shape);
  const accounts = createNames();
  const countries = createNames();
  const senders = createNames();
  const currencies = new Map<string, string>();
  const conversionOf = ({ status }: Message): number => {
    if (channel !== 'verify') return conversions.unknown;
    return status === 'delivered' ? conversions.converted : conversions.unconverted;
  };
  return {
    add(account, message) {
      const { at, to, from = '', service = '', status, errorCode, price, currency, sid, updated } = message;
      if (price !== undefined && !currencies.has(account)) currencies.set(account, currency);
      const isRated = price !== undefined && currencies.get(account) === currency;
      columns.add({
        account: accounts.of(account),
        country: countries.of(countryOf(to)),
        time: Math.floor(at / 1000),
        updated: Math.floor(updated / 1000),
        recipient: recipientOf(to),
        outcome: outcomeOf(status, errorCode),
        conversion: conversionOf(message),
        price: isRated ? Math.round(price * 1e6) : Number.NaN,
        sender: senders.of(senderText(from, service)),
        sid: fingerprint(sid),
      });
    },
    series() {
      const rows = columns.sortedBy('time');
      const named = senders.names.map(senderOf);
      const width = Math.max(1, countries.names.length);
      return membersOf(rows, accounts.names.length * width, width).flatMap((own, group): readonly SeriesRows[] => {
        if (own.length === 0) return [];
        const pick = <T extends { readonly length: number; [at: number]: number }>(
          from: ArrayLike<number>,
          to: T,
        ): T => {
          for (let i = 0; i < own.length; i++) to[i] = from[own[i] ?? 0] ?? 0;
          return to;
        };
        const { length } = own;
        return [
          {
            account: accounts.names[Math.floor(group / width)] ?? '',
            channel,
            country: countries.names[group % width] ?? '',
            time: pick(rows.time, new Uint32Array(length)),
            recipient: pick(rows.recipient, new Float64Array(length)),
            outcome: pick(rows.outcome, new Uint8Array(length)),
            conversion: pick(rows.conversion, new Uint8Array(length)),
            price: pick(rows.price, new Float64Array(length)),
            sender: pick(rows.sender, new Uint16Array(length)),
            senders: named,
          },
        ];
      });
    },
  };
}

/** Two multiplicative hashes (Fowler, Noll and Vo, with different primes) side by side. */
function fingerprint(sid: string): number {
  let low = 0x811c_9dc5;
  let high = 0x1b87_3593;
  for (let i = 0; i < sid.length; i++) {
    const code = sid.charCodeAt(i);
    low = Math.imul(low ^ code, 0x0100_0193);
    high = Math.imul(high ^ code, 0x85eb_ca6b);
  }
  return (high >>> 12) * 0x1_0000_0000 + (low >>> 0);
}

/** Row numbers of each account and country, in the order of time, without earlier states of what is there again. */
function membersOf(rows: Rows, groups: number, width: number): readonly Uint32Array[] {
  const kept = newestStates(rows);
  const groupOf = (i: number): number => (rows.account[i] ?? 0) * width + (rows.country[i] ?? 0);
  const sizes = new Uint32Array(groups);
  for (let i = 0; i < rows.rows; i++) if (kept[i] === 1) sizes[groupOf(i)] = (sizes[groupOf(i)] ?? 0) + 1;
  const members = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(groups);
  for (let i = 0; i < rows.rows; i++) {
    if (kept[i] !== 1) continue;
    const group = groupOf(i);
    const at = filled[group] ?? 0;
    const own = members[group];
    if (own) own[at] = i;
    filled[group] = at + 1;
  }
  return members;
}

/** 1 for each row whose message has no later state among the rows. */
function newestStates({ rows, sid, updated }: Rows): Uint8Array {
  const kept = new Uint8Array(rows).fill(1);
  // An open-addressing table of row numbers plus one, never more than half full.
  const mask = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * rows))) - 1;
  const slots = new Uint32Array(mask + 1);
  for (let i = 0; i < rows; i++) {
    const own = sid[i] ?? 0;
    let slot = (Math.imul(own % 0x1_0000_0000, 0x9e37_79b1) ^ Math.floor(own / 0x1_0000_0000)) & mask;
    while (slots[slot] !== 0 && sid[(slots[slot] ?? 0) - 1] !== own) slot = (slot + 1) & mask;
    const other = (slots[slot] ?? 0) - 1;
    if (other < 0) slots[slot] = i + 1;
    else if ((updated[i] ?? 0) >= (updated[other] ?? 0)) {
      kept[other] = 0;
      slots[slot] = i + 1;
    } else kept[i] = 0;
  }
  return kept;
}
