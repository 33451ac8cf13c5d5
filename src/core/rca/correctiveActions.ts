import { type CauseClass, causeHints } from './causes.ts';
import type { Reach } from './doneState.ts';
import type { ContainmentStep, RcaFacts } from './facts.ts';
import { hitIds } from './verdict.ts';

/** The three parts of the last question of Twilio's RCA form. */
export const actionParts = {
  credentials: 'Secure credential handling',
  hardening: 'Repository and server hardening',
  monitoring: 'Monitoring and compliance',
} as const;
export type ActionPart = keyof typeof actionParts;

/** Something to do so that it does not happen again. Our own words. */
export interface CorrectiveAction {
  readonly part: ActionPart;
  readonly title: string;
  readonly against: readonly CauseClass[];
  /** Indicators of Twilio's guide that call for it. */
  readonly on?: readonly string[];
  /** Proposed whatever the cause. */
  readonly always?: true;
  /** Titles or ids of the containment that does it. */
  readonly doneBy?: readonly string[];
  /** How far that must go. */
  readonly reach?: Reach;
}

/** The corrective actions of Twilio's Fraud & Abuse Response Guide. */
export const correctiveActions: readonly CorrectiveAction[] = [
  {
    part: 'credentials',
    title: 'Rotate the Auth Token of every affected account',
    doneBy: ['Rotate Auth Token'],
    reach: 'accounts',
    on: ['A1', 'A3', 'A4', 'A5', 'A8'],
    against: ['credential-exposure', 'weak-authentication'],
  },
  {
    part: 'credentials',
    title: 'Delete every API key that nobody owns, replace the others',
    doneBy: ['Delete API Key'],
    reach: 'keys',
    on: ['A4', 'A8'],
    against: ['credential-exposure'],
  },
  {
    part: 'credentials',
    title: 'Use restricted API keys instead of the Auth Token',
    on: ['A4', 'A5'],
    against: ['credential-exposure'],
  },
  {
    part: 'credentials',
    title: 'Keep credentials in a secret store and rotate them on a schedule',
    on: ['A8'],
    against: ['credential-exposure'],
    always: true,
  },
  {
    part: 'credentials',
    title: 'Enforce two-factor authentication for every Console user',
    doneBy: ['enforceTwoFactor'],
    on: ['A1', 'A3'],
    against: ['weak-authentication', 'credential-exposure'],
  },
  {
    part: 'hardening',
    title: 'Scan repositories and their history for credentials, block pushes that hold one',
    doneBy: ['hideLeakedCode'],
    on: ['A8'],
    against: ['credential-exposure'],
    always: true,
  },
  {
    part: 'hardening',
    title: 'Limit requests per IP, per number and per session on every form that sends',
    on: ['P1', 'P4', 'P5'],
    against: ['unprotected-endpoint', 'permissive-geo'],
    always: true,
  },
  {
    part: 'hardening',
    title: 'Put a CAPTCHA before every form that sends',
    on: ['P4', 'P5'],
    against: ['unprotected-endpoint'],
  },
  {
    part: 'hardening',
    title: 'Check the line type with Lookup before sending',
    on: ['P2', 'P3'],
    against: ['unprotected-endpoint'],
  },
  { part: 'hardening', title: 'Validate the signature of every Twilio webhook', against: ['credential-exposure'] },
  {
    part: 'hardening',
    title: 'Let the Dial verb call an allow-list only, and limit length and number of simultaneous calls',
    on: ['T1', 'T2', 'T3', 'T4', 'T5'],
    against: [],
  },
  {
    part: 'hardening',
    title: 'Check outgoing texts for links and brands that are not yours before they are sent',
    on: ['S1', 'S2'],
    against: [],
  },
  {
    part: 'monitoring',
    title: 'Alarm on filtered messages (30007) and on STOP replies',
    on: ['S3', 'S4'],
    against: [],
  },
  {
    part: 'monitoring',
    title: 'Alarm on logins from new addresses, new keys and changed permissions',
    on: ['A1', 'A3', 'A4', 'A5', 'A6'],
    against: ['weak-authentication'],
  },
  {
    part: 'monitoring',
    title: 'Close countries without business in the SMS, voice and Verify geo-permissions',
    doneBy: ['Close Country for SMS', 'Close Country for Calls'],
    reach: 'open',
    on: ['P2', 'T2'],
    against: ['permissive-geo'],
    always: true,
  },
  {
    part: 'monitoring',
    title: 'Switch on SMS Pumping Protection and Verify Fraud Guard',
    doneBy: ['smsPumpingProtection', 'verifyFraudGuard'],
    on: ['P1', 'P6'],
    against: ['unprotected-endpoint', 'permissive-geo'],
  },
  {
    part: 'monitoring',
    title: 'Set usage triggers on messages, calls and cost, with somebody who is woken',
    doneBy: ['Create Usage Trigger'],
    on: ['P1', 'T1', 'A6'],
    against: [],
    always: true,
  },
  {
    part: 'monitoring',
    title: 'Watch conversion by country and alarm when it falls',
    on: ['P5'],
    against: ['unprotected-endpoint'],
  },
  {
    part: 'monitoring',
    title: 'Check new customers (Trust Hub) before they get a subaccount',
    against: ['insufficient-kyc'],
  },
];

export interface ProposedAction extends CorrectiveAction {
  /** Indicators that were hit and call for it: `A4`. */
  readonly indicators: readonly string[];
  /** `J3`, `E1:4`: what speaks for it; empty when it is proposed to everybody. */
  readonly citations: readonly string[];
  /** The containment that did it and still holds. Empty: to be done. */
  readonly done: readonly ContainmentStep[];
}

/** The steps of these titles or ids that were done and not taken back. */
export function standingSteps({ containment }: RcaFacts, names: readonly string[]): readonly ContainmentStep[] {
  const isDone = ({ outcome, undo }: ContainmentStep) =>
    (outcome === 'done' || outcome === 'already so' || outcome === 'as told') && !undo?.startsWith('undone');
  return containment.filter((step) => (names.includes(step.action) || names.includes(step.id ?? '')) && isDone(step));
}

/** The actions that fit what the evidence speaks for, and those that are always right. */
export function proposedActions(facts: RcaFacts, part: ActionPart): readonly ProposedAction[] {
  const hints = causeHints(facts).filter(({ speaks }) => speaks === 'for');
  const hit = hitIds(facts.verdict);
  const foundBy = (ids: readonly string[]) =>
    (facts.verdict?.hits ?? []).filter(({ id }) => ids.includes(id)).flatMap(({ citations }) => citations.slice(0, 1));
  return correctiveActions
    .filter((action) => action.part === part)
    .map((action) => ({ action, called: hit.filter((id) => action.on?.includes(id)) }))
    .map(({ action, called }) => ({
      ...action,
      indicators: called,
      done: standingSteps(facts, action.doneBy ?? []),
      citations: [
        ...hints.filter(({ cause }) => action.against.includes(cause)).flatMap(({ citations }) => citations),
        ...foundBy(called),
      ],
    }))
    .filter(({ always, citations, done }) => always || citations.length > 0 || done.length > 0);
}
