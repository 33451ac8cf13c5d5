import type { ConsoleStep } from '../contain/consoleStep.ts';

/** https://www.twilio.com/docs/verify/preventing-toll-fraud/verify-geo-permissions */
export const verifyGeoPermissions: ConsoleStep = {
  id: 'verifyGeoPermissions',
  title: 'Close countries for Verify',
  types: ['sms-pumping', 'toll-fraud'],
  why: 'Verify has geo-permissions of its own: what is closed for messages and calls stays open there.',
  path: ['Verify', 'Settings', 'Geo permissions'],
  page: 'us1/develop/verify/settings/geopermissions',
  checks: [
    'Close every country in which you have no users, for SMS and for voice.',
    'Do it in the account whose Verify services are attacked.',
  ],
  confirmedBy: ['verify-geo-permissions-sms.updated', 'verify-geo-permissions-voice.updated'],
};
