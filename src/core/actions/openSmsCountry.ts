import type { Action } from '../contain/action.ts';
import { smsCountry } from '../contain/smsCountry.ts';
import type { SmsCountryTarget } from '../contain/target.ts';

/** https://www.twilio.com/docs/iam/api/messaging-geopermissions */
const openSmsCountry: Action<SmsCountryTarget> = {
  ...smsCountry(true),
  id: 'openSmsCountry',
  title: 'Open Country for SMS…',
  icon: 'globe',
  reversibility: 'perhaps',
  undo: { actionId: 'closeSmsCountry' },
};
export default openSmsCountry;
