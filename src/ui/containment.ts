import * as vscode from 'vscode';
import type { Target } from '../core/accounts/nodeKind.ts';
import type { TreeNode } from '../core/accounts/treeNode.ts';
import type { Action } from '../core/contain/action.ts';
import { applyPlan, type Outcome } from '../core/contain/apply.ts';
import { makePlan, type Plan } from '../core/contain/plan.ts';
import { planText } from '../core/contain/planText.ts';
import { undoable } from '../core/contain/undo.ts';
import { UserError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { actions } from '../core/registry.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import { fromToken } from './cancellation.ts';
import { switchMode } from './mode.ts';
import type { Recorder } from './recorder.ts';
import { say } from './say.ts';
import type { OpenConnection, Session, Step } from './session.ts';
import type { TextPreview } from './textPreview.ts';

export interface ContainmentParts {
  readonly session: Session;
  readonly preview: TextPreview;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Lets the person choose targets when the command came from the palette. */
  readonly pickTargets: (action: Action, open: OpenConnection) => Promise<readonly Target[]>;
  readonly refreshTree: () => void;
  /** Goes on after the command ended, such as a toast that waits for an answer. */
  readonly background: (work: () => Promise<void>) => void;
}

/** Runs containment actions: plan → confirm → apply → say how it ended → offer undo. */
export function createContainment(parts: ContainmentParts) {
  const { session, preview, clock, newId } = parts;

  async function run(action: Action, targets: readonly Target[], open: OpenConnection): Promise<void> {
    const { connection, twilio } = open;
    const plan = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: 'Reading the live state and what depends on it…',
        cancellable: true,
      },
      (_progress, token) => makePlan(action, targets, { connection, twilio, clock, newId }, fromToken(token)),
    );
    if (plan.items.length === 0) return void say.info(nothingToDo(plan));
    if (!(await confirm(plan, open))) return;
    if (session.current !== open)
      throw new UserError('state-moved', 'The account was switched meanwhile. Nothing was sent.');
    const { outcomes, journalFailure } = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: `${action.title.replace('…', '')}: sending and reading back…`,
        cancellable: true,
      },
      (_progress, token) =>
        session.hold(() =>
          parts.recorder.record(plan, open, (journal) =>
            applyPlan(plan, { connectionId: connection.id, twilio, journal, clock }, fromToken(token)),
          ),
        ),
    );
    parts.refreshTree();
    const step: Step = { plan, outcomes, undo: undoable(plan, outcomes, actions) };
    session.record(step);
    parts.background(() => report(step, open));
    if (journalFailure) throw journalFailure;
  }

  async function confirm(plan: Plan, open: OpenConnection): Promise<boolean> {
    await preview.show(plan.id, 'Plan', planText(plan, open.connection, clock.now()));
    const verb = plan.action.title.replace('…', '');
    const names = plan.items.map(({ target }) => untrusted(target.name || target.account).for('label')).join(', ');
    // The first entry is what Enter takes: a confirmation must be chosen, never hit by accident.
    const choice = await vscode.window.showQuickPick(
      [
        { label: '$(close) Change nothing', go: false },
        {
          label: `$(check) ${verb}: ${names}`,
          detail: `Sends ${plan.items.length === 1 ? 'the request' : 'the requests'} shown in the plan, then reads the result back`,
          go: true,
        },
      ],
      { title: `${verb}? Read the plan in the editor first`, ignoreFocusOut: true },
    );
    await preview.close(plan.id);
    return choice?.go === true;
  }

  async function report(step: Step, open: OpenConnection): Promise<void> {
    const { plan, outcomes, undo } = step;
    const bad = outcomes.filter(({ result }) => result !== 'done' && result !== 'already');
    const text = outcomeText(plan, outcomes);
    const answer =
      bad.length > 0
        ? await say.error(text, 'Every Outcome')
        : await say.info(text, ...(undo ? (['Undo…'] as const) : []), 'Every Outcome');
    if (answer === 'Every Outcome') await preview.show(`${plan.id}-outcome`, 'Outcome', outcomesText(plan, outcomes));
    if (answer === 'Undo…' && session.current === open) await undoStep(step, open);
  }

  async function undoStep(step: Step, open: OpenConnection): Promise<void> {
    const { undo } = step;
    if (!undo || undo.connectionId !== open.connection.id) return;
    const before = session.steps.length;
    await run(undo.undoWith, undo.targets, open);
    const latest = session.steps.at(-1);
    if (
      session.steps.length > before &&
      latest?.outcomes.every(({ result }) => result === 'done' || result === 'already')
    )
      session.forgetUndo(step);
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

  return {
    /** From the palette, or from a row, whose target is used; nothing else in the arguments is. */
    async contain(action: Action, node: TreeNode | undefined): Promise<void> {
      const open = session.current;
      if (!open) throw new UserError('bad-input', 'No account is open. Sign in, or open the demo incident.');
      if (!(await containmentMode()) || session.current !== open) return;
      const target = node?.type === 'branch' ? node.branch.target : undefined;
      const fits = target?.kind === action.on && action.applicable(target);
      const targets = target && fits ? [target] : await parts.pickTargets(action, open);
      if (targets.length > 0) await run(action, targets, open);
    },
    async undo(): Promise<void> {
      const open = session.current;
      const undoableSteps = session.steps.filter(({ undo }) => undo);
      if (!open || undoableSteps.length === 0)
        throw new UserError('bad-input', 'There is nothing to undo in this window.');
      const choice = await vscode.window.showQuickPick(
        undoableSteps.toReversed().map((step) => ({
          label: `${step.plan.action.title.replace('…', '')}: ${untrusted(step.plan.items.map(({ target }) => target.name).join(', ')).for('label')}`,
          step,
        })),
        { title: 'Undo containment', placeHolder: 'The undo is planned and confirmed like any change' },
      );
      if (choice && (await containmentMode())) await undoStep(choice.step, open);
    },
  };
}

function nothingToDo(plan: Plan) {
  const reasons = [
    ...plan.refused.map(({ reason }) => reason),
    ...plan.already.map(({ name }) => `${name} already is as wanted.`),
  ];
  return phrase('toast')`Nothing was sent. ${reasons.join(' ')}`;
}

/** What did not end well first; a toast has room for one sentence or two. */
function outcomeText(plan: Plan, outcomes: readonly Outcome[]) {
  const verb = plan.action.title.replace('…', '');
  const [first, ...others] = outcomes.toSorted((a, b) => rank(a) - rank(b));
  if (!first) return phrase('toast')`${verb}: there was nothing to do.`;
  const name = first.target.name || first.target.account;
  if (others.length === 0) return phrase('toast')`${verb}. ${name}: ${first.sentence}`;
  const well = outcomes.filter(({ result }) => result === 'done' || result === 'already').length;
  return phrase('toast')`${verb}: ${well} of ${outcomes.length} done. ${name}: ${first.sentence}`;
}

function outcomesText(plan: Plan, outcomes: readonly Outcome[]): string {
  const lines = outcomes.map(
    ({ target, result, sentence }) =>
      `- ${untrusted(target.name || target.account).for('markdown')} (${target.account}): **${result}**. ${untrusted(sentence).for('markdown')}`,
  );
  return [`# ${plan.action.title.replace('…', '')}: outcome`, '', ...lines, ''].join('\n');
}

function rank({ result }: Outcome): number {
  return ['unknown', 'refused', 'not-tried', 'already', 'done'].indexOf(result);
}
