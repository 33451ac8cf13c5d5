import type { Action } from './action.ts';
import { type Asking, asksFor } from './asked.ts';
import type { Candidate } from './candidates.ts';
import type { PlanStep } from './sequence.ts';

/** A step a person may choose, with why. The strings may be hostile text. */
export interface Suggestion extends PlanStep {
  readonly label: string;
  readonly reason: string;
  /** The verdict asks for it, so it is chosen unless the person leaves it out. */
  readonly picked: boolean;
}

/** Countries offered for each channel: an attack goes to few, and every other one is a lever of its own away. */
const mostCountries = 5;

/** The steps that candidates of one lever make: one each, but for keys, which are one decision or two. */
export function stepsOf(action: Action, found: readonly Candidate[], asking: Asking): readonly Suggestion[] {
  const one = (candidate: Candidate): Suggestion => ({
    action,
    targets: [candidate.target],
    label: candidate.label,
    reason: [candidate.description, candidate.reason].filter(Boolean).join(' · '),
    picked: asksFor(action.id, candidate.target, asking),
  });
  switch (action.on) {
    case 'apiKey':
      return keySteps(action, found, asking);
    case 'smsCountry':
    case 'voiceCountry':
      // Traffic to a country alone is what every customer has: what is chosen beforehand is where fraud was seen.
      return found
        .filter(({ reason }) => reason !== undefined)
        .slice(0, mostCountries)
        .map((candidate) => ({ ...one(candidate), picked: false }));
    default:
      return found.map(one).toSorted((a, b) => Number(b.picked) - Number(a.picked));
  }
}

/**
 * Those made lately as one decision, all but the one in use as another: the plan refuses the one in use. Deleting all stops what the
 * customer runs, too, but leaves an attacker nothing, which is why the guide asks for it after a takeover.
 */
function keySteps(action: Action, found: readonly Candidate[], asking: Asking): readonly Suggestion[] {
  const [first] = found;
  if (!first) return [];
  const recent = found.filter(({ reason }) => reason !== undefined);
  const names = recent.map(({ label }) => label).join(', ');
  const asked = asksFor(action.id, first.target, asking);
  const late = {
    action,
    targets: recent.map(({ target }) => target),
    label: recent.length === 1 ? names : `The ${recent.length} made lately`,
    reason: recent.length === 1 ? (recent[0]?.reason ?? '') : names,
    picked: false,
  };
  const all = {
    action,
    targets: found.map(({ target }) => target),
    label: `All ${found.length}, but the one in use`,
    reason: names === '' ? 'None was made lately' : `Made lately: ${names}`,
    picked: asked,
  };
  return recent.length === 0 || recent.length === found.length ? [all] : [late, all];
}
