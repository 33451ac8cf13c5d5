import type { CapturedFirst } from '../core/contain/captureFirst.ts';
import type { Plan } from '../core/contain/plan.ts';
import type { PlannedAccount } from '../core/contain/planAccounts.ts';
import { filesSince } from '../core/evidence/cameByItself.ts';
import type { CollectOptions } from '../core/evidence/collect/options.ts';
import type { EvidenceStore } from '../core/evidence/evidenceStore.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import { sourceIds } from '../core/evidence/source.ts';
import type { Clock } from '../core/ports.ts';
import type { Recorder } from './recorder.ts';
import type { OpenConnection } from './session.ts';

export interface CaptureFirstParts {
  readonly recorder: Recorder;
  readonly store: () => Promise<EvidenceStore>;
  readonly clock: Clock;
  readonly delay: CollectOptions['delay'];
  /** Evidence is coming in just now. */
  readonly collecting: () => boolean;
  /** Shows what was captured. */
  readonly refresh: () => void;
}

/** Captures what a containment is about to change, or records why not. */
export interface CaptureFirst {
  /** Before the first request of these plans. `wanted`: the person did not leave it out. */
  run(plans: readonly Plan[], open: OpenConnection, wanted: boolean): Promise<CapturedFirst>;
}

/** Containment waits two seconds for it at most. */
export function createCaptureFirst(parts: CaptureFirstParts): CaptureFirst {
  const { recorder, store, clock, delay, collecting } = parts;

  async function capture(
    accounts: readonly PlannedAccount[],
    open: OpenConnection,
    incident: OpenIncident | undefined,
    wanted: boolean,
  ): Promise<CapturedFirst> {
    const why = whyNot(incident, wanted, collecting());
    if (!incident || why !== undefined) return { result: 'skipped', rows: 0, why: [why ?? ''] };
    const [{ captureFirst }, { heldCaptures }] = await Promise.all([
      import('../core/contain/captureFirst.ts'),
      import('../core/evidence/heldCaptures.ts'),
    ]);
    return captureFirst(accounts, {
      twilio: open.twilio,
      main: open.connection.account,
      held: heldCaptures(incident.journal.records),
      async *rowsOf(captures) {
        yield* (await store()).rows(incident, sourceIds, () => undefined, captures);
      },
      writer: async () => (await store()).writer(incident),
      clock,
      delay,
    });
  }

  return {
    run: (plans, open, wanted) =>
      recorder.beside(plans, open, async (journal, incident) => {
        const { capturedFirstEntry } = await import('../core/contain/captureFirst.ts');
        const accounts = accountsOf(plans);
        const before = incident?.journal.records.length ?? 0;
        const found = await capture(accounts, open, incident, wanted);
        let told = before;
        const record = async (one: CapturedFirst, late?: boolean) => {
          const files = filesSince(incident?.journal.records ?? [], told);
          told = incident?.journal.records.length ?? 0;
          const entry = capturedFirstEntry(one, accounts, late);
          await journal.append({ ...entry, ...(files.length > 0 && { files: [...files] }) });
          parts.refresh();
        };
        await record(found);
        // Begun here, while this incident is held, so that the record of the rest lands in its journal. Where that fails, containment fails, too, and says so.
        if (found.result === 'writing')
          void recorder.beside(plans, open, async () => record(await found.rest, true)).catch(() => undefined);
        return found;
      }),
  };
}

function whyNot(incident: OpenIncident | undefined, wanted: boolean, collecting: boolean): string | undefined {
  if (!wanted) return 'It was left out by choice.';
  if (!incident) return 'No incident is open, and evidence is kept in the folder of one.';
  if (collecting) return 'Evidence is being collected anyway.';
  return incident.journal.readOnly;
}

/** Each once, in the plans' order. */
function accountsOf(plans: readonly Plan[]): readonly PlannedAccount[] {
  return [...new Map(plans.flatMap(({ accounts }) => accounts).map((one) => [one.account, one])).values()];
}
