import type { Connection } from '../model/connection.ts';
import type { Twilio } from '../ports.ts';
import type { OtherChannel } from './channel.ts';
import { type PullOptions, pullTraffic } from './pull.ts';
import { withPrices } from './pullPrices.ts';
import type { TrafficReport } from './report.ts';
import { listSources } from './sources.ts';

/**
 * The last seven days of all accounts of a connection. Throws `Cancelled` while accounts are being listed; later, stopping gives the part that
 * was read.
 */
export async function readReport(
  twilio: Twilio,
  { account, name }: Pick<Connection, 'account' | 'name'>,
  options: PullOptions,
): Promise<TrafficReport> {
  const { sources, gap } = await listSources(twilio, { account, name }, options.cancel);
  const pulled = await pullTraffic(twilio, sources, options);
  const report = await withPrices(twilio, account, pulled, options.cancel);
  return gap === undefined ? report : { ...report, gaps: [gap] };
}

/**
 * The same report with calls or Verify attempts beside its messages: of the same accounts in the same hours. Stopping gives the part that
 * was read; what it lacks is said in its gaps.
 */
export async function readOtherChannel(
  twilio: Twilio,
  report: TrafficReport,
  channel: OtherChannel,
  options: Omit<PullOptions, 'now' | 'channel'>,
): Promise<TrafficReport> {
  const sources = report.accounts.map(({ account, name }) => ({ account, name }));
  const pulled = await pullTraffic(twilio, sources, { ...options, now: report.window.to, channel });
  const [main] = sources;
  const other = main ? await withPrices(twilio, main.account, pulled, options.cancel) : pulled;
  return { ...report, others: { ...report.others, [channel]: { ...other, gaps: report.gaps } } };
}
