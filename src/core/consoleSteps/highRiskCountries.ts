import type { ConsoleStep } from '../contain/consoleStep.ts';

/** The API may not change them, error 30649. https://www.twilio.com/docs/iam/api/messaging-geopermissions */
export const highRiskCountries: ConsoleStep = {
  id: 'highRiskCountries',
  title: 'Close high-risk countries for SMS',
  types: ['sms-pumping'],
  why: 'Twilio lets only the Console change these countries, and messages to them are what pumping earns most with.',
  path: ['Messaging', 'Settings', 'Geo permissions'],
  page: 'us1/develop/sms/settings/geo-permissions',
  checks: [
    'Close those of Algeria, Azerbaijan, Bangladesh, Israel, Nigeria, Oman, Pakistan, the Palestinian territories, Sri Lanka, Tajikistan and Tunisia in which you have no users.',
    'Look at the countries toll fraud usually goes to as well: Latvia, Lithuania, Maldives, Sierra Leone, Somalia.',
  ],
  confirmedBy: ['sms-geographic-permissions.updated'],
};
