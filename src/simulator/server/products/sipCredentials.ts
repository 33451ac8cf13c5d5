import type { JsonObject } from '../../../core/model/json.ts';
import type { SimSipCredential } from '../../world.ts';
import { noContent, notFound, ok } from '../answer.ts';
import { rfc2822 } from '../dates.ts';
import { listV2010, made } from '../paging.ts';
import type { Call, Route } from '../route.ts';

const common = { spec: 'api_v2010', host: 'api.twilio.com' } as const;
const lists = '/2010-04-01/Accounts/{AccountSid}/SIP/CredentialLists';
const all = `${lists}/{CredentialListSid}/Credentials`;

/** SIP credentials and the lists they are in. https://www.twilio.com/docs/voice/sip/api/sip-credential-resource */
export const sipCredentialRoutes: readonly Route[] = [
  {
    ...common,
    operationId: 'ListSipCredentialList',
    method: 'GET',
    path: `${lists}.json`,
    handle(call) {
      const sids = [...new Set(credentialsOf(call).map(({ list }) => list))];
      const rows = sids.map((sid) => ({ sid, created: 0 }));
      return listV2010(call, 'credential_lists', made(rows, call.now), ({ sid }) => listShape(call, sid));
    },
  },
  {
    ...common,
    operationId: 'ListSipCredential',
    method: 'GET',
    path: `${all}.json`,
    handle(call) {
      const rows = credentialsOf(call).filter(({ list }) => list === call.path['CredentialListSid']);
      return listV2010(call, 'credentials', made(rows, call.now), (one) => shape(call, one));
    },
  },
  {
    ...common,
    operationId: 'FetchSipCredential',
    method: 'GET',
    path: `${all}/{Sid}.json`,
    handle: (call) => ok(shape(call, named(call))),
  },
  {
    ...common,
    operationId: 'DeleteSipCredential',
    method: 'DELETE',
    path: `${all}/{Sid}.json`,
    handle(call) {
      const credentials = credentialsOf(call);
      credentials.splice(credentials.indexOf(named(call)), 1);
      return noContent;
    },
  },
];

function credentialsOf({ account }: Call): SimSipCredential[] {
  return account.sipCredentials ?? [];
}

function named(call: Call): SimSipCredential {
  const { CredentialListSid, Sid } = call.path;
  const found = credentialsOf(call).find(({ sid, list }) => sid === Sid && list === CredentialListSid);
  if (!found) throw notFound(`/Credentials/${Sid}`);
  return found;
}

function listShape({ account }: Call, sid: string): JsonObject {
  const uri = `/2010-04-01/Accounts/${account.sid}/SIP/CredentialLists/${sid}`;
  return {
    sid,
    account_sid: account.sid,
    friendly_name: 'Office phones',
    date_created: rfc2822(account.created),
    date_updated: rfc2822(account.created),
    subresource_uris: { credentials: `${uri}/Credentials.json` },
    uri: `${uri}.json`,
  };
}

function shape({ account }: Call, { sid, list, username, created }: SimSipCredential): JsonObject {
  return {
    sid,
    account_sid: account.sid,
    credential_list_sid: list,
    username,
    date_created: rfc2822(created),
    date_updated: rfc2822(created),
    uri: `/2010-04-01/Accounts/${account.sid}/SIP/CredentialLists/${list}/Credentials/${sid}.json`,
  };
}
