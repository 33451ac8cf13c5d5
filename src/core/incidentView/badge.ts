import { gradeText } from '../validate/checked.ts';
import type { IncidentFacts } from './facts.ts';
import { fittingLevers, isCountered } from './levers.ts';

/** What the view's badge says: how many actions are open that the guide asks for; `undefined` when none is. */
export function incidentBadge({
  validation,
  levers,
}: Pick<IncidentFacts, 'validation' | 'levers'>): { readonly value: number; readonly tooltip: string } | undefined {
  if (!validation) return undefined;
  const open = fittingLevers(validation).filter(({ id, always }) => always && levers.get(id)?.state !== 'done');
  if (open.length === 0) return undefined;
  const found = validation.verdicts.filter((verdict) => isCountered(validation, verdict)).map(gradeText);
  const steps = open.length === 1 ? '1 containment action is' : `${open.length} containment actions are`;
  return { value: open.length, tooltip: `${found.join(' · ')}. ${steps} open.` };
}
