import { expect, test } from 'vitest';
import { readSlice } from '../../../../src/core/evidence/collect/readSlice.ts';
import { createSeenRows } from '../../../../src/core/evidence/collect/seenRows.ts';
import type { CaptureWriter } from '../../../../src/core/evidence/evidenceStore.ts';
import { messages } from '../../../../src/core/evidence/sources/messages.ts';
import type { Page } from '../../../../src/core/ports.ts';
import type { TwilioRequest } from '../../../../src/core/twilio/request.ts';
import { proof } from '../../fakeTwilio.ts';
import { main, now, row } from './fakes.ts';

/** Until nothing goes on any more without what the test holds back. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A slice whose pages come, and are written, when the test says so. */
function slowSlice() {
  const asked: PromiseWithResolvers<Page>[] = [];
  const written: PromiseWithResolvers<void>[] = [];
  let ended = false;
  const held = <T>(all: PromiseWithResolvers<T>[]): Promise<T> => {
    const one = Promise.withResolvers<T>();
    all.push(one);
    return one.promise;
  };
  const writer: CaptureWriter = {
    begin: () => ({
      page: () => held(written),
      held: () => Promise.reject(new Error('no rows are elsewhere')),
      async end() {
        ended = true;
      },
      drop: () => undefined,
    }),
    flush: async () => undefined,
    close: async () => undefined,
  };
  const window = { from: now - 60_000, to: now };
  const { removable: _, ...source } = messages;
  const result = readSlice(
    {
      ...{ writer, seen: createSeenRows(), window, now, volume: async () => undefined, onRows: () => undefined },
      page: () => held(asked),
    },
    { source, account: main, byDays: false, counted: undefined },
    { window, whole: true },
  );
  return {
    result,
    /** Lets the page come that was asked for last: two rows, and whether there is a next one. */
    async comes(hasNext: boolean) {
      const place = asked.length - 1;
      const items = [row(2 * place, now - 2000 * place), row(2 * place + 1, now - 2000 * place - 1000)];
      const next: TwilioRequest = { operation: 'listMessages', account: main, continueAt: `page ${place + 1}` };
      const body = { messages: items, start: 2 * place, end: 2 * place + 1, page: place };
      const answer = { status: 200, body, proof: { ...proof, receivedAt: now }, items };
      asked[place]?.resolve(hasNext ? { ...answer, next } : answer);
      await settled();
    },
    async isWritten(place: number) {
      written[place]?.resolve();
      await settled();
    },
    /** Pages that were asked for, pages the writer got, and whether the slice has ended. */
    so: () => [asked.length, written.length, ended],
  };
}

test('a slice hands the writer one page at a time, and asks for one more while that is written', async () => {
  const slice = slowSlice();
  await settled();
  expect(slice.so()).toEqual([1, 0, false]);
  await slice.comes(true);
  expect(slice.so()).toEqual([2, 1, false]);
  // The second one came, and waits for the first: a third one is neither held nor asked for.
  await slice.comes(true);
  expect(slice.so()).toEqual([2, 1, false]);
  await slice.isWritten(0);
  expect(slice.so()).toEqual([3, 2, false]);
  await slice.comes(false);
  expect(slice.so()).toEqual([3, 2, false]);
  await slice.isWritten(1);
  expect(slice.so()).toEqual([3, 3, false]);
  // It has ended only when its last page is written too.
  await slice.isWritten(2);
  expect(slice.so()).toEqual([3, 3, true]);
  expect(await slice.result).toEqual({ kind: 'ended', rows: 6, pages: 3, failed: false, lasting: false });
});
