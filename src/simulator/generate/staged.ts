import type { SimAccount, SimAlert, SimAttempt, SimCall, SimMessage } from '../world.ts';
import type { TrafficProfile } from './profile.ts';
import type { Surge } from './rhythm.ts';
import type { Layer } from './traffic.ts';

/** A log and the layers it is made of. `prefix` and `key` name its rows. */
interface Log<Row> {
  readonly prefix: string;
  readonly key: number;
  readonly layers: Layer<Row>[];
}

/** An account while its world is being made: incidents add layers and surges before anything is read. */
export interface StagedAccount {
  readonly account: SimAccount;
  readonly profile: TrafficProfile;
  /** Key of every random stream of this account. */
  readonly key: number;
  readonly surges: Surge[];
  readonly messages: Log<SimMessage>;
  readonly calls: Log<SimCall>;
  readonly attempts: Log<SimAttempt>;
  readonly alerts: Log<SimAlert>;
  /** Alerts no record of the other logs stands behind: requests that Twilio refused. */
  readonly refusals: Layer<SimAlert>[];
}

export interface Stage {
  readonly seed: number;
  /** The present when the world was made. */
  readonly start: number;
  /** The main account first, then its subaccounts. */
  readonly accounts: readonly StagedAccount[];
}

/** The account at this position of the stage. Throws when there is none: a mistake in the options. */
export function stagedAccount(stage: Stage, position: number): StagedAccount {
  const staged = stage.accounts[position];
  if (staged === undefined) throw new RangeError(`The world has no account number ${position}.`);
  return staged;
}
