import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createImportStore } from '../../../../src/adapters/evidence/ingest/importStore.ts';
import { jsonLines, logFolder, record, worker } from './logFiles.ts';
import { attemptRecord, callRecord } from './otherLogFiles.ts';

const files = logFolder();
afterAll(() => files.remove());
const store = createImportStore({ folder: `${files.folder}/imports`, worker, clock: { now: () => 1 } });

async function importing(contents: Readonly<Record<string, string>>) {
  const made = await store.importFiles(
    Object.entries(contents).map(([name, content]) => files.write(name, content)),
    {},
  );
  return { made, kept: made.kept ?? '' };
}

describe('rows that were not understood', () => {
  const hostile = `{"sid":"SM\u0000\u202E","body":"Your code is 481516\u001b[2J"`;

  it('are kept aside with file, line, reason and text, for every log and format', async () => {
    const { made, kept } = await importing({
      'messages.jsonl': `${jsonLines([record(1)])}${hostile}\n${jsonLines([record(2, { direction: null })])}`,
      'list.json': JSON.stringify([record(3), { odd: 'one' }, record(4), { odd: 'two' }]),
      'messages.csv': `Sid,To,Direction,SentDate,Body\n${record(5)['sid']},+7,inbound,2026-11-20T10:00:01Z,"two\nlines"\nonly,"three\n",cells\n`,
      'calls.jsonl': `${jsonLines([callRecord(1)])}${JSON.stringify(attemptRecord(1))}\n`,
      'calls.csv': `Call Sid,To,Direction,Start Time,Duration\nx,"a""b",c,d,e\n`,
    });
    expect(made.summary.bad.count).toBe(7);
    const rows = await store.rejected(kept);
    const find = (file: string) =>
      rows.filter((row) => row.file === file).map(({ line, reason, row }) => [line, reason, row]);
    expect(find('messages.jsonl')).toEqual([
      [2, 'is not valid JSON', expect.stringContaining('"sid":"SM')],
      [3, expect.stringContaining('inbound or outbound'), expect.stringContaining('"direction":null')],
    ]);
    expect(find('list.json')).toEqual([
      [1, 'has no message SID', '{"odd":"one"}'],
      [1, 'has no message SID', '{"odd":"two"}'],
    ]);
    expect(find('messages.csv')).toEqual([[4, expect.stringContaining('columns'), 'only,"three\n",cells']]);
    expect(find('calls.jsonl')).toEqual([[2, expect.stringContaining('not a call'), expect.stringContaining('"VL0')]]);
    expect(find('calls.csv')).toEqual([[2, 'has no call SID', 'x,"a""b",c,d,e']]);
    const text = readFileSync(path.join(kept, 'rejected.jsonl'), 'utf8');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).not.toContain('481516');
  });

  it('are kept without what is named like a secret, which no log has', async () => {
    const secret = 'feedface'.repeat(4);
    const { made, kept } = await importing({
      'messages.jsonl': `${jsonLines([record(1)])}{"sid":"AC","auth_token":"${secret}","name":"Acme"}\n`,
      'calls.jsonl': `${jsonLines([callRecord(1)])}{"sid":"SK","secret" : "${secret}\n`,
      'messages.csv': `Sid,To,Direction,SentDate,Auth Token\nx,+7,inbound,2026-11-20T10:00:01Z,${secret}\n`,
    });
    expect(made.summary.bad.count).toBe(3);
    expect((await store.rejected(kept)).map(({ row }) => row).toSorted()).toEqual([
      '[removed]',
      '{"sid":"AC","auth_token":"[removed]","name":"Acme"}',
      '{"sid":"SK","secret" : "[removed]',
    ]);
  });

  it('are kept in bounds: the first 1,000 of a file, each cut at 4 kB', async () => {
    const long = `{"sid":"${'é'.repeat(5000)}"}`;
    const { made, kept } = await importing({ 'bad.jsonl': `${jsonLines([callRecord(1)])}${`${long}\n`.repeat(1200)}` });
    expect(made.summary.bad.count).toBe(1200);
    const rows = await store.rejected(kept);
    expect(rows).toHaveLength(1000);
    expect(rows[0]).toMatchObject({ line: 2, cut: true });
    expect(Buffer.byteLength(rows[0]?.row ?? '')).toBeLessThanOrEqual(4096);
    expect(rows[0]?.row).not.toContain('\uFFFD');
  });
});
