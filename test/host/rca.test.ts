import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { hostileWorld } from '../simulator/hostileWorld.ts';
import { openWorld, until } from './world.ts';

suite('Create RCA', () => {
  test('writes the document into an incident folder of the workspace and opens it', async () => {
    const { simulator, incidents } = await openWorld(hostileWorld({ now: () => Date.now() }));
    const creating = vscode.commands.executeCommand('twilioIncident.createRca');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await creating;
    const editor = await until('the document is open', () =>
      vscode.window.visibleTextEditors.find(({ document }) => document.fileName.endsWith('RCA.md')),
    );
    const folder = path.dirname(editor.document.fileName);
    assert.match(path.basename(folder), /^\d{4}-\d\d-\d\d-sms-pumping/);
    assert.deepEqual(readdirSync(folder).toSorted(), [
      '.gitattributes',
      '.gitignore',
      'RCA.md',
      'incident.json',
      'journal.jsonl',
    ]);
    if (process.platform !== 'win32') assert.equal(statSync(editor.document.fileName).mode & 0o777, 0o600);
    const text = readFileSync(editor.document.fileName, 'utf8');
    const headings = text.split('\n').filter((line) => line.startsWith('## '));
    assert.deepEqual(
      headings.map((line) => line.slice(3, 5)),
      ['1.', '2.', '3.', '4.'],
    );
    assert.doesNotMatch(text, /\]\(command:|<script|onerror=alert\(1\)>(?!`)|\+\d{9,}(?!\d*x)/);
    await incidents.close();
    await simulator.stop();
  });
});
