import { beforeEach, describe, expect, test } from 'vitest';
import { type AccountsTree, createAccountsTree } from '../../../src/core/accounts/accountsTree.ts';
import type { CollectionNode, TreeNode } from '../../../src/core/accounts/treeNode.ts';
import { UserError } from '../../../src/core/errors.ts';
import type { AccountSid } from '../../../src/core/model/sid.ts';
import { nodes } from '../../../src/core/registry.ts';
import { type FakeTwilio, fakeTwilio, sid } from '../fakeTwilio.ts';

const main = sid('AC', 0) as AccountSid;
const now = Date.parse('2026-11-21T12:00:00Z');
const account = (number: number) => ({
  sid: sid('AC', number),
  friendly_name: `Shop ${number}`,
  status: 'active',
  date_created: 'Tue, 01 Sep 2026 00:00:00 +0000',
});
const key = (number: number, name: string) => ({
  sid: sid('SK', number),
  friendly_name: name,
  date_created: '2026-01-01T00:00:00Z',
  flags: ['rest_api'],
});

function treeOf(twilio: FakeTwilio, hidden: readonly string[] = []) {
  const changes: (TreeNode | undefined)[] = [];
  const tree = createAccountsTree({
    connection: { id: main, name: 'Acme', account: main, credential: { kind: 'authToken' }, demo: false },
    twilio,
    clock: { now: () => now },
    kinds: nodes,
    hidden: () => new Set(hidden),
    onChange: (node) => changes.push(node),
  });
  return { tree, changes };
}

async function collection(tree: AccountsTree, kind: string, below?: TreeNode): Promise<CollectionNode> {
  const parent = below ?? tree.roots()[0];
  const found =
    parent && (await tree.children(parent)).find((node) => node.type === 'collection' && node.kind.id === kind);
  if (found?.type !== 'collection') throw new Error(`no collection ${kind}`);
  return found;
}

const labels = (found: readonly TreeNode[]) =>
  found.map((node) =>
    node.type === 'branch'
      ? node.branch.label
      : node.type === 'note'
        ? node.text
        : node.type === 'more'
          ? 'Load more'
          : node.kind.heading,
  );

describe('with 1,000 subaccounts', () => {
  let twilio: FakeTwilio;
  let tree: AccountsTree;
  beforeEach(() => {
    twilio = fakeTwilio({
      listAccounts: () => Array.from({ length: 1001 }, (_, number) => account(number)),
      listKeys: ({ account: owner }) => (owner === sid('AC', 700) ? [key(1, 'backup')] : [key(2, 'web')]),
      listEvents: () => [],
      listPhoneNumbers: () => [],
      listMessagingServices: () => [],
      listVerifyServices: () => [],
    });
    tree = treeOf(twilio).tree;
  });

  test('nothing is requested before something is opened', async () => {
    await tree.children(tree.roots()[0] as TreeNode);
    expect(twilio.asked).toEqual([]);
  });

  test('the first level costs one request per 1,000 rows, and load more appends', async () => {
    const subaccounts = await collection(tree, 'subaccounts');
    const first = await tree.children(subaccounts);
    expect(twilio.asked).toHaveLength(1);
    expect(labels(first).at(-1)).toBe('Load more');
    await tree.loadMore(subaccounts);
    const all = await tree.children(subaccounts);
    expect(twilio.asked).toHaveLength(2);
    expect(all).toHaveLength(1000);
    expect(new Set(all.map(({ id }) => id)).size).toBe(1000);
  });

  test('opening a row again asks nothing; refreshing it asks for that row only', async () => {
    const subaccounts = await collection(tree, 'subaccounts');
    const keys = await collection(tree, 'apiKeys');
    await tree.children(subaccounts);
    await tree.children(keys);
    const before = twilio.asked.length;
    await tree.children(keys);
    expect(twilio.asked).toHaveLength(before);
    tree.refresh(keys);
    await tree.children(subaccounts);
    expect(twilio.asked).toHaveLength(before);
    await tree.children(keys);
    expect(twilio.asked.slice(before).map(({ operation }) => operation)).toEqual(['listKeys', 'listEvents']);
  });

  test('the filter finds a key in a subaccount nobody opened, and shows the way to it', async () => {
    tree.filter.set('Backup');
    const result = await tree.filter.search(() => {}, {
      aborted: false,
      addEventListener() {},
      removeEventListener() {},
    });
    expect(result).toEqual({ found: 1, failed: 0 });
    const top = await tree.children(tree.roots()[0] as TreeNode);
    expect(labels(top)).toEqual(['Subaccounts']);
    const shops = await tree.children(top[0] as TreeNode);
    expect(labels(shops)).toEqual(['Shop 700']);
    const inside = await collection(tree, 'apiKeys', shops[0]);
    expect(labels(await tree.children(inside))).toEqual(['backup']);
  });

  test('a SID is looked for only where it can be', async () => {
    tree.filter.set(sid('AC', 42));
    const result = await tree.filter.search(() => {}, {
      aborted: false,
      addEventListener() {},
      removeEventListener() {},
    });
    expect(result.found).toBe(1);
    expect(new Set(twilio.asked.map(({ operation }) => operation))).toEqual(new Set(['listAccounts']));
  });

  test('a cancelled search stops asking', async () => {
    tree.filter.set('backup');
    const cancel = { aborted: false, addEventListener() {}, removeEventListener() {} };
    const search = tree.filter.search(({ accountsDone }) => {
      cancel.aborted = accountsDone >= 10;
    }, cancel);
    await expect(search).rejects.toThrow('cancelled');
    expect(twilio.asked.length).toBeLessThan(200);
  });
});

test('hidden kinds are not listed', async () => {
  const { tree } = treeOf(fakeTwilio({}), ['verifyServices', 'phoneNumbers']);
  const headings = labels(await tree.children(tree.roots()[0] as TreeNode));
  expect(headings).not.toContain('Verify services');
  expect(headings).toContain('API keys');
});

test('an empty list says so, a failed one says why, and neither throws', async () => {
  const twilio = fakeTwilio({
    listAccounts: () => [account(0)],
    listKeys: () => {
      throw new UserError('network', 'Twilio could not be reached.');
    },
    listEvents: () => [],
  });
  const { tree } = treeOf(twilio);
  expect(labels(await tree.children(await collection(tree, 'subaccounts')))).toEqual(['No subaccounts']);
  expect(labels(await tree.children(await collection(tree, 'apiKeys')))).toEqual([
    'Twilio could not be reached.',
    'Load more',
  ]);
});

test('when a later page fails, the earlier rows stay and the page can be tried again', async () => {
  let down = false;
  const twilio = fakeTwilio(
    {
      listAccounts: () => {
        if (down) throw new UserError('server', 'Twilio failed.');
        return [1, 2, 3].map(account);
      },
    },
    2,
  );
  const { tree } = treeOf(twilio);
  const subaccounts = await collection(tree, 'subaccounts');
  await tree.children(subaccounts);
  down = true;
  await tree.loadMore(subaccounts);
  expect(labels(await tree.children(subaccounts))).toEqual(['Shop 1', 'Shop 2', 'Twilio failed.', 'Load more']);
  down = false;
  await tree.loadMore(subaccounts);
  expect(labels(await tree.children(subaccounts))).toEqual(['Shop 1', 'Shop 2', 'Shop 3']);
});

test('a page that arrives after a refresh does not land in the refreshed list', async () => {
  const waiting: ((rows: object[]) => void)[] = [];
  const twilio = fakeTwilio({ listAccounts: () => new Promise((resolve) => waiting.push(resolve as never)) });
  const { tree } = treeOf(twilio);
  const subaccounts = await collection(tree, 'subaccounts');
  const old = tree.children(subaccounts);
  tree.refresh(subaccounts);
  const fresh = tree.children(subaccounts);
  waiting[1]?.([account(2)]);
  await fresh;
  waiting[0]?.([account(1)]);
  await old;
  expect(labels(await tree.children(subaccounts))).toEqual(['Shop 2']);
});

test('rows that cannot be understood are counted, not dropped silently', async () => {
  const { tree } = treeOf(fakeTwilio({ listAccounts: () => [account(1), { sid: 'nonsense' }] }));
  expect(labels(await tree.children(await collection(tree, 'subaccounts')))).toEqual([
    'Shop 1',
    '1 rows from Twilio could not be understood and are not shown.',
  ]);
});

test('keys are shown without their maker when the audit log cannot be read', async () => {
  const twilio = fakeTwilio({
    listKeys: () => [key(1, 'web')],
    listEvents: () => {
      throw new UserError('not-permitted', 'This credential cannot read events.');
    },
  });
  const { tree } = treeOf(twilio);
  expect(labels(await tree.children(await collection(tree, 'apiKeys')))).toEqual([
    'web',
    'Who changed what is unknown here: This credential cannot read events.',
  ]);
});
