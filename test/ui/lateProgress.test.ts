import { beforeEach, expect, test, vi } from 'vitest';
import { throwIfCancelled } from '../../src/core/cancellation.ts';
import { Cancelled } from '../../src/core/errors.ts';
import type { Cancellation } from '../../src/core/ports.ts';

const fake = vi.hoisted(() => ({ shown: [] as string[], cancel: () => {} }));
vi.mock('vscode', () => ({
  ProgressLocation: { Notification: 15 },
  window: {
    withProgress: ({ title }: { title: string }, work: (toast: unknown, token: unknown) => Promise<unknown>) => {
      fake.shown.push(title);
      const onCancellationRequested = (listener: () => void) => {
        fake.cancel = listener;
        return { dispose: () => undefined };
      };
      return work({}, { onCancellationRequested });
    },
  },
}));

beforeEach(() => {
  fake.shown.length = 0;
});

const never = () => new Promise<void>(() => undefined);

test('what is quick shows nothing, and its failure is told', async () => {
  const { withLateProgress } = await import('../../src/ui/lateProgress.ts');
  expect(await withLateProgress('Reading', never, async () => 7)).toBe(7);
  await expect(withLateProgress('Reading', never, () => Promise.reject(new RangeError('no')))).rejects.toThrow('no');
  expect(fake.shown).toEqual([]);
});

test('what takes long says what is waited for, and ends when it is cancelled', async () => {
  const { withLateProgress } = await import('../../src/ui/lateProgress.ts');
  const work = async (cancel: Cancellation) => {
    await vi.waitFor(() => throwIfNot(cancel), { timeout: 10_000 });
    throwIfCancelled(cancel);
  };
  const throwIfNot = (cancel: Cancellation): void => {
    if (!cancel.aborted) throw new Error('not yet');
  };
  const running = withLateProgress('Reading the evidence', async () => undefined, work);
  const failed = expect(running).rejects.toBeInstanceOf(Cancelled);
  await vi.waitFor(() => expect(fake.shown).toEqual(['Reading the evidence']), { timeout: 5000 });
  fake.cancel();
  await failed;
});
