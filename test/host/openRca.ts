import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { hostileWorld } from '../simulator/hostileWorld.ts';
import { answer } from './answers.ts';
import { openWorld } from './world.ts';

/** A command of the extension. */
export function run(command: string): Thenable<unknown> {
  return vscode.commands.executeCommand(`twilioIncident.${command}`);
}

/** An incident with its RCA open in an editor. */
export async function openRca() {
  const world = await openWorld(hostileWorld({ now: () => Date.now() }));
  await answer(run('createRca'), [0]);
  const { current } = world.incidents;
  assert.ok(current);
  const uri = vscode.Uri.file(path.join(current.folder, 'RCA.md'));
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  const close = async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await world.incidents.close();
    await world.simulator.stop();
  };
  return { ...world, incident: current, document, editor, close };
}
