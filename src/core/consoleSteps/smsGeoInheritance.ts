import type { ConsoleStep } from '../contain/consoleStep.ts';

/** https://www.twilio.com/docs/messaging/guides/sms-geo-permissions */
export const smsGeoInheritance: ConsoleStep = {
  id: 'smsGeoInheritance',
  title: 'Give subaccounts SMS geo-permissions of their own',
  types: ['sms-pumping', 'smishing'],
  why: 'A subaccount that inherits has the countries of the main account open, whatever its own list says; which do cannot be read.',
  path: ['the subaccount', 'Messaging', 'Settings', 'Geo permissions', 'Inherit from the main account'],
  page: 'us1/develop/sms/settings/geo-permissions',
  checks: [
    'Switch inheritance off in the subaccount that is attacked, then close its countries from here.',
    'Leave it on where the main account’s list is the stricter one.',
  ],
  confirmedBy: [],
  // The event sms-geographic-permissions.updated is documented for permissions as a whole, and with no field for inheritance.
  unconfirmed:
    'It cannot be confirmed: Twilio’s audit log does not tell it from a country that was opened or closed, so',
};
