import { Buffer } from 'node:buffer';
import { explainError } from '../../../src/adapters/twilio/explainError.ts';
import { stripSecrets } from '../../../src/adapters/twilio/stripSecrets.ts';
import { UserError } from '../../../src/core/errors.ts';
import { textOf } from '../../../src/core/model/json.ts';
import type { Page, Reply, Twilio } from '../../../src/core/ports.ts';
import { operationOf } from '../../../src/core/twilio/operations.ts';
import { itemsOf, nextPage } from '../../../src/core/twilio/paging.ts';
import { describe, type TwilioRequest, toHttp } from '../../../src/core/twilio/request.ts';
import { act } from '../../../src/simulator/server/act.ts';
import { Refusal, refused } from '../../../src/simulator/server/answer.ts';
import { authenticate } from '../../../src/simulator/server/authenticate.ts';
import { authorize } from '../../../src/simulator/server/authorize.ts';
import { createRouter } from '../../../src/simulator/server/matchRoute.ts';
import type { Answer } from '../../../src/simulator/server/route.ts';
import { routes } from '../../../src/simulator/server/routes.ts';
import { createServerState } from '../../../src/simulator/server/serverState.ts';
import type { World } from '../../../src/simulator/world.ts';
import { proof } from '../fakeTwilio.ts';
import { connection } from './leverWorld.ts';

/** What became of a change. `asked` is how a plan spells it; `acted` is false for one that was turned down. */
interface Change {
  readonly asked: string;
  readonly acted: boolean;
}

export interface DirectTwilio extends Twilio {
  /** Every change that was asked for, oldest first; may be emptied. */
  readonly changes: Change[];
  /** How many reads there were. */
  reads(): number;
}

const match = createRouter(routes);
const knowsNothing = { blank: (text: string) => text };

/**
 * The simulator without sockets: the handlers that answer over HTTP, asked directly, thousands of times a second and in the same order
 * each time. It signs as whoever the transport would sign as, with the token of the moment.
 */
export function directTwilio(world: World): DirectTwilio {
  const state = createServerState(world);
  const changes: Change[] = [];
  let reads = 0;

  function answer(request: TwilioRequest): Answer {
    const { method, host, path, body = '' } = toHttp(request);
    const [pathname = ''] = path.split('?', 1);
    const query = new URLSearchParams(path.slice(pathname.length));
    try {
      const found = match(host, method, pathname);
      const signer = host === 'api.twilio.com' ? world.main : request.account;
      const basic = Buffer.from(`${signer}:${world.accounts.get(signer)?.authToken}`).toString('base64');
      const actor = authenticate(world, `Basic ${basic}`);
      const account = authorize(world, actor, found.route, found.path);
      const form = new URLSearchParams(body);
      const where = { host, origin: '', pathname, query, form, path: found.path };
      const { reply } = act(found.route, { state, now: world.now(), actor, account, ...where }, []);
      if (reply === 'hang' || reply === 'reset') throw new Error('no fault was asked for');
      return reply;
    } catch (reason) {
      if (reason instanceof Refusal) return refused(reason);
      throw reason;
    }
  }

  function reply(request: TwilioRequest): Reply {
    const { status, body = {} } = answer(request);
    if (status >= 400) throw explainError({ request, connection, proven: true }, status, body);
    const token = request.operation === 'fetchAccount' ? textOf(body, 'auth_token') : undefined;
    const stripped = stripSecrets(body, knowsNothing, operationOf(request.operation).list?.items);
    if (!stripped) throw new UserError('bad-reply', 'It cannot be used.');
    return { status, body: stripped.body, proof, ...(token !== undefined && { tokenMark: `mark of ${token}` }) };
  }

  return {
    changes,
    reads: () => reads,
    async page(request): Promise<Page> {
      reads += 1;
      const { body, ...rest } = reply(request);
      const next = nextPage(request, body);
      return { ...rest, body, items: itemsOf(request, body), ...(next && { next }) };
    },
    async send(request) {
      const asked = describe(request);
      try {
        const answered = reply(request);
        changes.push({ asked, acted: true });
        return answered;
      } catch (reason) {
        changes.push({ asked, acted: false });
        throw reason;
      }
    },
  };
}
