import { highRiskSmsCountries, usualTollDestinations } from '../traffic/premiumRanges.ts';
import type { Facts } from './facts.ts';
import { count, say } from './results.ts';
import type { OpenCountries } from './settingFacts.ts';
import type { Check } from './signal.ts';
import { accountText, nameOf } from './words.ts';

/** Names told of a list. */
const mostNamed = 6;
/** Accounts told of one by one; subaccounts are often alike, and are told together. */
const mostAccounts = 3;

/** Which countries messages can be sent to now, where the permissions were read. */
export function smsPermissionsCheck(facts: Facts): Check {
  const { settings, read } = facts;
  const open = openText(facts, settings.smsOpen, highRiskSmsCountries, 'of those Twilio calls high-risk');
  return {
    where: 'Console › Messaging › Settings › Geo permissions',
    consolePath: 'us1/develop/sms/settings/geo-permissions',
    what: read.has('sms-geo-permissions')
      ? say`Messages can be sent now to ${open}. Close every country without business.`
      : 'Which countries are open, above all those Twilio calls high-risk; close every country without business.',
  };
}

/** Where calls to numbers known for toll fraud are allowed now, where the permissions were read. */
export function dialingPermissionsCheck(facts: Facts): Check {
  const { settings, read } = facts;
  const open = openText(facts, settings.tollOpen, usualTollDestinations, 'of those the guide names');
  return {
    where: 'Console › Voice › Settings › Geo permissions',
    consolePath: 'us1/develop/voice/settings/geo-permissions',
    what: read.has('dialing-permissions')
      ? say`Numbers known for toll fraud can be called now in ${open}. Close every country without business.`
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

/** `2 countries from Acme (AC…12ab), of those …: Nigeria; none from 3 accounts`: accounts that are alike together, the most open first. Hostile text. */
function openText(facts: Facts, open: OpenCountries, telling: ReadonlySet<string>, of: string): string {
  const accounts = [...open].map(([account, countries]) => ({
    account,
    size: countries.size,
    told: [...countries].filter((country) => telling.has(country)).toSorted(),
  }));
  const groups = [...Map.groupBy(accounts, ({ size, told }) => `${size} ${told.join()}`).values()];
  const [first, ...rest] = groups
    .flatMap(([one, ...alike]) => (one ? [{ ...one, all: [one, ...alike].map(({ account }) => account) }] : []))
    .toSorted((a, b) => b.told.length - a.told.length || b.size - a.size);
  if (!first) return 'no country';
  const text = ({ size, told, all }: typeof first): string => {
    const named = all.slice(0, mostAccounts).map((account) => accountText(facts, account));
    const more = all.length - named.length;
    const whose = `${named.join(', ')}${more > 0 ? ` and ${count(more)} more accounts` : ''}`;
    return size === 0
      ? `no country from ${whose}`
      : `${size === 1 ? '1 country' : `${count(size)} countries`} from ${whose}, ${listed(told, of)}`;
  };
  const others = rest.slice(0, mostAccounts - 1);
  const left = rest.slice(mostAccounts - 1).reduce((sum, { all }) => sum + all.length, 0);
  return (
    [first, ...others].map(text).join('; ') + (left > 0 ? `; and fewer of these from ${count(left)} more accounts` : '')
  );
}

function listed(countries: readonly string[], of: string): string {
  if (countries.length === 0) return `none ${of}`;
  const more = countries.length - mostNamed;
  const named = countries.slice(0, mostNamed).map(nameOf).join(', ');
  return `${of}: ${named}${more > 0 ? ` and ${count(more)} more` : ''}`;
}
