import type { SimKey } from '../../world.ts';
import { invalid, ok, Refusal } from '../answer.ts';
import { listWithMeta, made } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';
import { deleteKey, keyOf, keyShape } from './keys.ts';

const common = { spec: 'iam_v1', host: 'iam.twilio.com', guarded: true } as const;
const one = '/v1/Keys/{Sid}';

/** API keys on the IAM API. https://www.twilio.com/docs/iam/api-keys/key-resource-v1 */
export const iamKeyRoutes: readonly Route[] = [
  {
    ...common,
    operationId: 'ListGetKeys',
    method: 'GET',
    path: '/v1/Keys',
    permission: '/twilio/iam/api-keys/list',
    handle: list,
  },
  {
    ...common,
    operationId: 'FetchKey',
    method: 'GET',
    path: one,
    permission: '/twilio/iam/api-keys/read',
    handle: (call) => {
      const key = keyOf(call);
      return ok({ ...keyShape(key), policy: key.kind === 'restricted' ? { allow: key.allow } : null });
    },
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

function list(call: Call): Answer {
  const named = call.query.get('AccountSid');
  if (!named) throw invalid('AccountSid');
  if (named !== call.account.sid) throw new Refusal(401, 70051, 'The credential does not belong to this account');
  const rows = made(call.account.keys, call.now);
  return listWithMeta(call, 'keys', rows, (key) => ({ ...keyShape(key), flags: flags[key.kind] }));
}

/** Seen on live accounts; Twilio documents only the first two. */
const flags: Readonly<Record<SimKey['kind'], readonly string[]>> = {
  standard: ['rest_api', 'signing'],
  main: ['rest_api', 'signing', 'manage_accounts', 'manage_keys'],
  restricted: ['restricted'],
};
