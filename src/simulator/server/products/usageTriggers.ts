import type { JsonObject } from '../../../core/model/json.ts';
import type { SimUsageTrigger } from '../../world.ts';
import { invalid, noContent, notFound, ok } from '../answer.ts';
import { dayOf, rfc2822, type Window } from '../dates.ts';
import { listV2010, made } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';
import { nothing } from '../tally.ts';
import { categories } from '../usageCategories.ts';
import { usage } from './usageRecords.ts';

/** Usage triggers. https://www.twilio.com/docs/usage/api/usage-trigger */
export const usageTriggerRoutes: readonly Route[] = [
  {
    spec: 'api_v2010',
    operationId: 'ListUsageTrigger',
    host: 'api.twilio.com',
    method: 'GET',
    path: '/2010-04-01/Accounts/{AccountSid}/Usage/Triggers.json',
    permission: '/twilio/billing/usage/read',
    handle(call) {
      const asked = (name: string, value: string) => (call.query.get(name) ?? value) === value;
      const triggers = call.account.usageTriggers.filter(
        ({ recurring, triggerBy, usageCategory }) =>
          asked('Recurring', recurring ?? 'alltime') &&
          asked('TriggerBy', triggerBy) &&
          asked('UsageCategory', usageCategory),
      );
      return listV2010(call, 'usage_triggers', made(triggers, call.now), (trigger) => shape(call, trigger));
    },
  },
  {
    spec: 'api_v2010',
    operationId: 'CreateUsageTrigger',
    host: 'api.twilio.com',
    method: 'POST',
    path: '/2010-04-01/Accounts/{AccountSid}/Usage/Triggers.json',
    handle: create,
  },
  {
    spec: 'api_v2010',
    operationId: 'DeleteUsageTrigger',
    host: 'api.twilio.com',
    method: 'DELETE',
    path: '/2010-04-01/Accounts/{AccountSid}/Usage/Triggers/{Sid}.json',
    handle({ account, path }) {
      const at = account.usageTriggers.findIndex(({ sid }) => sid === path['Sid']);
      if (at < 0) throw notFound(`/Usage/Triggers/${path['Sid']}`);
      account.usageTriggers.splice(at, 1);
      return noContent;
    },
  },
];

function create(call: Call): Answer {
  const { account, form, now, state } = call;
  const value = form.get('TriggerValue') ?? '';
  const category = form.get('UsageCategory') ?? '';
  const callbackUrl = form.get('CallbackUrl') ?? '';
  const triggerBy = (['count', 'usage', 'price'] as const).find((one) => one === form.get('TriggerBy')) ?? 'usage';
  if (!Number.isFinite(Number(value)) || value === '') throw invalid('TriggerValue');
  if (!categories.some(({ name }) => name === category)) throw invalid('UsageCategory');
  if (!callbackUrl.startsWith('http')) throw invalid('CallbackUrl');
  const trigger: SimUsageTrigger = {
    sid: state.sid('UT'),
    friendlyName: form.get('FriendlyName') ?? '',
    usageCategory: category,
    triggerBy,
    triggerValue: value,
    recurring: (['daily', 'monthly', 'yearly'] as const).find((one) => one === form.get('Recurring')),
    callbackUrl,
    created: now,
  };
  account.usageTriggers.push(trigger);
  return ok(shape(call, trigger), 201);
}

function shape(call: Call, trigger: SimUsageTrigger): JsonObject {
  const { account } = call;
  const folder = `/2010-04-01/Accounts/${account.sid}/Usage`;
  return {
    sid: trigger.sid,
    account_sid: account.sid,
    friendly_name: trigger.friendlyName,
    usage_category: trigger.usageCategory,
    trigger_by: trigger.triggerBy,
    trigger_value: trigger.triggerValue,
    current_value: current(call, trigger),
    recurring: trigger.recurring ?? 'alltime',
    callback_url: trigger.callbackUrl,
    callback_method: 'POST',
    date_created: rfc2822(trigger.created),
    date_updated: rfc2822(trigger.created),
    date_fired: null,
    api_version: '2010-04-01',
    uri: `${folder}/Triggers/${trigger.sid}.json`,
    usage_record_uri: `${folder}/Records.json?Category=${trigger.usageCategory}`,
  };
}

function current(call: Call, { usageCategory, triggerBy, recurring }: SimUsageTrigger): string {
  const category = categories.find(({ name }) => name === usageCategory);
  const { count, amount, price } = category ? usage(call, category, periodOf(recurring, call.now)) : nothing;
  if (triggerBy === 'price') return price.toFixed(5);
  return String(triggerBy === 'count' ? count : amount);
}

function periodOf(recurring: SimUsageTrigger['recurring'], now: number): Window {
  const date = new Date(now);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const start = { daily: dayOf(now), monthly: Date.UTC(year, month), yearly: Date.UTC(year, 0) };
  return { from: recurring ? start[recurring] : 0, to: now };
}
