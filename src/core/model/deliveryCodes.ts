import type { FraudCode } from './fraudCode.ts';

const generated = 'Many of these in one number range point to machine-made recipients.';

/** Codes of what became of messages, of limits, and of changes Twilio refuses. */
export const deliveryCodes: readonly (readonly [code: number, meaning: FraudCode])[] = [
  [
    30007,
    {
      title: 'Filtered as spam',
      level: 'warning',
      meaning: 'Carriers take these messages for spam: a surge is a sign of smishing.',
      todo: 'Read the texts that were filtered (S1), and stop the sender if they are not yours.',
    },
  ],
  [
    30110,
    {
      title: 'Link shortener domain blocked',
      level: 'warning',
      meaning: 'A fraudulent link domain: a sign of smishing.',
      todo: 'Read the texts that were sent, and stop the sender if they are not yours.',
    },
  ],
  [
    30111,
    {
      title: 'Link domain on a deny list',
      level: 'warning',
      meaning: 'A fraudulent link domain: a sign of smishing.',
      todo: 'Read the texts that were sent, and stop the sender if they are not yours.',
    },
  ],
  [
    21610,
    {
      title: 'Recipient opted out',
      level: 'notice',
      meaning: 'A surge of STOP replies is a sign of smishing.',
      todo: 'Read what these recipients were sent before they opted out.',
    },
  ],
  [
    30002,
    {
      title: 'Account suspended',
      level: 'warning',
      meaning: 'The account was suspended before these messages left.',
      todo: 'Write to Twilio from the suspended account within 24 hours.',
    },
  ],
  [
    30003,
    {
      title: 'Unreachable handset',
      level: 'notice',
      meaning: generated,
      todo: 'Look whether the numbers follow one another or crowd in one range.',
    },
  ],
  [
    30004,
    {
      title: 'Blocked by the recipient or carrier',
      level: 'notice',
      meaning: 'A surge is a sign of smishing.',
      todo: 'Read what these recipients were sent.',
    },
  ],
  [
    30005,
    {
      title: 'Unknown handset',
      level: 'notice',
      meaning: generated,
      todo: 'Look whether the numbers follow one another or crowd in one range.',
    },
  ],
  [
    30006,
    {
      title: 'Landline or unreachable carrier',
      level: 'notice',
      meaning: generated,
      todo: 'Check the line type of numbers before sending to them.',
    },
  ],
  [
    30008,
    {
      title: 'Unknown error',
      level: 'notice',
      meaning: 'Means something only in volume.',
      todo: 'Compare its share with that of earlier days, by country.',
    },
  ],
  [
    30442,
    {
      title: 'Toll-free verification rejected',
      level: 'notice',
      meaning: 'Twilio refused the sender’s stated use.',
      todo: "Correct the sender's registration, or use another sender.",
    },
  ],
  [
    30444,
    {
      title: 'Toll-free verification rejected',
      level: 'notice',
      meaning: 'Twilio refused the sender’s stated use.',
      todo: "Correct the sender's registration, or use another sender.",
    },
  ],
  [
    14107,
    {
      title: 'Reply rate limit',
      level: 'warning',
      meaning: 'A loop or a surge of replies.',
      todo: 'Look for two numbers that answer each other, and stop the reply.',
    },
  ],
  [
    20429,
    {
      title: 'Too many requests',
      level: 'notice',
      meaning: 'Something uses the API more than usual.',
      todo: 'Look in the audit log and your logs who sends the requests.',
    },
  ],
  [
    63018,
    {
      title: 'Channel rate limit',
      level: 'warning',
      meaning: 'A surge on a messaging channel.',
      todo: 'Slow the sender down, and look whether the surge is yours.',
    },
  ],
  [
    30649,
    {
      title: 'Geo-permission update refused',
      level: 'notice',
      meaning: 'This country’s permission cannot be changed by API; use the Console.',
      todo: 'Close the country in the Console under Messaging, Geo permissions.',
    },
  ],
  [
    30409,
    {
      title: 'Message could not be cancelled',
      level: 'notice',
      meaning: 'Only scheduled messages can be cancelled.',
      todo: 'Suspend the subaccount or remove the sender to stop what is queued.',
    },
  ],
];
