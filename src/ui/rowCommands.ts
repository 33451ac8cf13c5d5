import * as vscode from 'vscode';
import type { BranchNode, TreeNode } from '../core/accounts/treeNode.ts';
import { shortSid } from '../core/model/sid.ts';
import { nodes } from '../core/registry.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import type { AccountsView } from './accountsView.ts';
import { fromToken } from './cancellation.ts';
import { say } from './say.ts';

const console = 'https://console.twilio.com/';

/** The commands that act on rows of the Accounts view or on the view itself. */
export function createRowCommands(view: AccountsView) {
  return {
    async copySid(node: TreeNode | undefined): Promise<void> {
      const sid = node?.type === 'branch' ? node.branch.sid : undefined;
      if (!sid) return;
      await vscode.env.clipboard.writeText(untrusted(sid).for('label'));
      vscode.window.setStatusBarMessage('SID copied', 2000);
    },
    /** `page`: of a row of the Incident view, which belongs to no one account. */
    async openInConsole(node: TreeNode | undefined, page: string | undefined): Promise<void> {
      if (page !== undefined) {
        vscode.window.setStatusBarMessage('Make sure the Console shows the account in question', 15_000);
        await vscode.env.openExternal(vscode.Uri.parse(console + page, true));
        return;
      }
      if (node?.type !== 'branch' || node.branch.consolePath === undefined) return;
      // The pages are lists, of whichever account the browser is in: so one has to look for the SID, and may be in the wrong place.
      const { sid } = node.branch;
      if (sid) await vscode.env.clipboard.writeText(untrusted(sid).for('label'));
      const account = accountOf(node);
      const words = phrase('label');
      vscode.window.setStatusBarMessage(
        sid ? words`SID copied; make sure the Console shows ${account}` : words`Make sure the Console shows ${account}`,
        15_000,
      );
      await vscode.env.openExternal(vscode.Uri.parse(console + node.branch.consolePath, true));
    },
    /** Takes the row "Load more", or the collection itself from the note about a page that failed. */
    async loadMore(node: TreeNode | undefined): Promise<void> {
      const collection = node?.type === 'more' ? node.collection : node;
      if (collection?.type === 'collection') await view.progress(async () => view.tree?.loadMore(collection));
    },
    async chooseKinds(): Promise<void> {
      const hidden = view.hidden;
      const items = nodes
        .toSorted((a, b) => a.order - b.order)
        .map(({ id, heading, icon }) => ({ label: `$(${icon}) ${heading}`, picked: !hidden.has(id), id }));
      const chosen = await vscode.window.showQuickPick(items, {
        title: 'What the Accounts view lists',
        canPickMany: true,
      });
      if (chosen)
        await view.setHidden(items.filter(({ id }) => !chosen.some((one) => one.id === id)).map(({ id }) => id));
    },
    async filterAccounts(): Promise<void> {
      const { tree } = view;
      if (!tree) return;
      const text = await vscode.window.showInputBox({
        ignoreFocusOut: true,
        title: 'Find by name or SID',
        prompt:
          'Or by the host of a webhook. Looks in subaccounts, API keys, numbers and services, also where nothing is loaded yet',
        value: tree.filter.text,
      });
      if (text === undefined) return;
      tree.filter.set(text);
      view.showFilter();
      if (text.trim() !== '') await search(view);
    },
    clearFilter(): void {
      view.tree?.filter.set('');
      view.showFilter();
    },
    async refreshAccounts(): Promise<void> {
      view.tree?.refresh();
      if (view.tree?.filter.text) await search(view);
    },
  };
}

async function search(view: AccountsView): Promise<void> {
  const { tree } = view;
  if (!tree) return;
  const { text } = tree.filter;
  const title = 'Looking through the accounts';
  const result = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (progress, token) =>
      tree.filter.search(({ accounts, accountsDone, found }) => {
        progress.report({ message: `${accountsDone} of ${accounts}, ${found} found`, increment: 100 / accounts });
      }, fromToken(token)),
  );
  if (result.failed > 0) {
    void say.warning(
      phrase(
        'toast',
      )`${result.found} found, but ${result.failed} lists could not be read, so there may be more. Expand them to see why.`,
    );
  } else if (result.found === 0) {
    void say.info(
      view.hidden.size > 0
        ? phrase(
            'toast',
          )`No listed subaccount, key, number or service contains “${text}”. Hidden kinds, security events and error codes were not searched.`
        : phrase(
            'toast',
          )`No subaccount, key, number or service contains “${text}”. Security events and error codes are not searched.`,
    );
  }
}

/** The account whose list a row stands in, by name and SID. */
function accountOf(node: BranchNode): string {
  const owner = node.inCollection?.parent ?? node;
  const { label, sid = '' } = owner.type === 'branch' ? owner.branch : node.branch;
  return label === sid ? shortSid(sid) : `${label} (${shortSid(sid)})`;
}
