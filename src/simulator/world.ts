import type { AccountSid } from '../core/model/sid.ts';

/**
 * What the simulated Twilio holds. Times are epoch milliseconds (UTC). Everything is plain state that the server reads
 * and changes; traffic is generated on demand, so that ten million messages cost no memory.
 */
export interface World {
  readonly seed: number;
  /** The present inside the simulation. Nothing later than this exists yet. */
  now(): number;
  readonly main: AccountSid;
  readonly accounts: Map<AccountSid, SimAccount>;
}

export interface SimAccount {
  readonly sid: AccountSid;
  readonly owner: AccountSid;
  friendlyName: string;
  status: 'active' | 'suspended' | 'closed';
  /** Suspended by Twilio itself: the API cannot bring it back (21478). */
  suspendedByTwilio: boolean;
  readonly created: number;
  updated: number;
  authToken: string;
  secondaryToken: string | undefined;
  readonly keys: SimKey[];
  readonly numbers: SimNumber[];
  /** TwiML apps. */
  readonly applications?: SimApplication[];
  readonly sipCredentials?: SimSipCredential[];
  /** Where Event Streams sends events. */
  readonly sinks?: SimSink[];
  readonly messagingServices: SimMessagingService[];
  readonly verifyServices: SimVerifyService[];
  readonly events: SimEvent[];
  readonly alerts: Traffic<SimAlert>;
  readonly usageTriggers: SimUsageTrigger[];
  /** Countries (ISO 3166 alpha-2) open for SMS, and for the three classes of voice destinations. */
  readonly smsGeo: Map<string, boolean>;
  readonly voiceGeo: Map<string, SimDialingPermission>;
  readonly safeList: Set<string>;
  readonly messages: Traffic<SimMessage>;
  readonly calls: Traffic<SimCall>;
  readonly attempts: Traffic<SimAttempt>;
}

/** A stream of records in time. Ties are ordered by SID, so that order never depends on how it was asked for. */
export interface Traffic<Row extends { readonly sid: string; readonly at: number }> {
  /** Rows with `from <= at <= to`, newest first, made lazily. Equal arguments give equal rows. */
  newestFirst(from: number, to: number): Iterable<Row>;
  /** How many rows there are in the window, without making them where possible. */
  count(from: number, to: number): number;
  find(sid: string): Row | undefined;
  /** Remembers a change to one record, such as a call ended by the API. */
  change(sid: string, change: Partial<Row>): void;
}

export interface SimKey {
  readonly sid: string;
  readonly friendlyName: string;
  readonly secret: string;
  readonly created: number;
  readonly kind: 'standard' | 'main' | 'restricted';
  /** Permissions of a restricted key, such as `/twilio/messaging/messages/list`. */
  readonly allow: readonly string[];
}

export interface SimNumber {
  readonly sid: string;
  readonly phoneNumber: string;
  friendlyName: string;
  voiceUrl: string;
  smsUrl: string;
  statusCallback: string;
  readonly created: number;
  updated: number;
}

export interface SimApplication {
  readonly sid: string;
  readonly friendlyName: string;
  readonly voiceUrl: string;
  readonly smsUrl: string;
  readonly created: number;
}

export interface SimMessagingService {
  readonly sid: string;
  readonly friendlyName: string;
  readonly usecase: string;
  readonly inboundRequestUrl: string | undefined;
  readonly created: number;
  readonly updated: number;
  readonly numberSids: string[];
}

export interface SimVerifyService {
  readonly sid: string;
  readonly friendlyName: string;
  readonly codeLength: number;
  readonly created: number;
  readonly updated: number;
  rateLimits?: SimRateLimit[];
}

export interface SimRateLimit {
  readonly sid: string;
  readonly uniqueName: string;
  readonly created: number;
  readonly buckets: {
    readonly sid: string;
    readonly max: number;
    readonly interval: number;
    readonly created: number;
  }[];
}

export interface SimSipCredential {
  readonly sid: string;
  readonly list: string;
  readonly username: string;
  readonly created: number;
}

export interface SimSink {
  readonly sid: string;
  readonly description: string;
  readonly url: string;
  readonly created: number;
  readonly subscriptions: { readonly sid: string; readonly description: string; readonly created: number }[];
}

export interface SimEvent {
  readonly sid: string;
  readonly at: number;
  readonly type: string;
  readonly description: string;
  readonly actorSid: string | undefined;
  readonly actorType: 'user' | 'account' | 'twilio-admin' | 'api-key';
  readonly source: 'web' | 'api' | 'twilio';
  readonly ip: string;
  readonly resourceType: string;
  readonly resourceSid: string;
  /** Property → value before and after. */
  readonly changes: Readonly<Record<string, { readonly previous: string | null; readonly updated: string | null }>>;
}

export interface SimAlert {
  readonly sid: string;
  readonly at: number;
  readonly errorCode: number;
  readonly logLevel: 'error' | 'warning' | 'notice' | 'debug';
  readonly resourceSid: string;
  readonly text: string;
}

export interface SimUsageTrigger {
  readonly sid: string;
  readonly friendlyName: string;
  readonly usageCategory: string;
  readonly triggerBy: 'count' | 'usage' | 'price';
  readonly triggerValue: string;
  readonly recurring: 'daily' | 'monthly' | 'yearly' | undefined;
  readonly callbackUrl: string;
  readonly created: number;
}

export interface SimDialingPermission {
  lowRisk: boolean;
  highRiskSpecial: boolean;
  highRiskTollfraud: boolean;
}

export interface SimMessage {
  readonly sid: string;
  /** Creation; `sent` comes at most an hour later and is `undefined` for messages that were never sent. */
  readonly at: number;
  readonly sent: number | undefined;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly direction: 'outbound-api' | 'inbound' | 'outbound-reply';
  readonly status: 'delivered' | 'sent' | 'undelivered' | 'failed' | 'received' | 'scheduled' | 'canceled' | 'queued';
  readonly errorCode: number | undefined;
  readonly segments: number;
  /** What Twilio charged, in `priceUnit`; `undefined` until rated. Negative, as Twilio sends it. */
  readonly price: number | undefined;
  readonly messagingServiceSid: string | undefined;
}

export interface SimCall {
  readonly sid: string;
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly direction: 'outbound-api' | 'inbound' | 'outbound-dial';
  readonly status: 'completed' | 'in-progress' | 'ringing' | 'queued' | 'busy' | 'failed' | 'no-answer' | 'canceled';
  /** Seconds. */
  readonly duration: number;
  readonly price: number | undefined;
}

export interface SimAttempt {
  readonly sid: string;
  readonly at: number;
  readonly verifyServiceSid: string;
  readonly verificationSid: string;
  readonly channel: 'sms' | 'call';
  readonly to: string;
  readonly country: string;
  readonly converted: boolean;
  readonly errorCode: number | undefined;
  readonly messageStatus: string;
  readonly price: number;
}
