import { afterAll, expect, test } from 'vitest';
import { detectedImports } from '../../../../src/adapters/evidence/detect/detectedImports.ts';
import { createImportStore } from '../../../../src/adapters/evidence/ingest/importStore.ts';
import { createCancellation } from '../../../../src/core/cancellation.ts';
import { Cancelled } from '../../../../src/core/errors.ts';
import { comparisonOf } from '../../../../src/core/traffic/detected.ts';
import type { ImportedTraffic } from '../../../../src/core/traffic/logImport.ts';
import { rankCountries } from '../../../../src/core/traffic/ranking.ts';
import { emptySeries } from '../../../../src/core/traffic/table.ts';
import { workerOf } from '../../../threads/workerOf.ts';
import { jsonLines, logFolder, record, sidOf, worker } from '../ingest/logFiles.ts';
import { attemptRecord, callRecord, otherSid } from '../ingest/otherLogFiles.ts';

const files = logFolder();
afterAll(() => files.remove());
const detector = workerOf('detect');
const hour = 3_600_000;
const end = Date.parse('2026-11-20T12:00:00Z');
const iso = (at: number): string => new Date(at).toISOString();
const importer = detectedImports(
  createImportStore({ folder: `${files.folder}/imports`, worker, clock: { now: () => end + hour } }),
  detector,
);

/** Five an hour to all of Latvia for this many days; then 240 in two hours to one block. */
function messages(days: number) {
  const usual = Array.from({ length: days * 120 }, (_, n) => [end - (n + 1) * 720_000, (n * 7_368_787) % 10_000_000]);
  const attack = Array.from({ length: 240 }, (_, n) => [end - 2 * hour + n * 30_000, 5_550_000 + n]);
  return [...usual, ...attack].map(([at = 0, number = 0], n) =>
    record(n, {
      sid: sidOf(n),
      to: `+3712${String(number).padStart(7, '0')}`,
      date_sent: iso(at),
      date_updated: iso(at),
    }),
  );
}

test('imported logs are looked at by the detector with the whole numbers: their ranges, and how they lie in them and in time', async () => {
  const { report } = await importer.importFiles([files.write('messages.jsonl', jsonLines(messages(14)))], {});
  expect(report.detected?.accounts).toMatchObject([{ days: 12 }]);
  const [first] = rankCountries(report);
  expect(first).toMatchObject({ country: 'LV', label: 'fraud', surge: { from: end - 2 * hour } });
  expect(first?.surge?.evidence[0]).toMatchObject({ kind: 'ranges', part: 240 });
  expect(first?.surge?.finding?.blocks.map(({ digits }) => digits)).toEqual(['37125550']);
  expect(first?.surge?.finding?.patterns).toMatchObject({
    runs: { longest: 240 },
    spacing: { machineLike: true },
  });
  expect(first?.surge?.missing).toEqual(['conversion']);
  expect(comparisonOf(report)).toBe('Compared with what 12 days of history foretell.');
  expect(report.others).toEqual({});
});

test('counts by hour are given first, then with ranges of numbers, both unjudged and equal to what is judged in the end', async () => {
  const file = files.write('staged.jsonl', jsonLines(messages(14)));
  const stages: ImportedTraffic[] = [];
  const judged = await importer.importFiles([file], { onCounted: (traffic) => stages.push(traffic) });
  const [hours, ranges] = stages;
  expect(stages.map(({ report }) => report.detected)).toEqual([undefined, undefined]);
  // What is first there calls nothing fraud.
  expect(stages.map(({ report }) => rankCountries(report)[0]?.label)).toEqual([undefined, 'fraud']);
  const latvia = ({ report }: ImportedTraffic) => report.accounts[0]?.table.get('LV');
  const counted = (traffic = judged) => {
    const { blocks: _blocks, blocksBefore: _before, ...series } = latvia(traffic) ?? emptySeries();
    return series;
  };
  expect(counted(hours)).toEqual(counted(judged));
  expect(counted(ranges)).toEqual(counted(judged));
  expect(hours?.report.window).toEqual(judged.report.window);
  expect([hours, ranges].map((one) => one && latvia(one)?.blocks.counts().size)).toEqual([0, 90]);
  const again: ImportedTraffic[] = [];
  await (await importer.last())?.open(undefined, (traffic) => again.push(traffic));
  expect(again).toHaveLength(2);
});

test('with less than a week before the last day it says that medians stand for what is usual', async () => {
  const { report } = await importer.importFiles([files.write('short.jsonl', jsonLines(messages(6)))], {});
  expect(report.detected).toMatchObject({ accounts: [], findings: [] });
  expect(comparisonOf(report)).toMatch(
    /^Not enough history .* compared with the median of the 6 days before\. Collect 8 days or more/,
  );
  const [first] = rankCountries(report);
  expect(first?.surge?.finding).toBeUndefined();
  expect(first?.foretold).toBeUndefined();
});

test('imported calls and attempts stand beside messages, and by themselves where there are no messages', async () => {
  const calls = Array.from({ length: 60 }, (_, n) =>
    callRecord(n, {
      sid: otherSid('CA', n),
      to: `+88213${String(n).padStart(6, '0')}`,
      status: n < 20 ? 'busy' : 'completed',
      start_time: iso(end - n * 60_000),
      date_updated: iso(end),
    }),
  );
  const attempts = Array.from({ length: 30 }, (_, n) =>
    attemptRecord(n, {
      sid: otherSid('VL', n),
      date_created: iso(end - n * 60_000),
      date_updated: iso(end),
      conversion_status: n < 3 ? 'converted' : 'unconverted',
    }),
  );
  const imported = await importer.importFiles(
    [files.write('calls.jsonl', jsonLines(calls)), files.write('attempts.jsonl', jsonLines(attempts))],
    {},
  );
  const { voice, verify } = imported.report.others ?? {};
  expect(voice && rankCountries(voice)[0]).toMatchObject({ observed: 60, lastDay: { delivered: 40, failed: 20 } });
  expect(voice && rankCountries(voice)[0]?.topBlocks[0]).toEqual({ block: '+8821300xxxx', messages: 60 });
  expect(verify && rankCountries(verify)[0]).toMatchObject({ observed: 30, lastDay: { delivered: 3, failed: 0 } });
  const again = await (await importer.last())?.open();
  expect(again?.report.others?.voice?.accounts[0]?.messages).toBe(60);
});

test('stops when it is cancelled', async () => {
  const { signal, abort } = createCancellation();
  await importer.importFiles([files.write('few.jsonl', jsonLines(messages(1)))], {});
  const kept = await importer.last();
  abort();
  await expect(kept?.open(signal)).rejects.toThrow(Cancelled);
});
