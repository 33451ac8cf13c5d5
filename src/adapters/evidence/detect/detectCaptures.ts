import { UserError } from '../../../core/errors.ts';
import type { Capture } from '../../../core/evidence/capture.ts';
import { runSteps } from '../../../core/runSteps.ts';
import type { Channel, OtherChannel } from '../../../core/traffic/channel.ts';
import { channelRows } from '../../../core/traffic/channelRows.ts';
import type { Detected } from '../../../core/traffic/detected.ts';
import { createDetectRows, type DetectRows, listedRow } from '../../../core/traffic/detectRows.ts';
import { detectSteps } from '../../../core/traffic/detectTraffic.ts';
import type { Message } from '../../../core/traffic/message.ts';
import type { Window } from '../../../core/traffic/window.ts';
import { captureRows } from '../captureReader.ts';

/** What is detected in: plain data, for a thread of its own. */
export interface CapturesToDetect {
  /** The incident's folder. */
  readonly folder: string;
  /** Of messages, calls and Verify attempts; others are passed over. */
  readonly captures: readonly Capture[];
  /** Of the report that it is for. */
  readonly window: Window;
}

/** A call or an attempt of the window, for a report of its channel. */
export interface OtherMessage {
  readonly account: string;
  readonly message: Message;
}

/** Plain data. Channels without a row are absent. */
export interface DetectedCaptures {
  readonly detected: { readonly [Name in Channel]?: Detected };
  readonly others: { readonly [Name in OtherChannel]?: readonly OtherMessage[] };
}

const channelOf: { readonly [source: string]: Channel } = { messages: 'sms', calls: 'voice', attempts: 'verify' };

/**
 * Runs the detector on these captures. A file that does not match its record is left out: the report says so. About 45 bytes a row, and for a
 * million messages some seconds.
 */
export async function detectCaptures({ folder, captures, window }: CapturesToDetect): Promise<DetectedCaptures> {
  const rows = new Map<Channel, DetectRows>();
  const others: { [Name in OtherChannel]?: Map<string, OtherMessage> } = {};
  for (const capture of captures) {
    const channel = channelOf[capture.source];
    if (channel === undefined) continue;
    const own = rows.get(channel) ?? createDetectRows(channel);
    rows.set(channel, own);
    try {
      for await (const { account, row } of captureRows(folder, capture)) {
        const message = channelRows[channel].read(row);
        if (!message?.outbound) continue;
        own.add(account, listedRow(row, message));
        if (channel === 'sms' || message.at < window.from || message.at > window.to) continue;
        others[channel] ??= new Map();
        others[channel].set(message.sid, { account, message });
      }
    } catch (reason) {
      if (!(reason instanceof UserError)) throw reason;
    }
  }
  const detected: { [Name in Channel]?: Detected } = {};
  for (const [channel, own] of rows) detected[channel] = runSteps(detectSteps(own.series(), window));
  return {
    detected,
    others: {
      ...(others.voice && { voice: [...others.voice.values()] }),
      ...(others.verify && { verify: [...others.verify.values()] }),
    },
  };
}
