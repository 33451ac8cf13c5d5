import type { Action } from '../contain/action.ts';
import { callTrafficFacts } from '../contain/countryTraffic.ts';
import type { VoiceCountryTarget } from '../contain/target.ts';
import { classesOf, voiceCountry } from '../contain/voiceCountry.ts';

/**
 * Opens the low-risk numbers and leaves the rest as it is; as an undo, all three classes as they were.
 * https://www.twilio.com/docs/voice/api/dialing-permissions-country-resource
 */
const openVoiceCountry: Action<VoiceCountryTarget> = {
  ...voiceCountry((before, { restore }) => restore ?? { ...classesOf(before), 'Low-risk numbers': 'open' }),
  id: 'openVoiceCountry',
  title: 'Open Country for Calls…',
  icon: 'globe',
  reversibility: 'reversible',
  // Closing would close more than was opened, so the way back is the same action with what was.
  undo: { actionId: 'openVoiceCountry', target: (target, before) => ({ ...target, restore: classesOf(before) }) },
  blastRadius: (replies, { name, iso }, _before, known) => [
    { name: 'Starts again', value: `calls to ${name}, the attacker’s too if the hole is still open` },
    ...callTrafficFacts(replies, iso, known?.basis),
  ],
};
export default openVoiceCountry;
