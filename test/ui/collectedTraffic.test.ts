import { expect, test, vi } from 'vitest';
import { Cancelled } from '../../src/core/errors.ts';
import { createFakeVscode } from './fakeVscode.ts';

const fake = vi.hoisted(() => ({
  module: {} as object,
  reader: undefined as { report?: unknown; judging?: boolean } | undefined,
}));
vi.mock('vscode', () => fake.module);
vi.mock('../../src/ui/trafficPanel.ts', () => ({
  createTrafficPanel({ reader }: { reader: { report?: unknown } }) {
    fake.reader = reader;
    return { show: () => undefined, dispose: () => undefined };
  },
}));
fake.module = createFakeVscode({ workspace: '/', answer: () => undefined }).module as object;

test('what was counted for an incident that was left meanwhile does not pass for the traffic of the one that is open', async () => {
  const { createCollectedTraffic } = await import('../../src/ui/collectedTraffic.ts');
  const [left, open] = [
    { folder: '/left', title: 'left' },
    { folder: '/open', title: 'open' },
  ];
  let switched: () => void = () => undefined;
  let finish: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const incidents = { current: left, onDidChange: (listener: () => void) => (switched = listener) };
  const traffic = createCollectedTraffic({
    incidents,
    count: async (incident: typeof left) => {
      if (incident === left) await slow;
      return { report: incident.title };
    },
    tools: { restore: () => ({ waiting: false, dispose: () => undefined }) },
    guard: (work: () => Promise<void>) => work(),
    now: () => 0,
  } as never);
  const first = traffic.show();
  incidents.current = open;
  switched();
  await traffic.show();
  expect(fake.reader?.report).toBe('open');
  finish();
  await first;
  expect(fake.reader?.report).toBe('open');
});

test('counts are shown while the detector is at work, said to be unjudged, and stay when it is stopped', async () => {
  const { createCollectedTraffic } = await import('../../src/ui/collectedTraffic.ts');
  const incident = { folder: '/open', title: 'open' };
  const seen: unknown[] = [];
  const look = (): void => void seen.push([fake.reader?.report, fake.reader?.judging]);
  let stopped = false;
  const traffic = createCollectedTraffic({
    incidents: { current: incident, onDidChange: () => undefined },
    async count(_incident: unknown, { onCounted }: { onCounted: (traffic: unknown) => void }) {
      onCounted({ report: 'counted' });
      await vi.waitFor(() => expect(fake.reader?.report).toBe('counted'));
      look();
      if (stopped) throw new Cancelled();
      return { report: 'judged' };
    },
    tools: { restore: () => ({ waiting: false, dispose: () => undefined }) },
    guard: (work: () => Promise<void>) => work(),
    now: () => 0,
  } as never);
  await traffic.show();
  look();
  stopped = true;
  await expect(traffic.show()).rejects.toBeInstanceOf(Cancelled);
  look();
  expect(seen).toEqual([
    ['counted', true],
    ['judged', false],
    ['counted', true],
    ['counted', false],
  ]);
});
