import type { SimKey, SimUsageTrigger } from '../world.ts';
import type { Identity } from './identity.ts';
import type { TrafficProfile } from './profile.ts';

/** An account before its SIDs are drawn. Times are epoch milliseconds. */
export interface AccountPlan {
  readonly friendlyName: string;
  readonly created: number;
  readonly profile: TrafficProfile;
  readonly keys: readonly KeyPlan[];
  readonly numbers: readonly NumberPlan[];
  readonly messagingServices: readonly MessagingServicePlan[];
  readonly verifyServices: readonly string[];
  readonly usageTriggers: readonly Omit<SimUsageTrigger, 'sid'>[];
  /** Fixed instead of drawn, for a credential that must be known beforehand. */
  readonly identity?: Identity;
}

export interface KeyPlan extends Pick<SimKey, 'friendlyName' | 'kind' | 'created'> {
  readonly allow?: readonly string[];
}

export interface NumberPlan {
  /** ISO code of the country the number belongs to. */
  readonly country: string;
  readonly friendlyName?: string;
  readonly voiceUrl: string;
  readonly smsUrl: string;
  readonly created: number;
}

interface MessagingServicePlan {
  readonly friendlyName: string;
  /** Twilio's `usecase`, such as `verification`, `notifications` or `marketing`. */
  readonly usecase: string;
  readonly inboundRequestUrl: string | undefined;
  readonly created: number;
  /** Positions in `numbers`. */
  readonly numbers: readonly number[];
}
