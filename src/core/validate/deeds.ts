import type { Severity } from '../accounts/nodeKind.ts';
import { madeByYou } from '../contain/ownKeys.ts';
import type { Facts } from './facts.ts';
import { clean, count, hit, say } from './results.ts';
import type { Check, SignalResult } from './signal.ts';
import type { Deed, Purpose } from './takeover.ts';
import { deedText } from './words.ts';

/**
 * How suspicious a deed is by who did it. An address the log knows for a week is a colleague's as a rule; one it has never seen is what an
 * account takeover looks like. An account whose addresses change all the time, or a log too short, leaves it open.
 */
export function severityOf({ origin, newActor }: Deed, restless: boolean): Severity {
  if (origin === 'unjudged') return 'warning';
  if (origin === 'new') return restless && !newActor ? 'warning' : 'critical';
  return newActor && origin === 'known' ? 'warning' : 'notice';
}

const rank: Readonly<Record<Severity, number>> = { critical: 2, warning: 1, notice: 0 };

/**
 * What the deeds for these purposes say: the most suspicious one is told, the others counted; what was done with this extension is no deed, and told where there is
 * nothing else. `what` is ours: `API keys`.
 */
export function judgeDeeds(facts: Facts, purposes: readonly Purpose[], what: string, check?: Check): SignalResult {
  const { restless } = facts.takeover;
  const deeds = facts.takeover.deeds.filter(({ purpose }) => purposes.includes(purpose));
  if (deeds.length === 0) {
    const own = facts.takeover.own.filter(({ purpose }) => purposes.includes(purpose));
    const evidence = own.flatMap(({ event, ref }) => [event.sid, facts.ref(ref)]);
    const but = own.length === 0 ? '' : ` but ${count(own.length)} ${madeByYou}`;
    return clean(say`No change of ${what} in the audit log that was collected${but}.`, {
      ...(own.length > 0 && { evidence }),
      ...(check && { check }),
    });
  }
  const judged = deeds
    .map((deed) => ({ deed, severity: severityOf(deed, restless) }))
    .toSorted((a, b) => rank[b.severity] - rank[a.severity]);
  const [worst] = judged;
  if (!worst) return clean(say`No change of ${what}.`);
  const alike = judged.filter(({ severity }) => severity === worst.severity).map(({ deed }) => deed);
  const found = {
    evidence: alike.flatMap((deed) => [deed.event.sid, facts.ref(deed.ref)]),
    first: Math.min(...alike.map(({ event }) => event.at)),
    last: Math.max(...alike.map(({ event }) => event.at)),
    ...(check && { check }),
  };
  const more = alike.length === 1 ? '' : ` and ${count(alike.length - 1)} more`;
  const who = origins[worst.deed.origin];
  return hit(worst.severity, say`${deedText(worst.deed)}${more}: ${who}.`, found);
}

const origins: Readonly<Record<Deed['origin'], string>> = {
  new: 'from an address that is new for this account',
  known: 'from an address this account has used before',
  unjudged: 'the audit log is too short to tell whether the address is new',
  Twilio: 'by Twilio itself',
};
