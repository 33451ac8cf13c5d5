import type { Action } from '../contain/action.ts';
import type { UsageTriggerTarget } from '../contain/target.ts';
import { usageTriggerState } from '../contain/usageTriggerState.ts';
import { textOf } from '../model/json.ts';

const field = 'Usage trigger';

/** https://www.twilio.com/docs/usage/api/usage-trigger#delete-a-usagetrigger-resource */
const removeUsageTrigger: Action<UsageTriggerTarget> = {
  id: 'removeUsageTrigger',
  title: 'Remove Usage Trigger…',
  icon: 'bell-slash',
  on: 'usageTrigger',
  reversibility: 'irreversible',
  several: 'remove # triggers',
  applicable: () => true,
  refuse: () => undefined,
  reads: ({ account }) => ({ triggers: { operation: 'listUsageTriggers', account } }),
  pages: 10,
  // All of it: the record is what is left.
  state({ triggers }, { sid }) {
    const found = triggers?.items.find((trigger) => textOf(trigger, 'sid') === sid);
    if (!found) return { [field]: triggers?.complete === false ? 'unknown' : 'gone' };
    return { [field]: 'there', ...usageTriggerState(found) };
  },
  gone: { [field]: 'gone' },
  requests: ({ account, sid }) => [{ operation: 'deleteUsageTrigger', account, path: { Sid: sid } }],
  wanted: () => ({ [field]: 'gone' }),
  evidence: () => ({}),
  blastRadius: (_replies, _target, before) => [
    { name: 'No longer told', value: before['Tells when'] ?? 'unknown' },
    { name: 'Posted to', value: before['Posts to'] ?? 'unknown' },
  ],
};
export default removeUsageTrigger;
