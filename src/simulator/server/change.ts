import type { AccountSid } from '../../core/model/sid.ts';
import { act } from './act.ts';
import { authorize } from './authorize.ts';
import { createRouter } from './matchRoute.ts';
import type { Actor } from './route.ts';
import { routes } from './routes.ts';
import type { ServerState } from './serverState.ts';

/** A request that may have changed the world: what it takes to make the same change again. It holds no credential. */
export interface Change {
  /** When, epoch milliseconds. */
  readonly at: number;
  readonly host: string;
  readonly method: string;
  /** Path with query, as sent. */
  readonly path: string;
  readonly body: string;
  /** Who signed: the account, and its key where it was one. */
  readonly by: AccountSid;
  readonly key?: string;
}

/**
 * Makes the changes again, in their order, in a world as it was before the first. `at` is told the time of each before it is made: the
 * world's clock must show that. The SIDs that are made are the same as then. Throws when one does not fit this world.
 */
export function replay(state: ServerState, changes: readonly Change[], at: (instant: number) => void): void {
  const match = createRouter(routes);
  for (const change of changes) {
    at(change.at);
    const [pathname = '/'] = change.path.split('?', 1);
    const { route, path } = match(change.host, change.method, pathname);
    const actor = actorOf(state, change);
    const account = authorize(state.world, actor, route, path);
    const query = new URLSearchParams(change.path.slice(pathname.length));
    const form = new URLSearchParams(change.body);
    act(
      route,
      { state, now: change.at, host: route.host, origin: '', pathname, actor, account, path, query, form },
      [],
    );
  }
}

function actorOf({ world }: ServerState, { by, key: sid }: Change): Actor {
  const account = world.accounts.get(by);
  if (!account) throw new RangeError('A change was made by an account that this world does not have.');
  return { account, key: account.keys.find((key) => key.sid === sid) };
}
