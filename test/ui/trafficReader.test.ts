import { beforeAll, expect, test, vi } from 'vitest';
import { Cancelled } from '../../src/core/errors.ts';
import type { Detected } from '../../src/core/traffic/detected.ts';
import type { Before, Reading } from '../../src/core/traffic/liveReading.ts';
import type { TrafficReport } from '../../src/core/traffic/report.ts';
import type { TrafficReader } from '../../src/ui/trafficReader.ts';
import { createFakeVscode } from './fakeVscode.ts';

const fake = vi.hoisted(() => ({ module: {} as object }));
vi.mock('vscode', () => fake.module);
fake.module = createFakeVscode({ workspace: '/', answer: () => undefined }).module as object;

const report: TrafficReport = { window: { from: 0, to: 1 }, accounts: [], gaps: [] };
const detected: Detected = { accounts: [], usual: [], findings: [] };
let createReader: (read: () => Promise<Reading>) => TrafficReader;

beforeAll(async () => {
  class CancellationTokenSource {
    readonly token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
    cancel(): void {
      this.token.isCancellationRequested = true;
    }
    dispose(): void {}
  }
  fake.module = new Proxy(fake.module, {
    get: (target, member) =>
      member === 'CancellationTokenSource' ? CancellationTokenSource : Reflect.get(target, member),
  });
  const { createTrafficReader } = await import('../../src/ui/trafficReader.ts');
  createReader = (read) => createTrafficReader(read, { error: () => undefined } as never);
});

function reading(isCheap: boolean, judge: Before['judge'] = async () => detected): Reading {
  return { report, before: { offer: { days: 8, requests: 90, seconds: 9 }, isCheap, judge } };
}

test('days before that cost little are read at once, and shown as being judged meanwhile', async () => {
  const seen: (readonly [boolean, TrafficReport | undefined])[] = [];
  const reader = createReader(async () => reading(true));
  reader.onDidChange(() => seen.push([reader.judging, reader.report]));
  const judged = await reader.read('statusBar');
  expect(judged?.detected).toBe(detected);
  // The counts are there before they are judged.
  expect(seen).toContainEqual([true, report]);
  expect([reader.judging, reader.offer('sms')]).toEqual([false, undefined]);
});

test('others are offered, read when they are asked for, and offered once', async () => {
  const judge = vi.fn(async () => detected);
  const reader = createReader(async () => reading(false, judge));
  expect((await reader.read('statusBar'))?.detected).toBeUndefined();
  expect(judge).not.toHaveBeenCalled();
  expect(reader.offer('sms')).toMatchObject({ requests: 90 });
  await reader.readBefore('sms');
  expect(reader.report?.detected).toBe(detected);
  await reader.readBefore('sms');
  expect(judge).toHaveBeenCalledOnce();
});

test('what was counted stays when judging it is stopped, and that is no failure', async () => {
  const reader = createReader(async () => reading(true, () => Promise.reject(new Cancelled())));
  expect(await reader.read('statusBar')).toBe(report);
  expect([reader.failure, reader.judging]).toEqual([undefined, false]);
});
