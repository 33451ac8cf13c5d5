import type { Outcome } from '../core/contain/apply.ts';
import { type Interrupted, interruptedIn, settleInterrupted } from '../core/contain/interrupted.ts';
import { type Own, ownIn } from '../core/contain/ownChanges.ts';
import type { Plan } from '../core/contain/plan.ts';
import { type RecordedUndo, recordedUndos } from '../core/contain/undoFromJournal.ts';
import { UserError } from '../core/errors.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import { isProven } from '../core/evidence/seal.ts';
import type { JsonObject } from '../core/model/json.ts';
import type { Clock, Journal } from '../core/ports.ts';
import { actions } from '../core/registry.ts';
import type { ActiveIncident } from './activeIncident.ts';
import type { OpenConnection, Step } from './session.ts';

/** Decides which journal containment is recorded in: the active incident's, else the account's own. */
export interface Recorder {
  /** Runs work that records; the incident stays open meanwhile. `UserError` when the incident is about other accounts. */
  record<T>(plan: Plan, open: OpenConnection, work: (journal: Journal) => Promise<T>): Promise<T>;
  /** The same for what concerns several plans, such as evidence captured first; `incident` is absent when none is active. */
  beside<T>(
    plans: readonly Plan[],
    open: OpenConnection,
    work: (journal: Journal, incident: OpenIncident | undefined) => Promise<T>,
  ): Promise<T>;
  /**
   * What was done with this credential and can be taken back, the newest first, by the journal of the active incident and the
   * account's own. Records that this computer did not seal are left out, and `why` says so.
   */
  undos(open: OpenConnection): Promise<{ readonly undos: readonly RecordedUndo[]; readonly why?: string }>;
  /** What was done with this extension, by what this computer sealed in the active incident and the account's own journal. */
  own(open: OpenConnection): Promise<Own>;
  /**
   * Changes that the journal of the active incident, or the account's own, says were begun and never says how they ended; settles
   * them by reading. Those of plans under way in this window are left alone.
   */
  settle(open: OpenConnection, clock: Clock): Promise<readonly Outcome[]>;
  /** Tells a new incident what was done in this window before it was started. */
  carryOver(steps: readonly Step[], incident: OpenIncident): Promise<void>;
}

const ofClosed = 'What an incident recorded is undone while it is open: choose “Open Incident…” first.';

export function createRecorder(active: ActiveIncident): Recorder {
  /** Plans that an incident's journal tells of. */
  const told = new Set<string>();
  const underWay = new Set<string>();

  async function during<T>(plan: Plan, work: () => Promise<T>): Promise<T> {
    underWay.add(plan.id);
    try {
      return await work();
    } finally {
      underWay.delete(plan.id);
    }
  }

  /** Another account's changes cannot be read with this credential, and a refusal would tell nothing. */
  function begunIn(records: readonly JsonObject[], { connection }: OpenConnection): readonly Interrupted[] {
    const begun = interruptedIn(records, actions);
    return begun.filter(({ plan, main }) => !underWay.has(plan) && main === connection.account);
  }

  async function settleIncident(open: OpenConnection, clock: Clock): Promise<readonly Outcome[]> {
    const incident = active.current;
    if (!incident || incident.journal.readOnly !== undefined) return [];
    const { journal } = incident;
    const own = begunIn(journal.records, open);
    if (own.length === 0) return [];
    return active.hold(() => settleInterrupted(own, { twilio: open.twilio, journal, clock }));
  }

  async function settleAccount(open: OpenConnection, clock: Clock): Promise<readonly Outcome[]> {
    const { journal, twilio } = open;
    if (begunIn(await journal.records(), open).length === 0) return [];
    // Another window may be in the middle of it: what is still open when that one is done was interrupted.
    return open.exclusively(async () =>
      settleInterrupted(begunIn(await journal.records(), open), { twilio, journal, clock }),
    );
  }

  /** The active incident, when these plans belong to it. */
  function incidentOf(plans: readonly Plan[], open: OpenConnection): OpenIncident | undefined {
    const incident = active.current;
    if (!incident || plans.every((plan) => concerns(incident, plan, open))) return incident;
    throw new UserError(
      'not-allowed',
      `The active incident “${incident.title}” is about other accounts. Nothing was sent. Close it with “Close Incident”, or open the one this belongs to, then try again.`,
    );
  }

  return {
    async record(plan, open, work) {
      const incident = incidentOf([plan], open);
      if (!incident) return during(plan, () => work(open.journal));
      told.add(plan.id);
      return during(plan, () => active.hold(() => work(incident.journal)));
    },
    async beside(plans, open, work) {
      const incident = incidentOf(plans, open);
      return incident ? active.hold(() => work(incident.journal, incident)) : work(open.journal, undefined);
    },
    async undos(open) {
      const { account, id } = open.connection;
      const of = (records: readonly JsonObject[]) =>
        recordedUndos(records, actions, { main: account, connectionId: id });
      const journal = active.current?.journal;
      const why =
        journal &&
        (journal.readOnly ??
          (journal.unsealed === 0
            ? undefined
            : `Not sealed here: ${journal.unsealed} records of the active incident, so what they say was done is not undone from it. Plan the change anew.`));
      const own = of(await open.journal.provenRecords());
      const ofIncident = journal && journal.readOnly === undefined ? of(journal.records.filter(isProven)) : [];
      const undos = [...ofIncident, ...own].toSorted((a, b) => b.undo.at - a.undo.at);
      if (!journal && undos.length === 0) return { undos, why: ofClosed };
      return { undos, ...(why !== undefined && { why }) };
    },
    async own({ journal }) {
      return ownIn([...(active.current?.journal.records ?? []), ...(await journal.provenRecords())]);
    },
    async settle(open, clock) {
      return [...(await settleIncident(open, clock)), ...(await settleAccount(open, clock))];
    },
    async carryOver(steps, { journal }) {
      for (const { plan, outcomes } of steps.filter((step) => !told.has(step.plan.id))) {
        told.add(plan.id);
        for (const { target, result, sentence, at } of outcomes)
          await journal.append({
            type: 'earlier',
            plan: plan.id,
            action: plan.action.id,
            target: target.account,
            kind: target.kind,
            name: target.name,
            result,
            sentence,
            happened: new Date(at).toISOString(),
          });
      }
    },
  };
}

/** An incident started without an account is about any. */
function concerns({ incident }: OpenIncident, plan: Plan, { connection }: OpenConnection): boolean {
  const accounts = new Set<string>(incident?.accounts.map(({ sid }) => sid));
  return (
    accounts.size === 0 ||
    accounts.has(connection.account) ||
    plan.items.every(({ target }) => accounts.has(target.account))
  );
}
