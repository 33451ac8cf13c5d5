import { expect, test, vi } from 'vitest';
import { collectedEntry, collectionEntry } from '../../src/core/incidentView/collectionRecord.ts';
import type { JournalEntry } from '../../src/core/ports.ts';
import { main, noon, someIncident } from '../core/incidentView/facts.ts';
import { captured, journal } from '../core/incidentView/journal.ts';
import { createFakeVscode } from './fakeVscode.ts';

const fake = vi.hoisted(() => ({ module: {} as object }));
vi.mock('vscode', () => fake.module);
fake.module = createFakeVscode({ workspace: '', answer: () => undefined }).module as object;

/** A watch of an ongoing incident whose looks are never due; `records` can be exchanged. */
async function watched(records: readonly JournalEntry[]) {
  const { createLiveWatch } = await import('../../src/ui/liveWatch.ts');
  const opened = { folder: '', incident: someIncident(), journal: { records: journal(...records) } };
  let waits = 0;
  const watch = createLiveWatch({
    session: { current: {}, onDidChange: () => ({ dispose: () => undefined }) },
    incidents: { current: opened, onDidChange: () => ({ dispose: () => undefined }) },
    clock: { now: () => noon },
    collecting: () => true,
    delay: () => {
      waits++;
      return new Promise(() => undefined);
    },
  } as never);
  const write = (...more: readonly JournalEntry[]): void => {
    opened.journal.records = journal(...records, ...more);
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    watch,
    write,
    /** Whether it begins when something changed. */
    begins: async () => {
      const before = waits;
      watch.update();
      await settle();
      return waits > before;
    },
    waits: () => waits,
  };
}

const begun = collectionEntry({ main, accounts: [{ sid: main, name: 'Acme' }], sources: ['messages'], demo: false });
const messages = captured('messages', 1, main);

test('begins by itself after a collection that came to its end', async () => {
  expect(await (await watched([begun, messages, collectedEntry('finished')])).begins()).toBe(true);
});

test('does not begin by itself after a collection that was stopped or cut off', async () => {
  const { begins, write } = await watched([begun, messages]);
  expect(await begins()).toBe(false);
  write(collectedEntry('stopped'));
  expect(await begins()).toBe(false);
  write(collectedEntry('stopped'), begun, collectedEntry('finished'));
  expect(await begins()).toBe(true);
});

test('goes on after a stopped collection when somebody starts it', async () => {
  const { watch, waits } = await watched([begun, messages, collectedEntry('stopped')]);
  watch.start();
  watch.update();
  await vi.waitFor(() => expect(waits()).toBe(1));
});
