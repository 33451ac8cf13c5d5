import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { heldCaptures } from '../../src/core/evidence/heldCaptures.ts';
import { smallWorld } from '../simulator/smallWorld.ts';
import { openWorld, until } from './world.ts';

const command = (id: string) => vscode.commands.executeCommand(`twilioIncident.${id}`);
const run = (id: string) => vscode.commands.executeCommand(id);
// A list opens after the call that causes it; a keystroke before it would be lost.
const listShown = () => new Promise((resolve) => setTimeout(resolve, 2000));

/** Takes the first entry of each list that a command shows, or the second. */
async function answer(asking: Thenable<unknown>, ...entries: readonly ('first' | 'second')[]): Promise<void> {
  for (const entry of entries) {
    await listShown();
    if (entry === 'second') await run('workbench.action.quickOpenSelectNext');
    await run('workbench.action.acceptSelectedQuickOpenItem');
  }
  await asking;
}

suite('a baseline from BulkExport', () => {
  test('is fetched as far as it is exported, then ordered after a confirmation that Enter does not give', async function () {
    this.timeout(120_000);
    const world = smallWorld();
    const ticking = setInterval(() => world.setNow(Date.now()), 100);
    world.setNow(Date.now());
    const { simulator, incidents, session } = await openWorld(world);
    await answer(command('startIncident'), 'first', 'first', 'first', 'first');
    const opened = incidents.current;
    assert.ok(opened, 'no incident is open');
    const changes = () => simulator.log.filter(({ mutation }) => mutation).length;
    const days = () =>
      heldCaptures(opened.journal.records)
        .flatMap(({ capture }) => capture.slices)
        .filter(({ complete }) => complete).length;

    // What, of which accounts, and then what is exported already.
    await answer(command('collectBaseline'), 'first', 'first', 'first');
    const ready = days();
    assert.ok(ready > 0, 'nothing was captured');
    assert.equal(changes(), 0);

    session.setMode('containment');
    await answer(command('collectBaseline'), 'first', 'first', 'first', 'first');
    assert.equal(changes(), 0, 'Enter alone ordered something');

    await answer(command('collectBaseline'), 'first', 'first', 'first', 'second');
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
