import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { BranchNode, CollectionNode } from '../../src/core/accounts/treeNode.ts';
import { smallWorld, subSid } from '../simulator/smallWorld.ts';
import { openWorld, until } from './world.ts';

async function subaccountRow(provider: vscode.TreeDataProvider<unknown>): Promise<BranchNode> {
  const [root] = (await provider.getChildren()) ?? [];
  const [subaccounts] = (await provider.getChildren(root)) ?? [];
  const rows = ((await provider.getChildren(subaccounts)) ?? []) as BranchNode[];
  const row = rows.find(({ branch }) => branch?.sid === subSid);
  assert.ok(row, 'the subaccount is not listed');
  return row;
}

async function keyRow(provider: vscode.TreeDataProvider<unknown>): Promise<BranchNode> {
  const [root] = (await provider.getChildren()) ?? [];
  const folders = ((await provider.getChildren(root)) ?? []) as CollectionNode[];
  const rows = ((await provider.getChildren(folders.find(({ kind }) => kind?.id === 'apiKeys'))) ?? []) as BranchNode[];
  const [row] = rows;
  assert.ok(row?.branch, 'no key is listed');
  return row;
}

const planIsOpen = () =>
  vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'twilio-incident-text');

async function confirm(entry: 'change nothing' | 'go'): Promise<string> {
  const plan = await until('the plan is shown', planIsOpen);
  const text = plan.document.getText();
  // The list opens after the plan; a keystroke before it would be lost.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  if (entry === 'go') await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  return text;
}

suite('containment', () => {
  test('a change is refused by the transport while the window is read-only', async () => {
    const { session, open, simulator } = await openWorld(smallWorld());
    assert.equal(session.mode, 'read-only');
    await assert.rejects(
      open.twilio.send({ operation: 'updateAccountStatus', account: subSid, form: { Status: 'suspended' } }),
      { code: 'read-only' },
    );
    assert.deepEqual(
      simulator.log.filter(({ mutation }) => mutation),
      [],
    );
    await simulator.stop();
  });

  test('suspend: plan, confirm, done and read back; then undo', async () => {
    const world = smallWorld();
    const { session, view, simulator, journalFolder } = await openWorld(world);
    session.setMode('containment');
    const suspending = vscode.commands.executeCommand(
      'twilioIncident.suspendSubaccount',
      await subaccountRow(view.provider),
    );
    const plan = await confirm('go');
    await suspending;
    assert.equal(world.sub.status, 'suspended');
    assert.deepEqual(
      session.steps.at(-1)?.outcomes.map(({ result }) => result),
      ['done'],
    );
    const sent = simulator.log.filter(({ mutation }) => mutation);
    // The call under way is ended first: suspension would leave it going.
    assert.deepEqual(
      sent.map(({ operationId }) => operationId),
      ['UpdateCall', 'UpdateAccount'],
    );
    assert.ok(plan.includes(`POST https://api.twilio.com${sent[0]?.path} Status=completed`), plan);
    assert.ok(plan.includes(`POST https://api.twilio.com${sent[1]?.path} Status=suspended`), plan);

    const undoing = vscode.commands.executeCommand('twilioIncident.undoContainment');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await confirm('go');
    await undoing;
    assert.equal(world.sub.status, 'active');
    const journal = readFileSync(path.join(journalFolder, world.main, 'journal.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).type);
    assert.deepEqual(journal.slice(-4), ['intent', 'outcome', 'intent', 'outcome']);
    await simulator.stop();
  });

  test('Enter on the confirmation changes nothing', async () => {
    const world = smallWorld();
    const { session, view, simulator } = await openWorld(world);
    session.setMode('containment');
    const suspending = vscode.commands.executeCommand(
      'twilioIncident.suspendSubaccount',
      await subaccountRow(view.provider),
    );
    await confirm('change nothing');
    await suspending;
    assert.equal(world.sub.status, 'active');
    assert.deepEqual(
      simulator.log.filter(({ mutation }) => mutation),
      [],
    );
    await simulator.stop();
  });

  test('what cannot be undone is not done by choosing it alone: the end of its SID has to be typed', async () => {
    const world = smallWorld();
    const { session, view, simulator } = await openWorld(world);
    session.setMode('containment');
    const deleting = vscode.commands.executeCommand('twilioIncident.deleteApiKey', await keyRow(view.provider));
    const plan = await confirm('go');
    assert.ok(plan.includes('No. This cannot be undone.'), plan);
    assert.ok(plan.includes('DELETE https://api.twilio.com/'), plan);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    // Enter in the empty box is refused; leaving the box changes nothing.
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await deleting;
    assert.equal(world.mainAccount.keys.length, 3);
    assert.deepEqual(
      simulator.log.filter(({ mutation }) => mutation),
      [],
    );
    await simulator.stop();
  });

  test('a row that another extension makes up is not acted on', async () => {
    const world = smallWorld();
    const { session, view, simulator } = await openWorld(world);
    session.setMode('containment');
    const forged = { ...(await subaccountRow(view.provider)) };
    const asking = vscode.commands.executeCommand('twilioIncident.suspendSubaccount', forged);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(planIsOpen(), undefined);
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await asking;
    assert.deepEqual(
      simulator.log.filter(({ mutation }) => mutation),
      [],
    );
    await simulator.stop();
  });

  test('a new connection starts read-only', async () => {
    const first = await openWorld(smallWorld());
    first.session.setMode('containment');
    const second = await openWorld(smallWorld());
    assert.equal(second.session.mode, 'read-only');
    await first.simulator.stop();
    await second.simulator.stop();
  });
});
