import { afterAll, describe, expect, it } from 'vitest';
import { createImportStore } from '../../../../src/adapters/evidence/ingest/importStore.ts';
import { openImportedAttempts, openImportedCalls } from '../../../../src/adapters/evidence/ingest/openOthers.ts';
import { attemptHours } from '../../../../src/core/traffic/attemptHours.ts';
import { callHours } from '../../../../src/core/traffic/callHours.ts';
import { jsonLines, logFolder, worker } from './logFiles.ts';
import { account, attemptRecord, callRecord } from './otherLogFiles.ts';

const files = logFolder();
afterAll(() => files.remove());
const store = createImportStore({ folder: `${files.folder}/imports`, worker, clock: { now: () => 1 } });
const from = Date.UTC(2026, 10, 20, 9) / 1000;
const span = { from, to: from + 3 * 3600 - 1 };

async function kept(name: string, records: readonly unknown[]): Promise<string> {
  return (await store.importFiles([files.write(name, jsonLines(records))], {})).kept ?? '';
}

describe('country × hour', () => {
  it('of calls has outbound ones, begun minutes, statuses and cost; what is outside the span is left out', async () => {
    const records = [
      callRecord(1),
      callRecord(2, { duration: '60', start_time: '2026-11-20T11:59:59Z', price: '-0.2', price_unit: 'EUR' }),
      callRecord(3, { status: 'busy', duration: '0', price: null }),
      callRecord(4, { price: null, direction: 'trunking-terminating', duration: '1' }),
      callRecord(5, { direction: 'inbound' }),
      callRecord(6, { start_time: '2026-11-20T12:00:00Z' }),
      callRecord(7, { to: '+447400123456', direction: 'outbound-dial' }),
    ];
    const columns = await openImportedCalls(await kept('calls.jsonl', records));
    if (!columns) throw new Error('calls expected');
    const [latvia, britain, ...others] = callHours(columns, span);
    expect(others).toEqual([]);
    expect(latvia).toEqual({
      account,
      country: 'LV',
      calls: Uint32Array.of(0, 3, 1),
      minutes: Uint32Array.of(0, 3, 1),
      statuses: new Map([
        ['completed', Uint32Array.of(0, 2, 1)],
        ['busy', Uint32Array.of(0, 1, 0)],
      ]),
      unpricedMinutes: Uint32Array.of(0, 1, 0),
      cost: new Map([
        ['USD', Float64Array.of(0, 0.1, 0)],
        ['EUR', Float64Array.of(0, 0, 0.2)],
      ]),
    });
    expect(britain).toMatchObject({ country: 'GB', calls: Uint32Array.of(0, 1, 0) });
  });

  it('of Verify attempts has how many were converted, and cost', async () => {
    const records = [
      attemptRecord(1),
      attemptRecord(2, { conversion_status: 'converted' }),
      attemptRecord(3, { price: null, date_created: '2026-11-20T09:00:00Z' }),
      attemptRecord(4, { date_created: '2026-11-20T08:59:59Z' }),
    ];
    const columns = await openImportedAttempts(await kept('attempts.jsonl', records));
    if (!columns) throw new Error('attempts expected');
    expect(attemptHours(columns, span)).toEqual([
      {
        account,
        country: 'RU',
        attempts: Uint32Array.of(1, 2, 0),
        converted: Uint32Array.of(0, 1, 0),
        unpriced: Uint32Array.of(1, 0, 0),
        cost: new Map([['USD', Float64Array.of(0, 0.1, 0)]]),
      },
    ]);
  });
});
