import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { captureEntry } from '../../src/core/evidence/captureRecord.ts';
import { heldCaptures } from '../../src/core/evidence/heldCaptures.ts';
import type { IncidentRow } from '../../src/core/incidentView/row.ts';
import { createDemoWorld } from '../../src/simulator/demo.ts';
import { answer } from './answers.ts';
import { openWorld, until } from './world.ts';

const command = (id: string, ...more: unknown[]) => vscode.commands.executeCommand(`twilioIncident.${id}`, ...more);
const run = (id: string) => vscode.commands.executeCommand(id);

suite('validate', () => {
  test('finds the demo’s takeover before its SMS pumping, keeps that over a restart, and tells it in the RCA', async function () {
    this.timeout(180_000);
    const { simulator, incidents, incidentView, session } = await openWorld(createDemoWorld({ now: () => Date.now() }));
    const rows = async () => (await incidentView.provider.getChildren()) ?? [];
    const row = async (id: string): Promise<IncidentRow | undefined> => (await rows()).find((one) => one.id === id);
    const count = (type: string) => incidents.current?.journal.records.filter((one) => one.type === type).length;

    // The last 30 days: a week alone does not tell which addresses are new.
    await answer(command('startIncident'), [0, 0, 0, 3]);
    const opened = incidents.current;
    assert.ok(opened, 'no incident is open');
    assert.equal((await row('next'))?.runs, 'collectEvidence');
    await command('validate');
    assert.equal(count('validation'), 0);

    await answer(command('collectEvidence'), [0, 0, 0]);
    assert.equal((await row('next'))?.runs, 'validate');
    const validating = command('validate');
    await until('it is being validated', async () => (await row('validate'))?.description === 'being validated…');
    await assert.rejects(incidents.close(), /is being validated/);
    await validating;
    assert.equal(count('validation'), 1);
    const found = await row('validate');
    assert.match(found?.description ?? '', /^2 confirmed( ·|$)/);
    const labels = found?.children?.map(({ label }) => label) ?? [];
    assert.ok(labels.includes('Account takeover first'));
    const signals = found?.children?.flatMap(({ id, children }) =>
      id === 'validate/settle' || id === 'validate/addresses' ? [] : (children ?? []),
    );
    assert.equal(signals?.length, 25);
    assert.equal((await row('next'))?.runs, 'rotateAuthToken');

    await incidents.close();
    assert.deepEqual(await rows(), []);
    const again = await incidents.open(opened.folder);
    assert.deepEqual(
      (await row('validate'))?.children?.map(({ label }) => label),
      labels,
    );
    const [held] = heldCaptures(again.journal.records);
    assert.ok(held);
    await again.journal.append(captureEntry({ ...held.capture, file: 'evidence/messages-9999.jsonl.gz' }));
    assert.match((await row('validate'))?.description ?? '', /^out of date · /);

    // What an indicator rests on is one click away, in an editor that cannot be written.
    const indicators = (await row('validate'))?.children?.flatMap(({ children }) => children ?? []) ?? [];
    const cited = indicators.flatMap(({ children }) => children ?? []).find(({ label }) => label === 'Security event');
    assert.match(cited?.description ?? '', /UTC · AE[0-9a-f]{32}$/);
    await command('openEvidence', cited);
    const eventSid = cited?.description?.split(' · ')[1] ?? 'no SID';
    const shown = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'twilio-incident-text');
    assert.ok(
      shown.some((document) => document.getText().includes(eventSid)),
      shown.map((document) => document.getText()).join('\n'),
    );
    assert.equal(incidentView.badge?.value, 3);

    session.close();
    await command('createRca');
    const rca = readFileSync(path.join(opened.folder, 'RCA.md'), 'utf8');
    assert.match(rca, /Account takeover: confirmed/);
    await run('workbench.action.closeAllEditors');
    assert.match((await row('diagnose'))?.description ?? '', /^\d+ things missing in RCA\.md$/);
    await incidents.close();

    // Somebody else's copy, changed on the way: it can only be looked at, without any account, and is judged all the same.
    const copy = `${opened.folder}-copy`;
    cpSync(opened.folder, copy, { recursive: true });
    const journal = path.join(copy, 'journal.jsonl');
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('"result":"finished"', '"result":"finishes"'));
    const damaged = await incidents.open(copy);
    assert.ok(damaged.journal.readOnly !== undefined);
    const { length } = damaged.journal.records;
    await command('validate');
    assert.equal(damaged.journal.records.length, length);
    const judged = await row('validate');
    assert.match(judged?.description ?? '', /^\d confirmed/);
    assert.ok(judged?.children?.some(({ id }) => id === 'validate/unrecorded'));
    await incidents.close();
    await simulator.stop();
  });
});
