import { invalid, noContent, notFound, ok } from '../answer.ts';
import { audit } from '../audit.ts';
import { iso } from '../dates.ts';
import type { Answer, Call, Route } from '../route.ts';

const common = { spec: 'accounts_v1', host: 'accounts.twilio.com', guarded: true } as const;
const secondary = '/v1/AuthTokens/Secondary';
const promote = '/v1/AuthTokens/Promote';

/** Rotation of an account's own Auth Token. https://www.twilio.com/docs/iam/api/authtoken */
export const authTokenRoutes: readonly Route[] = [
  { ...common, operationId: 'CreateSecondaryAuthToken', method: 'POST', path: secondary, handle: create },
  { ...common, operationId: 'DeleteSecondaryAuthToken', method: 'DELETE', path: secondary, handle: remove },
  { ...common, operationId: 'UpdateAuthTokenPromotion', method: 'POST', path: promote, handle: rotate },
];

function create(call: Call): Answer {
  const token = call.state.token();
  call.account.secondaryToken = token;
  audit(call, 'account-auth-token.secondary-created', call.account.sid);
  return ok({ ...about(call, secondary), secondary_auth_token: token }, 201);
}

function remove(call: Call): Answer {
  if (call.account.secondaryToken === undefined) throw notFound(secondary);
  call.account.secondaryToken = undefined;
  audit(call, 'account-auth-token.secondary-deleted', call.account.sid);
  return noContent;
}

/** The secondary token becomes the only one; the old primary is worthless at once. */
function rotate(call: Call): Answer {
  const { secondaryToken } = call.account;
  if (secondaryToken === undefined) throw invalid('there is no secondary Auth Token');
  call.account.authToken = secondaryToken;
  call.account.secondaryToken = undefined;
  audit(call, 'account-auth-token.promoted', call.account.sid);
  return ok({ ...about(call, promote), auth_token: secondaryToken });
}

function about({ account, now }: Call, path: string) {
  const date = iso(now);
  return {
    account_sid: account.sid,
    date_created: date,
    date_updated: date,
    url: `https://accounts.twilio.com${path}`,
  };
}
