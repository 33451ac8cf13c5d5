import { beforeEach, describe, expect, test } from 'vitest';
import type { AccountsTree } from '../../../src/core/accounts/accountsTree.ts';
import type { TreeNode } from '../../../src/core/accounts/treeNode.ts';
import { UserError } from '../../../src/core/errors.ts';
import { type FakeTwilio, fakeTwilio, sid } from '../fakeTwilio.ts';
import { account, collection, key, labels, main, treeOf } from './trees.ts';

describe('with 1,000 subaccounts', () => {
  let twilio: FakeTwilio;
  let tree: AccountsTree;
  beforeEach(() => {
    twilio = fakeTwilio({
      listAccounts: () => Array.from({ length: 1001 }, (_, number) => account(number)),
      listKeys: () => [key(2, 'web')],
      listEvents: () => [],
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
    expect(twilio.asked.slice(before).map(({ operation }) => operation)).toEqual([
      'listKeys',
      'listEvents',
      'listEvents',
    ]);
  });
});

test('what was made with this extension is told apart in the rows of its kind', async () => {
  const { tree } = treeOf(fakeTwilio({ listKeys: () => [key(2, 'web'), key(3, 'new')], listEvents: () => [] }), {
    ownKeys: [sid('SK', 3)],
  });
  const rows = await tree.children(await collection(tree, 'apiKeys'));
  expect(rows.map((row) => row.type === 'branch' && row.branch.own)).toEqual([
    undefined,
    'made by you with this extension',
  ]);
});

test('hidden kinds are not listed', async () => {
  const { tree } = treeOf(fakeTwilio({}), { hidden: ['verifyServices', 'phoneNumbers'] });
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

describe('what nobody expected is in the log when a row says so', () => {
  test('while reading', async () => {
    const listAccounts = () => {
      throw new TypeError('boom');
    };
    const { tree, logged } = treeOf(fakeTwilio({ listAccounts }));
    const texts = labels(await tree.children(await collection(tree, 'subaccounts')));
    expect(texts[0]).toContain('the log has details');
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('TypeError: boom');
  });

  test('while making rows of what was read', async () => {
    const kind = {
      id: 'apiKeys',
      heading: 'API keys',
      about: '',
      icon: 'key',
      order: 1,
      empty: '',
      lists: () => [],
      read: () => undefined,
      branches: () => {
        throw new RangeError('bad row');
      },
    };
    const { tree, logged } = treeOf(fakeTwilio({}), { kinds: [kind] });
    const texts = labels(await tree.children(await collection(tree, 'apiKeys')));
    expect(texts).toEqual(['Something unexpected went wrong; the log has details.']);
    expect(logged[0]).toContain('RangeError: bad row');
  });
});

test('an audit log longer than what was read of it is said to be, and not read on with the list', async () => {
  const listEvents = () => [1, 2].map((number) => ({ sid: `AE${number}` }));
  const twilio = fakeTwilio({ listKeys: () => [key(1, 'web'), key(2, 'app')], listEvents }, 1);
  const { tree } = treeOf(twilio);
  const keys = await collection(tree, 'apiKeys');
  const note = 'The audit log is longer than was read: who made older rows may be missing.';
  expect(labels(await tree.children(keys))).toContain(note);
  const asked = twilio.asked.length;
  await tree.loadMore(keys);
  expect(labels(await tree.children(keys))).toEqual(['web', 'app', note]);
  expect(twilio.asked.slice(asked).map(({ operation }) => operation)).toEqual(['listKeys']);
});

test('one part of the audit log that cannot be read does not cost the other', async () => {
  let refuse = true;
  const { tree } = treeOf(
    fakeTwilio({
      listKeys: () => [key(1, 'web')],
      listEvents: ({ query }) => {
        if (query?.['EventType'] === 'account-keys.created') {
          if (refuse) throw new UserError('server', 'Twilio failed.');
          return [];
        }
        const by = { source: 'api', source_ip_address: '203.0.113.42', actor_sid: main };
        const what = { event_type: 'account-api-keys.created', event_date: '2026-11-20T00:00:00Z' };
        return [{ sid: 'AE1', resource_sid: sid('SK', 1), ...what, ...by }];
      },
    }),
  );
  const keys = await collection(tree, 'apiKeys');
  const maker = async () => {
    const [first] = await tree.children(keys);
    return first?.type === 'branch' && first.branch.facts.find(({ name }) => name === 'Created by')?.value;
  };
  expect(await maker()).toContain('203.0.113.42');
  refuse = false;
  await tree.loadMore(keys);
  expect(await maker()).toContain('203.0.113.42');
  expect(labels(await tree.children(keys))).toEqual(['web']);
});

describe('what is looked at beside the rows', () => {
  const blocked = (number: number) => ({ sid: sid('SM', number), account_sid: sid('AC', 2), error_code: 30450 });
  const replies = {
    listAccounts: () => [account(1), account(2)],
    listMessages: ({ account: of }: { readonly account: string }) =>
      of === sid('AC', 2) ? [blocked(1), blocked(2), blocked(3)] : [],
  };
  const marked = (rows: readonly TreeNode[]) =>
    rows.flatMap((row) => (row.type === 'branch' && row.branch.severity ? [row.branch.label] : []));
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

  test('comes after the rows are shown, once, and shows them anew', async () => {
    const twilio = fakeTwilio(replies);
    const { tree, changes } = treeOf(twilio);
    const subaccounts = await collection(tree, 'subaccounts');
    expect(marked(await tree.children(subaccounts))).toEqual([]);
    expect(marked(await tree.children(subaccounts))).toEqual([]);
    await settled();
    expect(changes).toEqual([subaccounts]);
    expect(marked(await tree.children(subaccounts))).toEqual(['Shop 2']);
    await settled();
    expect(changes).toHaveLength(1);
    expect(twilio.asked.filter(({ operation }) => operation === 'listMessages')).toHaveLength(2);
  });

  test('costs only its marks when it cannot be read', async () => {
    const failing = fakeTwilio({
      ...replies,
      listMessages: ({ account: of }: { readonly account: string }) => {
        if (of === sid('AC', 1)) throw new UserError('not-permitted', 'No.');
        return [blocked(1), blocked(2), blocked(3)];
      },
    });
    const { tree } = treeOf(failing);
    const subaccounts = await collection(tree, 'subaccounts');
    await tree.children(subaccounts);
    await settled();
    expect(marked(await tree.children(subaccounts))).toEqual(['Shop 2']);
  });
});
