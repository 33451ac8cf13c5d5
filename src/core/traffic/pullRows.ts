import { Cancelled, UserError } from '../errors.ts';
import type { AccountSid } from '../model/sid.ts';
import type { Page } from '../ports.ts';
import type { TwilioRequest } from '../twilio/request.ts';
import type { ChannelRows } from './channelRows.ts';
import { daysOf, type Window } from './window.ts';

const stopped = 'Stopped before everything was read.';

/**
 * Reads an account's rows of a window, page by page; days at the same time where they do not fit on one page, so that rows come in no order and some of them
 * twice. Returns why some are missing, as a sentence that may hold hostile text; `undefined` when all were read. Throws only what nobody expects.
 */
export async function pullRows(
  read: (request: TwilioRequest) => Promise<Page>,
  rows: ChannelRows,
  { account, window }: { readonly account: AccountSid; readonly window: Window },
  take: (page: Page) => void,
): Promise<string | undefined> {
  let more = false;
  const failures = [
    await attempt(async () => {
      const first = await read(rows.request(window, account));
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
          attempt(() => readAll(read, rows.request(part, account), take)),
        ),
      )),
    );
  return failures.find((failure) => failure !== undefined);
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
