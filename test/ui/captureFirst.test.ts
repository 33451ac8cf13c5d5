import { expect, test } from 'vitest';
import type { Plan } from '../../src/core/contain/plan.ts';
import type { EvidenceStore } from '../../src/core/evidence/evidenceStore.ts';
import type { OpenIncident } from '../../src/core/evidence/incidentStore.ts';
import type { JournalEntry } from '../../src/core/ports.ts';
import { createCaptureFirst } from '../../src/ui/captureFirst.ts';
import type { OpenConnection } from '../../src/ui/session.ts';
import { withLevers } from '../core/contain/leverWorld.ts';
import { memoryWriter } from '../core/evidence/collect/fakes.ts';
import { captured, journal } from '../core/incidentView/journal.ts';
import { mainSid } from '../simulator/smallWorld.ts';

test('the journal says which captures were made before a containment, and those of before are not among them', async () => {
  await withLevers(async ({ twilio, clock }) => {
    const entries: JournalEntry[] = [captured('messages', 1, mainSid)];
    const kept = {
      get records() {
        return journal(...entries);
      },
      append: async (entry: JournalEntry) => void entries.push(entry),
    };
    const { writer } = memoryWriter();
    const close = async () => void entries.push(captured('keys', 2, mainSid));
    const incident = { journal: kept } as object as OpenIncident;
    const first = createCaptureFirst({
      recorder: {
        beside: async (_plans: unknown, _open: unknown, work: (own: unknown, of: OpenIncident) => Promise<unknown>) =>
          work(kept, incident),
      } as object as Parameters<typeof createCaptureFirst>[0]['recorder'],
      store: async () => ({ writer: async () => ({ ...writer, close }) }) as object as EvidenceStore,
      clock,
      delay: () => new Promise(() => {}),
      collecting: () => false,
      refresh: () => {},
    });
    const plans = [{ accounts: [{ account: mainSid, name: 'Acme' }] }] as object as readonly Plan[];
    const open = { twilio, connection: { account: mainSid } } as object as OpenConnection;
    await first.run(plans, open, true);
    expect(entries.at(-1)).toMatchObject({ type: 'evidence-first', files: ['evidence/keys-0002.jsonl.gz'] });
    await first.run(plans, open, false);
    expect(entries.at(-1)).not.toHaveProperty('files');
  });
});
