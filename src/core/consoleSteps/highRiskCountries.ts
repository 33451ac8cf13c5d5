import type { ConsoleStep } from '../contain/consoleStep.ts';
import type { AuditEvent } from '../model/auditEvent.ts';
import { highRiskSmsCountries } from '../traffic/premiumRanges.ts';

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
  confirms: closesHighRisk,
};

/** The same event tells of any country, opened or closed, and of inheritance: what counts is that it closes one of these. */
function closesHighRisk({ changes }: AuditEvent): boolean {
  return changes.some(({ property, updated }) => {
    const iso = /(?:^|_)([A-Z]{2})$/.exec(property)?.[1];
    return iso !== undefined && highRiskSmsCountries.has(iso) && /^(?:false|disabled)$/i.test(updated);
  });
}
