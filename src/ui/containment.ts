import * as vscode from 'vscode';
import type { Scope } from '../core/accounts/nodeKind.ts';
import type { TreeNode } from '../core/accounts/treeNode.ts';
import type { Action } from '../core/contain/action.ts';
import { type Applied, applyPlan } from '../core/contain/apply.ts';
import type { ConsoleStep } from '../core/contain/consoleStep.ts';
import type { Plan, PlanContext } from '../core/contain/plan.ts';
import { isExpired } from '../core/contain/planAge.ts';
import { captureText } from '../core/contain/planText.ts';
import { applyPlans, makePlans, type PlanStep } from '../core/contain/sequence.ts';
import type { Target } from '../core/contain/target.ts';
import { type Undoable, undoable } from '../core/contain/undo.ts';
import { UserError } from '../core/errors.ts';
import { utc } from '../core/model/age.ts';
import type { Cancellation, Clock } from '../core/ports.ts';
import { actions } from '../core/registry.ts';
import { phrase } from '../core/untrusted.ts';
import type { CaptureFirst } from './captureFirst.ts';
import { confirmPlans } from './confirmPlans.ts';
import { nameOf, nothingToDo, undoLabel } from './containmentText.ts';
import { reportSteps } from './containReport.ts';
import { switchMode } from './mode.ts';
import type { ChosenSteps } from './pickSteps.ts';
import type { Recorder } from './recorder.ts';
import { say } from './say.ts';
import type { OpenConnection, Session, Step } from './session.ts';
import type { TextPreview } from './textPreview.ts';
import { withProgress } from './withProgress.ts';

export interface ContainmentParts {
  readonly session: Session;
  readonly preview: TextPreview;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Lets the person choose targets when the command came from the palette. */
  readonly pickTargets: (
    action: Action,
    open: OpenConnection,
    within?: { readonly scope: Scope; readonly name: string },
  ) => Promise<readonly Target[]>;
  /** Lets the person choose levers that fit. */
  readonly pickSteps: (open: OpenConnection) => Promise<ChosenSteps>;
  /** Guides through steps that only the Twilio Console can do. */
  readonly guide: (steps: readonly ConsoleStep[]) => Promise<void>;
  readonly captureFirst: CaptureFirst;
  /** An incident is open, so that evidence can be kept. */
  readonly canCapture: () => boolean;
  /** What is known beside Twilio of what depends on a target. */
  readonly evidence: (open: OpenConnection) => Pick<PlanContext, 'captured' | 'sentTo'>;
  /** What the person never wants changed, from the settings. */
  readonly protectedNames: () => readonly string[];
  readonly delay: (milliseconds: number) => Promise<void>;
  /** Lets the person copy a token that a rotation left in the secret storage. */
  readonly copyNewToken: () => Promise<void>;
  /** The same for a key that was made. */
  readonly copyNewKey: () => Promise<void>;
  /** Shows what was done, in every view. */
  readonly refreshTree: () => void;
  /** Goes on after the command ended, such as a toast that waits for an answer. */
  readonly background: (work: () => Promise<void>) => void;
}

interface RunOptions {
  /** For an undo: what was done, and the state it left. */
  readonly undo?: Undoable;
  /** False when the person left it out. */
  readonly capture?: boolean;
}

/** Runs containment actions: plan → confirm → capture what perishes → apply → say how it ended → offer undo. */
export function createContainment(parts: ContainmentParts) {
  const { session, preview, clock, newId } = parts;

  /** Plans all steps, asks once, and carries them out in order. A plan that was looked at for too long is made again. */
  async function run(steps: readonly PlanStep[], open: OpenConnection, options: RunOptions = {}): Promise<void> {
    const { connection, twilio } = open;
    const { undo, capture = true } = options;
    const left = undo && { left: undo.left };
    const known = parts.evidence(open);
    const from = { connection, twilio, clock, newId, protectedNames: parts.protectedNames(), ...known, ...left };
    const first = undo ? '' : captureText(capture, parts.canCapture());
    for (;;) {
      const made = await withProgress('Reading the live state and what depends on it…', (cancel) =>
        makePlans(steps, from, cancel),
      );
      const plans = made.filter(({ items }) => items.length > 0);
      if (plans.length === 0) return void say.info(nothingToDo(made));
      if (!(await confirmPlans(made, plans, { connection, preview, now: clock.now(), first }))) return;
      stillOpen(open);
      const confirmedAt = clock.now();
      if (!plans.some((plan) => isExpired(plan, confirmedAt))) return carryOut(plans, open, options, confirmedAt);
      void say.warning(phrase('toast')`The plan was looked at for too long, so nothing was sent. It is made again.`);
    }
  }

  async function carryOut(
    plans: readonly Plan[],
    open: OpenConnection,
    { undo, capture = true }: RunOptions,
    confirmedAt: number,
  ): Promise<void> {
    const applied = await withProgress('Sending and reading back…', (cancel) =>
      session.hold(() =>
        open.exclusively(async () => {
          if (!undo) await parts.captureFirst.run(plans, open, capture);
          return applyPlans(plans, (plan) => record(plan, open, confirmedAt, cancel), clock);
        }),
      ),
    );
    parts.refreshTree();
    const done = applied.plans.map(
      ({ plan, outcomes }): Step => ({ plan, outcomes, undo: undoable(plan, outcomes, actions) }),
    );
    for (const step of done) session.record(step);
    parts.background(() => report(done, open));
    if (applied.failure) throw applied.failure;
  }

  async function record(plan: Plan, open: OpenConnection, confirmedAt: number, cancel: Cancellation): Promise<Applied> {
    const { connection, twilio } = open;
    const context = { connectionId: connection.id, twilio, clock, confirmedAt, delay: parts.delay };
    return parts.recorder.record(plan, open, (journal) => applyPlan(plan, { ...context, journal }, cancel));
  }

  const report = (steps: readonly Step[], open: OpenConnection): Promise<void> =>
    reportSteps(steps, {
      ...parts,
      undo: async ({ undo }) => undo && undoWith(undo, open),
      again: async (moved) => {
        stillOpen(open);
        await run(moved, open);
      },
    });

  function stillOpen(open: OpenConnection): void {
    if (session.current !== open)
      throw new UserError('state-moved', 'The account was switched meanwhile. Nothing was sent.');
  }

  async function undoWith(undo: Undoable, open: OpenConnection): Promise<void> {
    stillOpen(open);
    if (undo.connectionId !== open.connection.id)
      throw new UserError(
        'state-moved',
        'This was done with another sign-in; its undo needs the same one. Nothing was sent.',
      );
    await run([{ action: undo.undoWith, targets: undo.targets }], open, { undo });
  }

  const inContainment = () => session.mode === 'containment';

  async function containmentMode(): Promise<boolean> {
    if (inContainment()) return true;
    const answer = await say.warning(
      phrase('toast')`This window is read-only: changes are refused before they leave this computer.`,
      'Switch to containment…',
    );
    if (answer) await switchMode(session);
    return inContainment();
  }

  /** What an earlier run left open is settled first: a plan should not be made beside a change nobody knows the end of. */
  async function settle(open: OpenConnection): Promise<void> {
    const settled = await parts.recorder.settle(open, clock);
    const [first] = settled;
    if (!first) return;
    const name = nameOf(first.target);
    void say.warning(
      phrase(
        'toast',
      )`${settled.length} interrupted changes were read back from Twilio and recorded. ${name}: ${first.sentence}`,
    );
  }

  /** The open account, in containment mode, with nothing left open; `undefined` when the person stays read-only. */
  async function ready(): Promise<OpenConnection | undefined> {
    const open = session.current;
    if (!open) throw new UserError('bad-input', 'No account is open. Sign in, or open the demo incident.');
    if (!(await containmentMode()) || session.current !== open) return undefined;
    await settle(open);
    return open;
  }

  return {
    /** From the palette, or from a row, whose target is used; nothing else in the arguments is. */
    async contain(action: Action, node: TreeNode | undefined): Promise<void> {
      const open = await ready();
      if (!open) return;
      const branch = node?.type === 'branch' ? node.branch : undefined;
      const own = [branch?.target, ...(branch?.parts ?? [])].find(
        (target) => target !== undefined && target.kind === action.on && action.applicable(target),
      );
      const within = branch?.opens && { scope: branch.opens, name: branch.label };
      const targets = own ? [own] : await parts.pickTargets(action, open, within);
      if (targets.length > 0) await run([{ action, targets }], open);
    },
    /** Several levers in one plan, chosen among those that fit what is going on; then what only the Console can do. */
    async containAll(): Promise<void> {
      const open = await ready();
      if (!open) return;
      const { steps, capture, console } = await parts.pickSteps(open);
      if (steps.length > 0) await run(steps, open, { capture });
      if (console.length > 0) await parts.guide(console);
    },
    /** What the journals say was done and can be taken back: in this window, in another, or before a reload. */
    async undo(): Promise<void> {
      const open = session.current;
      if (!open) throw new UserError('bad-input', 'No account is open. Sign in, or open the demo incident.');
      const { undos, why } = await parts.recorder.undos(open);
      // What was done in an earlier demo is not there to be taken back.
      const { began = 0 } = open;
      const offered = undos.filter(({ undo }) => undo.at >= began);
      if (offered.length === 0) {
        const begun =
          undos.length > 0 && 'The demo began anew: what was changed in an earlier one is not there any more.';
        throw new UserError('bad-input', ['There is nothing to undo.', begun, why].filter(Boolean).join(' '));
      }
      const choice = await vscode.window.showQuickPick(
        offered.map((one) => ({ label: undoLabel(one), description: utc(one.undo.at), one })),
        {
          title: 'Undo containment',
          placeHolder: ['The undo is planned and confirmed like any change.', why].filter(Boolean).join(' '),
        },
      );
      if (choice && (await containmentMode())) await undoWith(choice.one.undo, open);
    },
  };
}
