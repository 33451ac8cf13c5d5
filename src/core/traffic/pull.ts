import type { Cancellation, Page, Twilio } from '../ports.ts';
import type { TwilioRequest } from '../twilio/request.ts';
import { type Channel, channelWords } from './channel.ts';
import { channelRows } from './channelRows.ts';
import { type DetectRows, listedRow } from './detectRows.ts';
import { pullRows } from './pullRows.ts';
import type { AccountTraffic, TrafficProgress, TrafficReport, TrafficSource } from './report.ts';
import { addMessage, type TrafficTable } from './table.ts';
import { type Window, windowEndingAt } from './window.ts';

export interface PullOptions {
  /** Epoch milliseconds; the window ends here, so that messages sent while pulling change nothing. */
  readonly now: number;
  readonly cancel?: Cancellation;
  readonly onProgress?: (progress: TrafficProgress) => void;
  /** What is counted; messages unless told. */
  readonly channel?: Channel;
  /** Takes in every row that is counted, for the detector. */
  readonly keep?: DetectRows;
}

/**
 * Counts the outbound messages (or calls, or Verify attempts) of the last seven days, per account, country and hour. Never throws for what can be expected: an account that
 * could not be read to the end says so in `missing`, and keeps what was read. The port decides how many requests run at once.
 *
 * Messages that Twilio lists without a sending date may not match its date filter; they are counted where it lists them.
 */
export async function pullTraffic(
  twilio: Twilio,
  sources: readonly TrafficSource[],
  { now, cancel, onProgress, channel = 'sms', keep }: PullOptions,
): Promise<TrafficReport> {
  const window = windowEndingAt(now);
  let rows = 0;
  let accountsDone = 0;
  const report = (more: number): void => {
    rows += more;
    onProgress?.({ rows, accountsDone, accounts: sources.length });
  };
  report(0);
  const read = (request: TwilioRequest): Promise<Page> => twilio.page(request, cancel);
  const accounts = await Promise.all(
    sources.map(async (source) => {
      const traffic = await pullAccount(read, channel, source, window, report, keep);
      accountsDone++;
      report(0);
      return traffic;
    }),
  );
  return { ...(channel !== 'sms' && { channel }), window, accounts, gaps: [] };
}

async function pullAccount(
  read: (request: TwilioRequest) => Promise<Page>,
  channel: Channel,
  source: TrafficSource,
  window: Window,
  onRows: (count: number) => void,
  keep: DetectRows | undefined,
): Promise<AccountTraffic> {
  const rows = channelRows[channel];
  const table: TrafficTable = new Map();
  // Slices and moving pages may bring a message twice. The SIDs are the one thing here that grows with messages (about 100 bytes each).
  const seen = new Set<string>();
  let messages = 0;
  let unreadable = 0;
  const take = ({ items }: Page): void => {
    for (const item of items) {
      const message = rows.read(item);
      if (!message) unreadable++;
      else if (!seen.has(message.sid)) {
        seen.add(message.sid);
        // Twilio documents its date filter by day only, so what it returns is held against the window here.
        if (!addMessage(table, window, message)) continue;
        messages++;
        keep?.add(source.account, listedRow(item, message));
      }
    }
    onRows(items.length);
  };

  const failures = [await pullRows(read, rows, { account: source.account, window }, take)];
  if (unreadable > 0)
    failures.push(`${unreadable} ${channelWords[channel].many} had no SID, date or direction and are not counted.`);
  const missing = failures.find((failure) => failure !== undefined);
  return { ...source, table, messages, ...(missing !== undefined && { missing }) };
}
