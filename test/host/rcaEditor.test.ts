import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { openRca, run } from './openRca.ts';
import { until } from './world.ts';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

suite('an RCA in the editor', () => {
  test('is refreshed in place as one edit that can be undone; what a person wrote stays, and the journal knows it', async () => {
    const { incident, document, editor, close } = await openRca();
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Mine.\n\n'));
    await document.save();
    const before = document.getText();
    await incident.journal.append({ type: 'note', text: 'Saw it first.' });
    await run('refreshRca');
    const after = document.getText();
    assert.ok(after.startsWith('Mine.\n\n'));
    assert.match(after, /Saw it first\./);
    assert.equal(document.isDirty, false);
    assert.equal(readFileSync(document.fileName, 'utf8'), after);
    const record = incident.journal.records.at(-1);
    assert.equal(record?.['sha256'], sha256(after));
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
    await close();
  });

  test('stays unsaved when it was unsaved, and is recorded when it is saved', async () => {
    const { incident, document, editor, close } = await openRca();
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Not saved.\n\n'));
    await incident.journal.append({ type: 'note', text: 'Seen.' });
    const records = incident.journal.records.length;
    await run('refreshRca');
    assert.equal(document.isDirty, true);
    assert.match(document.getText(), /Seen\./);
    assert.equal(incident.journal.records.length, records);
    await document.save();
    await until('the journal knows', () => incident.journal.records.at(-1)?.['sha256'] === sha256(document.getText()));
    await close();
  });

  test('shows a part that was changed by hand beside the new one, and keeps it until the person decides', async () => {
    const { incident, document, editor, close } = await openRca();
    const at = document.positionAt(document.getText().indexOf('- **Status:**'));
    await editor.edit((edit) => edit.insert(at, '- Mine.\n'));
    await document.save();
    await incident.journal.append({ type: 'note', text: 'Later.' });
    const refreshing = run('refreshRca');
    await until('the difference is shown', () =>
      vscode.window.tabGroups.all.some(({ tabs }) =>
        tabs.some(({ input }) => input instanceof vscode.TabInputTextDiff),
      ),
    );
    await pause(1000);
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await refreshing;
    assert.match(document.getText(), /- Mine\.\n/);
    assert.match(document.getText(), /begin summary sha256=[0-9a-f]{64} kept=[0-9a-f]{64} -->/);
    await close();
  });

  test('has lenses, links, hovers, completion and diagnostics with a quick fix', async () => {
    const { document, editor, close, main } = await openRca();
    const { uri } = document;
    const lenses = await until('lenses are there', async () => {
      const found: vscode.CodeLens[] = await vscode.commands.executeCommand('vscode.executeCodeLensProvider', uri);
      return found.length > 0 && found;
    });
    assert.ok(lenses.length >= 8);
    const links: vscode.DocumentLink[] = await vscode.commands.executeCommand('vscode.executeLinkProvider', uri);
    assert.ok(links.some(({ target }) => target?.path.endsWith('journal.jsonl')));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), `${main.sid} E77 https://evil.example\n\n`));
    const start = new vscode.Position(0, 3);
    const hovers: vscode.Hover[] = await vscode.commands.executeCommand('vscode.executeHoverProvider', uri, start);
    const told = hovers.flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value)));
    assert.match(told.join(), /Account of Twilio/);
    const list: vscode.CompletionList = await vscode.commands.executeCommand(
      'vscode.executeCompletionItemProvider',
      uri,
      start,
    );
    assert.ok(list.items.some(({ label }) => typeof label !== 'string' && label.label === 'J1'));
    const own = await until('it is looked through', () => {
      const found = vscode.languages.getDiagnostics(uri).filter(({ range }) => range.start.line === 0);
      return found.length >= 2 && found;
    });
    assert.deepEqual(own.map(({ code }) => code).toSorted(), ['live-url', 'unknown-evidence']);
    const url = own.find(({ code }) => code === 'live-url');
    assert.ok(url);
    const fixes: vscode.CodeAction[] = await vscode.commands.executeCommand(
      'vscode.executeCodeActionProvider',
      uri,
      url.range,
    );
    const fix = fixes.find(({ title }) => title === 'Defang the address');
    assert.ok(fix?.edit);
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(document.lineAt(0).text, /hxxps\[:\/\/\]evil\[\.\]example$/);
    await document.save();
    await close();
  });

  test('is refreshed on the disk when no editor shows it, and has the status that was set', async () => {
    const { incident, document, close } = await openRca();
    const { fileName } = document;
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const setting = run('setRcaStatus');
    await pause(1000);
    await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await setting;
    const text = readFileSync(fileName, 'utf8');
    assert.match(text, /\*\*Status:\*\* In review\n/);
    assert.ok(incident.journal.records.some(({ type, to }) => type === 'rca-status' && to === 'In review'));
    assert.equal(incident.journal.records.at(-1)?.['sha256'], sha256(text));
    await close();
  });

  test('a support packet is written beside it', async () => {
    const { incident, close } = await openRca();
    const creating = run('createSupportPacket');
    await pause(1000);
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await creating;
    const text = readFileSync(path.join(incident.folder, 'support-packet.md'), 'utf8');
    assert.match(text, /^# Support packet\n/);
    assert.match(text, /\*\*Account SID:\*\*/);
    assert.equal(incident.journal.records.at(-1)?.['name'], 'support-packet.md');
    await close();
  });
});
