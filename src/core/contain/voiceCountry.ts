import type { JsonObject } from '../model/json.ts';
import type { Action, State } from './action.ts';
import { callTrafficReads } from './countryTraffic.ts';
import type { VoiceCountryTarget } from './target.ts';

/** The three classes of destinations, as Twilio names them, and for a person. */
const classes = {
  low_risk_numbers_enabled: 'Low-risk numbers',
  high_risk_special_numbers_enabled: 'High-risk special numbers',
  high_risk_tollfraud_numbers_enabled: 'High-risk toll-fraud numbers',
} as const;
const inherits = 'Follows the main account';

/**
 * What closing and opening a country for calls share: they set all three classes at once. Twilio answers 201 and may take a
 * while; only a read tells. https://www.twilio.com/docs/voice/api/dialing-permissions-country-resource
 */
export function voiceCountry(
  wanted: (before: State, target: VoiceCountryTarget) => State,
): Pick<
  Action<VoiceCountryTarget>,
  'on' | 'reads' | 'state' | 'requests' | 'wanted' | 'refuse' | 'applicable' | 'evidence' | 'slow' | 'optional'
> {
  return {
    on: 'voiceCountry',
    applicable: () => true,
    slow: true,
    reads: ({ account, iso }) => ({
      country: { operation: 'fetchDialingPermission', account, path: { IsoCode: iso } },
      settings: { operation: 'fetchDialingSettings', account },
    }),
    optional: ['settings'],
    state({ country, settings }) {
      const body: JsonObject = country?.body ?? {};
      const open = Object.entries(classes).map(([field, name]) => [name, wordFor(body[field])]);
      const follows = settings?.body['dialing_permissions_inheritance'];
      return {
        ...Object.fromEntries(open),
        ...(typeof follows === 'boolean' && { [inherits]: follows ? 'yes' : 'no' }),
      };
    },
    refuse({ account }, live, { main }) {
      if (Object.values(live).includes('unknown')) return 'Twilio does not say what is open in this country.';
      if (account !== main && live[inherits] === 'yes')
        return 'This subaccount follows the dialing permissions of the main account, so its own have no effect. Change the country there.';
      return undefined;
    },
    requests(target, before) {
      const after = wanted(before, target);
      const flags = Object.entries(classes).map(([field, name]) => [field, String(after[name] === 'open')]);
      const update = [{ iso_code: target.iso, ...Object.fromEntries(flags) }];
      return [
        {
          operation: 'updateDialingPermission',
          account: target.account,
          form: { UpdateRequest: JSON.stringify(update) },
        },
      ];
    },
    wanted,
    evidence: ({ account, iso }, now) => callTrafficReads(account, iso, now),
  };
}

/** All three classes as one. */
export function everyClass(open: 'open' | 'closed'): State {
  return Object.fromEntries(Object.values(classes).map((name) => [name, open]));
}

/** The classes alone, of a state. */
export function classesOf(state: State): State {
  return Object.fromEntries(Object.values(classes).map((name) => [name, state[name] ?? 'unknown']));
}

function wordFor(value: unknown): string {
  return typeof value === 'boolean' ? (value ? 'open' : 'closed') : 'unknown';
}
