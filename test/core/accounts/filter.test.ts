import { beforeEach, describe, expect, test } from 'vitest';
import type { AccountsTree } from '../../../src/core/accounts/accountsTree.ts';
import type { TreeNode } from '../../../src/core/accounts/treeNode.ts';
import { createCancellation } from '../../../src/core/cancellation.ts';
import { Cancelled } from '../../../src/core/errors.ts';
import { type FakeTwilio, fakeTwilio, sid } from '../fakeTwilio.ts';
import { account, collection, key, labels, shownByItself, treeOf } from './trees.ts';

const never = createCancellation().signal;
const ignore = () => {};

const answers = {
  listAccounts: () => Array.from({ length: 1001 }, (_, number) => account(number)),
  listKeys: ({ account: owner }: { account: string }) =>
    owner === sid('AC', 700) ? [key(1, 'backup')] : [key(2, 'web')],
  listEvents: () => [],
  listPhoneNumbers: () => [],
  listMessagingServices: () => [],
  listVerifyServices: () => [],
};

describe('with 1,000 subaccounts', () => {
  let twilio: FakeTwilio;
  let tree: AccountsTree;
  beforeEach(() => {
    twilio = fakeTwilio(answers);
    tree = treeOf(twilio).tree;
  });

  test('the filter finds a key in a subaccount nobody opened, and opens the way to it', async () => {
    tree.filter.set('Backup');
    expect(await tree.filter.search(ignore, never)).toEqual({ found: 1, failed: 0 });
    expect(labels(await shownByItself(tree))).toEqual(['Acme', 'Subaccounts', 'Shop 700', 'API keys', 'backup']);
  });

  test('a SID is looked for only where it can be', async () => {
    tree.filter.set(sid('AC', 42));
    expect((await tree.filter.search(ignore, never)).found).toBe(1);
    expect(new Set(twilio.asked.map(({ operation }) => operation))).toEqual(new Set(['listAccounts']));
  });

  test('many accounts that match cost no request beyond the list they are in', async () => {
    const subaccounts = await collection(tree, 'subaccounts');
    await tree.children(subaccounts);
    await tree.loadMore(subaccounts);
    const asked = twilio.asked.length;
    tree.filter.set('shop');
    const shown = await shownByItself(tree);
    expect(shown.length).toBeGreaterThan(1000);
    expect(twilio.asked).toHaveLength(asked);
  });

  test('what is in an account that matches stays closed, and is whole once it is opened', async () => {
    tree.filter.set('shop 42');
    const subaccounts = await readSubaccounts(tree);
    const [shop] = await tree.children(subaccounts);
    expect(shop && tree.startsExpanded(shop)).toBe(false);
    const keys = await collection(tree, 'apiKeys', shop);
    expect(tree.startsExpanded(keys)).toBe(false);
    expect(labels(await tree.children(keys))).toEqual(['web']);
  });

  test('a collection that was read opens only when a row of it matches', async () => {
    await tree.filter.search(ignore, never);
    tree.filter.set('shop 700');
    const [shop] = await tree.children(await collection(tree, 'subaccounts'));
    expect(shop && tree.startsExpanded(shop)).toBe(false);
    tree.filter.set('backup');
    expect(tree.startsExpanded(await collection(tree, 'apiKeys', shop))).toBe(true);
  });

  test('rows stay shown while a refresh reads them again', async () => {
    tree.filter.set('backup');
    await tree.filter.search(ignore, never);
    const [shop] = await tree.children(await collection(tree, 'subaccounts'));
    tree.refresh(shop);
    expect(labels(await tree.children(await collection(tree, 'subaccounts')))).toContain('Shop 700');
  });
});

async function readSubaccounts(tree: AccountsTree) {
  const text = tree.filter.text;
  tree.filter.set('');
  const subaccounts = await collection(tree, 'subaccounts');
  await tree.children(subaccounts);
  tree.filter.set(text);
  return subaccounts;
}

describe('a search that is no longer wanted', () => {
  /** Twilio that never answers about keys. */
  const silent = () => fakeTwilio({ ...answers, listKeys: () => new Promise<never>(() => {}) });
  const started = async (twilio: FakeTwilio) => {
    while (!twilio.asked.some(({ operation }) => operation === 'listKeys'))
      await new Promise((go) => setTimeout(go, 1));
  };

  test.each<[string, (tree: AccountsTree, stop: () => void) => unknown]>([
    ['its cancel button', (_, stop) => stop()],
    ['clearing the text', (tree) => tree.filter.set('')],
    ['another text', (tree) => tree.filter.set('other')],
    ['another search', (tree) => tree.filter.search(ignore, never).catch(ignore)],
  ])('ends at once by %s, although a read is under way', async (_, end) => {
    const twilio = silent();
    const { tree } = treeOf(twilio);
    const cancel = createCancellation();
    tree.filter.set('backup');
    const search = tree.filter.search(ignore, cancel.signal);
    await started(twilio);
    void end(tree, cancel.abort);
    await expect(search).rejects.toBeInstanceOf(Cancelled);
  });

  test('asks for nothing more', async () => {
    const twilio = fakeTwilio(answers);
    const { tree } = treeOf(twilio);
    const cancel = createCancellation();
    tree.filter.set('backup');
    const search = tree.filter.search(({ accountsDone }) => accountsDone >= 10 && cancel.abort(), cancel.signal);
    await expect(search).rejects.toBeInstanceOf(Cancelled);
    const asked = twilio.asked.length;
    expect(asked).toBeLessThan(200);
    await new Promise((go) => setTimeout(go, 20));
    expect(twilio.asked).toHaveLength(asked);
  });

  test('leaves no rejection behind when its reads fail later', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const { promise, reject } = Promise.withResolvers<never>();
    const twilio = fakeTwilio({ ...answers, listKeys: () => promise });
    const { tree } = treeOf(twilio);
    const cancel = createCancellation();
    tree.filter.set('backup');
    const search = tree.filter.search(ignore, cancel.signal);
    await started(twilio);
    cancel.abort();
    await expect(search).rejects.toBeInstanceOf(Cancelled);
    reject(new Cancelled());
    await new Promise((go) => setTimeout(go, 20));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  test('does not begin when it was cancelled before', async () => {
    const twilio = fakeTwilio(answers);
    const cancel = createCancellation();
    cancel.abort();
    await expect(treeOf(twilio).tree.filter.search(ignore, cancel.signal)).rejects.toBeInstanceOf(Cancelled);
    expect(twilio.asked).toEqual([]);
  });
});

describe('what the filter looks at', () => {
  const number = { sid: sid('PN', 1), phone_number: '+14155550101', friendly_name: 'Front desk' };
  const twilio = () =>
    fakeTwilio({
      ...answers,
      listAccounts: () => [{ ...account(1), status: 'suspended' }],
      listPhoneNumbers: () => [{ ...number, voice_url: 'https://hooks.evil.example/x' }],
      listMessagingServices: () => [
        { sid: sid('MG', 1), friendly_name: 'Reminders', inbound_request_url: 'https://in.acme.example/' },
      ],
    });
  const found = async (text: string, hidden: readonly string[] = []) => {
    const fake = twilio();
    const { tree } = treeOf(fake, { hidden });
    tree.filter.set(text);
    const result = await tree.filter.search(ignore, never);
    return { ...result, shown: labels(await shownByItself(tree)), asked: fake.asked.map((one) => one.operation) };
  };

  test('is the host of a webhook, too', async () => {
    expect((await found('EVIL.example')).shown).toContain('+14155550101');
    expect((await found('in.acme.example')).shown).toContain('Reminders');
  });

  test('is not what else the row says', async () => {
    expect((await found('suspended')).found).toBe(0);
    expect((await found('days old')).found).toBe(0);
  });

  test('leaves out hidden kinds, and does not read them', async () => {
    const { found: count, shown, asked } = await found('evil.example', ['phoneNumbers']);
    expect(count).toBe(0);
    expect(shown).toEqual(['Acme']);
    expect(asked).not.toContain('listPhoneNumbers');
  });

  test('shows no way to a match of a hidden kind that was read before', async () => {
    const hidden: string[] = [];
    const { tree } = treeOf(twilio(), { hidden });
    tree.filter.set('evil');
    await tree.filter.search(ignore, never);
    hidden.push('phoneNumbers');
    const shops: readonly TreeNode[] = await shownByItself(tree);
    expect(labels(shops)).toEqual(['Acme']);
  });
});
