import { describe, expect, it } from 'vitest';
import { placeOrders, planOrders, settleOrder } from '../../../src/core/bulkExport/order.ts';
import { type ExportOrder, orderRequest, recordedOrders } from '../../../src/core/bulkExport/orderRecord.ts';
import { UserError } from '../../../src/core/errors.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { exportJobName } from '../../../src/core/twilio/changes.ts';
import { describe as describeRequest, isMutation, toHttp } from '../../../src/core/twilio/request.ts';
import { fakeTwilio } from '../fakeTwilio.ts';
import { fakeJournal, job, main, other } from './fakes.ts';

const order: ExportOrder = {
  id: 'order-1',
  account: main,
  name: 'Northwind',
  type: 'Messages',
  start: '2026-10-17',
  end: '2026-10-19',
};
const noon = Date.parse('2026-11-21T12:00:00Z');
const day = 86_400_000;
const jobBody = (number: number, status = 'Submitted', parts: JsonObject = {}): JsonObject => ({
  job_sid: job(number),
  friendly_name: exportJobName,
  start_day: order.start,
  end_day: order.end,
  details: [{ status, count: 3, days: ['2026-10-17', '2026-10-18', '2026-10-19'] }],
  ...parts,
});

/** Twilio with these jobs; what is sent makes another one unless it fails. */
function twilioWith(jobs: JsonObject[], send: () => JsonObject = () => jobBody(9)) {
  return fakeTwilio({
    listExportJobs: () => jobs,
    fetchExportJob: ({ path }) => jobs.find(({ job_sid: sid }) => sid === path?.['JobSid']) ?? {},
    createExportJob: () => {
      const made = send();
      jobs.push(made);
      return made;
    },
  });
}

describe('an order', () => {
  it('is one request with two days and a fixed name, and nothing else can be in it', () => {
    const request = orderRequest(order);
    expect(isMutation(request)).toBe(true);
    expect(describeRequest(request)).toBe(
      'POST https://bulkexports.twilio.com/v1/Exports/Messages/Jobs StartDay=2026-10-17&EndDay=2026-10-19&FriendlyName=Incident%20Investigator%20baseline',
    );
    const changes: readonly (typeof request)['form'][] = [
      { Email: 'someone@evil.example' },
      { WebhookUrl: 'https://evil.example' },
      { WebhookMethod: 'POST' },
      { FriendlyName: 'something else' },
      { StartDay: '' },
      { StartDay: '2026-02-30' },
      { StartDay: '2026-10-17T00:00:00Z' },
      { StartDay: '2026-10-17\n' },
      { StartDay: ' 2026-10-17' },
      { EndDay: 'today' },
      { EndDay: ['2026-10-17', '2026-10-18'] },
      { constructor: 'x' },
    ];
    for (const more of changes)
      expect(() => toHttp({ ...request, form: { ...request.form, ...more } }), JSON.stringify(more)).toThrow(
        'not among the changes',
      );
  });

  it('is made for each unbroken run of missing days', () => {
    const part = { account: { account: main, name: 'N' }, type: 'Calls' as const, captured: 0, ready: [] };
    const missing = ['2026-10-17', '2026-10-18', '2026-10-20'];
    let made = 0;
    const newId = () => {
      made += 1;
      return `order-${made}`;
    };
    expect(
      planOrders(
        [
          { ...part, missing },
          { ...part, missing: [] },
        ],
        newId,
      ),
    ).toMatchObject([
      { id: 'order-1', account: main, type: 'Calls', start: '2026-10-17', end: '2026-10-18' },
      { id: 'order-2', start: '2026-10-20', end: '2026-10-20' },
    ]);
  });

  it('is recorded before it is sent, and read back', async () => {
    const { journal, records, types } = fakeJournal();
    const seen: string[][] = [];
    const twilio = twilioWith([], () => {
      seen.push(types());
      return jobBody(9);
    });
    const [outcome] = await placeOrders([order], { twilio, journal });
    expect(seen).toEqual([['export-order']]);
    expect(outcome).toMatchObject({ result: 'done', job: job(9) });
    expect(types()).toEqual(['export-order', 'export-outcome']);
    expect(twilio.asked.at(-1)).toMatchObject({ operation: 'fetchExportJob', path: { JobSid: job(9) } });
    expect(recordedOrders(records)).toEqual({
      placed: [{ ...order, job: job(9), at: Date.parse('2026-11-21T12:00:00Z') }],
      unsettled: [],
    });
  });

  it('is not sent while such a job is under way', async () => {
    const twilio = twilioWith([jobBody(1, 'Completed'), jobBody(2, 'Running')]);
    const [outcome] = await placeOrders([order], { twilio, journal: fakeJournal().journal });
    expect(outcome).toMatchObject({ result: 'already', job: job(2) });
    expect(twilio.sent).toEqual([]);
  });

  it.each([
    ['over', jobBody(1, 'Completed')],
    ['failed', jobBody(1, 'Failed')],
    ['for other days', jobBody(1, 'Running', { end_day: '2026-10-20' })],
    ['somebody else’s', jobBody(1, 'Running', { friendly_name: 'Nightly' })],
  ])('is sent although there is a job that is %s', async (_, there) => {
    const twilio = twilioWith([there]);
    const [outcome] = await placeOrders([order], { twilio, journal: fakeJournal().journal });
    expect(outcome).toMatchObject({ result: 'done', job: job(9) });
    expect(twilio.sent).toHaveLength(1);
  });

  it('is found when the reply was lost, and sent once', async () => {
    const jobs = [jobBody(1, 'Completed')];
    const twilio = twilioWith(jobs, () => {
      jobs.push(jobBody(5));
      throw new UserError('outcome-unknown', 'No answer.');
    });
    const [outcome] = await placeOrders([order], { twilio, journal: fakeJournal().journal });
    expect(outcome).toMatchObject({ result: 'done', job: job(5) });
    expect(twilio.sent).toHaveLength(1);
  });

  it('stays open when nobody knows, and is settled by listing alone', async () => {
    const { journal, records } = fakeJournal();
    const jobs: JsonObject[] = [jobBody(1, 'Completed')];
    const twilio = twilioWith(jobs, () => {
      throw new UserError('outcome-unknown', 'No answer.');
    });
    expect(await placeOrders([order, { ...order, id: 'order-2' }], { twilio, journal })).toMatchObject([
      { result: 'unknown' },
      { result: 'not-tried' },
    ]);
    const [open] = recordedOrders(records).unsettled;
    expect(open).toEqual({ ...order, earlier: [job(1)], at: noon });
    if (!open) throw new Error('nothing is open');
    jobs.push(jobBody(5));
    expect(await settleOrder(open, { twilio, journal, now: noon })).toMatchObject({ result: 'done', job: job(5) });
    expect(recordedOrders(records)).toMatchObject({ placed: [{ job: job(5) }], unsettled: [] });
    expect(twilio.sent).toHaveLength(1);
  });

  it('of which Twilio lists no job yet stays open for a day: it may still become one', async () => {
    const { journal, records } = fakeJournal();
    const open = { ...order, earlier: [job(1)], at: noon };
    const settle = (now: number) => settleOrder(open, { twilio: twilioWith([jobBody(1)]), journal, now });
    for (const now of [noon + 60_000, noon + day - 1, noon - day, Number.NaN]) {
      const outcome = await settle(now);
      expect(outcome.result).toBe('unknown');
      expect(outcome.sentence).toMatch(/Northwind.*lists no such job yet.*not ordered again/);
    }
    expect(records).toEqual([]);
    expect(await settle(noon + day)).toMatchObject({ result: 'refused' });
    expect(recordedOrders(records).unsettled).toEqual([]);
  });

  it('is refused with Twilio’s words, and nothing after it is tried', async () => {
    const twilio = twilioWith([], () => {
      throw new UserError('read-only', 'This window is in read-only mode.');
    });
    const { journal } = fakeJournal();
    const outcomes = await placeOrders([order, { ...order, account: other, id: 'order-2' }], { twilio, journal });
    expect(outcomes.map(({ result }) => result)).toEqual(['refused', 'not-tried']);
    expect(outcomes[0]?.sentence).toContain('read-only');
  });

  it('is not sent when it cannot be recorded', async () => {
    const twilio = twilioWith([]);
    const journal = { append: () => Promise.reject(new UserError('not-allowed', 'The disk is full.')) };
    await expect(placeOrders([order], { twilio, journal })).rejects.toThrow('The disk is full.');
    expect(twilio.sent).toEqual([]);
  });

  it('of a journal somebody wrote by hand is ignored', () => {
    const record = { seq: 1, at: '', prev: '', hash: '', type: 'export-outcome', order: 'x', result: 'done' };
    const whole = { ...record, target: main, resource: 'Messages', start: '2026-10-17', end: '2026-10-19' };
    for (const broken of [
      record,
      { ...whole, target: 'AC1' },
      { ...whole, resource: '../x' },
      { ...whole, job: '../../x' },
      { ...whole, start: 'soon' },
    ])
      expect(recordedOrders([broken])).toEqual({ placed: [], unsettled: [] });
  });
});
