import type { AccountSid } from '../model/sid.ts';
import type { Channel, OtherChannel } from './channel.ts';
import type { Detected } from './detected.ts';
import type { UnitPrice } from './priceList.ts';
import type { TrafficTable } from './table.ts';
import type { Window } from './window.ts';

export interface TrafficSource {
  readonly account: AccountSid;
  /** Friendly name from Twilio: hostile text. */
  readonly name: string;
}

export interface AccountTraffic extends TrafficSource {
  readonly table: TrafficTable;
  /** Outbound messages counted in the table. */
  readonly messages: number;
  /** Why the table lacks messages, as a sentence; absent when it is complete. May hold hostile text. */
  readonly missing?: string;
  /** Only what was sent before this instant is missing, epoch milliseconds; absent where counts since then are too low as well. */
  readonly missingBefore?: number;
}

/** Outbound messages by account, country and hour, and what could not be read. */
export interface TrafficReport {
  /** What is counted; absent: messages. Calls and attempts stand in the same columns: `delivered` is answered, or converted. */
  readonly channel?: Channel;
  /** The other channels in the same window, as far as they were read. */
  readonly others?: Partial<Readonly<Record<OtherChannel, TrafficReport>>>;
  /** What the detector foretold and found; absent where nobody asked it. Accounts without a week of history are not in it. */
  readonly detected?: Detected;
  /** Counts by hour alone, the rest is on its way: what is flagged goes by volume, and nothing is called fraud yet. */
  readonly unjudged?: true;
  readonly window: Window;
  readonly accounts: readonly AccountTraffic[];
  /** Twilio's list prices, for what has no price yet; without them it is estimated from the report's own prices. */
  readonly prices?: readonly UnitPrice[];
  /** What is missing beyond single accounts, a sentence each. */
  readonly gaps: readonly string[];
}

export interface TrafficProgress {
  /** Messages received so far, in all accounts; inbound and repeated ones included. */
  readonly rows: number;
  readonly accountsDone: number;
  readonly accounts: number;
}

/** Everything the report lacks, a sentence each; empty means complete. Names and Twilio's own words in it are hostile text. */
export function gapsOf({ accounts, gaps }: Pick<TrafficReport, 'accounts' | 'gaps'>): readonly string[] {
  return [...gaps, ...accounts.flatMap(({ name, missing }) => (missing === undefined ? [] : [`${name}: ${missing}`]))];
}
