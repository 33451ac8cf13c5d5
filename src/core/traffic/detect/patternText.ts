import { percent } from '../flags.ts';
import type { Finding } from './finding.ts';
import { patternParameters } from './patternParameters.ts';
import { blockName } from './prefixes.ts';

type Told = Pick<Finding, 'patterns' | 'evidence'> & { readonly delivery: Pick<Finding['delivery'], 'whole'> };

/** What of a surge's numbers and times speaks of a machine, in words; for the middle of a sentence. */
export function machineSigns({ patterns: { spacing, repeats, runs }, evidence, delivery }: Told): string[] {
  const found: string[] = [];
  const isSequence = evidence.some(({ kind, decades }) => kind === 'sequence' && decades > 0);
  if (runs.longest >= patternParameters.longRun && isSequence)
    found.push(`up to ${count(runs.longest)} numbers in a row`);
  if (spacing?.machineLike) found.push(`sent as by a clock, every ${Math.round(spacing.meanSeconds)} s`);
  if (repeats.most >= patternParameters.manyMessages && 10 * repeats.most >= delivery.whole)
    found.push(`${count(repeats.most)} to one recipient`);
  return found;
}

/** The same with how full its blocks are and how it rose. */
export function patternTexts(told: Told): string[] {
  const { fullest, ramp } = told.patterns;
  const found = machineSigns(told);
  const { whole } = told.delivery;
  for (const block of fullest ? [fullest.thousand, fullest.tenThousand] : [])
    if (block.recipients >= patternParameters.longRun && block.messages >= patternParameters.fullShare * whole)
      found.push(`${percent(block.messages, whole)} in ${blockName(block)}`);
  if (ramp.hours > 0 && ramp.busiest >= 2 * ramp.first)
    found.push(`rose from ${count(ramp.first)} to ${count(ramp.busiest)} an hour in ${ramp.hours} h`);
  return found;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
