import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { BranchNode } from '../../src/core/accounts/treeNode.ts';
import { mainSid, smallWorld, subSid, suspendedSid } from '../simulator/smallWorld.ts';
import { listShown } from './answers.ts';
import { openWorld, until } from './world.ts';

const command = (id: string, ...more: unknown[]) => vscode.commands.executeCommand(`twilioIncident.${id}`, ...more);
const accept = () => run('workbench.action.acceptSelectedQuickOpenItem');
const run = (id: string) => vscode.commands.executeCommand(id);
/** Takes what each of the questions of a command offers first. */
async function acceptAll(questions: number): Promise<void> {
  for (let question = 0; question < questions; question += 1) {
    await listShown();
    await accept();
  }
}
const lines = (file: string): string[] => readFileSync(file, 'utf8').trimEnd().split('\n');
const types = (file: string): string[] => lines(file).map((line) => JSON.parse(line).type);

suite('an incident', () => {
  test('is started, records a containment, gets its RCA, and is found again in the next session', async () => {
    const { session, view, simulator, incidents } = await openWorld(smallWorld());
    const starting = command('startIncident');
    await acceptAll(4);
    await starting;
    const started = incidents.current;
    assert.ok(started?.incident, 'no incident is open');
    const journal = path.join(started.folder, 'journal.jsonl');
    // Other suites start theirs in the same workspace, and a name is given once.
    assert.match(started.incident.title, /^Twilio incident( \d+)?$/);
    assert.deepEqual(
      started.incident.accounts.map(({ sid }) => sid),
      [mainSid, suspendedSid, subSid],
    );
    assert.deepEqual(types(journal), ['journal']);

    session.setMode('containment');
    const [root] = (await view.provider.getChildren()) ?? [];
    const [subaccounts] = (await view.provider.getChildren(root)) ?? [];
    const rows = ((await view.provider.getChildren(subaccounts)) ?? []) as BranchNode[];
    const row = rows.find(({ branch }) => branch?.sid === subSid);
    const suspending = command('suspendSubaccount', row);
    await until('the plan is shown', () =>
      vscode.window.visibleTextEditors.find(({ document }) =>
        document.getText().includes('nothing has been changed yet'),
      ),
    );
    await listShown();
    await run('workbench.action.quickOpenSelectNext');
    await accept();
    await suspending;
    // What a slow machine is still writing by then is recorded when it is written.
    const isWriting = () =>
      lines(journal)
        .findLast((line) => line.includes('"evidence-first"'))
        ?.includes('"writing"');
    while (isWriting()) await new Promise((resolve) => setTimeout(resolve, 100));
    // What the suspension ends is captured first, in files of their own.
    const recorded = () => {
      const told = types(journal).filter((type) => type !== 'capture');
      // A second one tells of what a slow machine was still writing when containment went on.
      return told.filter((type, place) => type !== 'evidence-first' || told.indexOf(type) === place);
    };
    assert.deepEqual(recorded(), ['journal', 'evidence-first', 'intent', 'outcome']);
    assert.ok(types(journal).indexOf('capture') < types(journal).indexOf('intent'), types(journal).join());
    const contained = types(journal).length;

    await command('createRca');
    assert.deepEqual(recorded(), ['journal', 'evidence-first', 'intent', 'outcome', 'document']);
    const rca = readFileSync(path.join(started.folder, 'RCA.md'), 'utf8');
    const last = JSON.parse(lines(journal)[contained - 1] ?? '');
    assert.ok(rca.includes(`record ${contained}, SHA-256 ${last.hash}`), rca);
    assert.match(rca, /Suspend Subaccount.*done/);
    await command('createRca');
    assert.equal(readFileSync(path.join(started.folder, 'RCA.md'), 'utf8'), rca);
    assert.equal(types(journal).length, contained + 1);

    // A fresh session: nothing is left but what the workspace remembers; no account is needed.
    session.close();
    await started.journal.close();
    await incidents.restore();
    assert.notEqual(incidents.current, started);
    assert.equal(incidents.current?.journal.readOnly, undefined);
    assert.equal(incidents.current?.journal.records.length, contained + 1);

    const closing = command('closeIncident');
    await listShown();
    await run('workbench.action.quickOpenSelectNext');
    await accept();
    await closing;
    assert.equal(incidents.current, undefined);
    assert.equal(types(journal).at(-1), 'status');
    await incidents.restore();
    assert.equal(incidents.current, undefined);
    const opening = command('openIncident');
    await acceptAll(1);
    await opening;
    const again = incidents.current as typeof started | undefined;
    assert.equal(again?.folder, started.folder);
    assert.equal(again.incident?.status, 'contained');
    await incidents.close();

    const script = path.join(
      vscode.extensions.getExtension('incident-investigator.twilio-incident')?.extensionPath ?? '',
      'scripts/verify-incident.mjs',
    );
    const said = execFileSync(process.execPath, [script, started.folder], {
      encoding: 'utf8',
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    assert.ok(said.startsWith(`ok: ${contained + 2} records`), said);
    await simulator.stop();
  });

  test('that was tampered with is shown read-only, and stops containment before anything is sent', async () => {
    const { session, view, simulator, incidents } = await openWorld(smallWorld());
    const starting = command('startIncident');
    await acceptAll(4);
    await starting;
    const folder = incidents.current?.folder ?? '';
    await incidents.current?.journal.append({ type: 'note' });
    await incidents.close();
    const journal = path.join(folder, 'journal.jsonl');
    const [first = ''] = lines(journal);
    await vscode.workspace.fs.writeFile(vscode.Uri.file(journal), Buffer.from(`${first}\n`));
    const opened = await incidents.open(folder);
    assert.match(opened.journal.readOnly ?? '', /does not contain record 2/);
    assert.match(readFileSync(journal, 'utf8'), /^\{.*\}\n$/);

    session.setMode('containment');
    const [root] = (await view.provider.getChildren()) ?? [];
    const [subaccounts] = (await view.provider.getChildren(root)) ?? [];
    const rows = ((await view.provider.getChildren(subaccounts)) ?? []) as BranchNode[];
    const suspending = command(
      'suspendSubaccount',
      rows.find(({ branch }) => branch?.sid === subSid),
    );
    await listShown();
    await listShown();
    await run('workbench.action.quickOpenSelectNext');
    await accept();
    await suspending;
    assert.deepEqual(
      simulator.log.filter(({ mutation }) => mutation),
      [],
    );
    await incidents.close();
    await simulator.stop();
  });
});
