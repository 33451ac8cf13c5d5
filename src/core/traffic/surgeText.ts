import { type Channel, channelWords } from './channel.ts';
import { clockHour } from './clockHour.ts';
import type { Evidence, Missing } from './detect/evidence.ts';
import { percent } from './flags.ts';
import type { Label, Surge } from './surges.ts';

/** The country's first message, and the end of a surge that is over; epoch milliseconds. */
interface SurgeTimes {
  readonly firstAt?: number | undefined;
  readonly until?: number | undefined;
}

/**
 * Since when, beside what was expected, and for what is not fraud what is not known, in one line. Holds numbers, times and names of Twilio's products
 * only; stands after the label and the sentence of the country.
 */
export function verdictOf(
  label: Label,
  surge: Surge | undefined,
  channel: Channel = 'sms',
  times: SurgeTimes = {},
): string {
  const parts = surge ? [figures(surge, channel, times), ...surge.evidence.map(reasonOf)] : [];
  if (label === 'review') parts.push('Volume alone: a campaign or a launch looks the same.', unknown(surge, channel));
  return parts.filter((part) => part !== '').join(' ');
}

/**
 * When a surge began, epoch milliseconds: its first hour, or the country's first message (`firstAt`) in it. Wherever an onset is told it is
 * this one, so that the panel, the findings and the documents agree to the minute.
 */
export function surgeOnset({ from }: Pick<Surge, 'from'>, firstAt: number | undefined): number {
  return Math.max(from, firstAt ?? from);
}

function figures(surge: Surge, channel: Channel, { firstAt, until }: SurgeTimes): string {
  const { observed, expected, atMost } = surge;
  const most = number(Math.max(1, atMost));
  const usual =
    expected < 0.5
      ? `at most ${most} ${most === '1' ? 'was' : 'were'} expected`
      : `${number(expected)} were expected (at most ${most})`;
  const counted = `${number(observed)} ${channelWords[channel].many} where ${usual}.`;
  const onset = surgeOnset(surge, firstAt);
  return until === undefined
    ? `Since ${clockHour(onset)} UTC: ${counted}`
    : `From ${clockHour(onset)} to ${clockHour(until)} UTC: ${counted} No more than usual since.`;
}

/** Blocks and ranges are told by the sentence before this one. */
function reasonOf({ kind, decades, part, whole, normalShare = 0 }: Evidence): string {
  if (kind === 'failed' && decades >= 0.3)
    return `${percent(part, whole)} failed, normal is ${percent(Math.round(1000 * normalShare), 1000)}.`;
  return kind === 'everywhere' && decades <= -0.3 ? 'Other countries rose as well, as on a holiday.' : '';
}

/** What there may be no data for, as it is told. */
const missingNames: Readonly<Record<Missing, string>> = {
  conversion: 'which codes were used',
  recipients: 'who got them before',
  history: 'weeks before',
  sender: 'senders',
  outcomes: 'outcomes',
};

/** In words. Verify's own attempts say whether their codes were used; calls have no codes. */
export function missingWords(missing: readonly Missing[], channel: Channel): readonly string[] {
  return missing.filter((one) => channel === 'sms' || one !== 'conversion').map((one) => missingNames[one]);
}

function unknown(surge: Surge | undefined, channel: Channel): string {
  const words = missingWords(surge?.missing ?? ['conversion', 'recipients', 'sender', 'history'], channel);
  return words.length > 0 ? `Not known: ${words.join(', ')}.` : '';
}

function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 });
}
