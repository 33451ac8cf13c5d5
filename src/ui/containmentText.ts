import type { Outcome } from '../core/contain/apply.ts';
import type { Plan } from '../core/contain/plan.ts';
import { type Target, targetId } from '../core/contain/target.ts';
import type { RecordedUndo } from '../core/contain/undoFromJournal.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import type { Step } from './session.ts';

/** `Close Country for SMS: Russia`, for a list. */
export function planLabel({ action, items }: Plan): string {
  const names = items.map(({ target }) => untrusted(nameOf(target)).for('label')).join(', ');
  return `${verbOf(action)}: ${names}`;
}

/** The same for what a journal says was done. */
export function undoLabel({ undo: { action }, done }: RecordedUndo): string {
  return `${verbOf(action)}: ${done.map((target) => untrusted(nameOf(target)).for('label')).join(', ')}`;
}

/** The action's title as it stands in a sentence. */
export function verbOf({ title }: Plan['action']): string {
  return title.replace('…', '');
}

/** What a person knows a target by. */
export function nameOf(target: Target): string {
  return target.name || targetId(target);
}

/** Why no plan has anything to do. */
export function nothingToDo(plans: readonly Plan[]) {
  const reasons = plans.flatMap(({ refused, already }) => [
    ...refused.map(({ reason }) => reason),
    ...already.map((target) => `${nameOf(target)} already is as wanted.`),
  ]);
  return phrase('toast')`Nothing was sent. ${reasons.join(' ')}`;
}

/** What did not end well first; a toast has room for one sentence or two. */
export function outcomeText(steps: readonly Step[]) {
  const all = steps.flatMap(({ plan, outcomes }) => outcomes.map((outcome) => ({ plan, outcome })));
  const [first, ...others] = all.toSorted((a, b) => rank(a.outcome) - rank(b.outcome));
  if (!first) return phrase('toast')`There was nothing to do.`;
  const { plan, outcome } = first;
  const verb = verbOf(plan.action);
  const name = nameOf(outcome.target);
  if (others.length === 0) return phrase('toast')`${verb}. ${name}: ${outcome.sentence}`;
  const well = all.filter((one) => endedWell(one.outcome)).length;
  return phrase('toast')`${well} of ${all.length} changes done. ${verb}, ${name}: ${outcome.sentence}`;
}

/** Every outcome, as Markdown. */
export function outcomesText(steps: readonly Step[]): string {
  return steps
    .flatMap(({ plan, outcomes }) => [
      `# ${verbOf(plan.action)}: outcome`,
      '',
      ...outcomes.map(
        ({ target, result, sentence }) =>
          `- ${untrusted(nameOf(target)).for('markdown')} (${target.account}): **${result}**. ${untrusted(sentence).for('markdown')}`,
      ),
      '',
    ])
    .join('\n');
}

/** True for what is as wanted now. */
export function endedWell({ result }: Outcome): boolean {
  return result === 'done' || result === 'already';
}

/** One step can be taken back from the toast; several are, one by one, with “Undo Containment…”. */
export function offers(
  steps: readonly Step[],
): readonly ('Undo…' | 'Copy New Token…' | 'Copy New Key…' | 'Show the Code It Needs')[] {
  const handed = steps.map(({ plan }) => plan.action.handsOut);
  if (handed.includes('token') || handed.includes('key'))
    return [
      ...(handed.includes('token') ? (['Copy New Token…'] as const) : []),
      ...(handed.includes('key') ? (['Copy New Key…'] as const) : []),
    ];
  if (instructionsOf(steps) !== '') return ['Show the Code It Needs'];
  return steps.length === 1 && steps[0]?.undo ? ['Undo…'] : [];
}

/** What the person has to do for what was done to work. */
export function instructionsOf(steps: readonly Step[]): string {
  return steps
    .flatMap(({ plan, outcomes }) =>
      outcomes.filter(endedWell).flatMap(({ target }) => plan.action.instructions?.(target) ?? []),
    )
    .join('\n');
}

function rank({ result }: Outcome): number {
  return ['unknown', 'refused', 'not-tried', 'already', 'done'].indexOf(result);
}
