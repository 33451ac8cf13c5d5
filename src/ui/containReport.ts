import type { PlanStep } from '../core/contain/sequence.ts';
import { actions } from '../core/registry.ts';
import { endedWell, instructionsOf, offers, outcomesText, outcomeText } from './containmentText.ts';
import { say } from './say.ts';
import type { Step } from './session.ts';
import type { TextPreview } from './textPreview.ts';

export interface ReportParts {
  readonly preview: TextPreview;
  readonly copyNewToken: () => Promise<void>;
  readonly copyNewKey: () => Promise<void>;
  /** Takes back the one step there was. */
  readonly undo: (step: Step) => Promise<void>;
  /** Plans what was not done because it had changed meanwhile. */
  readonly again: (steps: readonly PlanStep[]) => Promise<void>;
}

/** Says how plans ended, and does what the person then chooses. */
export async function reportSteps(steps: readonly Step[], parts: ReportParts): Promise<void> {
  const { preview } = parts;
  const text = outcomeText(steps);
  const id = steps[0]?.plan.id;
  const moved = movedIn(steps);
  const well = steps.every(({ outcomes }) => outcomes.every(endedWell));
  const answer = well
    ? await say.info(text, ...offers(steps), 'Every Outcome')
    : await say.error(text, ...(moved.length > 0 ? (['Make the Plan Again'] as const) : []), 'Every Outcome');
  if (answer === 'Copy New Token…') await parts.copyNewToken();
  if (answer === 'Copy New Key…') await parts.copyNewKey();
  if (answer === 'Show the Code It Needs') await preview.show(`${id}-code`, 'Code', instructionsOf(steps));
  if (answer === 'Every Outcome') await preview.show(`${id}-outcome`, 'Outcome', outcomesText(steps));
  if (answer === 'Make the Plan Again') await parts.again(moved);
  const [only] = steps;
  if (answer === 'Undo…' && only) await parts.undo(only);
}

/** What was refused because it is not as it was when it was planned. */
function movedIn(steps: readonly Step[]): readonly PlanStep[] {
  return steps.flatMap(({ plan, outcomes }) => {
    const action = actions.find(({ id }) => id === plan.action.id);
    const targets = outcomes.filter(({ moved }) => moved).map(({ target }) => target);
    // An undo that is planned again must see what has changed, and an earlier state would be forgotten here.
    return action && targets.length > 0 && !plan.isUndo ? [{ action, targets }] : [];
  });
}
