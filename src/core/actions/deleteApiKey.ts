import type { Action } from '../contain/action.ts';
import type { ApiKeyTarget } from '../contain/target.ts';
import { utc } from '../model/age.ts';
import { byWhom, readAuditEvent } from '../model/auditEvent.ts';
import { type JsonObject, textOf } from '../model/json.ts';
import { shortSid } from '../model/sid.ts';

/** https://www.twilio.com/docs/iam/api-keys/key-resource-v2010#delete-a-key-resource */
const deleteApiKey: Action<ApiKeyTarget> = {
  id: 'deleteApiKey',
  title: 'Delete API Key…',
  icon: 'trash',
  on: 'apiKey',
  reversibility: 'irreversible',
  several: 'delete # keys',
  applicable: () => true,
  refuse: ({ sid }, _live, { keyInUse }) =>
    sid === keyInUse
      ? 'You are signed in with this key, so deleting it would lock you out. Sign in with the Auth Token or another key first.'
      : undefined,
  reads: ({ account, sid }) => ({ key: { operation: 'fetchKey', account, path: { Sid: sid } } }),
  state: ({ key }) => ({ key: 'there', name: (key && textOf(key.body, 'friendly_name')) ?? '' }),
  gone: { key: 'gone' },
  requests: ({ account, sid }) => [{ operation: 'deleteKey', account, path: { Sid: sid } }],
  wanted: () => ({ key: 'gone' }),
  evidence: ({ account, sid }) => ({ events: { operation: 'listEvents', account, query: { ResourceSid: sid } } }),
  blastRadius: ({ events }, { sid }) => [
    {
      name: 'Stops',
      value: `every program that signs with ${shortSid(sid)}, at once, and every Access Token it signed`,
    },
    { name: 'Made', value: events ? maker(events) : 'unknown: the audit log could not be read' },
    { name: 'Not known', value: 'who uses it: Twilio keeps no record of a key’s requests' },
  ],
};
export default deleteApiKey;

/** Who made the key, as far as the audit log goes back. */
function maker(events: readonly JsonObject[]): string {
  const creation = events.flatMap((one) => readAuditEvent(one) ?? []).find(({ type }) => type.endsWith('keys.created'));
  return creation
    ? `${utc(creation.at)} ${byWhom(creation)}, by ${creation.actorSid || 'an unknown actor'}`
    : 'not in the audit log that can be read';
}
