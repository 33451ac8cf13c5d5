import { isSid } from '../../core/model/sid.ts';
import type { SimAccount, SimKey, World } from '../world.ts';
import { notFound, Refusal, unauthenticated } from './answer.ts';
import { owns } from './authenticate.ts';
import type { Actor, Route } from './route.ts';

/**
 * Whose resources a request is about, or the refusal Twilio would give.
 * A parent's Auth Token reaches its subaccounts on the v2010 API only; its Main keys may manage the subaccounts themselves but
 * nothing below them; every other product acts for the account that signed.
 * https://www.twilio.com/docs/iam/api/subaccounts and https://www.twilio.com/docs/iam/api-keys
 */
export function authorize(
  world: World,
  actor: Actor,
  route: Route,
  path: Readonly<Record<string, string>>,
): SimAccount {
  const account = accountOf(world, actor, route, path);
  if (actor.key) checkKey(actor.key, route);
  const manages = isAccountResource(route);
  if (account.sid !== actor.account.sid) {
    if (actor.key && !(manages && actor.key.kind === 'main')) throw unauthenticated();
    if (!manages && account.status === 'closed') throw new Refusal(403, 20005, 'Account not active');
    if (!manages && account.status === 'suspended' && route.method !== 'GET')
      throw new Refusal(403, 20005, 'Account not active');
  }
  return account;
}

function accountOf(world: World, actor: Actor, route: Route, path: Readonly<Record<string, string>>): SimAccount {
  const named = isAccountResource(route) ? path['Sid'] : path['AccountSid'];
  if (named === undefined || named === actor.account.sid) return actor.account;
  const account = isSid('AC', named) ? world.accounts.get(named) : undefined;
  if (account && account.created <= world.now() && owns(actor.account, account)) return account;
  throw isAccountResource(route) ? notFound(`/Accounts/${named}`) : unauthenticated();
}

function isAccountResource({ spec, operationId }: Route): boolean {
  return spec === 'api_v2010' && (operationId === 'FetchAccount' || operationId === 'UpdateAccount');
}

function checkKey(key: SimKey, { guarded, permission }: Route): void {
  if (key.kind === 'main') return;
  // Twilio answers a standard key here as if the password were wrong.
  if (key.kind === 'standard') {
    if (guarded) throw unauthenticated();
    return;
  }
  const allowed = permission && key.allow.some((one) => covers(one, permission));
  if (!allowed) throw new Refusal(401, 70051, `Missing permission ${permission ?? 'for this resource'}`);
}

function covers(allow: string, permission: string): boolean {
  return allow === permission || (allow.endsWith('/*') && permission.startsWith(allow.slice(0, -1)));
}
