import type { JsonObject } from '../../../core/model/json.ts';
import type { SimKey } from '../../world.ts';
import { noContent, notFound, ok } from '../answer.ts';
import { audit } from '../audit.ts';
import { rfc2822 } from '../dates.ts';
import { listV2010, made } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';

const common = { spec: 'api_v2010', host: 'api.twilio.com', guarded: true } as const;
const all = '/2010-04-01/Accounts/{AccountSid}/Keys.json';
const one = '/2010-04-01/Accounts/{AccountSid}/Keys/{Sid}.json';

/** API keys on the v2010 API. https://www.twilio.com/docs/iam/api-keys/key-resource-v2010 */
export const keyRoutes: readonly Route[] = [
  {
    ...common,
    operationId: 'ListKey',
    method: 'GET',
    path: all,
    permission: '/twilio/iam/api-keys/list',
    handle: (call) => listV2010(call, 'keys', made(call.account.keys, call.now), (key) => keyShape(key)),
  },
  {
    ...common,
    operationId: 'FetchKey',
    method: 'GET',
    path: one,
    permission: '/twilio/iam/api-keys/read',
    handle: (call) => ok(keyShape(keyOf(call))),
  },
  {
    ...common,
    operationId: 'DeleteKey',
    method: 'DELETE',
    path: one,
    permission: '/twilio/iam/api-keys/delete',
    handle: deleteKey,
  },
];

/** The key the path names, of the account the call is about. */
export function keyOf({ account, path, now }: Call): SimKey {
  const key = account.keys.find(({ sid, created }) => sid === path['Sid'] && created <= now);
  if (!key) throw notFound(`/Keys/${path['Sid']}`);
  return key;
}

/** Deletes the key the path names. It signs nothing from then on, this request included. */
export function deleteKey(call: Call): Answer {
  const key = keyOf(call);
  audit(call, 'account-api-keys.deleted', key.sid, { friendly_name: { previous: key.friendlyName, updated: null } });
  call.account.keys.splice(call.account.keys.indexOf(key), 1);
  return noContent;
}

/** What both APIs say of a key: neither its secret nor who made it. */
export function keyShape({ sid, friendlyName, created }: SimKey): JsonObject {
  return { sid, friendly_name: friendlyName, date_created: rfc2822(created), date_updated: rfc2822(created) };
}
