import { describe, expect, test } from 'vitest';
import { heldCaptures } from '../../../src/core/evidence/heldCaptures.ts';
import { sources } from '../../../src/core/evidence/sources.ts';
import {
  collectedEntry,
  collectionEntry,
  collections,
  unfinishedCollection,
} from '../../../src/core/incidentView/collectionRecord.ts';
import {
  collectionResult,
  collectionText,
  rowsBefore,
  rowsChanged,
} from '../../../src/core/incidentView/collectionText.ts';
import { collectionWindow, evidenceWindow } from '../../../src/core/incidentView/evidenceWindow.ts';
import { isOngoing } from '../../../src/core/incidentView/ongoing.ts';
import { coverage, hour, main, noon, someIncident, sub } from './facts.ts';
import { captured, journal } from './journal.ts';

const asked = {
  main,
  accounts: [{ sid: sub, name: 'Acme Pay' }],
  sources: ['events', 'messages'] as const,
  demo: false,
};

describe('what a journal says of collecting', () => {
  test('is read back as it was written', () => {
    expect(collections(journal(collectionEntry(asked), collectionEntry({ ...asked, demo: true })))).toEqual([
      asked,
      { ...asked, demo: true },
    ]);
    const more = { ...asked, daysBefore: 7 };
    expect(collections(journal(collectionEntry(more)))).toEqual([more]);
  });

  test('keeps why accounts may have been left out, and then nothing passes for complete', () => {
    const gap = 'Not all subaccounts could be listed.';
    expect(collections(journal(collectionEntry({ ...asked, gap })))).toEqual([{ ...asked, gap }]);
    const whole = [coverage({})];
    expect(collectionResult(whole, 5, false).complete).toBe(true);
    expect(collectionResult(whole, 5, false, gap)).toMatchObject({
      complete: false,
      sentence: expect.stringContaining(gap),
    });
  });

  test('names the newest collection as unfinished until it came to its end', () => {
    const begun = collectionEntry(asked);
    expect(unfinishedCollection(journal())).toBeUndefined();
    expect(unfinishedCollection(journal(begun))).toEqual(asked);
    expect(unfinishedCollection(journal(begun, collectedEntry('stopped')))).toEqual(asked);
    expect(unfinishedCollection(journal(begun, collectedEntry('finished')))).toBeUndefined();
    expect(unfinishedCollection(journal(begun, collectedEntry('finished'), begun))).toEqual(asked);
    expect(unfinishedCollection(journal(begun, begun, collectedEntry('finished')))).toBeUndefined();
  });

  test('is no collection when it names no account, and knows no source it does not know', () => {
    const strange = { ...collectionEntry(asked), sources: ['events', 'tarot'] };
    expect(collections(journal({ type: 'collection' }, strange))).toMatchObject([{ sources: ['events'] }]);
  });
});

describe('the window of evidence', () => {
  const week = someIncident().window;
  const heldAt = (at: number, entry: ReturnType<typeof captured>) =>
    heldCaptures(journal(entry)).map((one) => ({ ...one, at }));

  test('goes up to now while the incident goes on, and no further than it was collected afterwards', () => {
    const now = noon + 5 * hour + 123;
    expect(collectionWindow(someIncident(), [], now)).toEqual({ from: week.from, to: noon + 5 * hour });
    const held = heldAt(now, captured('messages', 1, main, { from: week.from, to: noon + 5 * hour }));
    expect(evidenceWindow(someIncident(), held)).toEqual({ from: week.from, to: noon + 5 * hour });
  });

  test('is not stretched by a date that lay ahead when it was recorded, such as one of an imported file', () => {
    const imported = captured('messages', 1, main, { from: week.from, to: noon + 900 * 24 * hour }, 'Imported.');
    const held = heldAt(noon + 2 * hour, imported);
    expect(evidenceWindow(someIncident(), held)).toEqual({ from: week.from, to: noon + 2 * hour });
  });

  test('is the incident’s own when it was over an hour before it was written down, or is closed', () => {
    const late = noon + 9 * hour;
    const over = someIncident({ created: noon + hour });
    expect(isOngoing(over)).toBe(false);
    expect(collectionWindow(over, [], late)).toEqual(week);
    expect(isOngoing(someIncident({ created: noon + hour - 1 }))).toBe(true);
    expect(collectionWindow(someIncident({ status: 'closed' }), [], late)).toEqual(week);
  });

  test('is not stretched by daily sums, which end with the day', () => {
    const held = heldCaptures(journal(captured('usage', 1, main, { from: week.from, to: noon + 12 * hour - 1000 })));
    expect(evidenceWindow(someIncident(), held)).toEqual(week);
  });
});

describe('progress of collecting', () => {
  test('names rows, rate, requests and what is left, and promises nothing before it can', () => {
    const sources = [
      { done: 2, of: 2 },
      { done: 1, of: 2 },
    ];
    const half = { rows: 50_000, requests: 60, sources };
    expect(collectionText(half, 20_000, 130)).toBe(
      '50,000 rows, 2,500 a second, 60 requests, 1 of 2 sources, about 2 min left',
    );
    expect(collectionText(half, 60_000, 1)).toContain('less than a minute left');
    expect(collectionText({ rows: 0, requests: 1, sources: [] }, 1000, undefined)).toBe('no rows, 1 request');
  });
});

describe('the end of collecting', () => {
  const events = coverage({ source: 'events', title: 'Security events' });

  test('is called complete only when every source is so in every account', () => {
    expect(collectionResult([coverage(), events], 100, false)).toEqual({
      sentence: '100 rows read in this run. All 2 sources are complete.',
      complete: true,
    });
    const refused = coverage({ account: sub, state: 'refused', why: ['No permission.'] });
    const result = collectionResult([coverage(), refused, events], 100, false);
    expect(result.complete).toBe(false);
    expect(result.sentence).toContain('1 of 2 sources complete. Messages: No permission.');
  });

  test('tells rows of the days before the window apart, as the views do not count them', () => {
    const read = [
      { source: 'messages', rows: 100 },
      { source: 'events', rows: 40 },
      { source: 'keys', rows: 9 },
    ] as const;
    const messages = (rows: number) => coverage({ rows });
    const keys = coverage({ source: 'keys', kind: 'state', rows: 9 });
    expect(rowsBefore(read, [], [messages(70), { ...events, rows: 30 }, keys])).toBe(40);
    // What a state was before is replaced, not added to.
    expect(rowsBefore(read, [messages(50), keys], [messages(150), { ...events, rows: 40 }, keys])).toBe(0);
    expect(collectionResult([coverage()], 1100, false, undefined, { before: 40 }).sentence).toMatch(
      /^1,100 rows read in this run: 1,060 in the window, 40 before it\. /,
    );
  });

  test('says of what is collected again how much of it is new or changed, where that can be told', () => {
    const keys = coverage({ source: 'keys', kind: 'state', rows: 9 });
    const usage = (rows: number, lead: number) => coverage({ source: 'usage', rows, lead: { from: noon, rows: lead } });
    const read = [
      { source: 'messages', rows: 114 },
      { source: 'usage', rows: 1268 },
      { source: 'keys', rows: 9 },
    ] as const;
    const held = [coverage({ rows: 50 }), usage(200, 1000), keys];
    const after = [coverage({ rows: 164 }), usage(200, 1000), keys];
    expect([rowsChanged(read, held), rowsBefore(read, held, after)]).toEqual([114, 0]);
    const { sentence } = collectionResult(after, 1391, false, undefined, { before: 0, changed: 114 });
    expect(sentence).toMatch(
      /^1,391 rows read in this run: 114 new or changed, 1,277 of what is read whole each time\. /,
    );
    expect(rowsChanged(read, [...held, coverage({ state: 'not collected' })])).toBeUndefined();
    expect(rowsBefore(read, [], after)).toBe(1000);
  });

  test('counts rows as new or changed of logs whose rows are kept once, and of no others', () => {
    for (const { id: source, kind, unit } of sources) {
      const held = [coverage({ source, kind, state: 'complete' })];
      const isCounted = kind === 'log' && unit !== 'day';
      expect([source, rowsChanged([{ source, rows: 5 }], held)]).toEqual([source, isCounted ? 5 : 0]);
    }
  });

  test('says after stopping that what was read is kept and how to go on', () => {
    const { sentence, complete } = collectionResult([coverage()], 7, true);
    expect(complete).toBe(false);
    expect(sentence).toMatch(/^Stopped\. 7 rows read in this run\. .*kept.*goes on from there/);
  });
});
