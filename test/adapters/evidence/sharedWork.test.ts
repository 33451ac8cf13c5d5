import { expect, test } from 'vitest';
import { createSharedWork } from '../../../src/adapters/evidence/sharedWork.ts';
import { Cancelled } from '../../../src/core/errors.ts';

function work() {
  const shared = createSharedWork<string, number>();
  const ends: { readonly tell: (progress: number) => void; readonly end: (result: string | Error) => void }[] = [];
  const make = (tell: (progress: number) => void) =>
    new Promise<string>((resolve, reject) => {
      ends.push({ tell, end: (result) => (typeof result === 'string' ? resolve(result) : reject(result)) });
    });
  return { shared, ends, make };
}

test('whoever comes later waits for the same work and is told how far it is', async () => {
  const { shared, ends, make } = work();
  const told: string[] = [];
  const ask = (name: string) => shared.of('key', { onProgress: (at) => told.push(`${name} ${at}`) }, make);
  const both = [ask('first'), ask('second')];
  ends[0]?.tell(7);
  expect(told).toEqual(['first 7', 'second 7']);
  ends[0]?.end('made');
  expect(await Promise.all(both)).toEqual(['made', 'made']);
  expect(ends).toHaveLength(1);
  const other = shared.of('key', {}, make);
  ends[1]?.tell(9);
  expect(told).toHaveLength(2);
  ends[1]?.end('again');
  expect(await other).toBe('again');
});

test('who stops waiting is free at once, and the others get what was made', async () => {
  const { shared, ends, make } = work();
  const abort = new AbortController();
  const first = shared.of('key', {}, make);
  const waiting = shared.of('key', { cancel: abort.signal }, make);
  abort.abort();
  await expect(waiting).rejects.toBeInstanceOf(Cancelled);
  ends[0]?.end('made');
  expect(await first).toBe('made');
  expect(ends).toHaveLength(1);
});

test('work that failed for one is done anew for the next', async () => {
  const { shared, ends, make } = work();
  const [first, second] = [shared.of('key', {}, make), shared.of('key', {}, make)];
  ends[0]?.end(new Cancelled());
  await expect(first).rejects.toBeInstanceOf(Cancelled);
  await expect.poll(() => ends.length, { timeout: 10_000 }).toBe(2);
  ends[1]?.end('made');
  expect(await second).toBe('made');
});
