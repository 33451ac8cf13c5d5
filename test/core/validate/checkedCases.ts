import type { Checked, CheckedSignal } from '../../../src/core/validate/checked.ts';

/** What one indicator may have found. */
export function signal(changes: Partial<CheckedSignal> = {}): CheckedSignal {
  return {
    id: 'P2',
    title: 'Countries',
    type: 'sms-pumping',
    state: 'hit',
    severity: 'critical',
    sentence: 'Russia: 300 messages',
    evidence: ['evidence/messages-0003.jsonl.gz:17', 'SM1'],
    ...changes,
  };
}

/** Pumping after a takeover, unless told otherwise. */
export function someChecked(changes: Partial<Checked> = {}): Checked {
  return {
    verdicts: [
      { type: 'account-takeover', grade: 'likely', sentence: 'Account takeover is likely (for: A4).' },
      { type: 'sms-pumping', grade: 'confirmed', sentence: 'SMS pumping is confirmed (for: P2).', start: 1_000 },
      { type: 'smishing', grade: 'unlikely', sentence: 'Smishing or vishing is unlikely.' },
      { type: 'toll-fraud', grade: 'cannot tell', sentence: 'Toll fraud is open.' },
    ],
    results: [signal({ first: 1_000, last: 2_000 })],
    first: 'sanitize the account',
    attack: 'using the account',
    why: 'A4: somebody acts with the account’s own credentials.',
    settle: [],
    incomplete: [],
    addresses: [],
    cited: [],
    changed: [],
    ...changes,
  };
}
