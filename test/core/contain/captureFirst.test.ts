import { expect, test } from 'vitest';
import { delay } from '../../../src/adapters/twilio/delay.ts';
import { capturedFirstEntry, captureFirst, captureLimit } from '../../../src/core/contain/captureFirst.ts';
import { perishable } from '../../../src/core/contain/perishable.ts';
import { UserError } from '../../../src/core/errors.ts';
import { mainSid, subSid } from '../../simulator/smallWorld.ts';
import { memoryWriter } from '../evidence/collect/fakes.ts';
import { type LeverWorld, withLevers } from './leverWorld.ts';

const both = [
  { account: mainSid, name: 'Northwind Pharmacy' },
  { account: subSid, name: 'Production OTP' },
];

/** However busy the machine is: where the limit is not what is tried, it does not come. */
const patient: typeof delay = (milliseconds, cancel) => delay(milliseconds * 100, cancel);

function capture(at: LeverWorld, over: Partial<Parameters<typeof captureFirst>[1]> = {}, accounts = both) {
  const memory = memoryWriter();
  const parts = { ...at, main: mainSid, held: [], writer: async () => memory.writer, delay: patient, ...over };
  return { memory, done: captureFirst(accounts, parts) };
}

test('what containment changes or ends is captured in each account, and nothing is changed by that', async () => {
  await withLevers(async (at) => {
    const { memory, done } = capture(at);
    const found = await done;
    expect(found).toMatchObject({ result: 'captured', why: [] });
    const seen = new Set(memory.slices.map(({ source, slice }) => `${source} ${slice.account}`));
    for (const { account } of both) for (const source of perishable) expect(seen).toContain(`${source} ${account}`);
    const rows = memory.slices.reduce((sum, slice) => sum + slice.rows.length, 0);
    expect(rows).toBeGreaterThan(0);
    expect(at.changes()).toEqual([]);
    expect(capturedFirstEntry(found, both)).toEqual({
      type: 'evidence-first',
      result: 'captured',
      rows,
      accounts: [mainSid, subSid],
    });
  });
});

test('an account that cannot be read leaves a reason, and the rest is captured', async () => {
  await withLevers(async (at) => {
    at.simulator.faults.add({ fault: { kind: 'unauthorized' }, operationId: 'ListEvent' });
    const found = await capture(at).done;
    expect(found.result).toBe('partly');
    expect(found.why.join()).toContain('events of');
    expect(found).toMatchObject({ rows: expect.any(Number) });
  });
});

test('a Twilio that does not answer, and a disk that does not, keep nobody waiting for longer than the limit', async () => {
  const started: number[] = [];
  const clockwork = async (milliseconds: number) => void started.push(milliseconds);
  await withLevers(async (at) => {
    const silent = { ...at.twilio, page: () => new Promise<never>(() => {}) };
    expect(await capture(at, { twilio: silent, delay: clockwork }).done).toMatchObject({ result: 'writing' });
    expect(started.reduce((sum, one) => sum + one, 0)).toBe(captureLimit);
    const stuck = async () => new Promise<never>(() => {});
    expect((await capture(at, { writer: stuck, delay: clockwork }).done).result).toBe('writing');
  });
});

test('what is still being written when the time is over is told as that, without a number, and then as what it came to', async () => {
  await withLevers(async (at) => {
    let written: () => void = () => {};
    const closing = new Promise<void>((resolve) => {
      written = resolve;
    });
    const memory = memoryWriter();
    const slow = { ...memory.writer, close: () => closing };
    // The time is over when all was read and the disk has not answered.
    const whenRead = async () => {
      while (memory.slices.length < perishable.length * both.length) await delay(1);
    };
    const found = await capture(at, { writer: async () => slow, delay: whenRead }).done;
    expect(capturedFirstEntry(found, both)).toEqual({
      type: 'evidence-first',
      result: 'writing',
      accounts: [mainSid, subSid],
      why: ['It was still being written when the containment went on; its own record follows.'],
    });
    written();
    const rest = found.result === 'writing' ? await found.rest : found;
    const rows = memory.slices.reduce((sum, slice) => sum + slice.rows.length, 0);
    expect(capturedFirstEntry(rest, both, true)).toMatchObject({ result: 'captured', rows, late: true });
    expect(rows).toBeGreaterThan(0);
  });
});

test('evidence that cannot be written is skipped with the reason, never thrown', async () => {
  await withLevers(async (at) => {
    const refused = () => Promise.reject(new UserError('not-allowed', 'The disk is full.'));
    expect(await capture(at, { writer: refused }).done).toEqual({
      result: 'skipped',
      rows: 0,
      why: ['The disk is full.'],
    });
    const broken = () => Promise.reject(new Error('a mistake of ours'));
    expect((await capture(at, { writer: broken }).done).result).toBe('skipped');
  });
});

test('of many accounts the first are captured, and how many were left out is told', async () => {
  await withLevers(async (at) => {
    const many = Array.from({ length: 11 }, () => both[0] ?? { account: mainSid, name: '' });
    const found = await capture(at, {}, many).done;
    expect(found.result).toBe('partly');
    expect(found.why).toContain('3 more accounts were left out, to lose no time.');
  });
});
