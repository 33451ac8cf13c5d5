import { describe, expect, test } from 'vitest';
import { incidentRows } from '../../../src/core/incidentView/incidentRows.ts';
import { leverStates } from '../../../src/core/incidentView/leverStates.ts';
import type { AccountSid } from '../../../src/core/model/sid.ts';
import { filterEntries, noFilter } from '../../../src/core/timeline/filter.ts';
import { groupEntries } from '../../../src/core/timeline/groups.ts';
import { mergeEntries } from '../../../src/core/timeline/mergeEntries.ts';
import { childRows, groupRows, rowsPerPage, type TimelineRow } from '../../../src/core/timeline/timelineRows.ts';
import { cpuTime } from '../cpuTime.ts';
import { sid } from '../fakeTwilio.ts';
import { coverage, someFacts } from '../incidentView/facts.ts';
import { journal } from '../incidentView/journal.ts';
import { manyEntries } from './entries.ts';

/** What drawing the Timeline view takes: everything it knows, and the rows of one day or hour that is open. */
function draw(entries: ReturnType<typeof manyEntries>, text: string): readonly TimelineRow[] {
  const merged = mergeEntries(entries, new Map([['AE5', { isStarred: true, notes: [] }]]));
  const groups = groupEntries(filterEntries(merged, { ...noFilter, text }), 'newest');
  const [first] = groupRows(groups, rowsPerPage);
  const below = first?.group ? childRows(first.group, rowsPerPage) : [];
  const [open] = below;
  return [...groupRows(groups, rowsPerPage), ...below, ...(open?.group ? childRows(open.group, rowsPerPage) : [])];
}

describe('ten thousand entries', () => {
  test('cost the Timeline view no more than a steady effort each, filtered or not', () => {
    const [few, many] = [manyEntries(1000, 3), manyEntries(10_000, 3)];
    draw(few, '');
    for (const text of ['', 'what ae5']) {
      const ratio = cpuTime(() => void draw(many, text)) / cpuTime(() => void draw(few, text), 9);
      // What grew with the square of their number would take a hundred times as long.
      expect(ratio).toBeLessThan(35);
    }
  });

  test('never make more rows than a window of them, however they lie', () => {
    for (const days of [1 / 1440, 1, 3, 400, 9000]) {
      const rows = draw(manyEntries(10_000, days), '');
      expect(rows.length).toBeLessThanOrEqual(3 * (rowsPerPage + 1));
      expect(rows.length).toBeGreaterThan(0);
    }
  });

  test('in the journal cost the Incident view no more than a steady effort each', () => {
    const records = (count: number) =>
      journal(
        ...Array.from({ length: count }, (_, i) => ({
          type: 'outcome',
          action: i % 3 === 0 ? 'openSmsCountry' : 'closeSmsCountry',
          target: `AC${i % 900}`,
          name: 'Sub',
          result: 'done',
        })),
      );
    const levers = [{ id: 'closeSmsCountry', undo: { actionId: 'openSmsCountry' } }, { id: 'openSmsCountry' }];
    const [few, many] = [records(1000), records(10_000)];
    leverStates(few, levers);
    const ratio = cpuTime(() => void leverStates(many, levers)) / cpuTime(() => void leverStates(few, levers), 9);
    expect(ratio).toBeLessThan(35);
  });

  test('of coverage, a source of an account each, cost the Incident view no more than a steady effort each', () => {
    const of = (count: number) => {
      const accounts = Array.from({ length: count }, (_, i) => ({ sid: sid('AC', i) as AccountSid, name: `Sub ${i}` }));
      const facts = someFacts({ accounts, coverage: accounts.map((one) => coverage({ account: one.sid })) });
      return () => void incidentRows(facts);
    };
    const [few, many] = [of(1000), of(10_000)];
    few();
    expect(cpuTime(many) / cpuTime(few, 9)).toBeLessThan(35);
  });
});
