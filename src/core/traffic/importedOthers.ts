import { accountSid, shortSid } from '../model/sid.ts';
import { attemptHours } from './attemptHours.ts';
import type { AttemptColumns } from './attemptLog.ts';
import { createBlocks } from './blocks.ts';
import { callHours } from './callHours.ts';
import type { CallColumns } from './callLog.ts';
import type { OtherChannel } from './channel.ts';
import type { CountryOrBucket } from './country.ts';
import type { Span } from './logColumns.ts';
import { unnamedAccount, unnamedText } from './logRow.ts';
import { blockText } from './numberBlock.ts';
import type { AccountTraffic, TrafficReport } from './report.ts';
import { noSegments } from './segmentCounts.ts';
import { type CountrySeries, emptySeries, firstHourOfLastDay, type TrafficTable } from './table.ts';
import type { Window } from './window.ts';

/** Imported calls in the columns of messages: `delivered` are those that were answered, segments are billed minutes. */
export function callReport(columns: CallColumns, window: Window): TrafficReport {
  const counted = callHours(columns, spanOf(window)).map((one) => {
    const sum = (...names: readonly string[]): Uint32Array =>
      one.calls.map((_, at) => names.reduce((all, name) => all + (one.statuses.get(name)?.[at] ?? 0), 0));
    return {
      ...one,
      sent: one.calls,
      delivered: sum('completed'),
      failed: sum('busy', 'failed', 'no-answer', 'canceled'),
      unpriced: one.unpricedMinutes.map((minutes, at) => (minutes > 0 ? (one.calls[at] ?? 0) : 0)),
      segments: { ...noSegments(), unpriced: one.unpricedMinutes },
    };
  });
  return reportOf('voice', columns, window, counted);
}

/** Imported Verify attempts in the columns of messages: `delivered` are those whose code was entered. */
export function attemptReport(columns: AttemptColumns, window: Window): TrafficReport {
  const counted = attemptHours(columns, spanOf(window)).map((one) => ({
    ...one,
    sent: one.attempts,
    delivered: one.converted,
    failed: one.attempts.map(() => 0),
    segments: noSegments(),
  }));
  return reportOf('verify', columns, window, counted);
}

function spanOf({ from, to }: Window): Span {
  return { from: from / 1000, to: Math.floor(to / 1000) };
}

interface Counted extends Pick<CountrySeries, 'sent' | 'delivered' | 'failed' | 'unpriced' | 'segments' | 'cost'> {
  readonly account: string;
  readonly country: CountryOrBucket;
}

function reportOf(
  channel: OtherChannel,
  columns: CallColumns | AttemptColumns,
  window: Window,
  counted: readonly Counted[],
): TrafficReport {
  const blocks = blocksOf(columns, window);
  const tables = new Map<string, TrafficTable>();
  for (const { account, country, sent, delivered, failed, unpriced, segments, cost } of counted) {
    const table: TrafficTable = tables.get(account) ?? new Map();
    tables.set(account, table);
    const { pumpingBlocked, guardBlocked } = emptySeries();
    const first = sent.findIndex((count) => count > 0);
    table.set(country, {
      ...{ sent, delivered, failed, unpriced, segments, cost, pumpingBlocked, guardBlocked },
      firstAt: window.from + Math.max(0, first) * 3_600_000,
      blocks: createBlocks(undefined, blocks.get(`${account} ${country}`)),
    });
  }
  const accounts = [...tables].flatMap(([sid, table]): readonly AccountTraffic[] => {
    const account = accountSid(sid);
    const messages = [...table.values()].reduce((all, { sent }) => all + sent.reduce((a, b) => a + b, 0), 0);
    const name = sid === unnamedAccount ? unnamedText : shortSid(sid);
    return account ? [{ account, name, table, messages }] : [];
  });
  return { channel, window, accounts, gaps: [] };
}

/** The last 24 hours' rows by account, country and block. */
function blocksOf(
  { rows, time, block, account, country, accounts, countries }: CallColumns | AttemptColumns,
  window: Window,
): ReadonlyMap<string, Map<string, number>> {
  const from = window.from / 1000 + firstHourOfLastDay * 3600;
  const found = new Map<string, Map<string, number>>();
  for (let row = 0; row < rows; row++) {
    const at = time[row] ?? 0;
    if (at < from || at > window.to / 1000) continue;
    const place = `${accounts[account[row] ?? 0]} ${countries[country[row] ?? 0]}`;
    const counts = found.get(place) ?? new Map<string, number>();
    const name = blockText(block[row] ?? 0);
    found.set(place, counts.set(name, (counts.get(name) ?? 0) + 1));
  }
  return found;
}
