import { type AccountsTree, createAccountsTree } from '../../../src/core/accounts/accountsTree.ts';
import type { NodeKind } from '../../../src/core/accounts/nodeKind.ts';
import type { CollectionNode, TreeNode } from '../../../src/core/accounts/treeNode.ts';
import type { AccountSid } from '../../../src/core/model/sid.ts';
import type { Twilio } from '../../../src/core/ports.ts';
import { nodes } from '../../../src/core/registry.ts';
import { sid } from '../fakeTwilio.ts';

export const main = sid('AC', 0) as AccountSid;
export const noon = Date.parse('2026-11-21T12:00:00Z');

export const account = (number: number) => ({
  sid: sid('AC', number),
  friendly_name: `Shop ${number}`,
  status: 'active',
  date_created: 'Tue, 01 Sep 2026 00:00:00 +0000',
});

export const key = (number: number, name: string) => ({
  sid: sid('SK', number),
  friendly_name: name,
  date_created: '2026-01-01T00:00:00Z',
  flags: ['rest_api'],
});

/** A tree over this Twilio, what it announced, what it logged, and its clock. */
export function treeOf(
  twilio: Twilio,
  {
    hidden = [],
    kinds = nodes,
    ownKeys = [],
  }: { hidden?: readonly string[]; kinds?: readonly NodeKind[]; ownKeys?: readonly string[] } = {},
) {
  const changes: (TreeNode | undefined)[] = [];
  const logged: string[] = [];
  const time = { now: noon };
  const tree = createAccountsTree({
    connection: { id: main, name: 'Acme', account: main, credential: { kind: 'authToken' }, demo: false },
    twilio,
    clock: { now: () => time.now },
    log: { info: (line) => logged.push(line), error: (line) => logged.push(line) },
    kinds,
    ownKeys: async () => new Set(ownKeys),
    hidden: () => new Set(hidden),
    onChange: (node) => changes.push(node),
  });
  return { tree, changes, logged, time };
}

export async function collection(tree: AccountsTree, kind: string, below?: TreeNode): Promise<CollectionNode> {
  const parent = below ?? tree.roots()[0];
  const found =
    parent && (await tree.children(parent)).find((node) => node.type === 'collection' && node.kind.id === kind);
  if (found?.type !== 'collection') throw new Error(`no collection ${kind}`);
  return found;
}

/** What VS Code does by itself: asks for the children of everything that starts expanded. Returns all rows it then shows. */
export async function shownByItself(tree: AccountsTree, from = tree.roots()): Promise<readonly TreeNode[]> {
  const below = await Promise.all(
    from.map(async (node) => (tree.startsExpanded(node) ? shownByItself(tree, await tree.children(node)) : [])),
  );
  return [...from, ...below.flat()];
}

export const labels = (found: readonly TreeNode[]) =>
  found.map((node) =>
    node.type === 'branch'
      ? node.branch.label
      : node.type === 'note'
        ? node.text
        : node.type === 'more'
          ? 'Load more'
          : node.kind.heading,
  );
