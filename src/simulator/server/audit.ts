import type { SimAccount, SimEvent } from '../world.ts';
import type { Call } from './route.ts';

const loopback = '127.0.0.1';

/**
 * Writes the Monitor event a change leaves behind at Twilio, as done by whoever signed the request.
 * `type` such as `account-api-keys.deleted`; the resource type is the part before the dot.
 */
export function audit(
  call: Call,
  type: string,
  resourceSid: string,
  changes: SimEvent['changes'] = {},
  into: SimAccount = call.account,
): void {
  const { key, account } = call.actor;
  into.events.push({
    sid: call.state.sid('AE'),
    at: call.now,
    type,
    description: '',
    actorSid: key?.sid ?? account.sid,
    actorType: key ? 'api-key' : 'account',
    source: 'api',
    ip: loopback,
    resourceType: type.split('.', 1)[0] ?? type,
    resourceSid,
    changes,
  });
}
