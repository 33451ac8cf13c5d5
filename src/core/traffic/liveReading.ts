import type { Connection } from '../model/connection.ts';
import type { Clock, Twilio } from '../ports.ts';
import { type BeforeOffer, beforeOffer, type Detect, isCheap, judgeWithBefore } from './before.ts';
import type { OtherChannel } from './channel.ts';
import type { Detected } from './detected.ts';
import { createDetectRows } from './detectRows.ts';
import type { PullOptions } from './pull.ts';
import { readOtherChannel, readReport } from './readReport.ts';
import type { TrafficReport } from './report.ts';

/** What was read, and what would let the detector judge it. */
export interface Reading {
  readonly report: TrafficReport;
  /** Absent where there is nothing to judge, or reading was stopped. */
  readonly before?: Before;
}

export interface Before {
  readonly offer: BeforeOffer;
  /** So few requests that nobody need be asked. */
  readonly isCheap: boolean;
  /** Reads the days before and judges all. Works once; rejects with `Cancelled`. */
  judge(options: Pick<PullOptions, 'cancel' | 'onProgress'>): Promise<Detected>;
}

/** Another channel of a report that was read: calls, or Verify attempts. */
export interface Beside {
  readonly report: TrafficReport;
  readonly channel: OtherChannel;
}

export interface LiveReadingParts {
  readonly twilio: Twilio;
  readonly connection: Pick<Connection, 'account' | 'name'>;
  readonly clock: Clock;
  readonly detect: Detect;
}

/** Reads the last seven days of a connection, or, with `beside`, another channel of a report. Fails as `readReport` does. */
export async function liveReading(
  { twilio, connection, clock, detect }: LiveReadingParts,
  options: Pick<PullOptions, 'cancel' | 'onProgress'>,
  beside?: Beside,
): Promise<Reading> {
  const begun = clock.now();
  let requests = 0;
  const counted: Twilio = {
    ...twilio,
    page(request, cancel) {
      requests++;
      return twilio.page(request, cancel);
    },
  };
  const keep = createDetectRows(beside?.channel ?? 'sms');
  const report = beside
    ? await readOtherChannel(counted, beside.report, beside.channel, { ...options, keep })
    : await readReport(counted, connection, { ...options, now: begun, keep });
  const own = beside ? report.others?.[beside.channel] : report;
  const whole = own?.accounts.some(({ missing, messages }) => missing === undefined && messages > 0) ?? false;
  if (!own || !whole || options.cancel?.aborted) return { report };
  const offer = beforeOffer({ requests, milliseconds: clock.now() - begun });
  const judge: Before['judge'] = (more) => judgeWithBefore(twilio, { report: own, rows: keep, detect }, more);
  return { report, before: { offer, isCheap: isCheap(offer), judge } };
}
