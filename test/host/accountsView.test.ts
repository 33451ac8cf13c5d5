import assert from 'node:assert/strict';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import * as vscode from 'vscode';
import type { TreeNode } from '../../src/core/accounts/treeNode.ts';
import { decorationOf, decorationUri } from '../../src/ui/decorations.ts';
import { hostileWorld } from '../simulator/hostileWorld.ts';
import { smallWorld } from '../simulator/smallWorld.ts';
import { openWorld, until } from './world.ts';

const now = () => Date.now();

async function walk(provider: vscode.TreeDataProvider<TreeNode>, node?: TreeNode, depth = 0): Promise<TreeNode[]> {
  const children = (await provider.getChildren(node)) ?? [];
  const deeper = depth < 6 ? await Promise.all(children.map((child) => walk(provider, child, depth + 1))) : [];
  return [...children, ...deeper.flat()];
}

/** What VS Code fetches without being asked: everything below rows that start expanded. */
async function walkExpanded(provider: vscode.TreeDataProvider<TreeNode>, node?: TreeNode): Promise<TreeNode[]> {
  const children = (await provider.getChildren(node)) ?? [];
  const deeper = await Promise.all(
    children.map(async (child) => {
      const { collapsibleState } = await provider.getTreeItem(child);
      return collapsibleState === vscode.TreeItemCollapsibleState.Expanded ? walkExpanded(provider, child) : [];
    }),
  );
  return [...children, ...deeper.flat()];
}

async function folder(provider: vscode.TreeDataProvider<TreeNode>, kind: string): Promise<TreeNode> {
  const [root] = (await provider.getChildren()) ?? [];
  const found = ((await provider.getChildren(root)) ?? []).find(
    (row) => row.type === 'collection' && row.kind.id === kind,
  );
  assert.ok(found, `no ${kind}`);
  return found;
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

  test('fetches nothing by itself for accounts that match the filter', async () => {
    const { view, simulator } = await openWorld(hostileWorld({ now }));
    await view.provider.getChildren(await folder(view.provider, 'subaccounts'));
    await until('the first level is read', () => simulator.log.length > 0);
    const asked = simulator.log.length;
    view.tree?.filter.set('a');
    const shown = await walkExpanded(view.provider);
    assert.ok(shown.filter(({ type }) => type === 'branch').length > 5);
    assert.equal(simulator.log.length, asked);
    view.tree?.filter.set('');
    await simulator.stop();
  });

  test('the note about one part that failed tries that part again and keeps the rest', async () => {
    const { view, simulator } = await openWorld(smallWorld());
    const off = simulator.faults.add({ fault: { kind: 'html' }, operationId: 'ListAlert' });
    const codes = await folder(view.provider, 'errorCodes');
    const rows = (await view.provider.getChildren(codes)) ?? [];
    const note = rows.find((row) => row.type === 'note' && row.tone === 'failure');
    assert.ok(note?.type === 'note' && rows.some(({ type }) => type === 'branch'));
    const item = await view.provider.getTreeItem(note);
    const cancelled = new vscode.CancellationTokenSource().token;
    const { tooltip } = (await view.provider.resolveTreeItem?.(item, note, cancelled)) ?? item;
    assert.ok(tooltip instanceof vscode.MarkdownString && tooltip.value.includes(note.text.slice(-40)));
    off();
    const messages = () => simulator.log.filter(({ operationId }) => operationId === 'ListMessage').length;
    const before = messages();
    assert.ok(item.command);
    await vscode.commands.executeCommand(item.command.command, ...(item.command.arguments ?? []));
    const after = (await view.provider.getChildren(codes)) ?? [];
    assert.ok(after.every((row) => row.type !== 'note' || row.tone !== 'failure'));
    assert.equal(messages(), before);
    await simulator.stop();
  });

  test('Open in Twilio Console copies the SID to look for', async () => {
    const { view, simulator } = await openWorld(smallWorld());
    const [number] = (await view.provider.getChildren(await folder(view.provider, 'phoneNumbers'))) ?? [];
    assert.ok(number?.type === 'branch' && number.branch.sid);
    await vscode.env.clipboard.writeText('');
    // Not awaited: VS Code asks whether to leave, and nobody answers here.
    void vscode.commands.executeCommand('twilioIncident.openInConsole', number);
    const { sid } = number.branch;
    await until('the SID is copied', async () => (await vscode.env.clipboard.readText()) === sid);
    await simulator.stop();
  });
});

suite('decorations', () => {
  const hostile = 'Created by [x](command:evil) \u202egnp.exe\n$(trash) \ud800';

  test('carry the reason, inert in the address as well', () => {
    const severity = { level: 'critical', reason: hostile } as const;
    const uri = decorationUri({ id: 'x', label: 'x', icon: 'key', facts: [], severity }, 'AC1/\ud800');
    assert.ok(uri);
    assert.doesNotMatch(decodeURIComponent(uri.toString()), /[\u202e\n]|\$\(/);
    const decoration = decorationOf(vscode.Uri.parse(uri.toString()));
    assert.equal(decoration?.badge, '!!');
    assert.match(decoration?.tooltip ?? '', /^Created by /);
  });

  test('ignore addresses nobody here made', () => {
    const of = (query: string) => decorationOf(vscode.Uri.from({ scheme: 'twilio-incident-row', path: '/x', query }));
    for (const query of ['', '{', 'null', '{"level":"critical"}', '["toString","x"]', '["critical",1]', '[]'])
      assert.equal(of(query), undefined, query);
    assert.equal(decorationOf(vscode.Uri.parse('file:///x')), undefined);
  });
});
