import { describe, expect, it } from 'vitest';
import type { BaselineProgress } from '../../../src/core/bulkExport/baselineProgress.ts';
import { type BaselineOptions, collectBaseline } from '../../../src/core/bulkExport/collectBaseline.ts';
import { dayWindow } from '../../../src/core/bulkExport/days.ts';
import { createCancellation } from '../../../src/core/cancellation.ts';
import { UserError } from '../../../src/core/errors.ts';
import type { Capture } from '../../../src/core/evidence/capture.ts';
import { type FakeTwilio, fakeTwilio } from '../fakeTwilio.ts';
import { fakeDelay, fakeFiles, fakeWriter, job, main, other, row } from './fakes.ts';

const days = ['2026-11-01', '2026-11-02', '2026-11-03'];
const placed = {
  id: 'o',
  account: main,
  name: 'N',
  type: 'Messages',
  start: '2026-11-01',
  end: '2026-11-03',
  job: job(1),
  at: 0,
} as const;

/** Twilio that lists what `there` gives at that moment, and says of the job what `states` gives. */
function twilioWith(
  there: () => readonly string[],
  states: () => Readonly<Record<string, readonly string[]>> = () => ({}),
): FakeTwilio {
  return fakeTwilio({
    listExportDays: () => there().map((day) => ({ day, size: 10, resource_type: 'Messages' })),
    fetchExportJob: () => ({
      job_sid: job(1),
      start_day: placed.start,
      end_day: placed.end,
      details: Object.entries(states()).map(([status, list]) => ({ status, count: list.length, days: list })),
    }),
  });
}

function run(options: Partial<BaselineOptions> & Pick<BaselineOptions, 'twilio'>) {
  const { files, asked } = fakeFiles(({ day }) => [row(day, 1), row(day, 2)]);
  const target = fakeWriter();
  const { delay, waits } = fakeDelay();
  const progress: BaselineProgress[] = [];
  const result = collectBaseline({
    accounts: [{ account: main, name: 'N' }],
    types: ['Messages'],
    days,
    held: [],
    jobs: [],
    files,
    writer: target.writer,
    delay,
    onProgress: (one) => progress.push(one),
    ...options,
  });
  return { result, target, asked, waits, progress };
}

const captured = (day: string, complete = true): { capture: Capture } => ({
  capture: {
    file: 'evidence/messages-0001.jsonl.gz',
    sha256: '',
    bytes: 0,
    source: 'messages',
    slices: [{ account: main, window: dayWindow(day), complete, line: 1, rows: 0, pages: [] }],
  },
});

describe('what lies at Twilio already', () => {
  it('becomes one complete slice a day, without any change at Twilio', async () => {
    const twilio = twilioWith(() => ['2026-11-01', '2026-11-03', '2025-01-01']);
    const { result, target } = run({ twilio });
    expect(await result).toMatchObject({ days: 2, rows: 4, missing: 1, waiting: 0, failures: [], cancelled: false });
    expect(target.written).toMatchObject([
      {
        source: 'messages',
        account: main,
        day: '2026-11-01',
        result: { complete: true, first: Date.parse('2026-11-01T01:00:01Z'), last: Date.parse('2026-11-01T02:00:01Z') },
      },
      { day: '2026-11-03' },
    ]);
    expect(twilio.sent).toEqual([]);
  });

  it('is not fetched when it was captured, unless that was incomplete', async () => {
    const { result, asked } = run({
      twilio: twilioWith(() => days),
      held: [captured('2026-11-01'), captured('2026-11-02', false)],
    });
    await result;
    expect(asked.toSorted()).toEqual(['2026-11-02', '2026-11-03']);
  });

  it('is asked for per account and type', async () => {
    const twilio = twilioWith(() => []);
    const { result } = run({
      twilio,
      accounts: [
        { account: main, name: '' },
        { account: other, name: '' },
      ],
      types: ['Messages', 'Calls'],
    });
    expect(await result).toMatchObject({ missing: 12 });
    expect(twilio.asked.map(({ account, path }) => `${account} ${path?.['ResourceType']}`).toSorted()).toEqual([
      `${main} Calls`,
      `${main} Messages`,
      `${other} Calls`,
      `${other} Messages`,
    ]);
  });

  it('is told to be unknown where it cannot be listed', async () => {
    const twilio = fakeTwilio({ listExportDays: () => Promise.reject(new UserError('not-permitted', 'No.')) });
    expect(await run({ twilio }).result).toMatchObject({ days: 0, missing: 3, failures: ['No.'] });
  });
});

describe('a file', () => {
  it('that does not arrive whole leaves nothing and is fetched again', async () => {
    const { files, asked } = fakeFiles(({ day }, tries) => {
      if (day === '2026-11-02' && tries < 3) throw new UserError('network', 'Cut.');
      return [row(day, 1)];
    });
    const { result, target, waits } = run({ twilio: twilioWith(() => days), files });
    expect(await result).toMatchObject({ days: 3, rows: 3, failures: [] });
    expect(asked.filter((day) => day === '2026-11-02')).toHaveLength(3);
    expect(target.dropped).toBe(2);
    expect(waits).toEqual([2000, 4000]);
  });

  it('that never does is told, and the others go on', async () => {
    const { files } = fakeFiles(({ day }) => {
      if (day === '2026-11-01') throw new UserError('bad-reply', 'Damaged.');
      return [row(day, 1)];
    });
    const { result, target } = run({ twilio: twilioWith(() => days), files });
    expect(await result).toMatchObject({ days: 2, rows: 2, missing: 1, failures: ['Damaged.'] });
    expect(target.days()).toEqual(['2026-11-02', '2026-11-03']);
  });

  it('from another place than the storage is not tried again', async () => {
    const { files, asked } = fakeFiles(() => {
      throw new UserError('not-allowed', 'Elsewhere.');
    });
    expect(await run({ twilio: twilioWith(() => ['2026-11-01']), files }).result).toMatchObject({
      failures: ['Elsewhere.'],
    });
    expect(asked).toHaveLength(1);
  });

  it('gives no rows of other accounts and days, and counts them; a message sent after midnight stays', async () => {
    const { files } = fakeFiles(({ day }) => [
      row(day, 1),
      row(day, 2, { account_sid: other }),
      row('2026-10-01', 3),
      row(day, 4, { date_sent: '2026-11-02T00:00:01Z' }),
      row(day, 5, { date_created: null, date_sent: null, date_updated: 'Sun, 01 Nov 2026 05:00:00 +0000' }),
    ]);
    const { result, target } = run({ twilio: twilioWith(() => ['2026-11-01']), files });
    expect(await result).toMatchObject({ rows: 3 });
    expect(target.written[0]?.removed).toEqual([
      {},
      { 'rows of another account': 1 },
      { 'rows of another day': 1 },
      {},
      {},
    ]);
  });

  it('that cannot be written ends everything with that reason', async () => {
    const broken = fakeWriter(() => {
      throw new UserError('network', 'The disk is full.');
    });
    const { result, asked } = run({ twilio: twilioWith(() => days), writer: broken.writer });
    await expect(result).rejects.toThrow('The disk is full.');
    expect(new Set(asked).size).toBe(asked.length);
  });
});

describe('a job under way', () => {
  it('is waited for, patiently, and its days are captured as they come', async () => {
    let looks = 0;
    const twilio = twilioWith(
      () => {
        looks += 1;
        return days.slice(0, Math.floor(looks / 3));
      },
      () => ({ Running: days }),
    );
    const { result, target, waits, progress } = run({ twilio, jobs: [placed] });
    expect(await result).toMatchObject({ days: 3, waiting: 0, missing: 0, failures: [] });
    expect(target.days()).toEqual(days);
    expect(waits.length).toBe(8);
    expect(Math.min(...waits)).toBe(5000);
    expect(Math.max(...waits)).toBeGreaterThan(5000);
    expect(progress).toContainEqual(expect.objectContaining({ captured: 0, of: 3, waiting: { days: 3, next: 5000 } }));
    expect(twilio.sent).toEqual([]);
  });

  it('is never asked more often than every five seconds, nor less than every five minutes', async () => {
    let looks = 0;
    const twilio = twilioWith(
      () => {
        looks += 1;
        return looks > 100 ? days : [];
      },
      () => ({ Submitted: days }),
    );
    const { result, waits } = run({ twilio, jobs: [placed] });
    await result;
    expect([Math.min(...waits), Math.max(...waits)]).toEqual([5000, 300_000]);
  });

  it('captures as empty what Twilio says was empty, and gives up what failed', async () => {
    const twilio = twilioWith(
      () => [],
      () => ({ CompletedEmptyRecords: ['2026-11-01'], Failed: ['2026-11-02'], ErrorDuringRun: ['2026-11-03'] }),
    );
    const { result, target } = run({ twilio, jobs: [placed] });
    expect(await result).toMatchObject({ days: 1, rows: 0, missing: 2 });
    expect(target.written).toMatchObject([{ day: '2026-11-01', rows: [], result: { complete: true } }]);
  });

  it('that claims days which are not listed is not waited for without end', async () => {
    const { result, waits } = run({
      twilio: twilioWith(
        () => [],
        () => ({ Completed: days }),
      ),
      jobs: [placed],
    });
    expect(await result).toMatchObject({ days: 0, waiting: 3, failures: [expect.stringContaining('does not list')] });
    expect(waits.length).toBeLessThan(10);
  });

  it('goes on where it was stopped', async () => {
    const cancel = createCancellation();
    const there = ['2026-11-01'];
    const twilio = twilioWith(
      () => there,
      () => ({ Running: days }),
    );
    const stopped = fakeDelay(() => cancel.abort());
    const first = run({ twilio, jobs: [placed], cancel: cancel.signal, delay: stopped.delay });
    expect(await first.result).toMatchObject({ days: 1, waiting: 2, cancelled: true });
    expect(first.target.flushed).toBe(1);
    there.push('2026-11-02', '2026-11-03');
    const second = run({ twilio, jobs: [placed], held: [captured('2026-11-01')] });
    expect(await second.result).toMatchObject({ days: 2, waiting: 0, cancelled: false });
    expect(second.asked).toEqual(['2026-11-02', '2026-11-03']);
  });

  it('is not asked about once everything is there', async () => {
    const twilio = twilioWith(() => days);
    await run({ twilio, jobs: [placed] }).result;
    expect(twilio.asked.some(({ operation }) => operation === 'fetchExportJob')).toBe(false);
  });
});
