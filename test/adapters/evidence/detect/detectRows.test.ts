import { expect, test } from 'vitest';
import type { DetectTask } from '../../../../src/adapters/evidence/detect/detectTask.ts';
import { inThread } from '../../../../src/adapters/evidence/detect/inThread.ts';
import { createCancellation } from '../../../../src/core/cancellation.ts';
import { Cancelled } from '../../../../src/core/errors.ts';
import type { Detected } from '../../../../src/core/traffic/detected.ts';
import { createDetectRows } from '../../../../src/core/traffic/detectRows.ts';
import { windowEndingAt } from '../../../../src/core/traffic/window.ts';
import { workerOf } from '../../../threads/workerOf.ts';

const detector = workerOf('detect');
const now = Date.UTC(2026, 10, 21, 9, 36, 12);
const account = `AC${'1'.repeat(32)}`;

function task(): DetectTask {
  const rows = createDetectRows('sms');
  for (let hour = 0; hour < 21 * 24; hour++) {
    const at = now - hour * 3_600_000;
    const shared = { at, updated: at, outbound: true, errorCode: undefined, segments: 1, price: 0.05, currency: 'USD' };
    rows.add(account, {
      ...shared,
      sid: `SM${hour}`,
      to: `+491511${2_000_000 + ((hour * 791_911) % 7_000_000)}`,
      status: 'delivered',
    });
  }
  return { kind: 'rows', series: rows.series(), window: windowEndingAt(now) };
}

test('rows that lie on no disk are judged in a thread of their own', async () => {
  const found = await inThread<DetectTask, Detected>(detector, task(), undefined);
  expect(found.accounts).toMatchObject([{ account, days: 19 }]);
  expect(found.usual.map(({ country }) => country)).toContain('DE');
  expect(found.findings).toEqual([]);
});

test('judging them can be stopped', async () => {
  const { signal, abort } = createCancellation();
  const judging = inThread<DetectTask, Detected>(detector, task(), signal);
  abort();
  await expect(judging).rejects.toBeInstanceOf(Cancelled);
});
