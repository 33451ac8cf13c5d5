import { perRecord } from '../evidence/perRecord.ts';
import type { ChainRecord } from '../evidence/record.ts';
import { span, utc } from '../model/age.ts';
import { instantOf, textOf } from '../model/json.ts';
import { shortSid } from '../model/sid.ts';
import type { JournalEntry } from '../ports.ts';
import { channels } from './channel.ts';
import { isCountryOrBucket } from './country.ts';
import { countryName } from './countryName.ts';
import type { TrafficReport } from './report.ts';
import { type Surge, surgesOf } from './surges.ts';

/** A surge that is on, in one channel of one account to one country. */
export interface Onset extends Pick<Surge, 'account' | 'label' | 'from' | 'observed' | 'expected'> {
  readonly channel: (typeof channels)[number];
  readonly country: string;
}

/** Surges of one account, country and channel with less than this between their onsets are one: an onset is known better as time goes by. */
const same = span.hour * 12;

/** What is on in a report and its other channels, fraud and the largest excess first. */
export function onsetsOf(report: TrafficReport): readonly Onset[] {
  const found: Onset[] = [];
  for (const channel of channels) {
    const own = channel === 'sms' ? report : report.others?.[channel];
    if (!own) continue;
    for (const [country, surges] of surgesOf(own))
      for (const { account, label, from, observed, expected } of surges)
        found.push({ channel, country, account, label, from, observed, expected });
  }
  return found.sort((a, b) => rank(b) - rank(a));
}

function rank({ label, observed, expected }: Onset): number {
  return (label === 'fraud' ? 1e15 : 0) + observed - expected;
}

/** The onsets that the journal does not tell since evidence was deleted last, or told as for review where they look like fraud by now. */
export function freshOnsets(onsets: readonly Onset[], records: readonly ChainRecord[]): readonly Onset[] {
  const known = told(records);
  return onsets.filter((one) => {
    const before = known.get(keyOf(one)) ?? [];
    return !before.some(({ from, label }) => one.from < from + same && (label === 'fraud' || one.label === 'review'));
  });
}

/** What a live watch writes into the journal of each onset it finds; `held`: in evidence that was there before it looked. */
export function onsetEntry(
  { channel, country, account, label, from, observed, expected }: Onset,
  held?: 'held',
): JournalEntry {
  return {
    type: 'traffic-onset',
    channel,
    country,
    account,
    label,
    since: new Date(from).toISOString(),
    observed,
    expected: Math.round(expected),
    ...(held && { held: true }),
  };
}

/** One sentence for all of them: the first by name, the others by number. `onsets` is not empty. */
export function onsetSentence(onsets: readonly Onset[]): string {
  const [first] = onsets;
  if (!first) return '';
  const places = new Set(onsets.map(({ country }) => country));
  const frauds = onsets.filter(({ label }) => label === 'fraud').length;
  const more = places.size > 1 ? ` and ${places.size - 1} more ${places.size === 2 ? 'country' : 'countries'}` : '';
  const kind =
    frauds === onsets.length
      ? 'looks like fraud'
      : frauds > 0
        ? `${frauds} of ${onsets.length} look like fraud`
        : 'volume alone, needs a look';
  const since = Math.min(...onsets.map(({ from }) => from));
  return `Live watch: traffic surges to ${nameOf(first.country)}${more} since ${utc(since)} (${kind}).`;
}

/** `Russia: 1,520 where 2 were expected, looks like fraud`: for a timeline. */
export function onsetText(record: ChainRecord): readonly string[] {
  const number = (name: string): string => Number(record[name] ?? 0).toLocaleString('en-US');
  const account = textOf(record, 'account') ?? '';
  return [
    nameOf(textOf(record, 'country') ?? ''),
    `${number('observed')} where ${number('expected')} were expected`,
    textOf(record, 'label') === 'fraud' ? 'looks like fraud' : 'needs a look',
    shortSid(account),
  ];
}

const told = perRecord<Map<string, Pick<Onset, 'from' | 'label'>[]>>(
  () => new Map(),
  (known, record) => {
    // What was told may have been found in what is gone, and then holds for nothing that comes after.
    if (record.type === 'evidence-deleted') known.clear();
    if (record.type !== 'traffic-onset') return;
    const from = instantOf(record, 'since');
    if (from === undefined) return;
    const key = keyOf({
      channel: textOf(record, 'channel') ?? '',
      account: textOf(record, 'account') ?? '',
      country: textOf(record, 'country') ?? '',
    });
    known.set(key, [
      ...(known.get(key) ?? []),
      { from, label: textOf(record, 'label') === 'fraud' ? 'fraud' : 'review' },
    ]);
  },
);

function keyOf({ channel, account, country }: Readonly<Record<'channel' | 'account' | 'country', string>>): string {
  return `${channel} ${account} ${country}`;
}

function nameOf(country: string): string {
  return isCountryOrBucket(country) ? countryName(country) : 'an unknown place';
}
