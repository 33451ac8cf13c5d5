import { describe, expect, it } from 'vitest';
import { coverageCsv } from '../../../../src/core/evidence/export/coverage.ts';
import { type ExportOrder, exportName, exportRecord } from '../../../../src/core/evidence/export/exporter.ts';
import { exportedText, exportProgress } from '../../../../src/core/evidence/export/exportText.ts';
import type { OpenIncident } from '../../../../src/core/evidence/incidentStore.ts';
import { accountSid } from '../../../../src/core/model/sid.ts';
import { readCsv } from './readCsv.ts';

const account = accountSid(`AC${'1'.repeat(32)}`) ?? expect.fail('no SID');
const made = {
  count: 20_001,
  rows: [
    { source: 'messages', rows: 20_000 },
    { source: 'attempts', rows: 1 },
  ],
  files: [
    { name: 'a.csv', bytes: 3_200_000, sha256: 'x' },
    { name: 'b.csv', bytes: 1, sha256: 'x' },
  ],
  leftOut: 0,
  damaged: [],
  recorded: true,
} as const;
const order: ExportOrder = { format: 'csv', numbers: 'full', evidence: true, target: '/home/me/secret place/a' };

function incident(id: string): OpenIncident {
  const journal = { records: [], head: { seq: 1, hash: 'abcdef0123456789' }, readOnly: undefined, unsealed: 0 };
  const window = { from: 0, to: 1 };
  return {
    folder: '/x/2026-11-21-evil',
    title: '../../=evil',
    incident: { id, title: '../../=evil', accounts: [], window, status: 'open', created: Date.UTC(2026, 10, 21) },
    journal: { ...journal, trimmed: undefined, append: async () => undefined, close: async () => undefined },
  };
}

describe('the name of an export', () => {
  it('comes from the incident’s id and day, never from its title or folder', () => {
    expect(exportName(incident('1A2B3C4D-5'), 'zip')).toBe('incident-2026-11-21-1a2b3c4d.zip');
    expect(exportName(incident('../../x'), 'csv')).toBe('incident-2026-11-21-abcdef01-csv');
    expect(exportName({ ...incident('x'), incident: undefined }, 'timesketch')).toBe(
      'incident-abcdef01-timeline.jsonl',
    );
  });
});

describe('the record of an export', () => {
  it('has format, numbers, rows and hashes, and not where the files went', () => {
    const record = exportRecord(order, made);
    expect(record).toMatchObject({ type: 'export', format: 'csv', numbers: 'full', rows: 20_001, files: made.files });
    expect(JSON.stringify(record)).not.toContain('secret place');
  });

  it('does not claim masked numbers for a zip', () => {
    expect(exportRecord({ ...order, format: 'zip', numbers: 'masked' }, made)).toMatchObject({
      numbers: 'as they are',
      entries: 20_001,
    });
  });
});

describe('what is said at the end', () => {
  it('counts rows, and warns when logs are incomplete or files are damaged', () => {
    expect(exportedText(made, order, 0)).toEqual({
      text: '20,001 rows exported into 2 files, 3.2 MB: 20,000 messages, 1 Verify attempts. Left out: settings such as keys and numbers, which only a zip holds. The journal has the SHA-256 of what was written.',
      warning: false,
    });
    expect(exportedText({ ...made, count: 1 }, { ...order, format: 'timesketch' }, 2)).toMatchObject({
      text: expect.stringContaining(
        'Not all that happened is in them: 2 logs are not complete, the timeline and the Incident view say why.',
      ),
      warning: true,
    });
    const usage = { ...made, count: 1824, rows: [{ source: 'usage' as const, rows: 1824 }] };
    expect(exportedText(usage, order, 0).text).toContain('1,824 rows of usage by day');
    expect(exportedText({ ...made, damaged: ['A [link](command:x) changed.'] }, order, 0)).toMatchObject({
      text: expect.not.stringContaining('[link]('),
      warning: true,
    });
  });

  it('says what of an incident a zip holds, how large it is, and what was left out', () => {
    const zip = { ...made, count: 12, rows: [], files: made.files.slice(0, 1) };
    const text = (leftOut: number, evidence: boolean) =>
      exportedText({ ...zip, leftOut }, { format: 'zip', evidence }, 3).text;
    expect(text(0, true)).toBe(
      '12 files of the incident exported into one file, 3.2 MB. The journal has the SHA-256 of what was written.',
    );
    expect(text(2, false)).toContain(
      ' Left out: the evidence, as you chose, and 2 files for a reason its manifest names. ',
    );
  });

  it('says rows in thousands and a zip in megabytes while it is written', () => {
    expect([exportProgress(12_345, 'csv'), exportProgress(12_345_678, 'zip')]).toEqual(['12,000 rows', '12 MB']);
  });
});

describe('what a table covers', () => {
  it('says for each slice what was not read, harmless and without full numbers', () => {
    const slice = {
      account,
      window: { from: 0, to: 1000 },
      complete: false,
      why: '=1+1 at +79581111234',
      line: 1,
      rows: 2,
      pages: [],
    };
    const capture = {
      file: 'evidence/calls-0001.jsonl.gz',
      sha256: '',
      bytes: 1,
      source: 'calls' as const,
      slices: [slice],
    };
    expect(readCsv(coverageCsv([capture], ['@broken']), ',').slice(1)).toEqual([
      [
        'calls',
        account,
        '1970-01-01T00:00:00.000Z',
        '1970-01-01T00:00:01.000Z',
        'false',
        "'=1+1 at +7958111XXXX",
        '2',
        capture.file,
      ],
      ['', '', '', '', 'false', "'@broken", '', ''],
    ]);
  });
});
