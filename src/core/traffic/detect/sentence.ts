import { isCountryOrBucket } from '../country.ts';
import { countryName } from '../countryName.ts';
import { percent } from '../flags.ts';
import type { Finding } from './finding.ts';
import { machineSigns } from './patternText.ts';
import { blockName } from './prefixes.ts';

type Told = Omit<Finding, 'sentence'>;

/**
 * What happened, for somebody who pays the bill: counts, the surest reason, and what could not be known. `seconds`: from its first message to its last, since
 * the hours it is told in may not be over.
 */
export function sentenceOf(finding: Told, seconds: number): string {
  const parts = [volume(finding, seconds), ...reasons(finding), ...machineSigns(finding)];
  const lead = finding.label === 'fraud' ? 'Looks like fraud' : 'Needs a look';
  return `${lead}: ${parts.join('; ')}.${missing(finding)}`;
}

function volume({ country, channel, observed, expected, interval, inBlocks, blocks }: Told, seconds: number): string {
  const hours = Math.max(1, Math.round(seconds / 3600));
  const place = isCountryOrBucket(country) ? countryName(country) : country;
  const what = channel === 'sms' ? 'messages' : `${channel} messages`;
  if (inBlocks)
    return `${count(inBlocks.observed)} ${what} to ${named(blocks)} (${place}) in ${hours} h where ${usual(inBlocks.expected)} were expected, hidden among ${count(observed)} to the country`;
  return `${count(observed)} ${what} to ${place} in ${hours} h where ${usual(expected)} were expected (at most ${count(Math.max(1, interval[1]))})`;
}

function reasons({ evidence, blocks, scope, blocked, delivery }: Told): string[] {
  const found: string[] = [];
  for (const { kind, decades, part, whole, normalShare } of [...evidence].sort((a, b) => b.decades - a.decades)) {
    if (decades < 0.3) continue;
    if (kind === 'conversion')
      found.push(`${percent(part, whole)} of the codes were used, normal is ${share(normalShare)}`);
    else if (kind === 'ranges' && scope === 'country' && blocks.length > 0)
      found.push(
        `${percent(
          blocks.reduce((sum, { messages }) => sum + messages, 0),
          delivery.whole,
        )} went to ${named(blocks)}`,
      );
    else if (kind === 'sequence') found.push(`${count(part)} numbers follow closely on another`);
    else if (kind === 'failed') found.push(`${percent(part, whole)} failed, normal is ${share(normalShare)}`);
    else if (kind === 'recipients')
      found.push(`${percent(part, whole)} of the recipients were known, normal is ${share(normalShare)}`);
    else if (kind === 'night') found.push(`${percent(part, whole)} came between midnight and six there`);
    else if (kind === 'new-country') found.push('the account had no traffic there before');
  }
  const stopped = blocked.pumping30450 + blocked.fraudGuard60410;
  if (stopped > 0) found.push(`Twilio blocked ${percent(stopped, delivery.whole)} as fraud`);
  return found;
}

function missing({ missing, label, evidence }: Told): string {
  const innocent = evidence.some(({ kind }) => kind === 'everywhere')
    ? ' Other countries rose as well, as on a holiday.'
    : evidence.some(({ kind, decades }) => kind === 'sender' && decades < -1)
      ? ' It came from a sender that seldom writes there, as campaigns do.'
      : '';
  if (label === 'fraud' || missing.length === 0) return innocent;
  const names = {
    conversion: 'which codes were used',
    recipients: 'whole recipient numbers',
    history: 'weeks before',
    sender: 'senders',
    outcomes: 'outcomes',
  };
  return `${innocent} Not known: ${missing.map((one) => names[one]).join(', ')}.`;
}

function named(blocks: Told['blocks']): string {
  const names = blocks.slice(0, 3).map(blockName);
  return blocks.length > 3 ? `${names.join(', ')} and ${blocks.length - 3} more` : names.join(', ');
}

function usual(expected: number): string {
  return expected < 0.5 ? 'none' : expected < 10 ? expected.toFixed(1) : count(Math.round(expected));
}

function share(value: number | undefined): string {
  return value === undefined ? 'not known' : percent(Math.round(value * 1000), 1000);
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
