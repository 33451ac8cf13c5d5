import { describe, expect, it, test } from 'vitest';
import type { JournalEntry } from '../../../src/core/ports.ts';
import type { EventFact } from '../../../src/core/rca/logFacts.ts';
import { indicatorEntries, logEntries, trafficEntries } from '../../../src/core/timeline/evidenceEntries.ts';
import { journalEntries, starredRecords } from '../../../src/core/timeline/journalEntries.ts';
import { handRecord } from '../../../src/core/timeline/marks.ts';
import { mergeEntries } from '../../../src/core/timeline/mergeEntries.ts';
import { cpuTime } from '../cpuTime.ts';
import { journal } from '../incidentView/journal.ts';
import { entry, midnight } from './entries.ts';

const actions = [{ id: 'closeSmsCountry', title: 'Block SMS to a Country…' }];
const told = (...records: readonly JournalEntry[]) =>
  journalEntries(journal(...records), actions).map(({ id, kind, what, about = [] }) => [id, kind, what, ...about]);

describe('what a journal tells a timeline', () => {
  it('is status, evidence, documents, contacts, notes, detections and decisions', () => {
    const entries = told(
      { type: 'journal', format: 1, id: 'x' },
      { type: 'collection' },
      { type: 'capture', file: 'evidence/events-0001.jsonl.gz' },
      { type: 'collected', result: 'stopped' },
      { type: 'validation', sentence: 'SMS pumping is likely.' },
      { type: 'document', name: 'RCA.md' },
      { type: 'document', name: 'figures/traffic.svg' },
      { type: 'export', format: 'csv', numbers: 'full', rows: 1234 },
      { type: 'status', to: 'contained' },
      { type: 'star', entry: 'J1', starred: true },
      handRecord('support', '#1234', midnight),
      handRecord('detection', 'The bill', midnight),
      handRecord('decision', 'Close it', midnight),
      handRecord('note', 'Hm', midnight),
    );
    expect(entries.toSorted(([a = ''], [b = '']) => Number(a.slice(1)) - Number(b.slice(1)))).toEqual([
      ['J1', 'status', 'Investigation opened, journal begins'],
      ['J2', 'collection', 'Collecting evidence begins'],
      ['J4', 'collection', 'Collecting evidence was stopped'],
      ['J5', 'indicator', 'Validated', 'SMS pumping is likely.'],
      ['J6', 'document', 'Document written', 'RCA.md'],
      ['J8', 'document', 'Exported with full numbers', 'csv', '1,234 rows'],
      ['J9', 'status', 'Incident status set', 'contained'],
      ['J11', 'support', 'Twilio Support contacted', '#1234'],
      ['J12', 'note', 'Detected:', 'The bill'],
      ['J13', 'note', 'Decided:', 'Close it'],
      ['J14', 'note', 'Note:', 'Hm'],
    ]);
  });

  it('is every step of containment, with how it ended', () => {
    const item = { plan: 'p', action: 'closeSmsCountry', target: 'AC1', name: 'Nigeria' };
    expect(told({ type: 'intent', ...item }, { type: 'outcome', ...item, result: 'done' })).toEqual([
      ['J2', 'containment', 'Containment step, done', 'Block SMS to a Country', 'Nigeria'],
    ]);
  });

  it('has the time at which something happened, and says when it was written down', () => {
    const [note] = journalEntries(journal(handRecord('note', 'Hm', midnight)), actions);
    expect(note?.at).toBe(midnight);
    expect(note?.facts).toEqual([{ name: 'Recorded', value: { at: expect.any(Number) } }]);
  });

  it('opens documents of the incident’s folder only, and takes no name of an object’s own members for a type', () => {
    const files = ['RCA.md', '../../etc/passwd.md', '/etc/x.md', 'a/b.md', 'x.sh'].map((name) => ({
      type: 'document',
      name,
    }));
    expect(journalEntries(journal(...files), actions).map(({ file }) => file)).toEqual(['RCA.md', ...Array(4)]);
    expect(told({ type: 'constructor' }, { type: '__proto__' }, { type: 'toString' })).toEqual([]);
  });

  it('goes into an RCA beyond what is always told when it is starred', () => {
    const records = journal({ type: 'document', name: 'RCA.md' }, { type: 'rca-export', format: 'md' });
    expect(starredRecords(records, (id) => id === 'J2').map(({ what }) => what)).toEqual(['RCA exported']);
  });
});

test('a long journal costs no more than a steady effort per record', () => {
  const time = (count: number): number => {
    const records = journal(
      ...Array.from({ length: count }, (_, i) =>
        i % 2 === 0
          ? { type: 'outcome', plan: `p${i}`, action: 'suspend', target: `AC${i}`, name: 'Sub', result: 'done' }
          : handRecord('note', `Note ${i}`, midnight),
      ),
    );
    const undoable = [
      { id: 'suspend', title: 'Suspend', undo: { actionId: 'reactivate' } },
      { id: 'reactivate', title: 'Reactivate' },
    ];
    return cpuTime(() => void journalEntries(records, undoable));
  };
  time(1000);
  // Four times as many records: what grew with their square would take sixteen times as long.
  expect(time(20_000) / time(5_000)).toBeLessThan(9);
});

describe('what evidence tells a timeline', () => {
  const event: EventFact = {
    sid: 'AE1',
    at: midnight,
    type: 'account-auth-token.promoted',
    title: 'Auth Token changed',
    level: 'critical',
    account: 'AC1',
    description: '',
    source: 'api',
    ip: '203.0.113.42',
    resource: '',
    citations: ['E2:7'],
  };

  it('is security events by their SID, and each error code when it was first reported', () => {
    const codes = [{ code: 30450, count: 1200, first: midnight, last: midnight + 5, citations: ['E3:1'] }];
    const entries = logEntries({ events: [event], codes });
    expect(entries[0]).toMatchObject({
      id: 'AE1',
      kind: 'event',
      what: 'Auth Token changed by API',
      about: ['from 203.0.113.42'],
      level: 'critical',
    });
    expect(entries[1]).toMatchObject({ id: 'code/30450', kind: 'code', at: midnight });
    expect(entries[1]?.facts).toContainEqual({ name: 'Reported', value: '1,200 times' });
  });

  it('is when messages to a country rose and when Twilio blocked them', () => {
    const row = { country: 'RU', name: 'Russia', observed: 9, expected: 1, excess: 8, blocked: 2 };
    const entries = trafficEntries([{ ...row, since: midnight, blocking: { from: midnight + 1, to: midnight + 2 } }]);
    expect(entries.map(({ id, at }) => [id, at])).toEqual([
      ['traffic/RU/onset', midnight],
      ['traffic/RU/blocks', midnight + 1],
    ]);
  });

  it('is since when an indicator is hit, and nothing of those that are not', () => {
    const hit = {
      id: 'P1',
      title: 'Volume rises',
      state: 'hit' as const,
      sentence: 'It rose.',
      first: midnight,
      evidence: ['E1'],
    };
    const clean = { ...hit, id: 'P2', state: 'clean' as const };
    expect(indicatorEntries([hit, clean]).map(({ id, about }) => [id, about])).toEqual([
      ['indicator/P1', ['P1', 'Volume rises', 'It rose.']],
    ]);
  });
});

describe('merging', () => {
  it('is oldest first with stars and annotations; a thing told twice is there once, what has no time is not', () => {
    const merged = mergeEntries(
      [entry('b', 2), entry('a', 1), entry('b', 2, { what: 'newer' }), entry('c', Number.NaN), entry('d', 1e300)],
      new Map([['a', { isStarred: true, notes: ['ours'] }]]),
    );
    expect(merged.map(({ id, what, isStarred, notes }) => [id, what, isStarred, notes])).toEqual([
      ['a', 'What a is', true, ['ours']],
      ['b', 'newer', false, []],
    ]);
  });
});
