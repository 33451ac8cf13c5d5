import { type Channel, channelWords, titled } from '../../core/traffic/channel.ts';
import { clockHour } from '../../core/traffic/clockHour.ts';
import type { HourlyTraffic } from '../../core/traffic/ranking.ts';
import { whole } from '../formats.ts';

const hour = 3_600_000;

/** What the chart shows, for somebody who does not see it. */
export function describeSeries(
  { from, sent, blocked, expected, usualFrom }: HourlyTraffic,
  name: string,
  channel: Channel = 'sms',
): string {
  const peak = Math.max(0, ...sent);
  const span = `${titled(channelWords[channel].many)} to ${name} by hour, from ${clockHour(from)} to ${clockHour(from + sent.length * hour)} UTC.`;
  if (peak === 0) return `${span} None were sent.`;
  const at = sent.indexOf(peak);
  const level = at < usualFrom ? 'nothing to compare with' : `${whole(expected[at] ?? 0)} expected`;
  const stopped = blocked.some((count) => count > 0)
    ? ` ${whole(sum(blocked))} of ${whole(sum(sent))} were blocked.`
    : '';
  return `${span} Most in one hour: ${whole(peak)} at ${clockHour(from + at * hour)}, ${level}.${stopped}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
