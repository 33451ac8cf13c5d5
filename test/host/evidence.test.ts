import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { heldCaptures } from '../../src/core/evidence/heldCaptures.ts';
import { collectionEntry } from '../../src/core/incidentView/collectionRecord.ts';
import type { IncidentRow } from '../../src/core/incidentView/row.ts';
import { createDemoWorld } from '../../src/simulator/demo.ts';
import { mainSid, smallWorld, subSid } from '../simulator/smallWorld.ts';
import { answer } from './answers.ts';
import { openWorld, until } from './world.ts';

const command = (id: string, ...more: unknown[]) => vscode.commands.executeCommand(`twilioIncident.${id}`, ...more);

suite('evidence', () => {
  test('is collected, shown, cited in the RCA without an account, topped up and deleted', async function () {
    this.timeout(180_000);
    const { simulator, incidents, incidentView, session, journalFolder } = await openWorld(
      createDemoWorld({ now: () => Date.now() }),
    );
    const rows = async () => (await incidentView.provider.getChildren()) ?? [];
    const evidence = async (): Promise<IncidentRow | undefined> => (await rows()).find(({ id }) => id === 'evidence');
    assert.deepEqual(await rows(), []);

    await answer(command('startIncident'), [0, 0, 0, 0]);
    const opened = incidents.current;
    assert.ok(opened, 'no incident is open');
    const types = () => opened.journal.records.map(({ type }) => type);
    assert.equal((await evidence())?.description, 'nothing collected yet');

    const collecting = command('collectEvidence');
    const questions = answer(collecting, [0, 0, 0]);
    await until('it is being collected', async () => (await evidence())?.description === 'being collected…');
    await assert.rejects(incidents.close(), /Evidence is being collected/);
    assert.throws(() => session.close(), /Evidence is being collected/);
    await questions;
    const collected = await evidence();
    assert.deepEqual(
      collected?.children?.filter(({ tone }) => tone !== 'good').map(({ label, description }) => [label, description]),
      [],
    );
    assert.match(collected?.description ?? '', /^(\d+) of \1 complete · [\d,]+ rows$/);
    assert.equal(types().filter((type) => type === 'privacy').length, 1);
    assert.equal(types().at(-1), 'collected');
    const files = () => readdirSync(path.join(opened.folder, 'evidence'));
    assert.ok(files().some((name) => name.startsWith('messages-')));

    // An RCA that is asked for now has its messages counted already.
    const counted = readdirSync(path.join(path.dirname(journalFolder), 'incidents'));
    assert.ok(counted.some((name) => name.startsWith('incident-')));

    session.close();
    await command('createRca');
    const rca = path.join(opened.folder, 'RCA.md');
    const text = readFileSync(rca, 'utf8');
    assert.match(text, /\| Messages +\|.*\| complete +\|/);
    assert.match(text, /E1.* SHA-256 [0-9a-f]{64}/);
    assert.match(text, /Figures from the evidence collected/);
    assert.match(text, /Russia/);
    assert.match(text, /this is the demo account/);
    assert.ok((await rows()).some(({ file }) => file === 'RCA.md'));

    const again = await openWorld(createDemoWorld({ now: () => Date.now() }));
    await answer(command('collectEvidence'), [0]);
    assert.equal(types().filter((type) => type === 'privacy').length, 1);
    assert.equal(types().filter((type) => type === 'collection').length, 2);
    await again.simulator.stop();

    await answer(command('deleteEvidence'), [0]);
    assert.ok(files().length > 0, 'the first entry deleted something');
    await answer(command('deleteEvidence'), [1]);
    assert.deepEqual(files(), []);
    assert.equal((await evidence())?.description, 'deleted');
    const written = readFileSync(rca, 'utf8');
    await answer(command('refreshRca'), [0]);
    assert.equal(readFileSync(rca, 'utf8'), written, 'a document was written anew without its evidence');
    renameSync(rca, `${rca}.old`);
    await command('createRca');
    assert.match(readFileSync(rca, 'utf8'), /deleted on purpose at .* They were:/);
    assert.ok(existsSync(path.join(opened.folder, 'journal.jsonl')));
    await incidents.close();
    session.close();
    await simulator.stop();
  });

  test('is not collected with an account that the incident is not about; a collection that was cut off is continued as asked', async () => {
    const { simulator, incidents, session } = await openWorld(smallWorld());
    await answer(command('startIncident'), [0, 0, 0, 0]);
    const opened = incidents.current;
    assert.ok(opened, 'no incident is open');
    const other = await openWorld(createDemoWorld({ now: () => Date.now() }));
    await command('collectEvidence');
    assert.deepEqual(
      opened.journal.records.map(({ type }) => type),
      ['journal'],
    );
    await other.simulator.stop();

    const again = await openWorld(smallWorld());
    // What a reload in the middle leaves behind.
    await opened.journal.append(
      collectionEntry({ main: mainSid, accounts: [], sources: ['events', 'keys'], demo: true }),
    );
    await opened.journal.append(
      collectionEntry({ main: mainSid, accounts: [{ sid: subSid, name: 'Sub' }], sources: ['keys'], demo: true }),
    );
    await answer(command('collectEvidence'), [1, 0]);
    const captures = heldCaptures(opened.journal.records).map(({ capture }) => capture);
    assert.deepEqual(
      captures.map(({ source, slices }) => [source, slices.map(({ account }) => account)]),
      [['keys', [subSid]]],
    );
    assert.equal(opened.journal.records.find(({ type }) => type === 'privacy')?.['bodies'], 'full');
    await incidents.close();
    session.close();
    await Promise.all([simulator.stop(), again.simulator.stop()]);
  });
});
