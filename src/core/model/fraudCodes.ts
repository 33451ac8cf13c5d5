import type { Severity } from '../accounts/nodeKind.ts';

/** What an error code says about fraud. Meanings: https://www.twilio.com/docs/api/errors and Twilio's Fraud Response Guide. */
export interface FraudCode {
  readonly title: string;
  readonly level: Severity;
  /** Why it matters to a fraud responder, in a sentence. */
  readonly meaning: string;
}

const pumping = 'A wave of messages nobody reads, sent to earn from their delivery.';
const closedDestination =
  'Somebody tries to reach a destination that is closed: often toll fraud or pumping still trying.';
const generated = 'Many of these in one number range point to machine-made recipients.';

/** The codes a fraud responder looks for, by Twilio error code. */
export const fraudCodes: ReadonlyMap<number, FraudCode> = new Map<number, FraudCode>([
  [
    30450,
    {
      title: 'SMS Pumping Protection block',
      level: 'critical',
      meaning: `Twilio blocks this destination prefix for about 15–30 minutes. ${pumping}`,
    },
  ],
  [
    30453,
    {
      title: 'Blocked by Twilio’s fraud check',
      level: 'critical',
      meaning: `Blocked although SMS Pumping Protection is off. ${pumping}`,
    },
  ],
  [
    60410,
    {
      title: 'Verify Fraud Guard block',
      level: 'critical',
      meaning: `Verify blocks this prefix for 12 hours. ${pumping}`,
    },
  ],
  [60605, { title: 'Verify geo-permission', level: 'warning', meaning: closedDestination }],
  [
    60203,
    {
      title: 'Verify: too many sends to a number',
      level: 'warning',
      meaning: 'Repeated requests for one recipient: bots on a sign-up form.',
    },
  ],
  [
    60207,
    {
      title: 'Verify: service rate limit',
      level: 'warning',
      meaning: 'Your own Verify rate limit holds requests back: bots on a sign-up form.',
    },
  ],
  [
    60212,
    {
      title: 'Verify: too many concurrent requests',
      level: 'warning',
      meaning: 'Many requests at once for one number: bots on a sign-up form.',
    },
  ],
  [21408, { title: 'SMS geo-permission', level: 'warning', meaning: closedDestination }],
  [21215, { title: 'Voice geo-permission', level: 'warning', meaning: closedDestination }],
  [13227, { title: 'Voice geo-permission in <Dial>', level: 'warning', meaning: closedDestination }],
  [32205, { title: 'SIP trunk geo-permission', level: 'warning', meaning: closedDestination }],
  [
    32203,
    {
      title: 'Call blocked by Twilio',
      level: 'warning',
      meaning: 'The destination has a high risk of fraud: somebody may be dialling premium numbers.',
    },
  ],
  [32201, { title: 'SIP address not allowed', level: 'warning', meaning: 'Unknown hosts knock at your SIP domain.' }],
  [
    32202,
    { title: 'SIP credentials wrong', level: 'warning', meaning: 'Somebody guesses the passwords of your SIP domain.' },
  ],
  [
    32017,
    {
      title: 'Call blocked by the carrier',
      level: 'warning',
      meaning: 'Carriers take your caller ID for spoofed or unwanted: a sign of vishing.',
    },
  ],
  [
    20003,
    { title: 'Permission denied', level: 'warning', meaning: 'Wrong credentials in number: somebody tries them.' },
  ],
  [
    30007,
    {
      title: 'Filtered as spam',
      level: 'warning',
      meaning: 'Carriers take these messages for spam: a surge is a sign of smishing.',
    },
  ],
  [
    30110,
    {
      title: 'Link shortener domain blocked',
      level: 'warning',
      meaning: 'A fraudulent link domain: a sign of smishing.',
    },
  ],
  [
    30111,
    { title: 'Link domain on a deny list', level: 'warning', meaning: 'A fraudulent link domain: a sign of smishing.' },
  ],
  [21610, { title: 'Recipient opted out', level: 'notice', meaning: 'A surge of STOP replies is a sign of smishing.' }],
  [
    30002,
    { title: 'Account suspended', level: 'warning', meaning: 'The account was suspended before these messages left.' },
  ],
  [30003, { title: 'Unreachable handset', level: 'notice', meaning: generated }],
  [30004, { title: 'Blocked by the recipient or carrier', level: 'notice', meaning: 'A surge is a sign of smishing.' }],
  [30005, { title: 'Unknown handset', level: 'notice', meaning: generated }],
  [30006, { title: 'Landline or unreachable carrier', level: 'notice', meaning: generated }],
  [30008, { title: 'Unknown error', level: 'notice', meaning: 'Means something only in volume.' }],
  [
    30442,
    { title: 'Toll-free verification rejected', level: 'notice', meaning: 'Twilio refused the sender’s stated use.' },
  ],
  [
    30444,
    { title: 'Toll-free verification rejected', level: 'notice', meaning: 'Twilio refused the sender’s stated use.' },
  ],
  [14107, { title: 'Reply rate limit', level: 'warning', meaning: 'A loop or a surge of replies.' }],
  [20429, { title: 'Too many requests', level: 'notice', meaning: 'Something uses the API more than usual.' }],
  [63018, { title: 'Channel rate limit', level: 'warning', meaning: 'A surge on a messaging channel.' }],
  [
    30649,
    {
      title: 'Geo-permission update refused',
      level: 'notice',
      meaning: 'This country’s permission cannot be changed by API; use the Console.',
    },
  ],
  [
    30409,
    { title: 'Message could not be cancelled', level: 'notice', meaning: 'Only scheduled messages can be cancelled.' },
  ],
]);
