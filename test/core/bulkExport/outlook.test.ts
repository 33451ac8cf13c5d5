import { expect, it } from 'vitest';
import { outlookOf } from '../../../src/core/bulkExport/outlook.ts';
import { UserError } from '../../../src/core/errors.ts';
import { fakeTwilio } from '../fakeTwilio.ts';
import { job, main } from './fakes.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const day = 86_400_000;
const missing = ['2026-10-17', '2026-10-18', '2026-10-19', '2026-10-20'];
const surveyed = [
  { account: { account: main, name: 'N' }, type: 'Messages' as const, captured: 20, ready: [], missing },
];
const placed = {
  id: 'o',
  account: main,
  name: 'N',
  type: 'Messages',
  start: '2026-10-17',
  end: '2026-10-19',
  job: job(1),
  at: now - day,
} as const;
const context = (states: Readonly<Record<string, readonly string[]>>) => ({
  now,
  newId: () => 'new',
  twilio: fakeTwilio({
    fetchExportJob: () => ({
      job_sid: job(1),
      start_day: placed.start,
      end_day: placed.end,
      details: Object.entries(states).map(([status, days]) => ({ status, days })),
    }),
  }),
});

it('days that a job still brings are not ordered again', async () => {
  expect(await outlookOf(surveyed, [placed], context({ Running: missing.slice(0, 3) }))).toMatchObject({
    captured: 20,
    underWay: 3,
    jobs: [placed],
    toOrder: 1,
    orders: [{ start: '2026-10-20', end: '2026-10-20' }],
  });
});

it('days that a job could not export can be', async () => {
  const states = { Running: ['2026-10-17'], Failed: ['2026-10-18'], ErrorDuringRun: ['2026-10-19'] };
  expect(await outlookOf(surveyed, [placed], context(states))).toMatchObject({
    underWay: 1,
    orders: [{ start: '2026-10-18', end: '2026-10-20' }],
  });
});

it('a job of which the files are deleted by now counts for nothing', async () => {
  const old = { ...placed, at: now - 7 * day };
  expect(await outlookOf(surveyed, [old], context({}))).toMatchObject({ underWay: 0, jobs: [], toOrder: 4 });
});

it.each([
  ['network', 3],
  ['not-found', 0],
] as const)('a job that cannot be read (%s) still brings %i days', async (code, underWay) => {
  const twilio = fakeTwilio({ fetchExportJob: () => Promise.reject(new UserError(code, 'No.')) });
  expect(await outlookOf(surveyed, [placed], { ...context({}), twilio })).toMatchObject({ underWay });
});

it('days of an order that may have become a job are not ordered a second time, and it says so', async () => {
  const { job: _, at: __, ...order } = placed;
  const open = [{ order, result: 'unknown' as const, sentence: 'Nobody knows yet.' }];
  expect(await outlookOf(surveyed, [], { ...context({}), open })).toMatchObject({
    underWay: 0,
    orders: [{ start: '2026-10-20', end: '2026-10-20' }],
    toOrder: 1,
    failures: ['Nobody knows yet.'],
  });
});
