import { Cancelled, UserError } from '../errors.ts';
import type { Cancellation, Page, Twilio } from '../ports.ts';
import type { TwilioRequest } from '../twilio/request.ts';
import { type Channel, channelWords } from './channel.ts';
import { channelRows } from './channelRows.ts';
import type { AccountTraffic, TrafficProgress, TrafficReport, TrafficSource } from './report.ts';
import { addMessage, type TrafficTable } from './table.ts';
import { daysOf, type Window, windowEndingAt } from './window.ts';

export interface PullOptions {
  /** Epoch milliseconds; the window ends here, so that messages sent while pulling change nothing. */
  readonly now: number;
  readonly cancel?: Cancellation;
  readonly onProgress?: (progress: TrafficProgress) => void;
  /** What is counted; messages unless told. */
  readonly channel?: Channel;
}

const stopped = 'Stopped before everything was read.';

/**
 * Counts the outbound messages (or calls, or Verify attempts) of the last seven days, per account, country and hour. Never throws for what can be expected: an account that
 * could not be read to the end says so in `missing`, and keeps what was read. The port decides how many requests run at once.
 *
 * Messages that Twilio lists without a sending date may not match its date filter; they are counted where it lists them.
 */
export async function pullTraffic(
  twilio: Twilio,
  sources: readonly TrafficSource[],
  { now, cancel, onProgress, channel = 'sms' }: PullOptions,
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
      const traffic = await pullAccount(read, channel, source, window, report);
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
        if (addMessage(table, window, message)) messages++;
      }
    }
    onRows(items.length);
  };

  let more = false;
  const failures = [
    await attempt(async () => {
      const first = await read(rows.request(window, source.account));
      take(first);
      more = first.next !== undefined;
    }),
  ];
  // The days are read whole, the first page's rows included: the list is ordered by creation, so a scheduled message sent today may
  // come pages later.
  if (more)
    failures.push(
      ...(await Promise.all(
        (rows.byDay ? daysOf(window) : [window]).map((part) =>
          attempt(() => readAll(read, rows.request(part, source.account), take)),
        ),
      )),
    );
  if (unreadable > 0)
    failures.push(`${unreadable} ${channelWords[channel].many} had no SID, date or direction and are not counted.`);
  const missing = failures.find((failure) => failure !== undefined);
  return { ...source, table, messages, ...(missing !== undefined && { missing }) };
}

async function readAll(
  read: (request: TwilioRequest) => Promise<Page>,
  first: TwilioRequest,
  take: (page: Page) => void,
): Promise<void> {
  const asked = new Set<string>();
  for (let next: TwilioRequest | undefined = first; next; ) {
    const page: Page = await read(next);
    take(page);
    next = page.next;
    const link = next?.continueAt ?? '';
    if (next && asked.has(link))
      throw new UserError(
        'bad-reply',
        'Twilio named the same next page twice; the messages after it are missing. Refresh to try again.',
      );
    asked.add(link);
  }
}

/** Why the work ended early, as a sentence; `undefined` when it did not. What nobody expects is thrown on. */
async function attempt(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Cancelled) return stopped;
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
