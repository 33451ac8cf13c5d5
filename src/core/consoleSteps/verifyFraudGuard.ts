import type { ConsoleStep } from '../contain/consoleStep.ts';

/** https://www.twilio.com/docs/verify/preventing-toll-fraud/sms-fraud-guard */
export const verifyFraudGuard: ConsoleStep = {
  id: 'verifyFraudGuard',
  title: 'Set Verify Fraud Guard to Standard or Max',
  types: ['sms-pumping'],
  why: 'Verify then blocks prefixes that are being pumped, with error 60410, for twelve hours each time.',
  path: ['Verify', 'Services', 'the service', 'SMS & RCS', 'Fraud Guard'],
  page: 'us1/develop/verify/services',
  checks: [
    'Choose Max while the attack goes on, in every service that is attacked.',
    'See under Monitor, Verify fraud logs, whom it blocks; put those who are real on the safe list.',
  ],
  confirmedBy: ['verify-fraud-guard.updated', 'verify-fraud-guard-mode.updated'],
};
