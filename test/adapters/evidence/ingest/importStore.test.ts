import { readdirSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { createImportStore } from '../../../../src/adapters/evidence/ingest/importStore.ts';
import { describeImport } from '../../../../src/core/traffic/importWords.ts';
import { jsonLines, logFolder, record, worker } from './logFiles.ts';
import { callRecord } from './otherLogFiles.ts';

const files = logFolder();
afterAll(() => files.remove());
let time = Date.parse('2026-11-21T12:00:00Z');
const folder = `${files.folder}/imports`;
const store = createImportStore({ folder, worker, clock: { now: () => (time += 1000) } });

async function importing(name: string, content: string) {
  const counted: unknown[] = [];
  const made = await store.importFiles([files.write(name, content)], { onCounted: (traffic) => counted.push(traffic) });
  return { made, counted: counted.length, last: (await store.last())?.summary.files.map((file) => file.name) };
}

it('an import that understands nothing leaves the one before it the last, and can be looked at', async () => {
  expect((await importing('none.jsonl', '{"sid":"x"}\n')).last).toBeUndefined();
  expect((await importing('good.jsonl', jsonLines([record(1)]))).last).toEqual(['good.jsonl']);
  expect(readdirSync(folder)).toHaveLength(1);
  const header = 'Sid,To,Direction,Sent Date\n';
  for (const [name, content, bad] of [
    ['bad.jsonl', '{"sid":"x"}\nwhat\n', 2],
    ['empty.csv', header, 0],
    ['bad.csv', `${header}nobody,+7,inbound,2026-11-20 10:00:00\n`, 1],
  ] as const) {
    const { made, counted, last } = await importing(name, content);
    expect([counted, last, made.summary.bad.count]).toEqual([0, ['good.jsonl'], bad]);
    expect(await store.rejected(made.kept ?? '')).toHaveLength(bad);
    expect(readdirSync(folder)).toHaveLength(2);
    expect(describeImport(made)).toMatch(
      bad > 0
        ? /^Nothing was imported\. \d rows? .* not understood and (is|are) not counted\. bad\..*, line \d .* is unchanged\.$/
        : /^Nothing was imported\. There is no row in these files\. .* is unchanged\.$/,
    );
  }
  expect((await importing('calls.jsonl', jsonLines([callRecord(1)]))).last).toEqual(['calls.jsonl']);
  expect(readdirSync(folder)).toHaveLength(1);
});
