import type { Action } from '../contain/action.ts';
import { smsCountry } from '../contain/smsCountry.ts';
import type { SmsCountryTarget } from '../contain/target.ts';

/** https://www.twilio.com/docs/iam/api/messaging-geopermissions */
const closeSmsCountry: Action<SmsCountryTarget> = {
  ...smsCountry(false),
  id: 'closeSmsCountry',
  title: 'Close Country for SMS…',
  icon: 'globe',
  reversibility: 'perhaps',
  undo: { actionId: 'openSmsCountry' },
};
export default closeSmsCountry;
