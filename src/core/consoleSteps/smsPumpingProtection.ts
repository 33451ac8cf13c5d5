import type { ConsoleStep } from '../contain/consoleStep.ts';

/** https://www.twilio.com/docs/messaging/features/sms-pumping-protection-programmable-messaging */
export const smsPumpingProtection: ConsoleStep = {
  id: 'smsPumpingProtection',
  title: 'Turn on SMS Pumping Protection',
  types: ['sms-pumping'],
  why: 'Twilio then blocks messages to ranges that are being pumped by itself, with error 30450.',
  path: ['Messaging', 'Settings', 'General', 'SMS Pumping Protection'],
  page: 'us1/develop/sms/settings/general',
  checks: [
    'Turn it on in every account that sends messages: subaccounts have a setting of their own.',
    'Put numbers that must always be reached on the Global Safe List, which this extension can do.',
  ],
  confirmedBy: ['messaging-settings.updated'],
};
