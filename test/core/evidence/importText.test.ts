import { expect, test } from 'vitest';
import type { TakenLog } from '../../../src/core/evidence/evidenceStore.ts';
import { importText } from '../../../src/core/evidence/importText.ts';

const taken = (over: Partial<TakenLog>): TakenLog => ({
  ...{ file: 'a.csv', log: 'messages', rows: 1, bad: 0, known: false },
  ...{ first: Date.UTC(2026, 10, 14), last: Date.UTC(2026, 10, 15) },
  ...over,
});

test('an import says what was added, what was not, and which columns it does not know', () => {
  expect(importText([taken({ rows: 1234 }), taken({ rows: 1 }), taken({ log: 'calls', first: 0 })])).toBe(
    'Added to the incident: 1,235 messages and 1 call, 1970-01-01 00:00 UTC to 2026-11-15 00:00 UTC.',
  );
  expect(importText([taken({ bad: 2, unknownColumns: ['Mood'] }), taken({ known: true, rows: 9 })])).toBe(
    'Added to the incident: 1 message, 2026-11-14 00:00 UTC to 2026-11-15 00:00 UTC. 2 rows were not understood and put aside. 1 file was in the incident already. Not read, because their names are not known: Mood.',
  );
  expect(importText([taken({ rows: 0, refused: 'It is cut.' })])).toBe(
    'Nothing was added to the incident. 1 file was refused.',
  );
});

test('an import says which columns were taken for what stands in them', () => {
  const columns = [{ name: 'ID', as: 'sid', byValue: true }, { name: 'From', as: 'from' }, { name: 'Mood' }] as const;
  const when = { name: 'When', as: 'start_time', byValue: true } as const;
  expect(importText([taken({ log: 'calls', columns: [...columns, when], unknownColumns: ['Mood'] })])).toBe(
    'Added to the incident: 1 call, 2026-11-14 00:00 UTC to 2026-11-15 00:00 UTC. Columns taken for what stands in them: ID as SID, When as start time. Not read, because their names are not known: Mood.',
  );
});
