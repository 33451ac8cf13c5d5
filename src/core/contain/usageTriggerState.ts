import { type JsonObject, textOf } from '../model/json.ts';
import type { State } from './action.ts';

/** When a usage trigger tells, and whom: what making one and taking it away both look at, so that an undo sees a change in between. */
export function usageTriggerState(trigger: JsonObject): State {
  const part = (name: string) => textOf(trigger, name) ?? '';
  return {
    'Tells when': `${part('recurring')} ${part('usage_category')} by ${part('trigger_by')} reaches ${part('trigger_value')}`,
    'Posts to': part('callback_url'),
  };
}
