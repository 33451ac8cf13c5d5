import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { answer, savingTo, typing } from './answers.ts';
import { openRca, run } from './openRca.ts';
import { until } from './world.ts';

const top = new vscode.Position(0, 0);

async function fixesAt(document: vscode.TextDocument, range: vscode.Range): Promise<readonly vscode.CodeAction[]> {
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range);
}

suite('the documents of an incident', () => {
  test('show whole phone numbers where a person gave a reason, which is recorded, and masked ones again', async () => {
    const { incident, document, close } = await openRca();
    await incident.journal.append({ type: 'note', text: 'Ask +79581118001.' });
    await run('refreshRca');
    assert.match(document.getText(), /\+7958111XXXX/);
    const lens = async () => {
      const found: vscode.CodeLens[] = await vscode.commands.executeCommand(
        'vscode.executeCodeLensProvider',
        document.uri,
      );
      return found.flatMap(({ command }) => command?.title ?? []).find((title) => title.includes('Phone numbers'));
    };
    assert.match((await until('there is a lens', lens)) ?? '', /masked/);

    await typing(['The police asked.'], () => run('switchNumbers'));
    assert.match(document.getText(), /^<!-- twilio-incident:numbers whole -->\n/);
    assert.match(document.getText(), /\+79581118001/);
    assert.equal(readFileSync(document.fileName, 'utf8'), document.getText());
    const record = incident.journal.records.findLast(({ type }) => type === 'document-numbers');
    assert.deepEqual([record?.['name'], record?.['to'], record?.['reason']], ['RCA.md', 'whole', 'The police asked.']);
    assert.match((await lens()) ?? '', /whole/);
    await answer(run('createSupportPacket'), [0]);
    assert.doesNotMatch(readFileSync(path.join(incident.folder, 'support-packet.md'), 'utf8'), /79581118001/);

    await vscode.window.showTextDocument(document);
    await run('switchNumbers');
    assert.doesNotMatch(document.getText(), /79581118001|numbers whole/);
    await close();
  });

  test('offer to cite evidence where a claim has none, and to put a question under an empty heading', async () => {
    const { document, editor, close } = await openRca();
    await editor.edit((edit) => edit.insert(top, 'We saw 8,412 messages.\n\n## Empty\n\n## Full\n\nText.\n\n'));
    const found = await until('it is looked through', () => {
      const own = vscode.languages.getDiagnostics(document.uri).filter(({ range }) => range.start.line < 4);
      return own.length >= 2 && own;
    });
    const claim = found.find(({ code }) => code === 'claim-without-evidence');
    const empty = found.find(({ code }) => code === 'empty-section');
    assert.ok(claim && empty);
    const ask = (await fixesAt(document, empty.range)).find(({ title }) => title === 'Put a question there');
    assert.ok(ask?.edit);
    await vscode.workspace.applyEdit(ask.edit);
    assert.match(document.getText(), /## Empty\n\n> ✍ What belongs here\?\n/);
    const cite = (await fixesAt(document, claim.range)).find(({ title }) => title === 'Cite evidence…');
    assert.ok(cite?.command);
    const { command, arguments: more = [] } = cite.command;
    await answer(vscode.commands.executeCommand(command, ...more), [0]);
    await until('it is cited', () => /^We saw 8,412 messages \([EJ]\d+\)\.\n/.test(document.getText()));
    await document.save();
    await close();
  });

  test('are in the outline part by part, and offer snippets and corrective actions', async () => {
    const { document, close } = await openRca();
    const names = await until('the outline is there', async () => {
      const symbols: vscode.DocumentSymbol[] | undefined = await vscode.commands.executeCommand(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      const all = (list: readonly vscode.DocumentSymbol[]): readonly string[] =>
        list.flatMap(({ name, children }) => [name, ...all(children ?? [])]);
      const found = all(symbols ?? []);
      return found.includes('timeline') && found;
    });
    for (const name of ['summary', 'overview', 'impact', 'evidence', 'causes']) assert.ok(names.includes(name), name);
    const list: vscode.CompletionList = await vscode.commands.executeCommand(
      'vscode.executeCompletionItemProvider',
      document.uri,
      top,
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    for (const wanted of ['timeline row', 'five whys', 'Put a CAPTCHA before every form that sends'])
      assert.ok(labels.includes(wanted), wanted);
    await close();
  });

  test('a contact with Support is logged in the journal with its ticket', async () => {
    const { incident, close } = await openRca();
    await typing(['#4711, asked for a credit'], () => run('logSupportContact'));
    const record = incident.journal.records.at(-1);
    assert.deepEqual([record?.type, record?.['ticket']], ['support-contact', '#4711, asked for a credit']);
    await run('refreshRca');
    const text = readFileSync(path.join(incident.folder, 'RCA.md'), 'utf8');
    assert.match(text, /\| Twilio Support contacted `#4711, asked for a credit` \| J\d+ \|/);
    await close();
  });

  test('are exported as one page and as the text of Twilio’s form, which the journal tells', async () => {
    const { incident, document, close } = await openRca();
    const exported = async (place: number, name: string) => {
      const target = vscode.Uri.file(path.join(path.dirname(incident.folder), name));
      await savingTo(target, () => answer(run('exportRca'), [place]));
      const record = incident.journal.records.at(-1);
      assert.deepEqual([record?.type, record?.['numbers']], ['rca-export', 'masked']);
      return readFileSync(target.fsPath, 'utf8');
    };
    const page = await exported(1, 'out.html');
    assert.match(page, /^<!doctype html>\n<html lang="en">/);
    assert.match(page, /<h1>Root cause analysis<\/h1>/);
    assert.doesNotMatch(page, /<script|src="(?!data:)|twilio-incident:/);
    const form = await exported(2, 'out.md');
    assert.match(form, /^# Root cause analysis\n/);
    assert.doesNotMatch(form, /<!--|```mermaid/);
    assert.equal(document.isDirty, false);
    await close();
  });
});
