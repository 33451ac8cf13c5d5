import { expect, test } from 'vitest';
import { importEntry } from '../../../src/core/evidence/importRecord.ts';
import { documentStatus } from '../../../src/core/rca/citations.ts';
import { journalTimeline } from '../../../src/core/rca/journalTimeline.ts';
import { verdictOf } from '../../../src/core/rca/verdictRecord.ts';
import { validationEntry } from '../../../src/core/validate/validationRecord.ts';
import { main, noon } from '../incidentView/facts.ts';
import { captured, journal } from '../incidentView/journal.ts';
import { signal, someChecked } from '../validate/checkedCases.ts';

test('a journal tells of its beginning, Support contacts and notes, each with its record', () => {
  const happened = new Date(noon - 60_000).toISOString();
  const entries = journalTimeline(
    journal(
      { type: 'journal' },
      { type: 'capture' },
      { type: 'support-contact', ticket: '4711', happened },
      { type: 'note', text: 'Saw it.' },
    ),
  );
  expect(entries.map(({ at, lane, about, citations }) => [at - noon, lane, about, citations])).toEqual([
    [0, 'Record', undefined, ['J1']],
    [-60_000, 'Support', ['4711'], ['J3']],
    [180_000, 'Notes', ['Saw it.'], ['J4']],
  ]);
});

test('another window of the incident is told with its hours', () => {
  const window = { type: 'window', from: '2026-11-21T06:00:00.000Z', to: '2026-11-21T09:00:00.000Z' };
  const [entry] = journalTimeline(journal(window));
  expect(entry).toMatchObject({
    lane: 'Record',
    what: 'Incident window set',
    about: ['2026-11-21T06:00:00.000Z to 2026-11-21T09:00:00.000Z'],
  });
});

test('the RCA is as far as was recorded last, and a draft before', () => {
  expect(documentStatus(journal({ type: 'journal' }))).toBe('Draft');
  const set = (to: string) => ({ type: 'rca-status', to });
  expect(documentStatus(journal(set('Final'), set('In review')))).toBe('In review');
  expect(documentStatus(journal(set('Whatever')))).toBe('Draft');
});

test('the verdict is the one that was recorded last, its hits cited by number, the surest first', () => {
  expect(verdictOf(journal({ type: 'journal' }))).toBeUndefined();
  const results = [
    signal({ id: 'P1', severity: 'notice', evidence: [] }),
    signal(),
    signal({ id: 'P3', state: 'clean' }),
  ];
  const records = journal(
    captured('events', 1, main),
    captured('messages', 3, main),
    validationEntry(someChecked({ why: 'Old.' }), undefined),
    validationEntry(someChecked({ results }), undefined),
  );
  const verdict = verdictOf(records);
  expect(verdict?.sentence).toMatch(
    /^Account takeover: likely\. SMS pumping: confirmed\. Cannot tell: Toll fraud\. A4: /,
  );
  expect(verdict?.at).toBe(noon + 180_000);
  expect(verdict?.hits.map(({ id, citations }) => [id, ...citations])).toEqual([
    ['P2', 'E2:17', 'J4'],
    ['P1', 'J4'],
  ]);
  const later = journal(...records, captured('messages', 4, main));
  expect(verdictOf(later)?.sentence).toContain('Evidence was collected or deleted since.');
});

test('an import is told with its file and rows, and one that was refused with its file', () => {
  const taken = importEntry({ file: 'a.csv', rows: 500, bad: 0 });
  const refused = importEntry({ file: 'b.csv', rows: 0, bad: 0, refused: 'It is no log.' });
  expect(journalTimeline(journal(taken, refused))).toMatchObject([
    { lane: 'Record', what: 'Logs imported from a file:', about: ['a.csv', '500 rows'], citations: ['J1'] },
    { lane: 'Record', what: 'File refused that was to be imported:', about: ['b.csv'], citations: ['J2'] },
  ]);
});
