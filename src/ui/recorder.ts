import type { Plan } from '../core/contain/plan.ts';
import { UserError } from '../core/errors.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import type { Journal } from '../core/ports.ts';
import type { ActiveIncident } from './activeIncident.ts';
import type { OpenConnection, Step } from './session.ts';

/** Decides which journal containment is recorded in: the active incident's, else the account's own. */
export interface Recorder {
  /** Runs work that records; the incident stays open meanwhile. `UserError` when the incident is about other accounts. */
  record<T>(plan: Plan, open: OpenConnection, work: (journal: Journal) => Promise<T>): Promise<T>;
  /** Tells a new incident what was done in this window before it was started. */
  carryOver(steps: readonly Step[], incident: OpenIncident): Promise<void>;
}

export function createRecorder(active: ActiveIncident): Recorder {
  /** Plans that an incident's journal tells of. */
  const told = new Set<string>();
  return {
    async record(plan, open, work) {
      const incident = active.current;
      if (!incident) return work(open.journal);
      if (!concerns(incident, plan, open))
        throw new UserError(
          'not-allowed',
          `The active incident “${incident.title}” is about other accounts. Nothing was sent. Close it with “Close Incident”, or open the one this belongs to, then try again.`,
        );
      told.add(plan.id);
      return active.hold(() => work(incident.journal));
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
