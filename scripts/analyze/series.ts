import { countryOf } from '../../src/core/traffic/country.ts';
import { conversions, outcomes, type Sender, type SeriesRows } from '../../src/core/traffic/detect/rows.ts';
import type { ReadAttempt } from './attempts.ts';
import type { ReadMessage } from './messages.ts';

interface Row extends ReadMessage {
  readonly conversion: number;
}

/** A code is sent within so many seconds of its attempt. */
const together = 600;
/** From this share of attempts that are messages of the log as well, all are taken to be. */
const sameTraffic = 0.3;

/**
 * Series by account, channel and country. Attempts that are messages of the log tell of these whether the code was used; attempts that are not (Verify sends from
 * numbers of its own) are series of the channel `verify`.
 */
export function seriesFrom(
  messages: readonly ReadMessage[],
  attempts: readonly ReadAttempt[],
): { readonly series: SeriesRows[]; readonly start: number; readonly end: number } {
  const byRecipient = new Map<number, ReadAttempt[]>();
  for (const attempt of attempts.toSorted((a, b) => a.time - b.time)) {
    const list = byRecipient.get(attempt.recipient) ?? [];
    byRecipient.set(attempt.recipient, list);
    list.push(attempt);
  }
  const used = new Set<ReadAttempt>();
  const rows = messages
    .toSorted((a, b) => a.time - b.time)
    .map((message): Row => {
      const list = message.recipient > 0 ? (byRecipient.get(message.recipient) ?? []) : [];
      const match = list.find((attempt) => !used.has(attempt) && Math.abs(attempt.time - message.time) <= together);
      if (match) used.add(match);
      return { ...message, conversion: match?.conversion ?? conversions.unknown };
    });
  if (used.size < sameTraffic * attempts.length)
    for (const attempt of attempts) if (!used.has(attempt)) rows.push(verification(attempt));
  const groups = new Map<string, Row[]>();
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const row of rows) {
    const key = `${row.account} ${row.channel} ${row.country}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(row);
    first = Math.min(first, row.time);
    last = Math.max(last, row.time);
  }
  return { series: [...groups.values()].map(columns), start: Math.floor(first / 86_400) * 86_400, end: last + 1 };
}

function verification({ account, time, to, recipient, conversion, guardBlocked, failed, price }: ReadAttempt): Row {
  return {
    account,
    channel: 'verify',
    country: countryOf(to),
    time,
    recipient,
    conversion,
    outcome: guardBlocked ? outcomes.guardBlocked : failed ? outcomes.failed : outcomes.sent,
    price,
    sender: { name: '', kind: 'unknown' },
  };
}

function columns(rows: Row[]): SeriesRows {
  rows.sort((a, b) => a.time - b.time);
  const senders: Sender[] = [];
  const codes = new Map<string, number>();
  const sender = rows.map((row) => {
    const code = codes.get(row.sender.name) ?? senders.push(row.sender) - 1;
    codes.set(row.sender.name, code);
    return code;
  });
  const [one] = rows;
  return {
    account: one?.account ?? '',
    channel: one?.channel ?? '',
    country: one?.country ?? '',
    time: Float64Array.from(rows, ({ time }) => time),
    recipient: Float64Array.from(rows, ({ recipient }) => recipient),
    outcome: Uint8Array.from(rows, ({ outcome }) => outcome),
    conversion: Uint8Array.from(rows, ({ conversion }) => conversion),
    price: Float64Array.from(rows, ({ price }) => price),
    sender: Float64Array.from(sender),
    senders,
  };
}
