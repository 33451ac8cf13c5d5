import * as vscode from 'vscode';
import type { Scope } from '../core/accounts/nodeKind.ts';
import type { TreeNode } from '../core/accounts/treeNode.ts';
import type { Action, State } from '../core/contain/action.ts';
import { type Applied, applyPlan } from '../core/contain/apply.ts';
import { cliText } from '../core/contain/cliText.ts';
import { isConfirmed, typedConfirmation } from '../core/contain/confirmation.ts';
import type { Plan } from '../core/contain/plan.ts';
import { planText } from '../core/contain/planText.ts';
import { applyPlans, makePlans, type PlanStep } from '../core/contain/sequence.ts';
import type { Target } from '../core/contain/target.ts';
import { undoable } from '../core/contain/undo.ts';
import { UserError } from '../core/errors.ts';
import type { Cancellation, Clock } from '../core/ports.ts';
import { actions } from '../core/registry.ts';
import { phrase } from '../core/untrusted.ts';
import {
  endedWell,
  instructionsOf,
  nameOf,
  nothingToDo,
  offers,
  outcomesText,
  outcomeText,
  planLabel,
} from './containmentText.ts';
import { switchMode } from './mode.ts';
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
  readonly pickSteps: (open: OpenConnection) => Promise<readonly PlanStep[]>;
  /** What the person never wants changed, from the settings. */
  readonly protectedNames: () => readonly string[];
  readonly delay: (milliseconds: number) => Promise<void>;
  /** Lets the person copy a token that a rotation left in the secret storage. */
  readonly copyNewToken: () => Promise<void>;
  /** The same for a key that was made. */
  readonly copyNewKey: () => Promise<void>;
  readonly refreshTree: () => void;
  /** Goes on after the command ended, such as a toast that waits for an answer. */
  readonly background: (work: () => Promise<void>) => void;
}

/** Runs containment actions: plan → confirm → apply → say how it ended → offer undo. */
export function createContainment(parts: ContainmentParts) {
  const { session, preview, clock, newId } = parts;

  /** Plans all steps, asks once, and carries them out in order. */
  async function run(
    steps: readonly PlanStep[],
    open: OpenConnection,
    left?: ReadonlyMap<string, State>,
  ): Promise<void> {
    const { connection, twilio } = open;
    const from = { connection, twilio, clock, newId, protectedNames: parts.protectedNames(), ...(left && { left }) };
    const made = await withProgress('Reading the live state and what depends on it…', (cancel) =>
      makePlans(steps, from, cancel),
    );
    const plans = made.filter(({ items }) => items.length > 0);
    if (plans.length === 0) return void say.info(nothingToDo(made));
    if (!(await confirm(made, plans, open))) return;
    if (session.current !== open)
      throw new UserError('state-moved', 'The account was switched meanwhile. Nothing was sent.');
    const done: Step[] = [];
    const applied = await withProgress('Sending and reading back…', (cancel) =>
      session.hold(() => open.exclusively(() => applyPlans(plans, (plan) => record(plan, open, cancel), clock))),
    );
    parts.refreshTree();
    for (const { plan, outcomes } of applied.plans) {
      const step: Step = { plan, outcomes, undo: undoable(plan, outcomes, actions) };
      done.push(step);
      session.record(step);
    }
    parts.background(() => report(done, open));
    if (applied.failure) throw applied.failure;
  }

  async function record(plan: Plan, open: OpenConnection, cancel: Cancellation): Promise<Applied> {
    const { connection, twilio } = open;
    const context = { connectionId: connection.id, twilio, clock, delay: parts.delay };
    return parts.recorder.record(plan, open, (journal) => applyPlan(plan, { ...context, journal }, cancel));
  }

  async function confirm(made: readonly Plan[], plans: readonly Plan[], open: OpenConnection): Promise<boolean> {
    const id = plans[0]?.id ?? '';
    // What is refused or already so is told too, so that nobody takes it for done.
    const text = made.map((plan) => planText(plan, open.connection, clock.now())).join('\n');
    await preview.show(id, 'Plan', text);
    const what = plans.length === 1 ? plans.map(planLabel).join() : `All ${plans.length} steps of the plan`;
    // The first entry is what Enter takes: a confirmation must be chosen, never hit by accident.
    const choice = await vscode.window.showQuickPick(
      [
        { label: '$(close) Change nothing', chosen: 'nothing' },
        {
          label: `$(check) ${what}`,
          detail: 'Sends the requests shown in the plan, then reads the result back',
          chosen: 'go',
        },
        {
          label: '$(copy) Copy as Twilio CLI, and change nothing',
          detail: 'The same requests as commands for a terminal',
          chosen: 'copy',
        },
      ],
      { title: 'Read the plan in the editor first', ignoreFocusOut: true },
    );
    if (choice?.chosen === 'copy') await vscode.env.clipboard.writeText(plans.map(cliText).join(''));
    const confirmed = choice?.chosen === 'go' && (await typed(plans));
    await preview.close(id);
    return confirmed;
  }

  /** What cannot be undone is not done by choosing alone. */
  async function typed(plans: readonly Plan[]): Promise<boolean> {
    const asked = plans.flatMap((plan) => typedConfirmation(plan) ?? []).at(-1);
    if (!asked) return true;
    const answer = await vscode.window.showInputBox({
      title: 'This cannot be undone',
      prompt: `Type the last four characters of ${asked.of}, the last one in the plan that cannot be undone`,
      ignoreFocusOut: true,
      validateInput: (text) => (isConfirmed(asked, text) ? undefined : `The last four characters of ${asked.of}`),
    });
    return answer !== undefined && isConfirmed(asked, answer);
  }

  async function report(steps: readonly Step[], open: OpenConnection): Promise<void> {
    const text = outcomeText(steps);
    const well = steps.every(({ outcomes }) => outcomes.every(endedWell));
    const answer = well
      ? await say.info(text, ...offers(steps), 'Every Outcome')
      : await say.error(text, 'Every Outcome');
    if (answer === 'Copy New Token…') await parts.copyNewToken();
    if (answer === 'Copy New Key…') await parts.copyNewKey();
    if (answer === 'Show the Code It Needs')
      await preview.show(`${steps[0]?.plan.id}-code`, 'Code', instructionsOf(steps));
    if (answer === 'Every Outcome') await preview.show(`${steps[0]?.plan.id}-outcome`, 'Outcome', outcomesText(steps));
    const [only] = steps;
    if (answer === 'Undo…' && only && session.current === open) await undoStep(only, open);
  }

  async function undoStep(step: Step, open: OpenConnection): Promise<void> {
    const { undo } = step;
    if (!undo || undo.connectionId !== open.connection.id) return;
    const before = session.steps.length;
    await run([{ action: undo.undoWith, targets: undo.targets }], open, undo.left);
    if (session.steps.length > before && session.steps.at(-1)?.outcomes.every(endedWell)) session.forgetUndo(step);
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

  return {
    /** From the palette, or from a row, whose target is used; nothing else in the arguments is. */
    async contain(action: Action, node: TreeNode | undefined): Promise<void> {
      const open = session.current;
      if (!open) throw new UserError('bad-input', 'No account is open. Sign in, or open the demo incident.');
      if (!(await containmentMode()) || session.current !== open) return;
      await settle(open);
      const branch = node?.type === 'branch' ? node.branch : undefined;
      const own = [branch?.target, ...(branch?.parts ?? [])].find(
        (target) => target !== undefined && target.kind === action.on && action.applicable(target),
      );
      const within = branch?.opens && { scope: branch.opens, name: branch.label };
      const targets = own ? [own] : await parts.pickTargets(action, open, within);
      if (targets.length > 0) await run([{ action, targets }], open);
    },
    /** Several levers in one plan, chosen among those that fit what is going on. */
    async containAll(): Promise<void> {
      const open = session.current;
      if (!open) throw new UserError('bad-input', 'No account is open. Sign in, or open the demo incident.');
      if (!(await containmentMode()) || session.current !== open) return;
      await settle(open);
      const steps = await parts.pickSteps(open);
      if (steps.length > 0) await run(steps, open);
    },
    async undo(): Promise<void> {
      const open = session.current;
      const undoableSteps = session.steps.filter(({ undo }) => undo);
      if (!open || undoableSteps.length === 0)
        throw new UserError('bad-input', 'There is nothing to undo in this window.');
      const choice = await vscode.window.showQuickPick(
        undoableSteps.toReversed().map((step) => ({
          label: planLabel(step.plan),
          step,
        })),
        { title: 'Undo containment', placeHolder: 'The undo is planned and confirmed like any change' },
      );
      if (choice && (await containmentMode())) await undoStep(choice.step, open);
    },
  };
}
