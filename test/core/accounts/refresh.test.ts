import { describe, expect, test } from 'vitest';
import { Cancelled, UserError } from '../../../src/core/errors.ts';
import type { Twilio } from '../../../src/core/ports.ts';
import { fakeTwilio } from '../fakeTwilio.ts';
import { account, collection, key, labels, noon, treeOf } from './trees.ts';

describe('after a refresh of the whole tree', () => {
  test('a change is announced by the node VS Code knows, not by one from before', async () => {
    const twilio = fakeTwilio({ listAccounts: () => [1, 2, 3].map(account) }, 2);
    const { tree, changes } = treeOf(twilio);
    const before = await collection(tree, 'subaccounts');
    await tree.children(before);
    tree.refresh();
    const after = await collection(tree, 'subaccounts');
    await tree.children(after);
    await tree.loadMore(before);
    expect(changes.at(-1)).toBe(after);
    tree.refresh(before);
    expect(changes.at(-1)).toBe(after);
  });

  test('the same holds while rows are filtered', async () => {
    const { tree, changes } = treeOf(fakeTwilio({ listAccounts: () => [1, 2, 3].map(account) }, 2));
    const before = await collection(tree, 'subaccounts');
    await tree.children(before);
    tree.filter.set('shop');
    const after = await collection(tree, 'subaccounts');
    await tree.loadMore(before);
    expect(changes.at(-1)).toBe(after);
  });
});

test('ages are as of now, not of when the list was read', async () => {
  const { tree, time } = treeOf(fakeTwilio({ listAccounts: () => [account(1)] }));
  const subaccounts = await collection(tree, 'subaccounts');
  await tree.children(subaccounts);
  time.now = noon + 10 * 86_400_000;
  const [shop] = await tree.children(subaccounts);
  expect(shop?.type === 'branch' && shop.branch.description).toMatch(/^91 days old/);
});

test('refreshing a subaccount reads its own list again, all its pages, and what is below it, but nothing else', async () => {
  let status = 'active';
  const twilio = fakeTwilio(
    {
      listAccounts: () => [1, 2, 3].map((number) => ({ ...account(number), status })),
      listKeys: () => [key(1, 'web')],
      listEvents: () => [],
    },
    2,
  );
  const { tree, changes } = treeOf(twilio);
  const subaccounts = await collection(tree, 'subaccounts');
  await tree.children(subaccounts);
  await tree.loadMore(subaccounts);
  const [, , shop] = await tree.children(subaccounts);
  await tree.children(await collection(tree, 'apiKeys', shop));
  await tree.children(await collection(tree, 'apiKeys'));
  const asked = twilio.asked.length;
  status = 'suspended';
  tree.refresh(shop);
  expect(changes.at(-1)).toBe(subaccounts);
  const rows = await tree.children(subaccounts);
  const again = rows[2];
  expect(again?.type === 'branch' && again.branch.description).toContain('suspended');
  await tree.children(await collection(tree, 'apiKeys', again));
  await tree.children(await collection(tree, 'apiKeys'));
  expect(twilio.asked.slice(asked).map(({ operation, account: owner }) => `${operation} of ${owner.at(-1)}`)).toEqual([
    'listAccounts of 0',
    'listAccounts of 0',
    'listKeys of 3',
    'listEvents of 3',
    'listEvents of 3',
  ]);
});

test('trying again after a failure keeps earlier pages where there are any', async () => {
  let down = true;
  const listAccounts = () => {
    if (down) throw new UserError('server', 'Twilio failed.');
    return [1, 2, 3].map(account);
  };
  const { tree } = treeOf(fakeTwilio({ listAccounts }, 2));
  const subaccounts = await collection(tree, 'subaccounts');
  const retry = async () =>
    (await tree.children(subaccounts)).flatMap((node) => (node.type === 'note' && node.retry ? [node.retry] : []));
  expect(await retry()).toEqual([{ by: 'refresh', collection: subaccounts }]);
  down = false;
  tree.refresh(subaccounts);
  expect(await retry()).toEqual([]);
  down = true;
  await tree.loadMore(subaccounts);
  expect(await retry()).toEqual([{ by: 'loadMore', collection: subaccounts }]);
});

test('stop ends a read that hangs, and the row says so and can be tried again', async () => {
  let hangs = true;
  const answers = fakeTwilio({ listAccounts: () => [account(1)] });
  const twilio: Twilio = {
    send: answers.send,
    page: (request, cancel) =>
      hangs
        ? new Promise((_, reject) => cancel?.addEventListener('abort', () => reject(new Cancelled())))
        : answers.page(request, cancel),
  };
  const { tree } = treeOf(twilio);
  const subaccounts = await collection(tree, 'subaccounts');
  const reading = tree.children(subaccounts);
  tree.stop();
  const stopped = await reading;
  expect(labels(stopped)).toEqual(['Stopped. Refresh to read again.']);
  expect(stopped[0]).toMatchObject({ tone: 'failure', retry: { by: 'refresh' } });
  hangs = false;
  tree.refresh(subaccounts);
  expect(labels(await tree.children(subaccounts))).toEqual(['Shop 1']);
});
