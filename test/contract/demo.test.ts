import { describe, expect, it } from 'vitest';
import { createDemoWorld, demoCredential } from '../../src/simulator/demo.ts';
import { routes } from '../../src/simulator/server/routes.ts';
import { startSimulator } from '../../src/simulator/server/startSimulator.ts';
import { ask } from '../simulator/server/client.ts';
import { noon } from '../simulator/smallWorld.ts';
import { contractOf } from './twilioDocument.ts';

const lists = routes.filter(
  ({ operationId, path }) => operationId.startsWith('List') && !/\{(?!AccountSid)/.test(path),
);

/** What some lists need, and what keeps others short. */
const queries: Readonly<Record<string, (account: string) => string>> = {
  ListGetKeys: (account) => `AccountSid=${account}&`,
  ListUsageRecord: () => 'Category=totalprice&StartDate=-7days&',
  ListUsageRecordDaily: () => 'Category=totalprice&StartDate=-7days&',
};

describe("the demo's lists, held against Twilio's OpenAPI documents", () => {
  it.each(lists.map((route) => [`${route.spec}.${route.operationId}`, route] as const))('%s', async (_, route) => {
    const world = createDemoWorld({ now: () => noon });
    const contract = await contractOf(route.spec);
    const simulator = await startSimulator({ world });
    for (const { sid: user, authToken: password } of world.accounts.values()) {
      const query = `${queries[route.operationId]?.(user) ?? ''}PageSize=200`;
      const path = `${route.path.replace('{AccountSid}', user)}?${query}`;
      const { status, body } = await ask(simulator, path, { host: route.host, user, password });
      expect(status).toBe(200);
      expect(contract.replyProblems(route.operationId, status, body)).toEqual([]);
    }
    await simulator.stop();
  });

  it('are opened by the credential the demo signs in with', async () => {
    const simulator = await startSimulator({ world: createDemoWorld({ now: () => noon }) });
    const { accountSid: user, authToken: password } = demoCredential;
    expect(await ask(simulator, '/2010-04-01/Accounts.json', { user, password })).toMatchObject({ status: 200 });
    await simulator.stop();
  });
});
