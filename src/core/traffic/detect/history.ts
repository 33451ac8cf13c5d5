import { evidenceParameters } from './evidenceParameters.ts';
import { localHour } from './localTime.ts';
import { conversions, outcomes, type RowRange, rowsBetween, type SeriesRows } from './rows.ts';

/** Sizes of blocks of numbers that are looked at: how many of the last digits a block leaves open. */
export const blockSizes = [100, 1000, 10_000] as const;

/** What a series was like before: the normal each piece of evidence is held against. */
export interface History {
  readonly messages: number;
  readonly converted: number;
  readonly unconverted: number;
  /** Failed, without what Twilio blocked. */
  readonly failed: number;
  readonly blocked: number;
  readonly recipients: ReadonlySet<number>;
  /** Distinct recipients per block, for each of `blockSizes`. */
  readonly blocks: readonly ReadonlyMap<number, number>[];
  /** Messages of the later half of the time to recipients who had had one in the earlier half or before in it, and all of it. */
  readonly repeated: number;
  readonly repeatable: number;
  /** Messages by hour of the local day. */
  readonly hours: Float64Array;
  /** Messages by sender, as `senders` is indexed. */
  readonly senders: Float64Array;
}

/** The weeks of a series that end at `until`, epoch seconds, without the rows of earlier frauds: they are no normal. */
export function historyOf(rows: SeriesRows, until: number, frauds: readonly RowRange[]): History {
  const { from, to } = rowsBetween(rows, until - evidenceParameters.historyDays * 86_400, until);
  const kept: RowRange[] = [];
  let start = from;
  for (const fraud of frauds) {
    if (fraud.to <= start || fraud.from >= to) continue;
    kept.push({ from: start, to: Math.max(start, fraud.from) });
    start = fraud.to;
  }
  kept.push({ from: Math.min(start, to), to });
  return summarise(rows, kept);
}

function summarise(rows: SeriesRows, ranges: readonly RowRange[]): History {
  const recipients = new Set<number>();
  const blocks = blockSizes.map(() => new Map<number, number>());
  const hours = new Float64Array(24);
  const senders = new Float64Array(rows.senders.length);
  const counts = { converted: 0, unconverted: 0, failed: 0, blocked: 0, repeated: 0, repeatable: 0 };
  const messages = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  let seen = 0;
  for (const { from, to } of ranges) for (let i = from; i < to; i++, seen++) add(i);
  return { messages, ...counts, recipients, blocks, hours, senders };

  function add(i: number): void {
    const conversion = rows.conversion[i];
    if (conversion === conversions.converted) counts.converted++;
    else if (conversion === conversions.unconverted) counts.unconverted++;
    const outcome = rows.outcome[i] ?? outcomes.sent;
    if (outcome === outcomes.failed) counts.failed++;
    else if (outcome >= outcomes.pumpingBlocked) counts.blocked++;
    const hour = localHour(rows.country, rows.time[i] ?? 0);
    hours[hour] = (hours[hour] ?? 0) + 1;
    const sender = rows.sender[i] ?? 0;
    senders[sender] = (senders[sender] ?? 0) + 1;
    const recipient = rows.recipient[i] ?? 0;
    if (recipient === 0) return;
    const known = recipients.has(recipient);
    if (2 * seen >= messages) {
      counts.repeatable++;
      if (known) counts.repeated++;
    }
    if (known) return;
    recipients.add(recipient);
    for (const [level, size] of blockSizes.entries()) {
      const block = Math.floor(recipient / size);
      const perBlock = blocks[level];
      perBlock?.set(block, (perBlock.get(block) ?? 0) + 1);
    }
  }
}

/** Recipients of this block there were before. */
export function knownIn(
  { blocks }: History,
  { digits, open }: { readonly digits: string; readonly open: number },
): number {
  const level = blockSizes.findIndex((size) => size === 10 ** open);
  return blocks[level]?.get(Number(digits)) ?? 0;
}
