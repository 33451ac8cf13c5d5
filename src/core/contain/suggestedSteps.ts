import type { Action } from './action.ts';
import { type Asking, asksFor } from './asked.ts';
import type { Candidate } from './candidates.ts';
import { keySteps } from './keySteps.ts';
import type { Suggestion } from './suggestion.ts';

/** Countries offered for each channel: an attack goes to few, and every other one is a lever of its own away. */
const mostCountries = 5;

/** The steps that candidates of one lever make: one each. */
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
