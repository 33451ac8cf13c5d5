import type { AccountSid } from '../model/sid.ts';

/** What every target has. The name is what a person knows it by: hostile text. */
interface Named {
  readonly account: AccountSid;
  readonly name: string;
}

export interface SubaccountTarget extends Named {
  readonly kind: 'subaccount';
  readonly status: string;
}

/** Every call of an account that is queued, ringing or in progress. */
export interface LiveCallsTarget extends Named {
  readonly kind: 'liveCalls';
}

export interface ApiKeyTarget extends Named {
  readonly kind: 'apiKey';
  /** `SK…` */
  readonly sid: string;
}

/** What an account may send SMS to. */
export interface SmsCountryTarget extends Named {
  readonly kind: 'smsCountry';
  /** ISO 3166-1 alpha-2. */
  readonly iso: string;
}

/** The three classes of destinations an account may call in a country. */
export interface VoiceCountryTarget extends Named {
  readonly kind: 'voiceCountry';
  /** ISO 3166-1 alpha-2. */
  readonly iso: string;
  /** The classes to leave open, for an undo: the fields of the state as it was. */
  readonly restore?: Readonly<Record<string, string>>;
}

/** What signs an account's requests besides API keys. */
export interface AuthTokenTarget extends Named {
  readonly kind: 'authToken';
}

/** A number in the sender pool of a Messaging Service. */
export interface ServiceSenderTarget extends Named {
  readonly kind: 'serviceSender';
  /** `MG…` */
  readonly service: string;
  /** `PN…` */
  readonly number: string;
}

export interface PhoneNumberTarget extends Named {
  readonly kind: 'phoneNumber';
  /** `PN…` */
  readonly sid: string;
  /** The webhooks to set, for an undo: the fields of the state as it was. */
  readonly restore?: Readonly<Record<string, string>>;
}

/** Every message of an account that waits for its time. */
export interface ScheduledMessagesTarget extends Named {
  readonly kind: 'scheduledMessages';
}

/** A number in E.164, or the thousand that share all but the last three digits (`+18001234xxx`): its name. */
export interface SafeNumberTarget extends Named {
  readonly kind: 'safeNumber';
}

/** An API key that is to be made: its name is how it is found again. */
export interface NewApiKeyTarget extends Named {
  readonly kind: 'newApiKey';
  /** Permissions of a restricted key, separated by blanks; none for a standard key. */
  readonly allow: string;
}

/** A limit on verifications that is to be made in a Verify service: its name is the one the application sends. */
export interface NewVerifyLimitTarget extends Named {
  readonly kind: 'newVerifyLimit';
  /** `VA…` */
  readonly service: string;
  /** Verifications allowed in each interval. */
  readonly max: string;
  /** Seconds. */
  readonly interval: string;
}

export interface VerifyLimitTarget extends Named {
  readonly kind: 'verifyLimit';
  /** `VA…` */
  readonly service: string;
  /** `RK…` */
  readonly sid: string;
}

/** A notice of spending that is to be made. */
export interface NewUsageTriggerTarget extends Named {
  readonly kind: 'newUsageTrigger';
  /** Money a day, in the account's currency. */
  readonly value: string;
  /** Where Twilio posts the notice. */
  readonly url: string;
}

export interface UsageTriggerTarget extends Named {
  readonly kind: 'usageTrigger';
  /** `UT…` */
  readonly sid: string;
}

/** A user name and password with which a SIP device places calls. */
export interface SipCredentialTarget extends Named {
  readonly kind: 'sipCredential';
  /** `CL…` */
  readonly list: string;
  /** `CR…` */
  readonly sid: string;
}

/** Where Event Streams sends what happens in an account. */
export interface EventSinkTarget extends Named {
  readonly kind: 'eventSink';
  /** `DG…` */
  readonly sid: string;
}

/** Something at Twilio that a containment action can change. */
export type Target =
  | SubaccountTarget
  | LiveCallsTarget
  | ApiKeyTarget
  | SmsCountryTarget
  | VoiceCountryTarget
  | AuthTokenTarget
  | ServiceSenderTarget
  | PhoneNumberTarget
  | ScheduledMessagesTarget
  | SafeNumberTarget
  | NewApiKeyTarget
  | NewVerifyLimitTarget
  | VerifyLimitTarget
  | NewUsageTriggerTarget
  | UsageTriggerTarget
  | SipCredentialTarget
  | EventSinkTarget;

/** Tells targets of one account apart, and is what the journal names them by: a SID where there is one. */
export function targetId(target: Target): string {
  switch (target.kind) {
    case 'subaccount':
      return target.account;
    case 'liveCalls':
      return `${target.account} calls`;
    case 'authToken':
      return `${target.account} Auth Token`;
    case 'smsCountry':
      return `${target.account} SMS ${target.iso}`;
    case 'voiceCountry':
      return `${target.account} voice ${target.iso}`;
    case 'scheduledMessages':
      return `${target.account} scheduled messages`;
    case 'safeNumber':
      return `${target.account} safe list ${target.name}`;
    case 'serviceSender':
      return `${target.service} ${target.number}`;
    case 'newApiKey':
      return `${target.account} new API key ${target.name}`;
    case 'newVerifyLimit':
      return `${target.service} new rate limit ${target.name}`;
    case 'newUsageTrigger':
      return `${target.account} new usage trigger ${target.name}`;
    case 'phoneNumber':
    case 'apiKey':
    case 'verifyLimit':
    case 'usageTrigger':
    case 'sipCredential':
    case 'eventSink':
      return target.sid;
  }
}

/** What a person may have put on the protected list to keep this target from being changed; an account stands for all in it. */
export function protectionNames(target: Target): readonly string[] {
  const names = [target.account, target.name, ...targetId(target).split(' ')];
  return names.map((name) => name.trim().toUpperCase()).filter((name) => name !== '');
}
