/** A profile of the Twilio CLI that can be signed in with. */
export interface UsableProfile {
  readonly kind: 'usable';
  readonly name: string;
  readonly accountSid: string;
  /** A key SID, or the Account SID itself with its Auth Token. */
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly region?: string;
  /** The profile that `twilio profiles:use` chose. */
  readonly active: boolean;
}

/** A profile that cannot, and why, as a sentence. */
export interface UnusableProfile {
  readonly kind: 'unusable';
  readonly name: string;
  readonly accountSid?: string;
  readonly reason: string;
}

export type CliProfile = UsableProfile | UnusableProfile;
