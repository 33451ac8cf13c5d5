import { type AccountSid, accountSid } from '../model/sid.ts';
import { type CountryOrBucket, isCountryOrBucket } from './country.ts';
import { isFraud } from './detect/detect.ts';
import type { Finding } from './detect/finding.ts';
import { usualOf } from './detected.ts';
import { thresholds } from './flags.ts';
import { rangeCounts } from './rangeCounts.ts';
import type { TrafficReport } from './report.ts';
import type { Surge } from './surges.ts';
import { firstHourOfLastDay } from './table.ts';

const hour = 3_600_000;

/** What the detector found that is on in the last 24 hours of the report, by country; a surge that volume alone tells only from `thresholds.surging` on. */
export function* detectedSurges(report: TrafficReport): Generator<readonly [country: CountryOrBucket, surge: Surge]> {
  const lastDay = report.window.from + firstHourOfLastDay * hour;
  for (const finding of report.detected?.findings ?? []) {
    const account = accountSid(finding.account);
    const { country } = finding;
    if (!account || !isCountryOrBucket(country) || isOver(finding, lastDay)) continue;
    const found = withBlocks(finding, report, account, country);
    if (isTold(found)) yield [country, { ...surgeOf(found), account }];
  }
}

/** Of fraud that the country's volume hides, its blocks tell that it goes on. */
function isOver({ label, end, blocksUntil = 0 }: Finding, lastDay: number): boolean {
  return Math.max(end, label === 'fraud' ? blocksUntil : 0) * 1000 <= lastDay;
}

/** Where whole numbers are not known, blocks of 10,000 may be: how messages crowd in them counts as it does without the detector. */
function withBlocks(finding: Finding, report: TrafficReport, account: AccountSid, country: CountryOrBucket): Finding {
  const series = report.accounts.find((one) => one.account === account)?.table.get(country);
  if (!series || !finding.missing.includes('recipients')) return finding;
  const from = Math.max(0, Math.floor((finding.onset * 1000 - report.window.from) / hour));
  const expectedInLastDay = usualOf(report, country, account)?.lastDay.expected ?? 0;
  const ranges = rangeCounts(series, { from, expectedInLastDay });
  if (!ranges) return finding;
  const weighed = { ...finding, evidence: [ranges, ...finding.evidence], decades: finding.decades + ranges.decades };
  const blocks = ranges.decades > 0 ? (ranges.blocks ?? []) : [];
  return { ...weighed, blocks, label: isFraud(weighed) ? 'fraud' : 'review' };
}

function isTold({ label, observed, expected, evidence }: Finding): boolean {
  if (label === 'fraud') return true;
  const { messagesInLastDay, timesUsualDay } = thresholds.surging;
  const everywhere = evidence.find(({ kind }) => kind === 'everywhere')?.decades ?? 0;
  return everywhere > -1 && observed >= messagesInLastDay && observed >= timesUsualDay * expected;
}

function surgeOf(finding: Finding): Omit<Surge, 'account'> {
  const { label, onset, end, observed, expected, interval, excess, p, q, evidence, missing, decades } = finding;
  return {
    label,
    from: onset * 1000,
    to: end * 1000,
    observed,
    expected,
    atMost: interval[1],
    excess,
    p,
    q,
    evidence,
    missing,
    decades,
    finding,
  };
}
