import { type Channel, channelWords } from './channel.ts';
import type { CountryTotals } from './totals.ts';

/**
 * When a country needs a look, by the volume of seven days alone: a deliberately simple rule that a campaign trips as well as an attack does. Which of what
 * it finds looks like fraud, and what it misses, `surgesOf` says.
 */
export const thresholds = {
  /** A country without one outbound message in the six days before. */
  neverSeen: { messagesInLastDay: 20 },
  /** A country with far more than its usual day. */
  surging: { messagesInLastDay: 50, timesUsualDay: 4 },
  /** Shares of the last day's messages from which blocks of 10,000 numbers are worth naming: each block's, and all of theirs. */
  concentrated: { eachBlock: 0.1, together: 0.3 },
} as const;

export type Flag = 'never-seen' | 'surging';

/** The flag of a country, from its counts alone. */
export function flagOf({ observed, expected, before }: CountryTotals): Flag | undefined {
  if (before === 0) return observed >= thresholds.neverSeen.messagesInLastDay ? 'never-seen' : undefined;
  const { messagesInLastDay, timesUsualDay } = thresholds.surging;
  return observed >= messagesInLastDay && observed >= timesUsualDay * expected ? 'surging' : undefined;
}

/** What happened in a country, for somebody who has never seen the table. `name` may be hostile text. */
export function sentenceOf(name: string, totals: CountryTotals, complete: boolean, channel: Channel = 'sms'): string {
  return [volume(name, totals, complete, channel), blocked(totals), concentration(totals)]
    .filter((part) => part)
    .join(' ');
}

function volume(
  name: string,
  { observed, expected, before, foretold }: CountryTotals,
  complete: boolean,
  channel: Channel,
): string {
  const seen = complete ? '' : ' in what could be read';
  const now = `${name}: ${count(observed, channel)} in the last 24 h`;
  if (before === 0) return `${now}; none in the ${foretold?.days ?? 6} days before${seen}.`;
  // Next to nothing is no number to divide by, and rounds to none.
  if (foretold && expected < 0.5) {
    const most = Math.max(1, foretold.upper);
    return `${now}; at most ${number(most)} ${most === 1 ? 'was' : 'were'} to be expected${seen}.`;
  }
  const usual = foretold
    ? `${number(expected)} were to be expected, at most ${number(foretold.upper)}${seen}`
    : `${number(expected)} on a usual day${seen}`;
  const times = expected > 0 && observed >= 2 * expected ? ` (${number(Math.round(observed / expected))} times)` : '';
  return `${now}; ${usual}${times}.`;
}

function blocked({ observed, lastDay }: CountryTotals): string {
  const by = (messages: number, product: string): string =>
    messages > 0 ? `${percent(messages, observed)} blocked by ${product}.` : '';
  return [
    by(lastDay.pumpingBlocked, 'SMS Pumping Protection (30450)'),
    by(lastDay.guardBlocked, 'Verify Fraud Guard (60410)'),
  ]
    .filter((part) => part)
    .join(' ');
}

function concentration({ observed, topBlocks }: CountryTotals): string {
  if (observed < thresholds.neverSeen.messagesInLastDay) return '';
  const { eachBlock, together } = thresholds.concentrated;
  const named = topBlocks.filter(({ messages }) => messages >= eachBlock * observed);
  const messages = named.reduce((sum, block) => sum + block.messages, 0);
  if (messages < together * observed) return '';
  const where = named.map(({ block }) => block).join(named.length === 2 ? ' and ' : ', ');
  return `${messages === observed ? 'All' : percent(messages, observed)} in ${where}.`;
}

/** `38 %`; never `0 %` for something, never `100 %` for not quite all. */
export function percent(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0 %';
  if (part === whole) return '100 %';
  const rounded = Math.round((100 * part) / whole);
  if (rounded === 0) return '< 1 %';
  return rounded === 100 ? '> 99 %' : `${rounded} %`;
}

function count(rows: number, channel: Channel): string {
  const { one, many } = channelWords[channel];
  return rows === 1 ? `1 ${one}` : `${number(rows)} ${many}`;
}

const oneDecimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

function number(value: number): string {
  return (value < 10 ? oneDecimal : whole).format(value);
}
