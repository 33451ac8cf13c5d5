import { Buffer } from 'node:buffer';
import type { AccountSid } from '../../core/model/sid.ts';
import type { SimAccount, SimKey, World } from '../world.ts';
import { Refusal, unauthenticated } from './answer.ts';
import type { Actor } from './route.ts';

/**
 * Who signed the request, by HTTP Basic: Account SID with its primary or secondary Auth Token, or API key SID with its secret.
 * Credentials of an account that is not active, or whose parent is not, are turned away.
 */
export function authenticate(world: World, authorization: string | undefined): Actor {
  const { user, password } = basic(authorization);
  const actor = user.startsWith('SK') ? byKey(world, user, password) : byToken(world, user, password);
  if (!actor) throw unauthenticated();
  const owner = world.accounts.get(actor.account.owner);
  for (const account of [actor.account, owner]) {
    if (account?.status === 'suspended') throw new Refusal(401, 10001, 'Account is not active');
    if (account?.status === 'closed') throw new Refusal(401, 20005, 'Account not active');
  }
  return actor;
}

function basic(authorization: string | undefined): { user: string; password: string } {
  const encoded = authorization?.match(/^Basic ([A-Za-z0-9+/=]+)$/)?.[1];
  if (!encoded) throw unauthenticated();
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function byToken(world: World, sid: string, token: string): Actor | undefined {
  const account = world.accounts.get(sid as AccountSid);
  const right = account && (token === account.authToken || token === account.secondaryToken);
  return right ? { account, key: undefined } : undefined;
}

function byKey(world: World, sid: string, secret: string): Actor | undefined {
  const now = world.now();
  const isIt = (key: SimKey) => key.sid === sid && key.secret === secret && key.created <= now;
  for (const account of world.accounts.values()) {
    const key = account.keys.find(isIt);
    if (key) return { account, key };
  }
  return undefined;
}

/** True when the second account is a subaccount of the first. */
export function owns(parent: SimAccount, account: SimAccount): boolean {
  return account.owner === parent.sid && account.sid !== parent.sid;
}
