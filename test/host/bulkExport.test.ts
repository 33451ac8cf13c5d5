import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { heldCaptures } from '../../src/core/evidence/heldCaptures.ts';
import { smallWorld } from '../simulator/smallWorld.ts';
import { answer } from './answers.ts';
import { openWorld, until } from './world.ts';

const command = (id: string) => vscode.commands.executeCommand(`twilioIncident.${id}`);

suite('a baseline from BulkExport', () => {
  test('is fetched as far as it is exported, then ordered after a confirmation that Enter does not give', async function () {
    this.timeout(120_000);
    const world = smallWorld();
    const ticking = setInterval(() => world.setNow(Date.now()), 100);
    world.setNow(Date.now());
    const { simulator, incidents, session } = await openWorld(world);
    await answer(command('startIncident'), [0, 0, 0, 0], 2000);
    const opened = incidents.current;
    assert.ok(opened, 'no incident is open');
    const changes = () => simulator.log.filter(({ mutation }) => mutation).length;
    const days = () =>
      heldCaptures(opened.journal.records)
        .flatMap(({ capture }) => capture.slices)
        .filter(({ complete }) => complete).length;

    // What, of which accounts, and then what is exported already.
    await answer(command('collectBaseline'), [0, 0, 0], 2000);
    const ready = days();
    assert.ok(ready > 0, 'nothing was captured');
    assert.equal(changes(), 0);

    session.setMode('containment');
    await answer(command('collectBaseline'), [0, 0, 0, 0], 2000);
    assert.equal(changes(), 0, 'Enter alone ordered something');

    await answer(command('collectBaseline'), [0, 0, 0, 1], 2000);
    assert.ok(changes() > 0, 'nothing was ordered');
    assert.ok(days() > ready, 'nothing that was ordered was captured');
    const types = opened.journal.records.map(({ type }) => type);
    assert.equal(types.filter((type) => type === 'export-order').length, changes());
    assert.equal(types.filter((type) => type === 'export-outcome').length, changes());
    await until('nothing holds the incident', async () =>
      incidents.close().then(
        () => true,
        () => false,
      ),
    );
    session.close();
    clearInterval(ticking);
    await simulator.stop();
  });
});
