import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createDemoWorld, demoStory } from '../../src/simulator/demo.ts';
import { answer } from './answers.ts';
import { openWorld, until } from './world.ts';

const command = (id: string) => vscode.commands.executeCommand(`twilioIncident.${id}`);

suite('live watch', () => {
  test('looks by itself after collecting, records what stands out once, and rests when stopped until it is started again', async function () {
    this.timeout(120_000);
    const { simulator, incidents, session, timelineView } = await openWorld(createDemoWorld({ now: () => Date.now() }));
    await answer(command('startIncident'), [0, 0, 0, 0]);
    const opened = incidents.current;
    assert.ok(opened, 'no incident is open');
    const onsets = () => opened.journal.records.filter(({ type }) => type === 'traffic-onset');

    // Nothing was collected to go on from: it says so and records nothing.
    await command('startLiveWatch');
    assert.deepEqual(onsets(), []);

    const settings = vscode.workspace.getConfiguration('twilioIncident');
    await settings.update('liveWatch.minutes', 0.02, vscode.ConfigurationTarget.Global);
    await answer(command('collectEvidence'), [0, 0, 0]);
    const captures = () => opened.journal.records.filter(({ type }) => type === 'capture').length;
    // By itself, after its first wait.
    const found = await until('it recorded all of it', () => onsets().length >= 3 && onsets());
    assert.deepEqual(
      found.map(({ channel, country, label }) => [channel, country, label]),
      [
        ['sms', demoStory.attackCountry, 'fraud'],
        // The same attack as Verify sees it: codes that nobody enters.
        ['verify', demoStory.attackCountry, 'fraud'],
        ['sms', demoStory.secondCountry, 'fraud'],
      ],
    );
    const shown = async () =>
      (
        await Promise.all(
          ((await timelineView.provider.getChildren()) ?? []).map((row) => timelineView.provider.getChildren(row)),
        )
      )
        .flatMap((rows) => rows ?? [])
        .filter(({ label }) => label.includes('Live watch found a surge'));
    await until('the timeline tells it', async () => (await shown()).length === 3);

    // It is stopped until it is started again; then it looks at once, and finds nothing new.
    await command('stopLiveWatch');
    const after = captures();
    await new Promise((resolve) => setTimeout(resolve, 3000));
    assert.equal(captures(), after);
    await settings.update('liveWatch.minutes', undefined, vscode.ConfigurationTarget.Global);
    await command('startLiveWatch');
    await until('it looked again', () => captures() > after);
    await command('stopLiveWatch');
    assert.equal(onsets().length, 3);
    await incidents.close();
    session.close();
    await simulator.stop();
  });
});
