import { expect, test, vi } from 'vitest';
import type { Plan } from '../../src/core/contain/plan.ts';
import type { EvidenceStore } from '../../src/core/evidence/evidenceStore.ts';
import type { OpenIncident } from '../../src/core/evidence/incidentStore.ts';
import type { JournalEntry } from '../../src/core/ports.ts';
import { createCaptureFirst } from '../../src/ui/captureFirst.ts';
import type { OpenConnection } from '../../src/ui/session.ts';
import { type LeverWorld, withLevers } from '../core/contain/leverWorld.ts';
import { memoryWriter } from '../core/evidence/collect/fakes.ts';
import { captured, journal } from '../core/incidentView/journal.ts';
import { mainSid } from '../simulator/smallWorld.ts';

/** A first capture of an incident whose journal holds a capture already; `closing` ends before its writer does. */
async function firstCapture(
  { twilio, clock }: LeverWorld,
  { closing = Promise.resolve(), delay }: { closing?: Promise<void>; delay: () => Promise<void> },
) {
  const entries: JournalEntry[] = [captured('messages', 1, mainSid)];
  const kept = {
    get records() {
      return journal(...entries);
    },
    append: async (entry: JournalEntry) => void entries.push(entry),
  };
  const { writer } = memoryWriter();
  const close = async () => {
    await closing;
    entries.push(captured('keys', 2, mainSid));
  };
  const incident = { journal: kept } as object as OpenIncident;
  const first = createCaptureFirst({
    recorder: {
      beside: async (_plans: unknown, _open: unknown, work: (own: unknown, of: OpenIncident) => Promise<unknown>) =>
        work(kept, incident),
    } as object as Parameters<typeof createCaptureFirst>[0]['recorder'],
    store: async () => ({ writer: async () => ({ ...writer, close }) }) as object as EvidenceStore,
    clock,
    delay,
    collecting: () => false,
    refresh: () => {},
  });
  const plans = [{ accounts: [{ account: mainSid, name: 'Acme' }] }] as object as readonly Plan[];
  const open = { twilio, connection: { account: mainSid } } as object as OpenConnection;
  return { entries, run: (wanted: boolean) => first.run(plans, open, wanted) };
}

test('the journal says which captures were made before a containment, and those of before are not among them', async () => {
  await withLevers(async (at) => {
    const { entries, run } = await firstCapture(at, { delay: () => new Promise(() => {}) });
    await run(true);
    expect(entries.at(-1)).toMatchObject({ type: 'evidence-first', files: ['evidence/keys-0002.jsonl.gz'] });
    await run(false);
    expect(entries.at(-1)).not.toHaveProperty('files');
  });
});

test('containment does not wait for a slow disk: the journal says so, and tells of the captures when they are written', async () => {
  await withLevers(async (at) => {
    let written: () => void = () => {};
    const closing = new Promise<void>((resolve) => {
      written = resolve;
    });
    const { entries, run } = await firstCapture(at, { closing, delay: async () => {} });
    await run(true);
    expect(entries.at(-1)).toMatchObject({ type: 'evidence-first', result: 'writing' });
    expect(entries.at(-1)).not.toHaveProperty('rows');
    entries.push({ type: 'intent' });
    written();
    await vi.waitUntil(() => entries.at(-1)?.type === 'evidence-first', { timeout: 60_000 });
    expect(entries.at(-1)).toMatchObject({ late: true, files: ['evidence/keys-0002.jsonl.gz'] });
    expect(entries.filter(({ type }) => type === 'evidence-first')).toHaveLength(2);
  });
});
