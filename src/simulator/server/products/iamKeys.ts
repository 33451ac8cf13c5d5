import type { SimKey } from '../../world.ts';
import { invalid, ok, Refusal } from '../answer.ts';
import { audit } from '../audit.ts';
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
    operationId: 'CreateNewKey',
    method: 'POST',
    path: '/v1/Keys',
    permission: '/twilio/iam/api-keys/create',
    handle: create,
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

/** The one reply that holds the key's secret. */
function create(call: Call): Answer {
  const { account, form, state, now } = call;
  if (form.get('AccountSid') !== account.sid)
    throw new Refusal(401, 70051, 'The credential does not belong to this account');
  const restricted = form.get('KeyType') === 'restricted';
  const allow = restricted ? allowed(form.get('Policy')) : [];
  const key: SimKey = {
    sid: state.sid('SK'),
    friendlyName: form.get('FriendlyName') ?? '',
    secret: state.token(),
    created: now,
    kind: restricted ? 'restricted' : 'standard',
    allow,
  };
  account.keys.push(key);
  audit(call, 'account-api-keys.created', key.sid, {
    friendly_name: { previous: null, updated: key.friendlyName },
  });
  return ok({ ...keyShape(key), secret: key.secret, policy: restricted ? { allow } : null }, 201);
}

/** What a policy allows; one that Twilio cannot read is refused. */
function allowed(policy: string | null): readonly string[] {
  try {
    const { allow } = JSON.parse(policy ?? '') as { readonly allow?: unknown };
    if (Array.isArray(allow) && allow.every((one) => typeof one === 'string' && one.startsWith('/twilio/')))
      return allow;
  } catch {
    // Refused below.
  }
  throw new Refusal(400, 70002, 'Bad request');
}

/** Seen on live accounts; Twilio documents only the first two. */
const flags: Readonly<Record<SimKey['kind'], readonly string[]>> = {
  standard: ['rest_api', 'signing'],
  main: ['rest_api', 'signing', 'manage_accounts', 'manage_keys'],
  restricted: ['restricted'],
};
