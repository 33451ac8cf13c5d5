import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TimelineRow } from '../../src/core/timeline/timelineRows.ts';
import { createDemoWorld } from '../../src/simulator/demo.ts';
import { answer, typing } from './answers.ts';
import { openWorld, until } from './world.ts';

const command = (id: string, ...more: unknown[]) => vscode.commands.executeCommand(`twilioIncident.${id}`, ...more);
suite('the Timeline view', () => {
  test('shows evidence and journal in UTC without an account; entries are added, starred, annotated, filtered, and reach the RCA', async function () {
    this.timeout(180_000);
    const { simulator, incidents, session, timelineView } = await openWorld(createDemoWorld({ now: () => Date.now() }));
    const { provider } = timelineView;
    const below = async (row?: TimelineRow): Promise<readonly TimelineRow[]> => (await provider.getChildren(row)) ?? [];
    /** Every entry, oldest or newest first as the view has it. */
    const leaves = async (row?: TimelineRow): Promise<readonly TimelineRow[]> => {
      const rows = await below(row);
      const nested = await Promise.all(rows.map((one) => (one.group ? leaves(one) : [one])));
      return nested.flat();
    };
    const find = async (what: string) => (await leaves()).find(({ entry }) => entry?.what.startsWith(what));
    assert.deepEqual(await below(), []);

    await answer(command('startIncident'), [0, 0, 0, 0]);
    const opened = incidents.current;
    assert.ok(opened, 'no incident is open');
    await until('the journal is told', () => find('Investigation opened'));
    assert.ok(
      (await below()).some(({ id }) => id === 'gaps'),
      'a timeline without evidence passes for complete',
    );
    await answer(command('collectEvidence'), [0, 0, 0]);
    session.close();
    await until('the evidence is read', () => find('Messages above the usual level begin'));
    assert.ok(await find('Error 30450 is reported'));

    const times = (await leaves()).flatMap(({ entry }) => entry?.at ?? []);
    assert.deepEqual(
      times,
      times.toSorted((one, other) => other - one),
    );
    await command('reverseTimeline');
    assert.deepEqual(
      (await leaves()).flatMap(({ entry }) => entry?.at ?? []),
      times.toReversed(),
    );
    await command('reverseTimeline');

    let refreshed = 0;
    const listening = provider.onDidChangeTreeData?.(() => {
      refreshed += 1;
    });
    await opened.journal.append({ type: 'note', text: 'Written by another part of the extension.' });
    await until('the view has seen what was recorded', () => refreshed > 0);
    listening?.dispose();

    const hostile = '$(trash) [x](command:evil)';
    await typing(['2020-02-02 02:02', hostile], () => answer(command('addTimelineEntry'), [0]));
    const note = await until('the note is there', async () =>
      (await leaves()).find(({ entry }) => entry?.about?.includes(hostile)),
    );
    assert.equal(note.entry?.at, Date.UTC(2020, 1, 2, 2, 2));
    const item = await provider.getTreeItem(note);
    assert.match(String(item.description), /＄\(trash\)/);
    assert.ok(item.tooltip instanceof vscode.MarkdownString && !item.tooltip.isTrusted);
    assert.match(item.tooltip.value, /2020-02-02 02:02:00 UTC \(.* local time\)/);
    assert.match(item.accessibilityInformation?.label ?? '', /^2020-02-02 02:02 UTC, Notes/);

    const event = await until('an event is there', async () =>
      (await leaves()).find(({ entry }) => entry?.kind === 'event' && entry.level === 'notice'),
    );
    // Only rows of the view are taken, whoever calls.
    await command('starEntry', { ...event });
    assert.ok(!opened.journal.records.some(({ type }) => type === 'star'));
    await command('starEntry', event);
    const starred = async () => (await leaves()).filter(({ entry }) => entry?.isStarred);
    const [marked] = await starred();
    await typing(['seen by the night shift'], async () => {
      await command('annotateEntry', marked);
    });
    assert.deepEqual(
      (await starred()).map(({ id }) => id),
      [event.id],
    );
    timelineView.filter = { text: '', starredOnly: true };
    assert.deepEqual(
      (await leaves()).flatMap(({ entry }) => entry?.id ?? []),
      [event.entry?.id],
    );
    await command('clearTimelineFilter');
    assert.equal((await leaves()).length > 1, true);

    const target = vscode.Uri.file(path.join(opened.folder, 'timeline.csv'));
    const { showSaveDialog } = vscode.window;
    Object.assign(vscode.window, { showSaveDialog: async () => target });
    const shown = (await leaves()).filter(({ entry }) => entry).length;
    await answer(command('exportTimeline'), [0]);
    Object.assign(vscode.window, { showSaveDialog });
    const lines = readFileSync(target.fsPath, 'utf8').trimEnd().split('\r\n');
    assert.ok(lines.length > shown, 'entries are missing in the export');
    assert.equal(opened.journal.records.at(-1)?.['format'], 'timeline-csv');

    await command('createRca');
    const rca = readFileSync(path.join(opened.folder, 'RCA.md'), 'utf8');
    assert.match(rca, /seen by the night shift/);
    await until('the document is in the timeline', () => find('Document written'));
    await command('unstarEntry', (await starred())[0]);
    assert.deepEqual(await starred(), []);
    await incidents.close();
    assert.deepEqual(await below(), []);
    await simulator.stop();
  });
});
