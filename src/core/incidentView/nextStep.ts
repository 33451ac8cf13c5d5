import { perishable } from '../contain/perishable.ts';
import { isSign } from '../validate/checked.ts';
import type { IncidentFacts } from './facts.ts';
import { fittingLevers } from './levers.ts';
import type { IncidentRow } from './row.ts';

interface Step {
  readonly label: string;
  readonly why: string;
  readonly runs?: NonNullable<IncidentRow['runs']>;
  /** A document to be opened, where no command is run. */
  readonly file?: string;
}

/** The one thing to do next, as a row that does it; none while evidence is collected or judged. */
export function nextStep(facts: IncidentFacts): readonly IncidentRow[] {
  if (!facts.incident || facts.collecting || facts.validating) return [];
  const step = facts.readOnly === undefined ? stepFor(facts) : lookingStep(facts);
  if (!step) return [];
  return [
    {
      id: 'next',
      label: `Next: ${step.label}`,
      description: step.why,
      icon: 'arrow-right',
      sentences: [step.why],
      ...(step.runs !== undefined && { runs: step.runs }),
      ...(step.file !== undefined && { file: step.file, abilities: ['openIncidentFile'] }),
    },
  ];
}

/** Of what can only be looked at, evidence can still be judged. */
function lookingStep({ coverage, validation }: IncidentFacts): Step | undefined {
  if (validation || coverage.every(({ state }) => state === 'not collected')) return undefined;
  return { label: 'Validate', why: 'Is this fraud, and which? It is shown, not recorded.', runs: 'validate' };
}

/** Some is captured by itself before a containment: that alone is no collection. */
const byItself: ReadonlySet<string> = new Set(perishable);

function stepFor({
  coverage,
  unfinished,
  validation,
  levers,
  documents,
  contacts,
  rcaFindings,
}: IncidentFacts): Step | undefined {
  if (coverage.every(({ source, state }) => state === 'not collected' || (byItself.has(source) && !validation)))
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
  // What is known to go on is stopped before it is looked at once more.
  const lever = fittingLevers(validation).find(({ id, always }) => always && levers.get(id)?.state !== 'done');
  if (lever) return { ...lever, runs: lever.id };
  if (validation.outdated)
    return {
      label: 'Validate again',
      why: 'Evidence was collected or deleted since, or live watch found a new surge.',
      runs: 'validate',
    };
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
  if (contacts === 0)
    return {
      label: 'Log Support Contact…',
      why: 'Send the support packet to Twilio, and log the ticket here.',
      runs: 'logSupportContact',
    };
  const missing = rcaFindings.reduce((sum, { count }) => sum + count, 0);
  if (missing === 0) return undefined;
  return {
    label: 'Complete the RCA',
    why: missing === 1 ? '1 thing is missing in it.' : `${missing} things are missing in it.`,
    file: 'RCA.md',
  };
}
