import { highRiskSmsCountries, usualTollDestinations } from '../traffic/premiumRanges.ts';
import type { Facts } from './facts.ts';
import { count, say } from './results.ts';
import type { Check } from './signal.ts';
import { nameOf } from './words.ts';

/** Names told of a list. */
const mostNamed = 6;

/** Which countries messages can be sent to now, where the permissions were read. */
export function smsPermissionsCheck({ settings, read }: Facts): Check {
  const { smsOpen } = settings;
  const risky = [...smsOpen].filter((country) => highRiskSmsCountries.has(country));
  return {
    where: 'Console › Messaging › Settings › Geo permissions',
    consolePath: 'us1/develop/sms/settings/geo-permissions',
    what: read.has('sms-geo-permissions')
      ? say`Messages can be sent to ${count(smsOpen.size)} countries now, ${listed(risky, 'of those Twilio calls high-risk')}. Close every country without business.`
      : 'Which countries are open, above all those Twilio calls high-risk; close every country without business.',
  };
}

/** Where calls to numbers known for toll fraud are allowed now, where the permissions were read. */
export function dialingPermissionsCheck({ settings, read }: Facts): Check {
  const { tollOpen } = settings;
  const usual = [...tollOpen].filter((country) => usualTollDestinations.has(country));
  return {
    where: 'Console › Voice › Settings › Geo permissions',
    consolePath: 'us1/develop/voice/settings/geo-permissions',
    what: read.has('dialing-permissions')
      ? say`Numbers known for toll fraud can be called in ${count(tollOpen.size)} countries now, ${listed(usual, 'of those the guide names')}. Close every country without business.`
      : 'Where high-risk numbers can be called, above all in Latvia, Lithuania, the Maldives, Somalia and Sierra Leone.',
  };
}

/** Whether anything would tell of a rise in cost, and what leaves no trace. */
export function alarmsCheck({ settings, read }: Facts): Check {
  const functions = 'Functions, their variables and event sinks leave no audit event: look for any you do not know.';
  const triggers = settings.triggers === 0 ? 'No usage trigger exists, so that no rise in cost calls anybody. ' : '';
  return {
    where: 'Console › Functions and Assets; Console › Event Streams',
    consolePath: 'us1/develop/functions/services',
    what: `${read.has('usage-triggers') ? triggers : ''}${functions}`,
  };
}

/** Whether Twilio would block at all, which no API tells. */
export function protectionCheck({ settings: { verifyServices } }: Facts): Check {
  const named = verifyServices.slice(0, mostNamed).join(', ');
  const more = verifyServices.length - mostNamed;
  return {
    where: 'Console › Messaging › Settings › General; Console › Verify › Services',
    consolePath: 'us1/develop/sms/settings/general',
    what: say`Whether SMS Pumping Protection is switched on, and Fraud Guard${named === '' ? '' : ` of ${named}`}${more > 0 ? ` and ${count(more)} more services` : ''}: without them no block does not mean no pumping.`,
  };
}

function listed(countries: readonly string[], of: string): string {
  if (countries.length === 0) return `none ${of}`;
  const more = countries.length - mostNamed;
  const named = countries.slice(0, mostNamed).map(nameOf).join(', ');
  return `${of}: ${named}${more > 0 ? ` and ${count(more)} more` : ''}`;
}
