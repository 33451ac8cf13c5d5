import { isSign } from '../validate/checked.ts';
import type { FraudType } from '../validate/signal.ts';
import type { IncidentFacts } from './facts.ts';
import type { IncidentRow } from './row.ts';

interface Step {
  readonly label: string;
  readonly why: string;
  readonly runs: NonNullable<IncidentRow['runs']>;
}

/** What the guide counters each type with first, of what can be done from here. */
const levers: Readonly<Record<FraudType, readonly Step[]>> = {
  'account-takeover': [
    {
      label: 'Rotate the Auth Token…',
      why: 'Sanitize the account before anything else, or the fraud comes back with the same credentials.',
      runs: 'rotateAuthToken',
    },
    {
      label: 'Delete API keys nobody vouches for…',
      why: 'A key outlives a rotated Auth Token. Users, their passwords and 2FA are changed in the Twilio Console.',
      runs: 'deleteApiKey',
    },
  ],
  'sms-pumping': [
    {
      label: 'Close attacked countries for SMS…',
      why: 'Messages to a country you do no business with earn money for whoever caused them.',
      runs: 'closeSmsCountry',
    },
  ],
  'toll-fraud': [
    {
      label: 'Close attacked countries for calls…',
      why: 'Calls to premium and high-risk destinations are paid by the minute.',
      runs: 'closeVoiceCountry',
    },
  ],
  smishing: [
    {
      label: 'Suspend the subaccount that sends…',
      why: 'Nothing is sent from a suspended subaccount until it is reactivated.',
      runs: 'suspendSubaccount',
    },
  ],
};

/** The one thing to do next, as a row that does it; none while evidence is collected or judged, nor where nothing can be written. */
export function nextStep(facts: IncidentFacts): readonly IncidentRow[] {
  if (facts.readOnly !== undefined || !facts.incident || facts.collecting || facts.validating) return [];
  const step = stepFor(facts);
  if (!step) return [];
  return [
    {
      id: 'next',
      label: `Next step: ${step.label}`,
      description: step.why,
      icon: 'arrow-right',
      sentences: [step.why],
      runs: step.runs,
    },
  ];
}

function stepFor({ coverage, unfinished, validation, done, documents }: IncidentFacts): Step | undefined {
  if (coverage.every(({ state }) => state === 'not collected'))
    return {
      label: 'Collect Evidence…',
      why: 'Before Twilio forgets it: security events are kept for 30 days.',
      runs: 'collectEvidence',
    };
  if (unfinished)
    return {
      label: 'Continue collecting…',
      why: 'The last collection did not come to its end; what was read is kept.',
      runs: 'collectEvidence',
    };
  if (!validation)
    return { label: 'Validate', why: 'Is this fraud, and which? Judged by what was collected.', runs: 'validate' };
  const lever = validation.verdicts
    .filter(
      ({ type, grade }) =>
        grade === 'confirmed' ||
        grade === 'likely' ||
        // The guide: with any sign of an account takeover the account is sanitized first.
        (type === 'account-takeover' && validation.first === 'sanitize the account'),
    )
    .flatMap(({ type }) => levers[type])
    .find(({ runs }) => !done.has(runs));
  // What is known to go on is stopped before it is looked at once more.
  if (lever) return lever;
  if (validation.outdated)
    return { label: 'Validate again', why: 'Evidence was collected or deleted since the last time.', runs: 'validate' };
  const lacking = coverage.some(({ state }) => state === 'not collected');
  if (lacking && validation.verdicts.some(({ grade }) => grade === 'cannot tell'))
    return {
      label: 'Collect more evidence…',
      why: 'What was collected does not tell of every type of fraud.',
      runs: 'collectEvidence',
    };
  if (!validation.verdicts.some(isSign)) return undefined;
  if (!documents.includes('RCA.md'))
    return {
      label: 'Create RCA',
      why: 'Twilio asks for a root cause analysis; what is known is filled in.',
      runs: 'createRca',
    };
  if (!documents.includes('support-packet.md'))
    return {
      label: 'Create Support Packet',
      why: 'What Twilio Support asks for, in one document.',
      runs: 'createSupportPacket',
    };
  return undefined;
}
