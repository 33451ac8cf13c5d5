import { afterEach, describe, expect, test } from 'vitest';
import { createTwilio } from '../../src/adapters/twilio/createTwilio.ts';
import { delay } from '../../src/adapters/twilio/delay.ts';
import { createAccountsTree } from '../../src/core/accounts/accountsTree.ts';
import type { TreeNode } from '../../src/core/accounts/treeNode.ts';
import type { Connection } from '../../src/core/model/connection.ts';
import { nodes } from '../../src/core/registry.ts';
import type { FaultRule } from '../../src/simulator/server/faults.ts';
import { type Simulator, startSimulator } from '../../src/simulator/server/startSimulator.ts';
import { smallWorld } from '../simulator/smallWorld.ts';

const open: { dispose(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.dispose();
});

/** The texts below "Phone numbers" of an account that suffers from this fault. */
async function rowsUnder(
  rules: readonly FaultRule[],
  secret?: string,
): Promise<{
  texts: readonly string[];
  ids: readonly string[];
  simulator: Simulator;
  more: () => Promise<readonly TreeNode[]>;
}> {
  const world = smallWorld();
  const simulator = await startSimulator({ world, faults: rules });
  const { sid, authToken } = world.mainAccount;
  const connection: Connection = { id: sid, name: 'Acme', account: sid, credential: { kind: 'authToken' }, demo: true };
  const twilio = createTwilio({
    connection,
    secret: secret ?? authToken,
    mode: () => 'read-only',
    route: { kind: 'simulator', port: simulator.port },
    clock: { now: () => Date.now() },
    random: () => 0,
    delay: (milliseconds, cancel) => delay(Math.min(milliseconds, 5), cancel),
    log: { info() {}, error() {} },
    limits: { idle: 300, total: 1000 },
  });
  open.push({ dispose: () => twilio.dispose() }, { dispose: () => simulator.stop() });
  const tree = createAccountsTree({
    connection,
    twilio,
    clock: { now: world.now },
    log: { info() {}, error() {} },
    kinds: nodes,
    hidden: () => new Set(),
    onChange() {},
  });
  const [root] = tree.roots();
  const folders = root ? await tree.children(root) : [];
  const numbers = folders.find((node) => node.type === 'collection' && node.kind.id === 'phoneNumbers');
  const rows = numbers ? await tree.children(numbers) : [];
  return {
    texts: rows.map(textOf),
    ids: rows.map(({ id }) => id),
    simulator,
    async more() {
      if (numbers?.type === 'collection') await tree.loadMore(numbers);
      return numbers ? tree.children(numbers) : [];
    },
  };
}

function textOf(node: TreeNode): string {
  return node.type === 'note' ? node.text : node.type === 'branch' ? node.branch.label : node.type;
}

const always = (fault: FaultRule['fault']): readonly FaultRule[] => [{ fault, operationId: 'ListIncomingPhoneNumber' }];

describe('whatever Twilio does, the row says it in a sentence', () => {
  test.each<[string, FaultRule['fault'], RegExp]>([
    ['a server error that stays', { kind: 'serverError', acted: false }, /Twilio/],
    ['throttling that stays', { kind: 'throttle' }, /Twilio/],
    ['a web page instead of data', { kind: 'html' }, /captive portal|sign-in page|web page/i],
    ['an empty reply', { kind: 'emptyBody' }, /Twilio/],
    ['a reply that breaks off', { kind: 'cutBody', at: 40 }, /Twilio/],
    ['a reply that never comes', { kind: 'hang', acted: false }, /Twilio/],
    ['a connection that is reset', { kind: 'reset', acted: false }, /Twilio/],
    ['a compressed reply that breaks off', { kind: 'cutGzip', at: 20 }, /Twilio/],
    ['a reply that trickles in too slowly', { kind: 'slowBody', ms: 400 }, /Twilio/],
    ['a next page that leads to another host', { kind: 'wrongNextPage', to: 'anotherHost' }, /next page.*incomplete/],
    ['a credential that is refused', { kind: 'unauthorized' }, /credential|Auth Token|refused/i],
  ])('%s', async (_, fault, sentence) => {
    const { texts } = await rowsUnder(always(fault));
    expect(texts).toHaveLength(2);
    expect(texts[0]).toMatch(sentence);
    expect(texts[0]).toMatch(/\.$/);
    expect(texts[1]).toBe('more');
  });

  test('a wrong Auth Token', async () => {
    const { texts } = await rowsUnder([], 'f'.repeat(32));
    expect(texts[0]).toMatch(/Auth Token/);
  });
});

test('a failure that passes is not even noticed', async () => {
  const { texts, simulator } = await rowsUnder([
    { fault: { kind: 'serverError', acted: false }, operationId: 'ListIncomingPhoneNumber', times: 2 },
  ]);
  expect(texts.every((text) => text.startsWith('+'))).toBe(true);
  expect(simulator.log.filter(({ operationId }) => operationId === 'ListIncomingPhoneNumber')).toHaveLength(3);
});

describe('what is merely odd', () => {
  const both = ['+447911123410', '+14155550101'];

  test.each<[string, FaultRule['fault'], readonly string[]]>([
    ['an item that comes twice is one row', { kind: 'repeatItem' }, both],
    ['an item that is missing costs its row only', { kind: 'dropItem' }, ['+14155550101']],
    ['a slow network is waited for', { kind: 'latency', ms: 150 }, both],
    ['a body in pieces is put together', { kind: 'slowBody', ms: 20 }, both],
  ])('%s', async (_, fault, expected) => {
    const { texts, ids } = await rowsUnder(always(fault));
    expect(texts).toEqual(expected);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('a next page that leads back to itself doubles no row, and the row says that the list is incomplete', async () => {
  const { texts, more } = await rowsUnder(always({ kind: 'wrongNextPage', to: 'itself' }));
  expect(texts).toEqual(['+447911123410', '+14155550101', 'more']);
  const rows = await more();
  expect(rows.map(textOf)).toEqual([
    '+447911123410',
    '+14155550101',
    expect.stringMatching(/next page.*incomplete\.$/),
    'more',
  ]);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
});

test('pages that overlap because the list moved give each row once, and the right count', async () => {
  const { more } = await rowsUnder([
    { fault: { kind: 'wrongNextPage', to: 'itself' }, operationId: 'ListIncomingPhoneNumber', times: 1 },
  ]);
  expect((await more()).map(textOf)).toEqual(['+447911123410', '+14155550101']);
});
