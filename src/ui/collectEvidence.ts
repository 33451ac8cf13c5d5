import * as vscode from 'vscode';
import { Cancelled, UserError } from '../core/errors.ts';
import type { CollectOptions } from '../core/evidence/collect/options.ts';
import type { EvidenceStore } from '../core/evidence/evidenceStore.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import { privacyEntry } from '../core/evidence/privacy.ts';
import { sourceIds } from '../core/evidence/source.ts';
import { withDaysBefore } from '../core/evidence/usualDays.ts';
import { collectedEntry, collectionEntry } from '../core/incidentView/collectionRecord.ts';
import {
  type CollectionResult,
  collectionResult,
  collectionText,
  rowsBefore,
  rowsChanged,
} from '../core/incidentView/collectionText.ts';
import { createRemainingTime } from '../core/incidentView/remainingTime.ts';
import { views } from '../core/manifest/contributes.ts';
import type { Cancellation, Clock, Log } from '../core/ports.ts';
import { untrusted } from '../core/untrusted.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { fromToken } from './cancellation.ts';
import type { CollectPlan, Wanted } from './collectPlan.ts';
import { type CountingProgress, countingProgress } from './countingProgress.ts';
import { say } from './say.ts';
import type { OpenConnection, Session } from './session.ts';

export interface CollectEvidenceParts {
  readonly session: Session;
  readonly incidents: ActiveIncident;
  readonly store: () => Promise<EvidenceStore>;
  readonly clock: Clock;
  /** Resolves after so many milliseconds; rejects with `Cancelled`. */
  readonly delay: CollectOptions['delay'];
  /** Shows what was recorded; called now and then while collecting. */
  readonly refresh: () => void;
  /** Counts the captured messages, so that whoever asks for their traffic next has it at once. Rejects with `Cancelled`. */
  readonly count: (
    incident: OpenIncident,
    options: { readonly cancel: Cancellation } & CountingProgress,
  ) => Promise<unknown>;
  readonly log: Log;
  /** Goes on after the command ended, such as a toast that waits for an answer. */
  readonly background: (work: () => Promise<void>) => void;
}

export interface CollectEvidence {
  readonly collecting: boolean;
  /** `Collect Evidence…`; with `wanted`, of these sources alone and without asking which. */
  run(wanted?: Wanted): Promise<void>;
}

const busy = 'Evidence is being collected. Stop it in its notification, or wait until it has ended, then try again.';
const untilShown = 1000;

/** One collection at a time; incident and account stay open meanwhile. */
export function createCollectEvidence(parts: CollectEvidenceParts): CollectEvidence {
  const { session, incidents, store, clock, refresh } = parts;
  let asking = false;
  let collecting = false;

  async function collect(
    opened: OpenIncident,
    open: OpenConnection,
    plan: CollectPlan,
    gap?: string,
  ): Promise<CollectionResult> {
    const [{ collectEvidence }, { collectPrices }] = await Promise.all([
      import('../core/evidence/collect/collectEvidence.ts'),
      import('../core/evidence/collectPrices.ts'),
    ]);
    const { journal, incident } = opened;
    const { sources, accounts, window, known, now, daysBefore } = plan;
    const { account: main, demo } = open.connection;
    if (!incident) throw new Error('an incident without a description cannot be collected into');
    return vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Collecting evidence', cancellable: true },
      async (toast, token) => {
        if (plan.bodies) await journal.append(privacyEntry(plan.bodies));
        const ids = sources.map(({ id }) => id);
        await journal.append(
          collectionEntry({ main, accounts, sources: ids, daysBefore, demo, ...(gap !== undefined && { gap }) }),
        );
        const evidence = await store();
        const writer = await evidence.writer(opened);
        const begun = clock.now();
        // Only what was collected says whose prices are missing.
        const first = sources.filter(({ id }) => id !== 'prices');
        const prices = first.length < sources.length ? [{ done: 0, of: 1 }] : [];
        let shown = begun;
        let share = 0;
        const remaining = createRemainingTime();
        const options = {
          accounts: accounts.map(({ sid, name }) => ({ account: sid, name })),
          main,
          window,
          now,
          held: known.held,
          rowsOf: (captures) => evidence.rows(opened, sourceIds, () => undefined, captures),
          writer,
          clock,
          delay: parts.delay,
          cancel: fromToken(token),
          onProgress: (progress) => {
            const at = clock.now();
            if (at - shown < untilShown) return;
            shown = at;
            const increment = Math.max(0, 1 - progress.left - share) * 100;
            share = Math.max(share, 1 - progress.left);
            const state = { ...progress, sources: [...progress.sources, ...prices] };
            const left = remaining(progress.left, at - begun);
            toast.report({ message: collectionText(state, at - begun, left), increment });
            refresh();
          },
        } satisfies Omit<CollectOptions, 'sources'>;
        const read = async () => {
          const wanted = withDaysBefore(first, daysBefore);
          const result = await collectEvidence(open.twilio, { ...options, sources: wanted });
          const failed = result.writeFailure !== undefined || token.isCancellationRequested;
          if (failed || prices.length === 0) return result;
          const rows = evidence.rows(opened, ['messages', 'calls'], () => undefined);
          const { onProgress, ...quiet } = options;
          toast.report({ message: 'reading list prices' });
          const listed = await collectPrices(open.twilio, quiet, rows);
          if (!listed) return result;
          return { ...listed, rows: result.rows + listed.rows, outcomes: [...result.outcomes, ...listed.outcomes] };
        };
        const result = await read().finally(() => writer.close());
        if (result.writeFailure !== undefined) throw new UserError('not-allowed', result.writeFailure);
        const stopped = token.isCancellationRequested;
        await journal.append(collectedEntry(stopped ? 'stopped' : 'finished'));
        const asked = new Set(sources.map(({ id }) => id));
        if (asked.has('messages') && !stopped) {
          toast.report({ message: 'counting the messages' });
          const counting = countingProgress(
            (message) => toast.report({ message }),
            clock.now,
            'counting the messages: ',
          );
          // What keeps them from being counted is said where traffic is shown.
          await parts.count(opened, { cancel: options.cancel, ...counting }).catch((reason: unknown) => {
            if (!(reason instanceof Cancelled)) parts.log.error(untrusted(`collected traffic: ${reason}`).for('log'));
          });
        }
        const after = plan.coverageAfter(journal.records).filter(({ source }) => asked.has(source));
        const held = known.coverage.filter(({ source }) => asked.has(source));
        return collectionResult(after, result.rows, stopped, gap, {
          before: rowsBefore(result.outcomes, held, after),
          changed: rowsChanged(result.outcomes, held),
        });
      },
    );
  }

  async function run(opened: OpenIncident, open: OpenConnection, wanted: Wanted | undefined): Promise<void> {
    const [{ reachableAccounts }, { planCollection }] = await Promise.all([
      import('./collectFrom.ts'),
      import('./collectPlan.ts'),
    ]);
    const { incident, journal } = opened;
    if (journal.readOnly !== undefined || !incident)
      throw new UserError('not-allowed', journal.readOnly ?? 'The incident can only be looked at.');
    const { accounts, gap } = await reachableAccounts(incident, open);
    const { lost } = await (await store()).onDisk(opened);
    const { records } = journal;
    const plan = await planCollection({ incident, records, accounts, clock, open, wanted, lost });
    if (plan.sources.length === 0 || plan.accounts.length === 0) return;
    if (incidents.current !== opened || session.current !== open)
      throw new UserError('state-moved', 'The incident or the account was switched meanwhile. Nothing was collected.');
    collecting = true;
    refresh();
    try {
      const result = await incidents.hold(() => session.hold(() => collect(opened, open, plan, gap), busy), busy);
      parts.background(() => report(result));
    } finally {
      collecting = false;
      refresh();
    }
  }

  function refuseTwo(): void {
    if (asking)
      throw new UserError('state-moved', collecting ? busy : 'Answer the questions of “Collect Evidence…” first.');
  }

  return {
    get collecting() {
      return collecting;
    },
    async run(wanted) {
      refuseTwo();
      const { accountToCollect, incidentToCollect } = await import('./collectFrom.ts');
      // These offers may be put away without an answer, and then nobody is at anything.
      const opened = await incidentToCollect(incidents);
      const open = opened && (await accountToCollect(session));
      if (!opened || !open) return;
      refuseTwo();
      asking = true;
      try {
        await run(opened, open, wanted);
      } finally {
        asking = false;
      }
    },
  };
}

async function report({ sentence, complete }: CollectionResult): Promise<void> {
  const text = untrusted(sentence).for('toast');
  const answer = await (complete ? say.info(text, 'Show Incident') : say.warning(text, 'Show Incident'));
  if (answer) await vscode.commands.executeCommand(`${views.incident}.focus`);
}
