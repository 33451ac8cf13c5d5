import type { SimDialingPermission } from '../world.ts';
import { countries } from './countries.ts';

/** Twilio opens these for SMS on request only. Support article on high-risk countries. */
const highRisk = ['BD', 'IL', 'NG', 'PK', 'LK', 'AZ', 'TJ', 'OM', 'TN', 'DZ'];

/** SMS geo-permissions: open for the countries of the business, closed for all others. */
export function smsPermissions(business: readonly string[]): Map<string, boolean> {
  return new Map(countries.map(({ iso }) => [iso, business.includes(iso)]));
}

/** Voice dialing permissions as Twilio presets them: ordinary numbers of the business open, high-risk ones closed. */
export function voicePermissions(business: readonly string[]): Map<string, SimDialingPermission> {
  return new Map(
    countries.map(({ iso }) => {
      const open = business.includes(iso) && !highRisk.includes(iso);
      return [iso, { lowRisk: open, highRiskSpecial: open, highRiskTollfraud: false }];
    }),
  );
}
