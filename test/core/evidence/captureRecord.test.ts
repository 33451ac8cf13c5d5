import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../../src/adapters/evidence/sha256.ts';
import type { Capture, PageProof, Slice } from '../../../src/core/evidence/capture.ts';
import { captureEntry, captureFrom } from '../../../src/core/evidence/captureRecord.ts';
import { sealRecord } from '../../../src/core/evidence/chain.ts';
import { deletionEntry, heldCaptures, unreadableCaptures } from '../../../src/core/evidence/heldCaptures.ts';
import { bodiesOf, privacyChosen, privacyEntry } from '../../../src/core/evidence/privacy.ts';
import type { ChainRecord } from '../../../src/core/evidence/record.ts';
import { sourceIds } from '../../../src/core/evidence/source.ts';
import { type JsonObject, objectsOf } from '../../../src/core/model/json.ts';
import type { AccountSid } from '../../../src/core/model/sid.ts';
import type { JournalEntry } from '../../../src/core/ports.ts';

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const instant = fc.integer({ min: 0, max: Date.parse('2100-01-01T00:00:00Z') });
const count = fc.nat();
const text = fc.string({ unit: 'binary', maxLength: 20 });
const page: fc.Arbitrary<PageProof> = fc.record(
  {
    request: text,
    requestId: text,
    receivedAt: instant,
    serverTime: instant,
    sha256: hex(64),
    bytes: count,
    rows: count,
    removed: fc.dictionary(text, count, { maxKeys: 3 }),
  },
  { requiredKeys: ['request', 'receivedAt', 'sha256', 'bytes', 'rows', 'removed'] },
);
const slice: fc.Arbitrary<Slice> = fc.record(
  {
    account: hex(32).map((tail) => `AC${tail}` as AccountSid),
    window: fc.tuple(instant, instant).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
    complete: fc.boolean(),
    why: text,
    line: fc.integer({ min: 1, max: 1e9 }),
    rows: count,
    first: instant,
    last: instant,
    pages: fc.array(page, { maxLength: 3 }),
  },
  { requiredKeys: ['account', 'complete', 'line', 'rows', 'pages'] },
);
const capture: fc.Arbitrary<Capture> = fc.record({
  file: fc.integer({ min: 1, max: 99_999 }).map((n) => `evidence/messages-${String(n).padStart(4, '0')}.jsonl.gz`),
  sha256: hex(64),
  bytes: count,
  source: fc.constantFrom(...sourceIds),
  slices: fc.array(slice, { maxLength: 3 }),
});

/** As it is read back from a journal's line. */
function stored(entry: JournalEntry, seq = 1): ChainRecord {
  return { ...JSON.parse(sealRecord(entry, undefined, 1000 * seq, sha256)), seq };
}

test('a capture is read back from its record as it was', () => {
  fc.assert(
    fc.property(capture, (one) => {
      expect(captureFrom(stored(captureEntry(one)))).toEqual(one);
    }),
    { numRuns: 1000 },
  );
});

const [example] = fc.sample(
  capture.filter(({ slices }) => slices.some(({ window, pages }) => window && pages.length > 0)),
  { numRuns: 1, seed: 7 },
);
if (!example) throw new Error('no example');
const entry: JsonObject = captureEntry(example);
const slices = objectsOf(entry, 'slices');

test('members it does not know are ignored', () => {
  const more = { ...entry, later: 1, slices: slices.map((one) => ({ ...one, later: {} })) };
  expect(captureFrom(more)).toEqual(example);
});

describe('a record that is not whole is no capture, and is told', () => {
  const wrong: readonly (readonly [string, JsonObject])[] = [
    ['another type', { ...entry, type: 'note' }],
    ['no file', { ...entry, file: undefined }],
    ['a file above the folder', { ...entry, file: 'evidence/../../x-0001.jsonl.gz' }],
    ['an absolute file', { ...entry, file: '/etc/messages-0001.jsonl.gz' }],
    ['a file elsewhere', { ...entry, file: 'figures/messages-0001.jsonl.gz' }],
    ['no digest', { ...entry, sha256: 'x' }],
    ['a negative size', { ...entry, bytes: -1 }],
    ['a source of a later version', { ...entry, source: 'faxes' }],
    ['no slices', { ...entry, slices: {} }],
    ['a slice that is none', { ...entry, slices: [...slices, 'x'] }],
    ...[
      { account: 'x' },
      { complete: 'yes' },
      { window: { from: 'x' } },
      { line: 0 },
      { rows: 0.5 },
      { pages: [{}] },
    ].map((change) => [JSON.stringify(change), { ...entry, slices: [{ ...slices[0], ...change }] }] as const),
  ];
  test.each(wrong)('%s', (_what, record) => {
    expect(captureFrom(record)).toBeUndefined();
    if (record['type'] !== 'capture') return;
    const records = [stored(captureEntry(example), 1), { ...stored({ type: 'x' }, 2), ...record }];
    expect(heldCaptures(records)).toHaveLength(1);
    expect(unreadableCaptures(records)).toEqual([2]);
  });
});

test('what was deleted is held no more, and another content of that name still is', () => {
  const again = { ...example, sha256: 'f'.repeat(64) };
  const records = [captureEntry(example), captureEntry(again), deletionEntry([example])].map((one, n) =>
    stored(one, n + 1),
  );
  expect(heldCaptures(records)).toEqual([{ capture: again, at: 2000, seq: 2 }]);
});

test('codes in bodies are masked until the person chooses otherwise; the newest choice counts', () => {
  const records = [
    { type: 'note' },
    privacyEntry('full'),
    privacyEntry('masked'),
    { type: 'privacy', bodies: 'x' },
  ].map((one, n) => stored(one, n + 1));
  expect(records.map((_, n) => bodiesOf(records.slice(0, n + 1)))).toEqual(['masked', 'full', 'masked', 'masked']);
  expect(records.map((_, n) => privacyChosen(records.slice(0, n + 1)))).toEqual([false, true, true, true]);
});
