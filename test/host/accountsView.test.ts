import assert from 'node:assert/strict';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import * as vscode from 'vscode';
import type { TreeNode } from '../../src/core/accounts/treeNode.ts';
import { hostileWorld } from '../simulator/hostileWorld.ts';
import { smallWorld } from '../simulator/smallWorld.ts';
import { openWorld, until } from './world.ts';

const now = () => Date.now();

async function walk(provider: vscode.TreeDataProvider<TreeNode>, node?: TreeNode, depth = 0): Promise<TreeNode[]> {
  const children = (await provider.getChildren(node)) ?? [];
  const deeper = depth < 6 ? await Promise.all(children.map((child) => walk(provider, child, depth + 1))) : [];
  return [...children, ...deeper.flat()];
}

suite('the Accounts view', () => {
  test('shows a hostile account as inert text, in rows and tooltips', async () => {
    const { view, simulator } = await openWorld(hostileWorld({ now }));
    const rows = await walk(view.provider);
    assert.ok(rows.length > 300, `only ${rows.length} rows`);
    const cancelled = new vscode.CancellationTokenSource().token;
    for (const row of rows) {
      const item = await view.provider.getTreeItem(row);
      const texts = [item.label, item.description, item.accessibilityInformation?.label].map((text) =>
        typeof text === 'string' ? text : '',
      );
      for (const text of texts) {
        assert.doesNotMatch(text, /\$\(|[\u202a-\u202e\u2066-\u2069\u200b-\u200d\ufeff]|\p{Cc}/u, text);
        assert.ok(text.length < 1500, `a row of ${text.length} characters`);
      }
      const { tooltip } = (await view.provider.resolveTreeItem?.(item, row, cancelled)) ?? item;
      if (!(tooltip instanceof vscode.MarkdownString)) continue;
      assert.equal(tooltip.isTrusted, false);
      assert.ok(!tooltip.supportHtml);
      assert.ok(!tooltip.supportThemeIcons);
      const tree = JSON.stringify(
        fromMarkdown(tooltip.value, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }),
      );
      assert.doesNotMatch(
        tree,
        /"type":"(link|image|html|heading|definition|linkReference|imageReference|table|thematicBreak)"/,
        tooltip.value,
      );
    }
    await simulator.stop();
  });

  test('gives every row an id of its own', async () => {
    const { view, simulator } = await openWorld(hostileWorld({ now }));
    const rows = await walk(view.provider);
    const ids = await Promise.all(rows.map(async (row) => (await view.provider.getTreeItem(row)).id));
    assert.equal(new Set(ids).size, ids.length);
    await simulator.stop();
  });

  test('leaves no row of an account behind when the account is switched', async () => {
    const first = await openWorld(smallWorld());
    const old = await walk(first.view.provider);
    assert.ok(old.length > 5);
    const second = await openWorld(hostileWorld({ now }));
    for (const row of old) assert.deepEqual(await second.view.provider.getChildren(row), []);
    const fresh = await walk(second.view.provider);
    assert.deepEqual(
      fresh.filter(({ id }) => old.some((row) => row.id === id)),
      [],
    );
    await first.simulator.stop();
    await second.simulator.stop();
  });

  test('says so in the row when reading fails, and recovers with refresh', async () => {
    const { view, simulator } = await openWorld(smallWorld());
    const off = simulator.faults.add({ fault: { kind: 'html' }, operationId: 'ListIncomingPhoneNumber' });
    const [root] = (await view.provider.getChildren()) ?? [];
    const numbers = ((await view.provider.getChildren(root)) ?? []).find(
      (row) => row.type === 'collection' && row.kind.id === 'phoneNumbers',
    );
    const [failed] = (await view.provider.getChildren(numbers)) ?? [];
    assert.equal(failed?.type, 'note');
    off();
    await vscode.commands.executeCommand('twilioIncident.refreshRow', numbers);
    const rows = await until('the numbers are read', async () => {
      const read = (await view.provider.getChildren(numbers)) ?? [];
      return read.every(({ type }) => type === 'branch') && read;
    });
    assert.ok(rows.length > 0);
    await simulator.stop();
  });
});
