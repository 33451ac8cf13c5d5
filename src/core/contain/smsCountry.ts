import type { Fact } from '../accounts/nodeKind.ts';
import { utc } from '../model/age.ts';
import { objectsOf, textOf } from '../model/json.ts';
import type { Action, Known } from './action.ts';
import { smsTrafficFacts, smsTrafficReads } from './countryTraffic.ts';
import type { SmsCountryTarget } from './target.ts';

const consolePlace = 'console.twilio.com/us1/develop/sms/settings/geo-permissions';
/** https://www.twilio.com/docs/api/errors/30649 */
const refusedByTwilio = 30649;

/**
 * What closing and opening a country for SMS share. The reply is 200 even for a country that Twilio refuses to change, with an
 * error code of its own. https://www.twilio.com/docs/iam/api/messaging-geopermissions
 */
export function smsCountry(
  enabled: boolean,
): Pick<
  Action<SmsCountryTarget>,
  'on' | 'reads' | 'state' | 'requests' | 'wanted' | 'refuse' | 'complaint' | 'applicable' | 'evidence' | 'blastRadius'
> {
  const wanted = enabled ? 'open' : 'closed';
  return {
    on: 'smsCountry',
    applicable: () => true,
    reads: ({ account, iso }) => ({
      permissions: { operation: 'fetchSmsGeoPermissions', account, query: { CountryCode: iso } },
    }),
    state({ permissions }, { iso }) {
      const one = objectsOf(permissions?.body ?? {}, 'permissions').find(
        (permission) => textOf(permission, 'country_code') === iso && textOf(permission, 'type') === 'country',
      );
      if (!one || typeof one['enabled'] !== 'boolean') return { SMS: 'unknown' };
      const warning = textOf(one, 'message');
      return { SMS: one['enabled'] ? 'open' : 'closed', ...(warning && { 'Twilio says': warning }) };
    },
    refuse(_target, live) {
      if (live['SMS'] === 'unknown') return 'Twilio names no SMS permission for this country.';
      if (/high.risk/i.test(live['Twilio says'] ?? ''))
        return `Twilio calls it a high-risk country, which the API may not change (error ${refusedByTwilio}). Change it in the Console: ${consolePlace}`;
      return undefined;
    },
    requests: ({ account, iso }) => [
      {
        operation: 'updateSmsGeoPermission',
        account,
        form: { Permissions: JSON.stringify({ country_code: iso, type: 'country', enabled }) },
      },
    ],
    wanted: () => ({ SMS: wanted }),
    complaint({ body }) {
      const code = objectsOf(body, 'permissions').map((one) => Number(one['error_code'] ?? 0));
      const bad = code.find((one) => one !== 0);
      if (bad === undefined) return undefined;
      return bad === refusedByTwilio
        ? `Twilio refuses to change this high-risk country by API (error ${bad}). Change it in the Console: ${consolePlace}`
        : `Twilio refused to change this country (error ${Number.isFinite(bad) ? bad : 'unknown'}).`;
    },
    evidence: ({ account, iso }, now) => smsTrafficReads(account, iso, now),
    blastRadius: (replies, { name, iso, account }, _before, known) => [
      {
        name: enabled ? 'Starts again' : 'Stops',
        value: enabled
          ? `messages to ${name}, the attacker’s too if the hole is still open`
          : `every message to ${name}, with error 21408, at once`,
      },
      ...smsTrafficFacts(replies, iso, known?.basis),
      ...otherSenders(account, known?.sentTo?.(iso)),
      {
        name: 'Inherited',
        value:
          'subaccounts follow the main account’s list unless that was switched off in the Console; which do cannot be read',
      },
    ],
  };
}

/** Accounts that a change of this one may reach by inheritance, with what they send. */
function otherSenders(account: string, sent: ReturnType<NonNullable<Known['sentTo']>> | undefined): readonly Fact[] {
  if (!sent) return [{ name: 'Other accounts that sent there', value: 'unknown: the traffic by country was not read' }];
  const others = sent.accounts.filter((one) => one.account !== account && one.messages > 0);
  const known = others.map((one) => `${one.name || one.account} ${one.messages}`).join(', ');
  const unread = sent.incomplete ? '; not everything was read, so others may have, too' : '';
  return [
    {
      name: `Other accounts that sent there in the 7 days to ${utc(sent.until)}`,
      value: `${known || (sent.incomplete ? 'none known' : 'none')}${unread}`,
    },
  ];
}
