import type { Action } from '../contain/action.ts';
import { callTrafficFacts } from '../contain/countryTraffic.ts';
import type { VoiceCountryTarget } from '../contain/target.ts';
import { classesOf, everyClass, voiceCountry } from '../contain/voiceCountry.ts';

/** https://www.twilio.com/docs/voice/api/dialing-permissions-country-resource */
const closeVoiceCountry: Action<VoiceCountryTarget> = {
  ...voiceCountry(() => everyClass('closed')),
  id: 'closeVoiceCountry',
  title: 'Close Country for Calls…',
  icon: 'globe',
  reversibility: 'reversible',
  undo: { actionId: 'openVoiceCountry', target: (target, before) => ({ ...target, restore: classesOf(before) }) },
  blastRadius: (replies, { name, iso }, _before, known) => [
    { name: 'Stops', value: `new calls to ${name}, with error 13227 or 21215; those under way go on` },
    ...callTrafficFacts(replies, iso, known?.basis),
    { name: 'Inherited', value: 'subaccounts that follow the main account are closed with it' },
  ],
};
export default closeVoiceCountry;
