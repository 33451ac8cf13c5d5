import { expect, test } from 'vitest';
import type { TakenLog } from '../../../src/core/evidence/evidenceStore.ts';
import { guessedColumns, importText } from '../../../src/core/evidence/importText.ts';
import { type AccountSid, accountSid } from '../../../src/core/model/sid.ts';
import { untrusted } from '../../../src/core/untrusted.ts';

const sid = (letter: string) => `AC${letter.repeat(32)}` as AccountSid;
const taken = (over: Partial<TakenLog>): TakenLog => ({
  ...{ file: 'a.csv', log: 'messages', rows: 1, bad: 0, known: false },
  ...{ first: Date.UTC(2026, 10, 14), last: Date.UTC(2026, 10, 15) },
  ...over,
});

const span = '2026-11-14 00:00 UTC to 2026-11-15 00:00 UTC.';

test('an import says what was lost, what was added, and which columns it does not know', () => {
  expect(importText([taken({ rows: 1234 }), taken({ rows: 1 }), taken({ log: 'calls', first: 0 })])).toBe(
    'Added to the incident: 1,235 messages and 1 call, 1970-01-01 00:00 UTC to 2026-11-15 00:00 UTC.',
  );
  expect(importText([taken({ bad: 2, unknownColumns: ['Mood'] }), taken({ known: true, rows: 9 })])).toBe(
    `2 rows not understood. 1 column not read. Added to the incident: 1 message, ${span} 1 file was in the incident already.`,
  );
  expect(importText([taken({ rows: 0, refused: 'It is cut.' })])).toBe(
    'Nothing was added to the incident. 1 file refused.',
  );
});

test('an import says how many columns were taken for what stands in them', () => {
  const columns = [{ name: 'ID', as: 'sid', byValue: true }, { name: 'From', as: 'from' }, { name: 'Mood' }] as const;
  const when = { name: 'When', as: 'start_time', byValue: true } as const;
  const log = taken({ log: 'calls', columns: [...columns, when], unknownColumns: ['Mood'] });
  expect(importText([log])).toBe(
    `1 column not read. Added to the incident: 1 call, ${span} 2 columns were taken for what stands in them.`,
  );
  expect(guessedColumns(log)).toEqual(['ID as SID', 'When as start time']);
});

test('an import says whose rows were added and whose were left out, and which files do not tell', () => {
  const accounts = ['a', 'b', 'c', 'd', 'e'].map((letter) => ({ sid: sid(letter), rows: 2 }));
  const [own, foreign] = accounts;
  if (!own || !foreign) throw new Error('no accounts');
  expect(importText([taken({ accounts: [own], leftOut: [foreign] }), taken({ accounts: [own] })])).toBe(
    `2 rows left out, of AC…bbbb. Added to the incident: 2 messages of AC…aaaa, ${span}`,
  );
  expect(importText([taken({ accounts })])).toContain('of AC…aaaa, AC…bbbb, AC…cccc and 2 more accounts, 2026');
  expect(importText([taken({ rows: 0, leftOut: accounts.slice(1) })])).toBe(
    'Nothing was added to the incident. 8 rows left out, of AC…bbbb and 3 more accounts.',
  );
  const unnamed = [taken({ unnamed: 1, accounts: [own] }), taken({ unnamed: 3, accounts: [own] })];
  expect(importText(unnamed, true)).toBe(
    `Added to the incident: 2 messages of AC…aaaa, ${span} 2 files have rows that do not tell their account: they count as the incident’s own.`,
  );
  expect(importText([taken({ unnamed: 1 })])).toContain(
    '1 file has rows that do not tell their account: they count as those of an account not named.',
  );
  expect(importText([taken({ known: true, leftOut: [foreign] })])).toBe(
    '2 rows of other accounts stayed out: to take them in, “Delete Evidence…” of that file, then import it again. 1 file was in the incident already.',
  );
});

test('a toast has room for all that was lost, however much that is', () => {
  const rows = 1_234_567;
  const leftOut = Array.from({ length: 1999 }, (_, n) => ({
    sid: accountSid(`AC${n.toString(16).padStart(32, '0')}`),
    rows,
  }));
  const whose = leftOut.flatMap(({ sid: one }) => (one ? [{ sid: one, rows: 999 }] : []));
  const unknownColumns = Array.from({ length: 99 }, (_, n) => `A long name of a column, ${n}`);
  const refused = Array.from({ length: 1000 }, () => taken({ rows: 0, refused: 'It is cut.' }));
  const lost = taken({ rows: 0, bad: rows, leftOut: whose, unknownColumns });
  const shown = untrusted(importText([lost, ...refused, taken({ known: true, leftOut: whose })])).for('toast');
  for (const part of [
    '1,997,001 rows left out, of AC…0000 and 1,998 more accounts.',
    '1,234,567 rows not understood.',
    '1,000 files refused.',
    '99 columns not read.',
    '1,997,001 rows of other accounts stayed out: to take them in, “Delete Evidence…” of that file, then import it again.',
  ])
    expect(shown).toContain(part);
});
