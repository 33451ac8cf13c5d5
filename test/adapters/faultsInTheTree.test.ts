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
): Promise<{ texts: readonly string[]; simulator: Simulator }> {
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
    kinds: nodes,
    hidden: () => new Set(),
    onChange() {},
  });
  const [root] = tree.roots();
  const folders = root ? await tree.children(root) : [];
  const numbers = folders.find((node) => node.type === 'collection' && node.kind.id === 'phoneNumbers');
  const rows = numbers ? await tree.children(numbers) : [];
  return { texts: rows.map(textOf), simulator };
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
