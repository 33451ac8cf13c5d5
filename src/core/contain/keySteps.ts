import type { Action } from './action.ts';
import { type Asking, asksFor } from './asked.ts';
import type { Candidate } from './candidates.ts';
import type { PlanStep } from './sequence.ts';
import type { Suggestion } from './suggestion.ts';
import { targetId } from './target.ts';

/** Keys told one by one: more, and nobody vouches for each. */
const mostKeys = 20;
// Twilio keeps no record of the requests a key signed: when it was used last is unknown of every key.
const unmarked = 'no indicator';

/**
 * One step for each key, those first that an indicator marks, so that a person can vouch for one and leave it out. After a confirmed takeover all are
 * chosen, as the guide asks: one that nobody made lately may be the one that leaked. Where a takeover is only likely those are that are marked, since deleting the
 * others stops what the customer runs for certain and an attacker perhaps. Never chosen are the key in use, whose plan would be refused, and those made here to replace
 * the others.
 */
export function keySteps(action: Action, found: readonly Candidate[], asking: Asking): readonly Suggestion[] {
  const marked = found.filter(({ reason }) => reason !== undefined);
  const others = found.filter(({ reason }) => reason === undefined);
  const shown = Math.max(0, mostKeys - marked.length);
  const rest = others.slice(shown).filter(({ target, own }) => own === undefined && !isInUse(target, asking));
  const asked = (target: Candidate['target']) => asksFor(action.id, target, asking);
  const [first] = rest;
  return [
    ...[...marked, ...others.slice(0, shown)].map((candidate): Suggestion => {
      const { target, label, description, own, reason } = candidate;
      const inUse = isInUse(target, asking);
      // First what decides: the end of a row may not be seen.
      const spared = inUse ? 'in use by this sign-in' : own;
      const known = spared
        ? `${spared}, so it is left alone`
        : `${reason?.replace(/\.$/, '') ?? unmarked} · last use unknown`;
      return {
        action,
        targets: [target],
        label,
        // The description of an own key begins with the same words.
        reason: (spared === own && own !== undefined ? [known] : [known, description]).filter(Boolean).join(' · '),
        picked: spared === undefined && asked(target) && (reason !== undefined || asking.takeoverConfirmed === true),
      };
    }),
    ...(first
      ? [
          {
            action,
            targets: rest.map(({ target }) => target),
            label: `The other ${rest.length}`,
            reason: `${unmarked} marks any of them`,
            picked: asked(first.target) && asking.takeoverConfirmed === true,
          },
        ]
      : []),
  ];
}

function isInUse(target: Candidate['target'], { keyInUse }: Asking): boolean {
  return keyInUse !== undefined && targetId(target) === keyInUse;
}

/** The steps that were chosen, keys that are deleted in one: they are one decision to confirm, and one list to read. */
export function mergedKeys(steps: readonly Suggestion[]): readonly PlanStep[] {
  const keys = steps.filter(({ action }) => action.on === 'apiKey');
  const [first] = keys;
  return steps.flatMap((step): readonly PlanStep[] => {
    if (!keys.includes(step)) return [step];
    return step === first ? [{ action: step.action, targets: keys.flatMap(({ targets }) => targets) }] : [];
  });
}
