import { Cancelled } from '../errors.ts';
import { span } from '../model/age.ts';
import type { Page, Twilio } from '../ports.ts';
import { channelRows } from './channelRows.ts';
import type { SeriesRows } from './detect/rows.ts';
import type { Detected } from './detected.ts';
import { type DetectRows, listedRow } from './detectRows.ts';
import type { PullOptions } from './pull.ts';
import { pullRows } from './pullRows.ts';
import type { TrafficReport } from './report.ts';
import { hours, type Window } from './window.ts';

/** Days read before a report's window: with its own six, two of each weekday before the last 24 hours. */
const daysBefore = 8;
/** As many requests are made unasked: some seconds, and far from what Twilio lets an account have. */
const mostUnasked = 60;

/** What reading the days before a report's window costs, by what its own days cost. */
export interface BeforeOffer {
  readonly days: number;
  /** About. */
  readonly requests: number;
  /** About; 0 where that is not known. */
  readonly seconds: number;
}

/** Runs the detector on rows of one channel, in a thread of its own. Rejects with `Cancelled`. */
export type Detect = (
  series: readonly SeriesRows[],
  window: Window,
  cancel: PullOptions['cancel'],
) => Promise<Detected>;

/** `taken`: the requests and milliseconds that reading the report took. */
export function beforeOffer(taken: { readonly requests: number; readonly milliseconds: number }): BeforeOffer {
  const share = daysBefore / (hours / 24);
  return {
    days: daysBefore,
    requests: Math.ceil(taken.requests * share),
    seconds: Math.max(1, Math.round((taken.milliseconds / 1000) * share)),
  };
}

/** True when it is read without asking. */
export function isCheap({ requests }: BeforeOffer): boolean {
  return requests <= mostUnasked;
}

/** The days before a report's window, from a midnight UTC on. */
export function windowBefore({ from }: Window): Window {
  return { from: (Math.floor(from / span.day) - (daysBefore - 1)) * span.day, to: from - 1000 };
}

/**
 * Reads the days before a report's window and has the detector judge them together with `rows`, which hold the window's own and are used up. Accounts that
 * cannot be read to their end are left out, since half of a history would teach that days are quiet: medians stand for them. Rejects with `Cancelled`
 * when it is stopped: half of it is of no use.
 */
export async function judgeWithBefore(
  twilio: Pick<Twilio, 'page'>,
  { report, rows, detect }: { readonly report: TrafficReport; readonly rows: DetectRows; readonly detect: Detect },
  { cancel, onProgress }: Pick<PullOptions, 'cancel' | 'onProgress'>,
): Promise<Detected> {
  const { channel = 'sms', accounts } = report;
  const window = windowBefore(report.window);
  const whole = accounts.filter(({ missing }) => missing === undefined);
  const unread = new Set<string>(accounts.flatMap(({ account, missing }) => (missing === undefined ? [] : [account])));
  let [read, accountsDone] = [0, 0];
  const tell = (): void => onProgress?.({ rows: read, accountsDone, accounts: whole.length });
  tell();
  await Promise.all(
    whole.map(async ({ account }) => {
      const failure = await pullRows(
        (request) => twilio.page(request, cancel),
        channelRows[channel],
        { account, window },
        ({ items }: Page) => {
          for (const item of items) {
            const message = channelRows[channel].read(item);
            if (!message?.outbound || message.at < window.from || message.at > window.to) continue;
            rows.add(account, listedRow(item, message));
          }
          read += items.length;
          tell();
        },
      );
      if (failure !== undefined) unread.add(account);
      accountsDone++;
      tell();
    }),
  );
  if (cancel?.aborted) throw new Cancelled();
  const series = rows.series().filter(({ account }) => !unread.has(account));
  return detect(series, report.window, cancel);
}
