import { detectEpisodes, type Episode, isFraud, type Look } from '../traffic/detect/detect.ts';
import type { EvidenceKind } from '../traffic/detect/evidence.ts';
import { rowsBetween, type Sender, type SeriesRows } from '../traffic/detect/rows.ts';
import type { AttemptFacts } from './attemptFacts.ts';
import type { MessageFacts } from './messageFacts.ts';

/** More messages or attempts of one account to one country than its past foretold. */
export interface Surge {
  readonly account: string;
  /** ISO 3166-1 alpha-2, or what it is instead. */
  readonly country: string;
  readonly channel: 'messages' | 'attempts';
  /** True when it is large enough, and other evidence than volume speaks for fraud. */
  readonly fraud: boolean;
  /** Epoch milliseconds of the first and last message of the hours that stand out. */
  readonly first: number;
  readonly last: number;
  readonly observed: number;
  readonly expected: number;
  /** Beginnings of the number blocks that stand out, with how many digits are open. */
  readonly blocks: readonly { readonly digits: string; readonly open: number }[];
  readonly kinds: ReadonlySet<EvidenceKind>;
  /** Of Verify attempts, codes entered of those sent, and the share that is usual. */
  readonly conversion?: { readonly converted: number; readonly attempts: number; readonly usual: number };
  /** In millionths, of what has a price. */
  readonly cost: number;
  readonly refs: readonly number[];
  /** True when most of its messages are of one suspicious text: then the surge is smishing's, whose lists of recipients look machine-made, too. */
  readonly ofText: boolean;
}

const day = 86_400;
const sampled = 5;
/** Decades of evidence of a kind from which it is worth naming. */
const telling = 0.5;

type Series = SeriesRows & { readonly ref: ArrayLike<number> };

/** Every surge of messages and attempts, frauds and the largest first; what has fewer than `leastFraud` messages is not called fraud. Asks `pause` between accounts: an account with 60 countries takes about a second. */
export async function findSurges(
  messages: MessageFacts,
  attempts: AttemptFacts,
  leastFraud: number,
  pause: () => Promise<void>,
): Promise<readonly Surge[]> {
  const series = [
    ...seriesOf(messages.out, messages.accounts, messages.countries, messages.senders, 'messages'),
    ...seriesOf(attempts.rows, attempts.accounts, attempts.countries, [{ name: '', kind: 'unknown' }], 'attempts'),
  ];
  const found: Surge[] = [];
  for (const own of Map.groupBy(series, ({ account }) => account).values()) {
    await pause();
    const start = Math.floor(Math.min(...own.map(({ time }) => time[0] ?? 0)) / day) * day;
    const end = Math.max(...own.map(({ time }) => time[time.length - 1] ?? 0)) + 1;
    found.push(
      ...detectEpisodes({ series: own, start, end }).map((episode) => surgeOf(episode, own, start, leastFraud)),
    );
  }
  return found.toSorted((a, b) => Number(b.fraud) - Number(a.fraud) || excess(b) - excess(a));
}

/** The surges with those marked that are mostly of the templates with these numbers. */
export function markTexts(
  surges: readonly Surge[],
  { out, accounts, countries }: MessageFacts,
  templates: ReadonlySet<number>,
): readonly Surge[] {
  if (templates.size === 0) return surges;
  return surges.map((surge) => {
    if (surge.channel !== 'messages') return surge;
    let [all, suspicious] = [0, 0];
    for (let i = 0; i < out.rows; i++) {
      const at = (out.time[i] ?? 0) * 1000;
      if (at < surge.first || at > surge.last || accounts[out.account[i] ?? 0] !== surge.account) continue;
      if (countries[out.country[i] ?? 0] !== surge.country) continue;
      all += 1;
      if (templates.has(out.template[i] ?? 0)) suspicious += 1;
    }
    return { ...surge, ofText: 2 * suspicious > all };
  });
}

function excess({ observed, expected }: Surge): number {
  return observed - expected;
}

function surgeOf({ series, looks }: Episode, own: readonly Series[], start: number, leastFraud: number): Surge {
  const frauds = looks.filter(isFraud);
  const told = frauds.length > 0 ? frauds : looks;
  const best = told.reduce((one, other) => (strength(other) > strength(one) ? other : one));
  const rows = own.find((one) => one === series.rows);
  const span = { from: Math.min(...told.map(({ from }) => from)), to: Math.max(...told.map(({ to }) => to)) };
  const height = heightOf(series.counts, span, best.expected / (best.to - best.from));
  const { from, to } = rowsBetween(series.rows, start + height.from * 3600, start + height.to * 3600);
  let cost = 0;
  for (let i = from; i < to; i++) cost += series.rows.price[i] || 0;
  const strong = best.evidence.filter(({ decades }) => decades >= telling);
  const conversion = best.evidence.find(({ kind }) => kind === 'conversion');
  return {
    account: series.rows.account,
    country: series.rows.country,
    channel: series.rows.channel === 'attempts' ? 'attempts' : 'messages',
    fraud: frauds.length > 0 && best.observed >= leastFraud,
    first: (series.rows.time[from] ?? 0) * 1000,
    last: (series.rows.time[to - 1] ?? 0) * 1000,
    observed: best.observed,
    expected: best.expected,
    blocks: strong.flatMap(({ blocks = [] }) => blocks).slice(0, 3),
    kinds: new Set(strong.map(({ kind }) => kind)),
    ...(conversion && {
      conversion: { converted: conversion.part, attempts: conversion.whole, usual: conversion.normalShare ?? 0 },
    }),
    cost,
    ofText: false,
    refs: Array.from({ length: Math.min(sampled, to - from) }, (_, i) => rows?.ref[from + i] ?? 0),
  };
}

/**
 * The hours that hold the most beyond three times what was expected of each: a long window shows a burst, too, and begins long before it
 * (greatest sum of consecutive values: Kadane).
 */
export function heightOf(
  counts: ArrayLike<number>,
  span: { readonly from: number; readonly to: number },
  expected: number,
) {
  let best = { from: span.from, to: span.to, sum: Number.NEGATIVE_INFINITY };
  let [from, sum] = [span.from, 0];
  for (let hour = span.from; hour < span.to; hour++) {
    if (sum <= 0) [from, sum] = [hour, 0];
    sum += (counts[hour] ?? 0) - 3 * expected - 0.5;
    if (sum > best.sum) best = { from, to: hour + 1, sum };
  }
  return best;
}

function strength({ decades, observed, expected }: Look): number {
  return decades * 10 + Math.log1p(Math.max(0, observed - expected));
}

interface Rows {
  readonly rows: number;
  readonly account: Uint16Array;
  readonly country: Uint16Array;
  readonly time: Uint32Array;
  readonly recipient: Float64Array;
  readonly outcome: Uint8Array;
  readonly conversion: Uint8Array;
  readonly price: Float64Array;
  readonly sender: Uint16Array;
  readonly ref: Float64Array;
}

/** The columns cut by account and country, in two passes. */
function seriesOf(
  rows: Rows,
  accounts: readonly string[],
  countries: readonly string[],
  senders: readonly Sender[],
  channel: string,
): readonly Series[] {
  const width = countries.length;
  const sizes = new Uint32Array(accounts.length * width);
  const groupOf = (i: number): number => (rows.account[i] ?? 0) * width + (rows.country[i] ?? 0);
  for (let i = 0; i < rows.rows; i++) sizes[groupOf(i)] = (sizes[groupOf(i)] ?? 0) + 1;
  const members = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(sizes.length);
  for (let i = 0; i < rows.rows; i++) {
    const group = groupOf(i);
    const own = members[group];
    const at = filled[group] ?? 0;
    if (own) own[at] = i;
    filled[group] = at + 1;
  }
  return members.flatMap((own, group) => {
    if (own.length === 0) return [];
    const pick = (column: ArrayLike<number>) => Float64Array.from(own, (i) => column[i] ?? 0);
    return [
      {
        account: accounts[Math.floor(group / width)] ?? '',
        country: countries[group % width] ?? '',
        channel,
        time: pick(rows.time),
        recipient: pick(rows.recipient),
        outcome: pick(rows.outcome),
        conversion: pick(rows.conversion),
        price: pick(rows.price),
        sender: pick(rows.sender),
        ref: pick(rows.ref),
        senders,
      },
    ];
  });
}
