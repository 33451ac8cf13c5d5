import { describe, expect, it } from 'vitest';
import { filterEntries, noFilter } from '../../../src/core/timeline/filter.ts';
import { groupEntries, mostPerDay } from '../../../src/core/timeline/groups.ts';
import {
  childRows,
  entryRow,
  gapRows,
  groupRows,
  lackOf,
  rowsPerPage,
} from '../../../src/core/timeline/timelineRows.ts';
import { entry, manyEntries } from './entries.ts';

const labels = (rows: readonly { readonly label: string }[]) => rows.map(({ label }) => label);

describe('the rows of a timeline', () => {
  it('are days, newest or oldest first, and so are the entries in them', () => {
    const entries = [entry('a', 60), entry('b', 120), entry('c', 1500)];
    const newest = groupEntries(entries, 'newest');
    expect(labels(groupRows(newest, rowsPerPage))).toEqual(['2026-11-22', '2026-11-21']);
    expect(newest[1]?.entries.map(({ id }) => id)).toEqual(['b', 'a']);
    const oldest = groupEntries(entries, 'oldest');
    expect(labels(groupRows(oldest, rowsPerPage))).toEqual(['2026-11-21', '2026-11-22']);
    expect(oldest[0]?.entries.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('have hours between a long day and its entries, and nothing is lost on the way', () => {
    const entries = manyEntries(mostPerDay + 1, 1);
    const [day] = groupEntries(entries, 'newest');
    const hours = day ? childRows(day, rowsPerPage) : [];
    expect(hours).toHaveLength(24);
    expect(hours[0]).toMatchObject({
      label: '23:00',
      spoken: expect.stringMatching(/^2026-11-21 23:00 UTC, \d entries$/),
    });
    const leaves = hours.flatMap(({ group }) => (group ? childRows(group, rowsPerPage) : []));
    expect(new Set(leaves.map(({ id }) => id)).size).toBe(mostPerDay + 1);
    expect(groupEntries(manyEntries(mostPerDay, 1), 'newest')[0]?.hours).toBeUndefined();
  });

  it('are bounded below each row, and the rest is behind “Load more”', () => {
    const [hour] = groupEntries(manyEntries(10_000, 1 / 24), 'oldest')[0]?.hours ?? [];
    if (!hour) throw new Error('no hour');
    const rows = childRows(hour, rowsPerPage);
    expect(rows).toHaveLength(rowsPerPage + 1);
    expect(rows.at(-1)).toMatchObject({ label: 'Load more', description: '9,900 more', moreOf: hour.id });
    expect(childRows(hour, 10_000).at(-1)?.moreOf).toBeUndefined();
  });

  it('say the time in UTC, what was starred and what was said, to the eye and to a screen reader', () => {
    const row = entryRow(
      entry('AE1', 194, {
        isStarred: true,
        notes: ['not ours'],
        about: ['from 203.0.113.42'],
        level: 'critical',
        citations: ['E1:4'],
      }),
    );
    expect(row).toMatchObject({
      id: 'entry/AE1',
      label: '03:14 ★ What AE1 is',
      description: 'from 203.0.113.42 · “not ours”',
      tone: 'bad',
      abilities: ['unstarEntry', 'annotateEntry'],
      spoken: '2026-11-21 03:14 UTC, Security events, What AE1 is, from 203.0.113.42 · “not ours”, starred',
    });
    expect(row.facts).toContainEqual({ name: 'Evidence', value: 'E1:4' });
    expect(entryRow(entry('AE1', 0)).abilities).toEqual(['starEntry', 'annotateEntry']);
  });

  it('begin with what is missing', () => {
    expect(gapRows([])).toEqual([]);
    expect(gapRows(['One.', 'Two.'])[0]).toMatchObject({
      tone: 'warning',
      description: '2 reasons: One.',
      sentences: ['One.', 'Two.'],
    });
    const one = { title: 'Security events', source: 'events', account: `AC${'a'.repeat(32)}`, why: ['It was cut.'] };
    expect(lackOf([{ ...one, state: 'complete' }])).toEqual([]);
    expect(lackOf([{ ...one, source: 'keys', state: 'partial' }])).toEqual([]);
    expect(lackOf([{ ...one, state: 'partial' }])).toEqual([
      'Security events of AC…aaaa are not complete. It was cut.',
    ]);
    expect(lackOf(Array.from({ length: 12 }, () => ({ ...one, state: 'not collected' }))).at(-1)).toBe(
      'And 2 more are not complete.',
    );
  });
});

describe('filtering a timeline', () => {
  const entries = [
    entry('a', 0, { about: ['from 203.0.113.42'], isStarred: true }),
    entry('b', 1, { kind: 'note', notes: ['Asked the CFO'] }),
    entry('c', 2, { facts: [{ name: 'Resource', value: 'SK123' }] }),
  ];
  const ids = (filter: Parameters<typeof filterEntries>[1]) => filterEntries(entries, filter).map(({ id }) => id);

  it('lets everything through until something is asked for', () => {
    expect(ids(noFilter)).toEqual(['a', 'b', 'c']);
  });

  it('goes by kind, star, and words in texts, annotations, facts and times, in any case', () => {
    expect(ids({ ...noFilter, kinds: new Set(['note']) })).toEqual(['b']);
    expect(ids({ ...noFilter, starredOnly: true })).toEqual(['a']);
    expect(ids({ ...noFilter, text: 'cfo ASKED' })).toEqual(['b']);
    expect(ids({ ...noFilter, text: 'sk123' })).toEqual(['c']);
    expect(ids({ ...noFilter, text: '203.0.113.42' })).toEqual(['a']);
    expect(ids({ ...noFilter, text: '2026-11-21 00:01' })).toEqual(['b']);
    expect(ids({ ...noFilter, text: 'cfo sk123' })).toEqual([]);
  });
});
