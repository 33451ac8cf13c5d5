import type { FraudCode } from './fraudCode.ts';

const pumping = 'A wave of messages nobody reads, sent to earn from their delivery.';
const closedDestination =
  'Somebody tries to reach a destination that is closed: often toll fraud or pumping still trying.';

/** Codes of what Twilio or the account itself stopped: fraud protection, closed destinations, refused credentials. */
export const protectionCodes: readonly (readonly [code: number, meaning: FraudCode])[] = [
  [
    30450,
    {
      title: 'SMS Pumping Protection block',
      level: 'critical',
      meaning: `Twilio blocks this destination prefix for about 15–30 minutes. ${pumping}`,
      todo: 'Find the form that is abused and protect it; close the countries without business. Do not resend.',
    },
  ],
  [
    30453,
    {
      title: 'Blocked by Twilio’s fraud check',
      level: 'critical',
      meaning: `Blocked although SMS Pumping Protection is off. ${pumping}`,
      todo: 'Switch SMS Pumping Protection on in the Console, and protect the form that is abused.',
    },
  ],
  [
    60410,
    {
      title: 'Verify Fraud Guard block',
      level: 'critical',
      meaning: `Verify blocks this prefix for 12 hours. ${pumping}`,
      todo: 'Protect the form that is abused; add real customers to the Safe List rather than turning Fraud Guard down.',
    },
  ],
  [
    60605,
    {
      title: 'Verify geo-permission',
      level: 'warning',
      meaning: closedDestination,
      todo: 'Leave the country closed, and look which requests try it.',
    },
  ],
  [
    60203,
    {
      title: 'Verify: too many sends to a number',
      level: 'warning',
      meaning: 'Repeated requests for one recipient: bots on a sign-up form.',
      todo: 'Limit requests to one a minute per IP address and one an hour per number; add a CAPTCHA.',
    },
  ],
  [
    60207,
    {
      title: 'Verify: service rate limit',
      level: 'warning',
      meaning: 'Your own Verify rate limit holds requests back: bots on a sign-up form.',
      todo: 'Keep the limit, and look in your logs which addresses reach it.',
    },
  ],
  [
    60212,
    {
      title: 'Verify: too many concurrent requests',
      level: 'warning',
      meaning: 'Many requests at once for one number: bots on a sign-up form.',
      todo: 'Allow one open verification per number in your application.',
    },
  ],
  [
    21408,
    {
      title: 'SMS geo-permission',
      level: 'warning',
      meaning: closedDestination,
      todo: 'Leave the country closed, and look which sender or subaccount tries it.',
    },
  ],
  [
    21215,
    {
      title: 'Voice geo-permission',
      level: 'warning',
      meaning: closedDestination,
      todo: 'Leave the country closed, and look which sender or subaccount tries it.',
    },
  ],
  [
    13227,
    {
      title: 'Voice geo-permission in <Dial>',
      level: 'warning',
      meaning: closedDestination,
      todo: 'Leave the country closed, and allow <Dial> only what your own list names.',
    },
  ],
  [
    32205,
    {
      title: 'SIP trunk geo-permission',
      level: 'warning',
      meaning: closedDestination,
      todo: 'Leave the country closed, and check who may use the trunk.',
    },
  ],
  [
    32203,
    {
      title: 'Call blocked by Twilio',
      level: 'warning',
      meaning: 'The destination has a high risk of fraud: somebody may be dialling premium numbers.',
      todo: 'Close the country for high-risk numbers, and look which account or trunk calls.',
    },
  ],
  [
    32201,
    {
      title: 'SIP address not allowed',
      level: 'warning',
      meaning: 'Unknown hosts knock at your SIP domain.',
      todo: 'Compare the address with your own; keep the access list short.',
    },
  ],
  [
    32202,
    {
      title: 'SIP credentials wrong',
      level: 'warning',
      meaning: 'Somebody guesses the passwords of your SIP domain.',
      todo: 'Change the passwords of the SIP domain, and allow known addresses only.',
    },
  ],
  [
    32017,
    {
      title: 'Call blocked by the carrier',
      level: 'warning',
      meaning: 'Carriers take your caller ID for spoofed or unwanted: a sign of vishing.',
      todo: 'Compare the caller IDs with your own numbers, and remove those verified lately that nobody knows.',
    },
  ],
  [
    20003,
    {
      title: 'Permission denied',
      level: 'warning',
      meaning: 'Wrong credentials in number: somebody tries them.',
      todo: 'Compare the addresses in the audit log with your own, and rotate the Auth Token and keys if any is foreign.',
    },
  ],
];
