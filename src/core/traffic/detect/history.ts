import { evidenceParameters } from './evidenceParameters.ts';
import { localHour } from './localTime.ts';
import { blockSizes, createRecipientIndex, type RecipientIndex } from './recipientIndex.ts';
import { conversions, outcomes, type RowRange, rowsBetween, type SeriesRows } from './rows.ts';

/** What a series was like before: the normal each piece of evidence is held against. */
export interface History {
  readonly messages: number;
  readonly converted: number;
  readonly unconverted: number;
  /** With a delivery receipt. */
  readonly delivered: number;
  /** Failed, without what Twilio blocked. */
  readonly failed: number;
  readonly blocked: number;
  readonly recipients: Pick<ReadonlySet<number>, 'size' | 'has'>;
  /** Distinct recipients per block, for each of `blockSizes`. */
  readonly blocks: readonly Pick<ReadonlyMap<number, number>, 'size' | 'get'>[];
  /** Messages of the later half of the time to recipients who had had one in the earlier half or before in it, and all of it. */
  readonly repeated: number;
  readonly repeatable: number;
  /** Messages by hour of the local day. */
  readonly hours: Float64Array;
  /** Messages by sender, as `senders` is indexed. */
  readonly senders: Float64Array;
}

export type Histories = ReturnType<typeof createHistories>;

/**
 * The histories of one series: the weeks that end at `until`, epoch seconds, without the rows of earlier frauds (in the order of time): they are no
 * normal. What takes long, telling recipients apart, is done once for all of them, when the first is asked for.
 */
export function createHistories(rows: SeriesRows): (until: number, frauds: readonly RowRange[]) => History {
  let index: RecipientIndex | undefined;
  return (until, frauds) => {
    index ??= createRecipientIndex(rows);
    const { from, to } = rowsBetween(rows, until - evidenceParameters.historyDays * 86_400, until);
    const kept: RowRange[] = [];
    let start = from;
    for (const fraud of frauds) {
      if (fraud.to <= start || fraud.from >= to) continue;
      kept.push({ from: start, to: Math.max(start, fraud.from) });
      start = fraud.to;
    }
    kept.push({ from: Math.min(start, to), to });
    return summarise(rows, kept, index);
  };
}

function summarise(rows: SeriesRows, ranges: readonly RowRange[], index: RecipientIndex): History {
  const { ids, idOf, levels } = index;
  const recipients = new Uint8Array(idOf.size + 1);
  const blocks = levels.map((level) => ({ ...level, counts: new Uint32Array(level.idOf.size), size: 0 }));
  const hours = new Float64Array(24);
  const senders = new Float64Array(rows.senders.length);
  const counts = { converted: 0, unconverted: 0, delivered: 0, failed: 0, blocked: 0, repeated: 0, repeatable: 0 };
  const messages = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  let seen = 0;
  let distinct = 0;
  for (const { from, to } of ranges) for (let i = from; i < to; i++, seen++) add(i);
  return {
    messages,
    ...counts,
    recipients: { size: distinct, has: (recipient) => recipients[idOf.get(recipient) ?? 0] === 1 },
    blocks: blocks.map(({ counts: perBlock, idOf: blockId, size }) => ({
      size,
      get: (block: number) => perBlock[blockId.get(block) ?? -1] || undefined,
    })),
    hours,
    senders,
  };

  function add(i: number): void {
    const conversion = rows.conversion[i];
    if (conversion === conversions.converted) counts.converted++;
    else if (conversion === conversions.unconverted) counts.unconverted++;
    const outcome = rows.outcome[i] ?? outcomes.sent;
    if (outcome === outcomes.delivered) counts.delivered++;
    else if (outcome === outcomes.failed) counts.failed++;
    else if (outcome >= outcomes.pumpingBlocked) counts.blocked++;
    const hour = localHour(rows.country, rows.time[i] ?? 0);
    hours[hour] = (hours[hour] ?? 0) + 1;
    const sender = rows.sender[i] ?? 0;
    senders[sender] = (senders[sender] ?? 0) + 1;
    const id = ids[i] ?? 0;
    if (id === 0) return;
    const known = recipients[id] === 1;
    if (2 * seen >= messages) {
      counts.repeatable++;
      if (known) counts.repeated++;
    }
    if (known) return;
    recipients[id] = 1;
    distinct++;
    for (const level of blocks) {
      const block = level.blockOf[id] ?? 0;
      if (level.counts[block] === 0) level.size++;
      level.counts[block] = (level.counts[block] ?? 0) + 1;
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
