import type { ConsoleStepState } from '../contain/consoleStepRecord.ts';
import type { CheckedType } from '../validate/checked.ts';
import type { FraudType } from '../validate/signal.ts';
import type { RecordedValidation } from '../validate/validationRecord.ts';
import type { LeverId } from './row.ts';

/** A containment action that fits a type of fraud. */
export interface Lever {
  readonly id: LeverId;
  readonly label: string;
  readonly why: string;
  /** The guide asks for it in every such incident; the others help in some. */
  readonly always: boolean;
}

const always = (id: LeverId, label: string, why: string): Lever => ({ id, label, why, always: true });
const perhaps = (id: LeverId, label: string, why: string): Lever => ({ id, label, why, always: false });
const suspended = 'Nothing is sent from a suspended subaccount until it is reactivated.';

/** What Twilio's fraud guide counters each type with, of what can be done by API, in its order. */
const levers: Readonly<Record<FraudType, readonly Lever[]>> = {
  'account-takeover': [
    always(
      'rotateAuthToken',
      'Rotate the Auth Token…',
      'Sanitize the account before anything else, or the fraud comes back with the same credentials.',
    ),
    perhaps(
      'createReplacementKey',
      'Replace API keys…',
      'Before the old ones go: none can be made while Twilio has suspended the account.',
    ),
    always(
      'deleteApiKey',
      'Delete unknown API keys…',
      'Those nobody vouches for: a key outlives a rotated Auth Token. Users, passwords and 2FA are changed in the Twilio Console.',
    ),
    perhaps('resetWebhooks', 'Reset changed webhooks…', 'A webhook that leads elsewhere is a way back in.'),
    perhaps(
      'removeSipCredential',
      'Remove SIP credentials…',
      'Those that nobody knows: they place calls without any API key.',
    ),
    perhaps(
      'removeEventSink',
      'Remove event sinks…',
      'Those that nobody knows: they carry events of the account elsewhere.',
    ),
  ],
  'sms-pumping': [
    always(
      'closeSmsCountry',
      'Close countries for SMS…',
      'Those that are attacked: messages to a country you do no business with earn money for whoever caused them.',
    ),
    perhaps('suspendSubaccount', 'Suspend the subaccount…', suspended),
    perhaps(
      'createVerifyLimit',
      'Limit Verify requests…',
      'The guide: one a minute per IP address, one an hour per number. Your application passes the key.',
    ),
    perhaps('createUsageTrigger', 'Be told of the next rise…', 'A usage trigger calls you before the bill does.'),
  ],
  'toll-fraud': [
    always(
      'closeVoiceCountry',
      'Close countries for calls…',
      'Those that are attacked: calls to premium and high-risk destinations are paid by the minute.',
    ),
    perhaps('suspendSubaccount', 'Suspend the subaccount…', suspended),
    perhaps('endLiveCalls', 'End live calls…', 'What is closed or suspended does not end them.'),
    perhaps(
      'clearWebhooks',
      'Silence dialing numbers…',
      'Without a webhook a call to a number that dials on reaches nothing.',
    ),
  ],
  smishing: [
    always('suspendSubaccount', 'Suspend the subaccount…', suspended),
    perhaps('cancelScheduledMessages', 'Cancel scheduled messages…', 'What is scheduled would still be sent.'),
    perhaps('detachSender', 'Detach the sender…', 'For a main account, which cannot suspend itself.'),
  ],
};

/** Every lever once, whatever was found. */
export const everyLever: readonly Lever[] = [
  ...new Map(Object.values(levers).flatMap((own) => own.map((lever) => [lever.id, lever] as const))).values(),
];

/** Whether it is to be countered: what is likely; and with any sign of an account takeover, as the guide says, the account first. */
export function isCountered({ first }: Pick<RecordedValidation, 'first'>, { type, grade }: CheckedType): boolean {
  if (grade === 'confirmed' || grade === 'likely') return true;
  return type === 'account-takeover' && grade === 'possible' && first === 'sanitize the account';
}

/** The levers that fit what was found, each once, in the order in which they are to be taken. */
export function fittingLevers(validation: Pick<RecordedValidation, 'first' | 'verdicts'>): readonly Lever[] {
  return fittingSteps(validation, []).flatMap((step) => ('lever' in step ? [step.lever] : []));
}

/** Something to do: by API, or in the Console. */
export type FittingStep = { readonly lever: Lever } | { readonly console: ConsoleStepState };

/**
 * Levers and steps in the Console that fit what was found, each once, in the guide's order: of each type first what it asks for in every incident,
 * then what only the Console can do, then what helps in some.
 */
export function fittingSteps(
  validation: Pick<RecordedValidation, 'first' | 'verdicts'>,
  consoleSteps: readonly ConsoleStepState[],
): readonly FittingStep[] {
  const steps = validation.verdicts
    .filter((verdict) => isCountered(validation, verdict))
    .flatMap(({ type }): readonly FittingStep[] => {
      const own = levers[type].map((lever) => ({ lever }));
      const asked = own.findLastIndex(({ lever }) => lever.always) + 1;
      const guided = consoleSteps.filter(({ step }) => step.types.includes(type)).map((state) => ({ console: state }));
      return [...own.slice(0, asked), ...guided, ...own.slice(asked)];
    });
  const byId = new Map<string, FittingStep>();
  for (const step of steps) {
    const id = 'lever' in step ? step.lever.id : `console ${step.console.step.id}`;
    const known = byId.get(id);
    // One that any type asks for is asked for.
    if (!known || ('lever' in known && !known.lever.always)) byId.set(id, step);
  }
  return [...byId.values()];
}
