import { Cancelled, UserError } from '../errors.ts';
import { isoSeconds } from '../model/age.ts';
import type { AccountSid } from '../model/sid.ts';
import type { Cancellation, Page, Twilio } from '../ports.ts';
import type { TwilioRequest } from '../twilio/request.ts';
import { readMessage } from './message.ts';
import type { AccountTraffic, TrafficProgress, TrafficReport, TrafficSource } from './report.ts';
import { addMessage, type TrafficTable } from './table.ts';
import { daysOf, type Window, windowEndingAt } from './window.ts';

export interface PullOptions {
  /** Epoch milliseconds; the window ends here, so that messages sent while pulling change nothing. */
  readonly now: number;
  readonly cancel?: Cancellation;
  readonly onProgress?: (progress: TrafficProgress) => void;
}

const stopped = 'Stopped before everything was read.';

/**
 * Counts the outbound messages of the last seven days, per account, country and hour. Never throws for what can be expected: an account that
 * could not be read to the end says so in `missing`, and keeps what was read. The port decides how many requests run at once.
 *
 * Messages that Twilio lists without a sending date may not match its date filter; they are counted where it lists them.
 */
export async function pullTraffic(
  twilio: Twilio,
  sources: readonly TrafficSource[],
  { now, cancel, onProgress }: PullOptions,
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
      const traffic = await pullAccount(read, source, window, report);
      accountsDone++;
      report(0);
      return traffic;
    }),
  );
  return { window, accounts, gaps: [] };
}

async function pullAccount(
  read: (request: TwilioRequest) => Promise<Page>,
  source: TrafficSource,
  window: Window,
  onRows: (count: number) => void,
): Promise<AccountTraffic> {
  const table: TrafficTable = new Map();
  // Slices and moving pages may bring a message twice. The SIDs are the one thing here that grows with messages (about 100 bytes each).
  const seen = new Set<string>();
  let messages = 0;
  let unreadable = 0;
  const take = ({ items }: Page): void => {
    for (const item of items) {
      const message = readMessage(item);
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
      const first = await read(messagesIn(window, source.account));
      take(first);
      more = first.next !== undefined;
    }),
  ];
  // The days are read whole, the first page's rows included: the list is ordered by creation, so a scheduled message sent today may
  // come pages later.
  if (more)
    failures.push(
      ...(await Promise.all(
        daysOf(window).map((day) => attempt(() => readAll(read, messagesIn(day, source.account), take))),
      )),
    );
  if (unreadable > 0) failures.push(`${unreadable} messages had no SID, date or direction and are not counted.`);
  const missing = failures.find((failure) => failure !== undefined);
  return { ...source, table, messages, ...(missing !== undefined && { missing }) };
}

/** The messages of a window. Both operators include the instant they name. */
function messagesIn({ from, to }: Window, account: AccountSid): TwilioRequest {
  return { operation: 'listMessages', account, query: { 'DateSent>': isoSeconds(from), 'DateSent<': isoSeconds(to) } };
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
