import type { AccountSid } from '../../core/model/sid.ts';
import type { Stage } from '../generate/staged.ts';

type IncidentType = 'sms-pumping' | 'toll-fraud' | 'account-takeover' | 'smishing';
type LookAlikeType = 'campaign-blast' | 'country-launch' | 'holiday';

/** The truth about one incident in one account and country: what a detector is judged by. */
export interface IncidentLabel {
  readonly type: IncidentType | LookAlikeType;
  /** Looks like an incident and is none. */
  readonly innocent: boolean;
  readonly account: AccountSid;
  /** ISO alpha-2, `001` for international networks such as satellite phones; `undefined` when not about one country. */
  readonly country: string | undefined;
  /** First and last instant, epoch milliseconds. */
  readonly start: number;
  readonly end: number;
  /** Beginnings of the attacked numbers (`+7958111`); empty when they are spread over the whole country. */
  readonly ranges: readonly string[];
}

/** Something that happened to a world, laid over its ordinary traffic. */
export interface Incident {
  readonly type: IncidentType | LookAlikeType;
  /** Adds traffic, events and changed state to the stage and says what is true of it. */
  layOver(stage: Stage): readonly IncidentLabel[];
}

/** A harmless thing that only looks like an incident; its labels say so. */
export type LookAlike = Incident & { readonly type: LookAlikeType };
