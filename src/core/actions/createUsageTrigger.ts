import type { Action } from '../contain/action.ts';
import { counted } from '../contain/facts.ts';
import type { NewUsageTriggerTarget } from '../contain/target.ts';
import { usageTriggerState } from '../contain/usageTriggerState.ts';
import { type JsonObject, textOf } from '../model/json.ts';
import { isAmount, isPublicHttps } from '../twilio/patterns.ts';

const field = 'Usage trigger like this';
const sidField = 'Its SID';

/**
 * Has Twilio post to a webhook when a day’s total price passes a value. It tells, it stops nothing.
 * https://www.twilio.com/docs/usage/api/usage-trigger
 */
const createUsageTrigger: Action<NewUsageTriggerTarget> = {
  id: 'createUsageTrigger',
  title: 'Create Usage Trigger…',
  icon: 'bell',
  on: 'newUsageTrigger',
  reversibility: 'reversible',
  undo: {
    actionId: 'removeUsageTrigger',
    target: ({ account, name }, _before, after) => ({
      kind: 'usageTrigger',
      account,
      name,
      sid: after[sidField] ?? '',
    }),
  },
  applicable: () => true,
  refuse({ value, url }) {
    if (!isPublicHttps(url)) return 'Twilio needs a webhook it can reach: a public https:// address.';
    return isAmount(value) ? undefined : 'The value is no sum of money.';
  },
  reads: ({ account }) => ({ triggers: { operation: 'listUsageTriggers', account } }),
  pages: 10,
  state({ triggers }, target) {
    const found = triggers?.items.find((trigger) => isLike(trigger, target));
    if (!found) return { [field]: 'none', [sidField]: '' };
    return { [field]: 'there', [sidField]: textOf(found, 'sid') ?? '', ...usageTriggerState(found) };
  },
  requests: ({ account, name, value, url }) => [
    {
      operation: 'createUsageTrigger',
      account,
      form: {
        CallbackUrl: url,
        CallbackMethod: 'POST',
        FriendlyName: name,
        Recurring: 'daily',
        TriggerBy: 'price',
        TriggerValue: value,
        UsageCategory: 'totalprice',
      },
    },
  ],
  wanted: () => ({ [field]: 'there' }),
  evidence: ({ account }) => ({
    triggers: { operation: 'listUsageTriggers', account },
    today: { operation: 'listUsageToday', account, query: { Category: 'totalprice', IncludeSubaccounts: 'false' } },
  }),
  blastRadius: ({ triggers, today }, { url, value }) => [
    { name: 'Stops nothing', value: `Twilio posts to ${url} once a day when the day has cost ${value} or more` },
    { name: 'Spent today', value: today?.[0] ? money(today[0]) : 'unknown: it could not be read' },
    counted('Triggers there now', triggers),
    { name: 'Late', value: 'usage is counted with some delay, and a trigger is looked at about once a minute' },
  ],
};
export default createUsageTrigger;

function isLike(trigger: JsonObject, { value, url }: NewUsageTriggerTarget): boolean {
  const same = { usage_category: 'totalprice', trigger_by: 'price', recurring: 'daily', callback_url: url };
  return (
    Object.entries(same).every(([name, wanted]) => textOf(trigger, name) === wanted) &&
    Number(textOf(trigger, 'trigger_value')) === Number(value)
  );
}

function money(record: JsonObject): string {
  return `${textOf(record, 'price') ?? '?'} ${(textOf(record, 'price_unit') ?? '').toUpperCase()}`.trim();
}
