import { type CauseClass, causeHints } from './causes.ts';
import type { ContainmentStep, RcaFacts } from './facts.ts';

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
  /** Proposed whatever the cause. */
  readonly always?: true;
  /** Titles of the containment that does it. */
  readonly doneBy?: readonly string[];
}

/** The corrective actions of Twilio's Fraud & Abuse Response Guide. */
export const correctiveActions: readonly CorrectiveAction[] = [
  {
    part: 'credentials',
    title: 'Rotate the Auth Token of every affected account',
    doneBy: ['Rotate Auth Token'],
    against: ['credential-exposure', 'weak-authentication'],
  },
  {
    part: 'credentials',
    title: 'Delete every API key that nobody owns, replace the others',
    doneBy: ['Delete API Key', 'Create Replacement API Key'],
    against: ['credential-exposure'],
  },
  { part: 'credentials', title: 'Use restricted API keys instead of the Auth Token', against: ['credential-exposure'] },
  {
    part: 'credentials',
    title: 'Keep credentials in a secret store and rotate them on a schedule',
    against: ['credential-exposure'],
    always: true,
  },
  {
    part: 'credentials',
    title: 'Enforce two-factor authentication for every Console user',
    against: ['weak-authentication', 'credential-exposure'],
  },
  {
    part: 'hardening',
    title: 'Scan repositories and their history for credentials, block pushes that hold one',
    against: ['credential-exposure'],
    always: true,
  },
  {
    part: 'hardening',
    title: 'Limit requests per IP, per number and per session on every form that sends',
    against: ['unprotected-endpoint', 'permissive-geo'],
    always: true,
  },
  { part: 'hardening', title: 'Put a CAPTCHA before every form that sends', against: ['unprotected-endpoint'] },
  { part: 'hardening', title: 'Check the line type with Lookup before sending', against: ['unprotected-endpoint'] },
  { part: 'hardening', title: 'Validate the signature of every Twilio webhook', against: ['credential-exposure'] },
  {
    part: 'monitoring',
    title: 'Close every country without business in the SMS, voice and Verify geo-permissions',
    doneBy: ['Close Country for SMS', 'Close Country for Calls'],
    against: ['permissive-geo'],
    always: true,
  },
  {
    part: 'monitoring',
    title: 'Switch on SMS Pumping Protection and Verify Fraud Guard',
    against: ['unprotected-endpoint', 'permissive-geo'],
  },
  {
    part: 'monitoring',
    title: 'Set usage triggers on messages, calls and cost, with somebody who is woken',
    doneBy: ['Create Usage Trigger'],
    against: [],
    always: true,
  },
  {
    part: 'monitoring',
    title: 'Watch conversion by country and alarm when it falls',
    against: ['unprotected-endpoint'],
  },
  {
    part: 'monitoring',
    title: 'Check new customers (Trust Hub) before they get a subaccount',
    against: ['insufficient-kyc'],
  },
];

export interface ProposedAction extends CorrectiveAction {
  /** `J3`, `E1:4`: what speaks for it; empty when it is proposed to everybody. */
  readonly citations: readonly string[];
  /** The containment that did it and still holds. Empty: to be done. */
  readonly done: readonly ContainmentStep[];
}

/** The steps of these titles that were done and not taken back. */
export function standingSteps({ containment }: RcaFacts, titles: readonly string[]): readonly ContainmentStep[] {
  return containment.filter(
    ({ action, outcome, undo }) =>
      titles.includes(action) && (outcome === 'done' || outcome === 'already so') && !undo?.startsWith('undone'),
  );
}

/** The actions that fit what the evidence speaks for, and those that are always right. */
export function proposedActions(facts: RcaFacts, part: ActionPart): readonly ProposedAction[] {
  const hints = causeHints(facts).filter(({ speaks }) => speaks === 'for');
  return correctiveActions
    .filter((action) => action.part === part)
    .map((action) => ({
      ...action,
      done: standingSteps(facts, action.doneBy ?? []),
      citations: hints.filter(({ cause }) => action.against.includes(cause)).flatMap(({ citations }) => citations),
    }))
    .filter(({ always, citations, done }) => always || citations.length > 0 || done.length > 0);
}
