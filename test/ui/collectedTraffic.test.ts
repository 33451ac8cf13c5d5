import { expect, test, vi } from 'vitest';
import { createFakeVscode } from './fakeVscode.ts';

const fake = vi.hoisted(() => ({ module: {} as object, reader: undefined as { report?: unknown } | undefined }));
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
