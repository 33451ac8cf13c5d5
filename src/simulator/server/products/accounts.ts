import type { JsonObject } from '../../../core/model/json.ts';
import type { SimAccount } from '../../world.ts';
import { invalid, ok, Refusal } from '../answer.ts';
import { audit } from '../audit.ts';
import { owns } from '../authenticate.ts';
import { rfc2822 } from '../dates.ts';
import { listV2010, made } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';

const common = { spec: 'api_v2010', host: 'api.twilio.com', guarded: true } as const;
const one = '/2010-04-01/Accounts/{Sid}.json';

/** Accounts and subaccounts. https://www.twilio.com/docs/iam/api/account */
export const accountRoutes: readonly Route[] = [
  {
    ...common,
    operationId: 'ListAccount',
    method: 'GET',
    path: '/2010-04-01/Accounts.json',
    permission: '/twilio/iam/accounts/list',
    handle: list,
  },
  {
    ...common,
    operationId: 'FetchAccount',
    method: 'GET',
    path: one,
    permission: '/twilio/iam/accounts/read',
    handle: ({ account }) => ok(shape(account)),
  },
  {
    ...common,
    operationId: 'UpdateAccount',
    method: 'POST',
    path: one,
    permission: '/twilio/iam/accounts/update',
    handle: update,
  },
];

function list(call: Call): Answer {
  const { state, actor, query, now } = call;
  const name = query.get('FriendlyName');
  const status = query.get('Status');
  const accounts = [...state.world.accounts.values()].filter(
    (account) =>
      (account.sid === actor.account.sid || owns(actor.account, account)) &&
      (name === null || account.friendlyName === name) &&
      (status === null || account.status === status),
  );
  return listV2010(call, 'accounts', made(accounts, now), (account) => shape(account));
}

function update(call: Call): Answer {
  const { account, form, now } = call;
  const name = form.get('FriendlyName');
  const status = form.get('Status');
  if (name === null && status === null) throw invalid('Status or FriendlyName');
  if (status !== null) setStatus(call, status);
  if (name !== null) {
    audit(call, 'account.updated', account.sid, { friendly_name: { previous: account.friendlyName, updated: name } });
    account.friendlyName = name;
  }
  account.updated = now;
  return ok(shape(account));
}

function setStatus(call: Call, status: string): void {
  const { account, actor, state, now } = call;
  if (status !== 'active' && status !== 'suspended' && status !== 'closed')
    throw new Refusal(400, 21475, 'Unable to update Status, invalid Status');
  if (account.owner === account.sid)
    throw new Refusal(400, 21477, 'Unable to update Status for Parent Account, please contact support');
  const owner = state.world.accounts.get(account.owner);
  if (owner && owner.status !== 'active')
    throw new Refusal(400, 21476, 'Unable to update Status, Parent Account is suspended');
  if (account.status === 'closed') throw new Refusal(400, 21479, 'Account has been closed and cannot be changed');
  if (account.suspendedByTwilio && status === 'active')
    throw new Refusal(400, 21478, 'Unable to activate Account, it was suspended by Twilio');
  if (status === account.status) return;
  const pauses = state.pauses.get(account.sid) ?? [];
  const open = pauses.pop();
  const asleep = account.status !== 'active';
  if (open) pauses.push(asleep && status === 'active' ? { ...open, to: now } : open);
  if (!asleep) pauses.push({ from: now, to: Number.POSITIVE_INFINITY });
  state.pauses.set(account.sid, pauses);
  if (status === 'closed') account.numbers.length = 0;
  // The parent's log: a suspended account can no longer read its own.
  audit(call, 'account.updated', account.sid, { status: { previous: account.status, updated: status } }, actor.account);
  account.status = status;
}

function shape(account: SimAccount): JsonObject {
  const uri = `/2010-04-01/Accounts/${account.sid}`;
  return {
    sid: account.sid,
    friendly_name: account.friendlyName,
    status: account.status,
    type: 'Full',
    owner_account_sid: account.owner,
    auth_token: account.authToken,
    date_created: rfc2822(account.created),
    date_updated: rfc2822(account.updated),
    uri: `${uri}.json`,
    subresource_uris: {
      calls: `${uri}/Calls.json`,
      incoming_phone_numbers: `${uri}/IncomingPhoneNumbers.json`,
      keys: `${uri}/Keys.json`,
      messages: `${uri}/Messages.json`,
      usage: `${uri}/Usage.json`,
    },
  };
}
